// SPDX-License-Identifier: Apache-2.0
#include "records/fields/field_type.hpp"

namespace fokus::records {
namespace {

Result<ColumnValues> parse(const FieldContext& context, const Field& field,
                           const boost::json::value& input) {
  if (!input.is_string()) return bad_value("not_a_choice");
  const std::string_view key = input.get_string();
  if (!context.dictionary.find_item(field.list, key))
    return bad_value("not_a_choice", {{"value", std::string(key)}});
  return ColumnValues{std::string(key)};
}

void write(JsonWriter& json, const Field&, const store::Rows& rows, int at) {
  json.value(rows.text(at));
}

}  // namespace

const FieldType choice_field = {parse, write};

}  // namespace fokus::records
