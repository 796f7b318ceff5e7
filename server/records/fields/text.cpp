// SPDX-License-Identifier: Apache-2.0
#include "platform/locale.hpp"
#include "records/fields/field_type.hpp"

namespace fokus::records {
namespace {

Result<ColumnValues> parse(const FieldContext&, const Field& field,
                           const boost::json::value& input) {
  auto text = TRY(text_input(field, input));
  auto folded = fold(text);
  return ColumnValues{std::move(text), std::move(folded)};
}

void write(JsonWriter& json, const Field&, const store::Rows& rows, int at) {
  json.value(rows.text(at));
}

}  // namespace

const FieldType text_field = {parse, write};

}  // namespace fokus::records
