// SPDX-License-Identifier: Apache-2.0
#include "base/text.hpp"
#include "platform/locale.hpp"
#include "records/fields/field_type.hpp"

namespace fokus::records {
namespace {

// Only what makes it impossible to send: the quality feature judges the rest. RFC 5321 §4.5.3.1.
bool has_address_shape(std::string_view text) {
  const auto at = text.rfind('@');
  if (at == text.npos || at == 0 || at > 64 || at + 1 >= text.size()) return false;
  return text.find_first_of(" \t\n\r<>,;") == text.npos;
}

Result<ColumnValues> parse(const FieldContext&, const Field& field,
                           const boost::json::value& input) {
  auto text = TRY(text_input(field, input));
  if (!has_address_shape(text)) return bad_value("not_an_email");
  auto folded = fold(text);
  return ColumnValues{std::move(text), std::move(folded)};
}

void write(JsonWriter& json, const Field&, const store::Rows& rows, int at) {
  json.value(rows.text(at));
}

}  // namespace

const FieldType email_field = {parse, write};

}  // namespace fokus::records
