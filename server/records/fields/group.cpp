// SPDX-License-Identifier: Apache-2.0
#include "records/fields/field_type.hpp"

namespace fokus::records {
namespace {

Result<ColumnValues> parse(const FieldContext& context, const Field& field,
                           const boost::json::value& input) {
  if (input.is_string() && input.get_string() == "my_group") {
    if (!context.actor_group) return ColumnValues(1);
    return ColumnValues{context.actor_group.value};
  }
  return link_field.parse(context, field, input);
}

void write(JsonWriter& json, const Field&, const store::Rows& rows, int at) {
  json.value(rows.integer(at));
}

}  // namespace

const FieldType group_field = {parse, write};

}  // namespace fokus::records
