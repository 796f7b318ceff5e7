// SPDX-License-Identifier: Apache-2.0
#include <charconv>

#include "base/text.hpp"
#include "features/reports/json_parts.hpp"
#include "features/reports/tile_view.hpp"
#include "features/reports/words.hpp"

namespace fokus::reports {
namespace {

namespace json = boost::json;
using records::Field;
using records::FieldKind;

std::string label_of(const records::Labels& labels, const std::string& language,
                     std::string_view fallback) {
  for (const std::string& wanted : {language, std::string("en")})
    if (const auto found = labels.find(wanted); found != labels.end()) return found->second;
  return std::string(fallback);
}

std::string item_text(const Field& field, std::string_view key, const Reader& reader) {
  const auto* item = reader.dictionary.find_item(field.list, key);
  return item ? label_of(item->label, reader.language, key) : std::string(key);
}

// Tags become spaces; the few entities that the sanitiser writes become what they stand for.
std::string plain_of(std::string_view html) {
  std::string out;
  bool is_tag = false;
  for (const char c : html) {
    if (c == '<') is_tag = true, out += ' ';
    if (!is_tag) out += c;
    if (c == '>') is_tag = false;
  }
  for (const auto& [entity, text] : {std::pair{"&lt;", "<"},
                                     {"&gt;", ">"},
                                     {"&quot;", "\""},
                                     {"&#39;", "'"},
                                     {"&nbsp;", " "},
                                     {"&amp;", "&"}})
    out = replace_all(std::move(out), entity, text);
  return std::string(trim(out));
}

std::string address_text(const json::object& address, const Reader& reader) {
  std::vector<std::string> lines;
  const auto add = [&](std::string line) {
    if (!trim(line).empty()) lines.emplace_back(trim(line));
  };
  add(text_in(address, "street"));
  add(text_in(address, "postcode") + " " + text_in(address, "city"));
  add(text_in(address, "region"));
  if (const auto country = text_in(address, "country"); !country.empty())
    add(reader.figures.country(country));
  return join(lines, ", ");
}

std::string money_text(const json::object& money, const Reader& reader) {
  const auto text = text_in(money, "amount");
  double amount = 0;
  std::from_chars(text.data(), text.data() + text.size(), amount);
  return reader.figures.money(amount, text_in(money, "currency"));
}

std::string text_value(const Field& field, std::string_view text, const Reader& reader) {
  switch (field.kind) {
    case FieldKind::choice:
      return item_text(field, text, reader);
    case FieldKind::country:
      return reader.figures.country(text);
    case FieldKind::language:
      return reader.figures.language(text);
    case FieldKind::date: {
      const auto date = parse_date(text);
      return date ? reader.figures.date(*date) : std::string(text);
    }
    case FieldKind::instant: {
      const auto at = parse_instant(text);
      return at ? reader.figures.instant(*at) : std::string(text);
    }
    case FieldKind::rich_text:
      return plain_of(text);
    default:
      return std::string(text);
  }
}

std::string list_value(const Field& field, const json::array& values, const Reader& reader) {
  std::vector<std::string> out;
  for (const auto& one : values) {
    if (const auto* named = one.if_object()) out.push_back(text_in(*named, "name"));
    if (one.is_string()) out.push_back(item_text(field, one.get_string(), reader));
  }
  return join(out, ", ");
}

}  // namespace

std::string value_text(const Field& field, const json::value& value, const Reader& reader) {
  if (value.is_string()) return text_value(field, value.get_string(), reader);
  if (value.is_bool())
    return std::string(word(value.get_bool() ? Word::yes : Word::no, reader.language));
  if (const auto number = real_of(value)) return reader.figures.number(*number, field.scale);
  if (const auto* values = value.if_array()) return list_value(field, *values, reader);
  const auto* object = value.if_object();
  if (!object) return {};
  if (field.kind == FieldKind::money) return money_text(*object, reader);
  if (field.kind == FieldKind::address) return address_text(*object, reader);
  return text_in(*object, "name");
}

}  // namespace fokus::reports
