// SPDX-License-Identifier: Apache-2.0
#include "records/fields/field_type.hpp"

namespace fokus::records {
namespace {

Result<ColumnValues> parse(const FieldContext&, const Field&, const boost::json::value& input) {
  return ColumnValues{TRY(scaled_input(input, 0))};
}

void write(JsonWriter& json, const Field&, const store::Rows& rows, int at) {
  json.value(rows.integer(at));
}

}  // namespace

const FieldType integer_field = {parse, write};

}  // namespace fokus::records
