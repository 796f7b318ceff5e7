// SPDX-License-Identifier: Apache-2.0
#include <set>

#include "base/text.hpp"
#include "records/fields/field_type.hpp"

namespace fokus::records {
namespace {

Result<ColumnValues> parse(const FieldContext& context, const Field& field,
                           const boost::json::value& input) {
  std::set<std::string> keys;
  if (input.is_string())
    for (const auto key : split(input.get_string(), ',')) keys.emplace(trim(key));
  else if (input.is_array())
    for (const auto& one : input.get_array()) {
      if (!one.is_string()) return bad_value("not_a_choice");
      keys.emplace(one.get_string());
    }
  else
    return bad_value("not_a_choice");
  std::string stored = ",";
  for (const auto& key : keys) {
    if (!context.dictionary.find_item(field.list, key))
      return bad_value("not_a_choice", {{"value", key}});
    stored += key + ",";
  }
  if (keys.empty()) return ColumnValues(1);
  return ColumnValues{std::move(stored)};
}

void write(JsonWriter& json, const Field&, const store::Rows& rows, int at) {
  json.begin_array();
  for (const auto key : split(rows.text(at), ','))
    if (!key.empty()) json.value(key);
  json.end_array();
}

}  // namespace

const FieldType choices_field = {parse, write};

}  // namespace fokus::records
