// SPDX-License-Identifier: Apache-2.0
#include "platform/locale.hpp"
#include "records/fields/field_type.hpp"

namespace fokus::records {
namespace {

// Found with or without the spaces, dots and dashes people put into numbers.
std::string fold_number(std::string_view text) {
  std::string out;
  for (const char c : fold(text))
    if ((c >= '0' && c <= '9') || (c >= 'a' && c <= 'z')) out += c;
  return out;
}

Result<ColumnValues> parse(const FieldContext&, const Field& field,
                           const boost::json::value& input) {
  auto text = TRY(text_input(field, input));
  auto folded = fold_number(text);
  if (folded.empty()) return bad_value("not_a_number");
  return ColumnValues{std::move(text), std::move(folded)};
}

void write(JsonWriter& json, const Field&, const store::Rows& rows, int at) {
  json.value(rows.text(at));
}

}  // namespace

const FieldType registration_number_field = {parse, write};

}  // namespace fokus::records
