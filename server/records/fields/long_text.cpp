// SPDX-License-Identifier: Apache-2.0
#include "base/text.hpp"
#include "platform/locale.hpp"
#include "records/fields/field_type.hpp"

namespace fokus::records {
namespace {

Result<ColumnValues> parse(const FieldContext&, const Field& field,
                           const boost::json::value& input) {
  // Every way to end a line becomes one, so that what is read out is saved unchanged.
  auto text = replace_all(replace_all(TRY(text_input(field, input)), "\r\n", "\n"), "\r", "\n");
  auto folded = fold(text);
  return ColumnValues{std::move(text), std::move(folded)};
}

void write(JsonWriter& json, const Field&, const store::Rows& rows, int at) {
  json.value(rows.text(at));
}

}  // namespace

const FieldType long_text_field = {parse, write};

}  // namespace fokus::records
