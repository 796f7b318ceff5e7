// SPDX-License-Identifier: Apache-2.0
#include "records/fields/field_type.hpp"

namespace fokus::records {
namespace {

Result<ColumnValues> parse(const FieldContext&, const Field&, const boost::json::value& input) {
  // An id, its text, or the object that reads give out. That it exists and may be seen is checked
  // by the save recipe, which has the session.
  if (input.is_object()) {
    const auto* id = input.get_object().if_contains("id");
    if (id && id->is_int64() && id->get_int64() > 0) return ColumnValues{id->get_int64()};
    return bad_value("not_a_link");
  }
  const auto id = scaled_input(input, 0);
  if (!id || *id <= 0) return bad_value("not_a_link");
  return ColumnValues{*id};
}

void write(JsonWriter& json, const Field&, const store::Rows& rows, int at) {
  json.value(rows.integer(at));
}

}  // namespace

const FieldType link_field = {parse, write};

}  // namespace fokus::records
