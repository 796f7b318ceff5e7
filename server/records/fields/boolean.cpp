// SPDX-License-Identifier: Apache-2.0
#include "records/fields/field_type.hpp"

namespace fokus::records {
namespace {

Result<ColumnValues> parse(const FieldContext&, const Field&, const boost::json::value& input) {
  if (input.is_bool()) return ColumnValues{std::int64_t{input.get_bool()}};
  if (input.is_int64() && (input.get_int64() == 0 || input.get_int64() == 1))
    return ColumnValues{input.get_int64()};
  if (input.is_string()) {
    const std::string_view word = input.get_string();
    for (const auto yes : {"true", "1", "yes", "ja", "x"})
      if (word == yes) return ColumnValues{std::int64_t{1}};
    for (const auto no : {"false", "0", "no", "nej"})
      if (word == no) return ColumnValues{std::int64_t{0}};
  }
  return bad_value("not_a_boolean");
}

void write(JsonWriter& json, const Field&, const store::Rows& rows, int at) {
  json.value(rows.boolean(at));
}

}  // namespace

const FieldType boolean_field = {parse, write};

}  // namespace fokus::records
