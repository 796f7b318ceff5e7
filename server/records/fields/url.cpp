// SPDX-License-Identifier: Apache-2.0
#include "base/text.hpp"
#include "platform/locale.hpp"
#include "records/fields/field_type.hpp"

namespace fokus::records {
namespace {

// A link that a click may follow: never javascript: or data:.
bool is_safe_scheme(std::string_view scheme) {
  return scheme == "http" || scheme == "https";
}

Result<ColumnValues> parse(const FieldContext&, const Field& field,
                           const boost::json::value& input) {
  auto text = TRY(text_input(field, input));
  if (text.find_first_of(" \t\n\r\"<>") != text.npos) return bad_value("not_a_url");
  const auto colon = text.find(':');
  const bool names_port = colon != text.npos && colon + 1 < text.size() && text[colon + 1] >= '0' &&
                          text[colon + 1] <= '9';
  if (colon == text.npos || names_port)
    text = TRY(text_input(field, boost::json::value("https://" + text)));  // may be too long now
  else if (!is_safe_scheme(lower_ascii(text.substr(0, colon))))
    return bad_value("scheme_refused");
  auto folded = fold(text);
  return ColumnValues{std::move(text), std::move(folded)};
}

void write(JsonWriter& json, const Field&, const store::Rows& rows, int at) {
  json.value(rows.text(at));
}

}  // namespace

const FieldType url_field = {parse, write};

}  // namespace fokus::records
