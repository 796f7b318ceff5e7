// SPDX-License-Identifier: Apache-2.0
#include "base/text.hpp"
#include "platform/languages.hpp"
#include "records/fields/field_type.hpp"

namespace fokus::records {
namespace {

// The shape of a BCP 47 tag: 2 or 3 letters, then subtags of letters and digits.
bool has_tag_shape(std::string_view text) {
  const auto parts = split(text, '-');
  if (parts[0].size() < 2 || parts[0].size() > 3) return false;
  for (const auto part : parts) {
    if (part.empty() || part.size() > 8) return false;
    for (const char c : part)
      if (!(c >= 'a' && c <= 'z') && !(c >= 'A' && c <= 'Z') && !(c >= '0' && c <= '9'))
        return false;
  }
  return true;
}

Result<ColumnValues> parse(const FieldContext&, const Field& field,
                           const boost::json::value& input) {
  auto tag = TRY(text_input(field, input));
  if (!has_tag_shape(tag) || !is_language(split(tag, '-')[0])) return bad_value("not_a_language");
  auto folded = lower_ascii(tag);
  return ColumnValues{std::move(tag), std::move(folded)};
}

void write(JsonWriter& json, const Field&, const store::Rows& rows, int at) {
  json.value(rows.text(at));
}

}  // namespace

const FieldType language_field = {parse, write};

}  // namespace fokus::records
