// SPDX-License-Identifier: Apache-2.0
#include "records/fields/field_type.hpp"

namespace fokus::records {
namespace {

Result<ColumnValues> parse(const FieldContext&, const Field& field,
                           const boost::json::value& input) {
  return ColumnValues{TRY(scaled_input(input, field.scale))};
}

void write(JsonWriter& json, const Field& field, const store::Rows& rows, int at) {
  json.raw(render_scaled(rows.integer(at), field.scale));
}

}  // namespace

const FieldType decimal_field = {parse, write};

}  // namespace fokus::records
