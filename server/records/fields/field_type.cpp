// SPDX-License-Identifier: Apache-2.0
#include "records/fields/field_type.hpp"

#include <charconv>

#include "base/text.hpp"

namespace fokus::records {

const FieldType& field_type(FieldKind kind) {
  switch (kind) {
    case FieldKind::text:
      return text_field;
    case FieldKind::long_text:
      return long_text_field;
    case FieldKind::rich_text:
      return rich_text_field;
    case FieldKind::integer:
      return integer_field;
    case FieldKind::decimal:
      return decimal_field;
    case FieldKind::money:
      return money_field;
    case FieldKind::boolean:
      return boolean_field;
    case FieldKind::date:
      return date_field;
    case FieldKind::instant:
      return instant_field;
    case FieldKind::choice:
      return choice_field;
    case FieldKind::choices:
      return choices_field;
    case FieldKind::link:
      return link_field;
    case FieldKind::links:
      return links_field;
    case FieldKind::phone:
      return phone_field;
    case FieldKind::email:
      return email_field;
    case FieldKind::url:
      return url_field;
    case FieldKind::address:
      return address_field;
    case FieldKind::registration_number:
      return registration_number_field;
    case FieldKind::country:
      return country_field;
    case FieldKind::language:
      return language_field;
    case FieldKind::user:
      return user_field;
    case FieldKind::group:
      return group_field;
    case FieldKind::file:
      return file_field;
  }
  return text_field;
}

Error bad_value(std::string code, std::map<std::string, std::string> params) {
  return field_error("records/invalid", {}, std::move(code), std::move(params));
}

Result<ColumnValues> parse_field_input(const FieldContext& context, const Field& field,
                                       const boost::json::value& input) {
  const bool empty = input.is_null() || (input.is_string() && trim(input.get_string()).empty());
  if (empty) return ColumnValues(column_count(field.kind));
  auto parsed = field_type(field.kind).parse(context, field, input);
  if (!parsed) parsed.error().errors.at(0).field = field.name;
  return parsed;
}

void write_field(JsonWriter& json, const Field& field, const store::Rows& rows, int at) {
  if (field.kind != FieldKind::address && rows.is_null(at)) {
    json.null();
    return;
  }
  field_type(field.kind).write(json, field, rows, at);
}

namespace {

// Paragraphs of Arabic or Hebrew may need them; a name that holds them is made to deceive.
bool is_one_line(FieldKind kind) {
  return kind != FieldKind::long_text && kind != FieldKind::rich_text;
}

}  // namespace

Result<std::string> text_input(const Field& field, const boost::json::value& input) {
  std::string text;
  if (input.is_string())
    text = std::string(trim(input.get_string()));
  else if (input.is_int64() || input.is_uint64())
    text = boost::json::serialize(input);  // other numbers would come out as another text
  else
    return bad_value("not_a_text");
  if (!is_clean_utf8(text)) return bad_value("not_utf8");
  if (is_one_line(field.kind) && has_direction_control(text)) return bad_value("direction_control");
  const auto length = static_cast<std::int64_t>(count_code_points(text));
  if (length > field.length_max)
    return bad_value("too_long", {{"max", std::to_string(field.length_max)}});
  return text;
}

namespace {

constexpr std::size_t digits_max = 15;  // before the point: stays far inside 64 bits at scale 3

Result<std::int64_t> scaled_text(std::string_view text, int scale) {
  const bool negative = text.starts_with('-');
  if (negative || text.starts_with('+')) text.remove_prefix(1);
  const std::size_t point = text.find_first_of(".,");
  const std::string_view whole = text.substr(0, point);
  std::string_view part = point == text.npos ? std::string_view{} : text.substr(point + 1);
  while (part.size() > static_cast<std::size_t>(scale) && part.ends_with('0'))
    part.remove_suffix(1);
  if (whole.empty() || whole.size() > digits_max) return bad_value("not_a_number");
  if (part.size() > static_cast<std::size_t>(scale))
    return bad_value("too_many_decimals", {{"max", std::to_string(scale)}});
  std::string digits = std::string(whole) + std::string(part);
  digits.append(static_cast<std::size_t>(scale) - part.size(), '0');
  std::int64_t value = 0;
  const auto [end, ec] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
  if (ec != std::errc{} || end != digits.data() + digits.size()) return bad_value("not_a_number");
  return negative ? -value : value;
}

}  // namespace

Result<std::int64_t> scaled_input(const boost::json::value& input, int scale) {
  if (input.is_int64()) return scaled_text(std::to_string(input.get_int64()), scale);
  if (input.is_uint64()) return scaled_text(std::to_string(input.get_uint64()), scale);
  if (input.is_double()) {
    char buffer[64];
    const auto [end, failed] =
        std::to_chars(buffer, buffer + sizeof buffer, input.get_double(), std::chars_format::fixed);
    if (failed != std::errc{}) return bad_value("not_a_number");  // 1e300 has no room
    return scaled_text({buffer, static_cast<std::size_t>(end - buffer)}, scale);
  }
  if (input.is_string()) return scaled_text(trim(input.get_string()), scale);
  return bad_value("not_a_number");
}

std::string render_scaled(std::int64_t value, int scale) {
  std::string digits = std::to_string(value < 0 ? -value : value);
  const auto places = static_cast<std::size_t>(scale);
  if (digits.size() <= places) digits.insert(0, places + 1 - digits.size(), '0');
  if (scale > 0) digits.insert(digits.size() - places, ".");
  return value < 0 ? "-" + digits : digits;
}

int currency_scale(std::string_view currency) {
  for (const std::string_view none : {"JPY", "ISK", "KRW", "CLP", "VND", "XAF", "XOF", "XPF"})
    if (currency == none) return 0;
  for (const std::string_view three : {"KWD", "BHD", "OMR", "JOD", "TND", "IQD", "LYD"})
    if (currency == three) return 3;
  return 2;
}

}  // namespace fokus::records
