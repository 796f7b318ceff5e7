// SPDX-License-Identifier: Apache-2.0
#include "records/fields/field_type.hpp"

namespace fokus::records {
namespace {

Result<ColumnValues> parse(const FieldContext& context, const Field& field,
                           const boost::json::value& input) {
  if (input.is_string() && input.get_string() == "me") {
    if (!context.actor) return ColumnValues(1);
    return ColumnValues{context.actor.value};
  }
  return link_field.parse(context, field, input);
}

void write(JsonWriter& json, const Field&, const store::Rows& rows, int at) {
  json.value(rows.integer(at));
}

}  // namespace

const FieldType user_field = {parse, write};

}  // namespace fokus::records
