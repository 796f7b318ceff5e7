// SPDX-License-Identifier: Apache-2.0
#include "features/imports/cell_values.hpp"

#include <fmt/format.h>
#include <unicode/locid.h>
#include <unicode/uloc.h>

#include <array>
#include <charconv>
#include <map>
#include <optional>

#include "base/text.hpp"
#include "base/time.hpp"
#include "platform/locale.hpp"

namespace fokus::imports {
namespace {

using records::Dictionary;
using records::Field;
using records::FieldKind;

// Every name of every country in the languages our customers' files are in, folded.
std::map<std::string, std::string, std::less<>> make_country_names() {
  std::map<std::string, std::string, std::less<>> names;
  for (const char* const* code = uloc_getISOCountries(); *code; ++code) {
    const icu::Locale country("", *code);
    names.emplace(lower_ascii(*code), *code);
    names.emplace(lower_ascii(country.getISO3Country()), *code);
    for (const char* language : {"da", "en", "de", "sv", "nb", "fr"}) {
      icu::UnicodeString text;
      std::string utf8;
      country.getDisplayCountry(icu::Locale(language), text).toUTF8String(utf8);
      names.emplace(fold(utf8), *code);
    }
  }
  for (const auto& [name, code] : std::initializer_list<std::pair<const char*, const char*>>{
           {"usa", "US"}, {"u.s.a.", "US"}, {"uk", "GB"}, {"england", "GB"}, {"holland", "NL"}})
    names.insert_or_assign(name, code);
  return names;
}

const std::string* find_choice(const Dictionary& dictionary, std::string_view list,
                               std::string_view cell) {
  const auto items = dictionary.lists.find(list);
  if (items == dictionary.lists.end()) return nullptr;
  for (const auto& item : items->second)
    if (item.key == cell) return &item.key;
  const std::string folded = fold(cell);
  for (const auto& item : items->second) {
    if (fold(item.key) == folded) return &item.key;
    for (const auto& [language, label] : item.label)
      if (fold(label) == folded) return &item.key;
  }
  return nullptr;
}

std::string choice_key(const Dictionary& dictionary, const Field& field, std::string_view cell) {
  const std::string* key = find_choice(dictionary, field.list, trim(cell));
  return key ? *key : std::string(trim(cell));
}

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

int month_of(std::string_view word) {
  constexpr std::array<std::string_view, 12> months = {"jan", "feb", "mar", "apr", "ma",  "jun",
                                                       "jul", "aug", "sep", "o",   "nov", "de"};
  const std::string folded = fold(word);
  // "maerz" and "mrz" are German for March; "mai" and "maj" are May.
  if (folded.starts_with("maer") || folded == "mrz") return 3;
  for (std::size_t i = 0; i < months.size(); ++i)
    if (folded.size() >= 3 && folded.starts_with(months[i])) return static_cast<int>(i + 1);
  return 0;
}

// The runs of digits of a text, and a month's name among them.
struct DateParts {
  std::vector<std::string_view> numbers;
  int month = 0;
};

DateParts cut_date(std::string_view text) {
  DateParts parts;
  for (std::size_t i = 0; i < text.size();) {
    std::size_t end = i;
    const bool digit = is_digit(text[i]);
    constexpr std::string_view between = " -./,";
    if (!digit && between.find(text[i]) != between.npos) {
      ++i;
      continue;
    }
    while (end < text.size() && is_digit(text[end]) == digit &&
           between.find(text[end]) == between.npos)
      ++end;
    const auto word = text.substr(i, end - i);
    if (digit)
      parts.numbers.push_back(word);
    else
      parts.month = month_of(word);
    i = end;
  }
  return parts;
}

int number(std::string_view digits) {
  int n = 0;
  std::from_chars(digits.data(), digits.data() + digits.size(), n);
  return n;
}

// "26" in a file is 2026, "67" is 1967.
int full_year(std::string_view digits) {
  const int year = number(digits);
  if (digits.size() != 2) return year;
  return year < 50 ? 2000 + year : 1900 + year;
}

std::string checked(int year, int month, int day, std::string_view text) {
  std::string date = fmt::format("{:04}-{:02}-{:02}", year, month, day);
  return parse_date(date) ? date : std::string(text);
}

// Digits with their marks, and what stands before them.
struct NumberText {
  std::string kept;
  bool negative = false;
};

std::optional<NumberText> cut_number(std::string_view text) {
  const auto word = trim(text);
  // A currency may stand before or after: "kr. 1.234,50", "12 EUR", "€ 5".
  constexpr std::size_t unit_bytes_max = 6;
  const auto first = word.find_first_of("0123456789"), last = word.find_last_of("0123456789");
  if (first == word.npos || first > unit_bytes_max || word.size() - last - 1 > unit_bytes_max)
    return std::nullopt;
  NumberText out{"", word.substr(0, first).find('-') != word.npos};
  for (const char c : word.substr(first, last - first + 1)) {
    if (is_digit(c) || c == '.' || c == ',') out.kept += c;
    // Spaces group digits: plain, U+00A0 and U+202F (whose bytes are all above 0x7F).
    else if (c != ' ' && c != '\'' && static_cast<unsigned char>(c) < 0x80)
      return std::nullopt;
  }
  return out;
}

constexpr std::size_t group = 4;  // a mark and the three digits of a thousand

// Three digits behind each mark.
bool is_grouped(std::string_view kept, char mark) {
  const auto parts = split(kept, mark);
  return std::all_of(parts.begin() + 1, parts.end(),
                     [](std::string_view part) { return part.size() + 1 == group; });
}

char shown_mark(std::string_view kept) {
  const auto dot = kept.rfind('.'), comma = kept.rfind(',');
  if (dot != kept.npos && comma != kept.npos) return dot > comma ? '.' : ',';
  const auto at = dot != kept.npos ? dot : comma;
  if (at == kept.npos) return '\0';
  // "31.12.2025" is no number, and shows nothing.
  if (kept.find(kept[at]) != at && !is_grouped(kept, kept[at])) return '\0';
  if (kept.find(kept[at]) != at) return kept[at] == '.' ? ',' : '.';
  // What stands before a thousand is no lone zero, and never more than three digits.
  const bool may_group = kept.size() - at == group && at < group && kept.substr(0, at) != "0";
  return may_group ? '\0' : kept[at];
}

}  // namespace

bool is_choice(const Dictionary& dictionary, std::string_view list, std::string_view cell) {
  return find_choice(dictionary, list, trim(cell)) != nullptr;
}

std::string country_code(std::string_view text) {
  static const auto names = make_country_names();
  const auto found = names.find(fold(text));
  return found == names.end() ? std::string(trim(text)) : found->second;
}

std::string plain_number(std::string_view text, char decimal_mark) {
  const auto number = cut_number(text);
  if (!number) return std::string(trim(text));
  const char shown = shown_mark(number->kept);
  const char mark = shown != 0 ? shown : decimal_mark;
  const auto point = number->kept.rfind(mark);
  std::string out = number->negative ? "-" : "";
  for (std::size_t i = 0; i < number->kept.size(); ++i) {
    if (is_digit(number->kept[i]))
      out += number->kept[i];
    else if (i == point)
      out += '.';
  }
  return out;
}

char shown_decimal_mark(std::string_view text) {
  const auto number = cut_number(text);
  return number ? shown_mark(number->kept) : '\0';
}

std::string plain_date(std::string_view text, DateOrder order) {
  const auto word = trim(text);
  if (parse_date(word)) return std::string(word);
  const auto space = word.find_first_of("T ");
  if (space == 10 && parse_date(word.substr(0, 10))) return std::string(word.substr(0, 10));
  const DateParts parts = cut_date(word);
  const auto& n = parts.numbers;
  if (n.size() == 1 && n[0].size() == 8 && parts.month == 0)
    return checked(number(n[0].substr(0, 4)), number(n[0].substr(4, 2)), number(n[0].substr(6)),
                   word);
  if (parts.month != 0 && n.size() == 2)
    return checked(full_year(n[1]), parts.month, number(n[0]), word);
  if (n.size() < 3) return std::string(word);
  if (n[0].size() == 4) return checked(number(n[0]), number(n[1]), number(n[2]), word);
  int day = number(n[0]), month = number(n[1]);
  // A number above 12 can only be the day, whatever the order is said to be.
  if ((order == DateOrder::month_first && month <= 31 && day <= 12) || month > 12)
    std::swap(day, month);
  return checked(full_year(n[2]), month, day, word);
}

std::string_view without_guard(std::string_view cell) {
  constexpr std::string_view guarded = "=+-@\t\r";
  const bool has = cell.size() > 1 && cell[0] == '\'' && guarded.find(cell[1]) != guarded.npos;
  return has ? cell.substr(1) : cell;
}

boost::json::value cell_to_value(const Dictionary& dictionary, const Field& field,
                                 std::string_view cell, const CellStyle& style,
                                 boost::json::storage_ptr storage) {
  const auto text = [&](std::string_view v) {
    return boost::json::value(boost::json::string_view(v.data(), v.size()), storage);
  };
  switch (field.kind) {
    case FieldKind::integer:
    case FieldKind::decimal:
      return text(plain_number(cell, style.decimal_mark));
    case FieldKind::date:
      return text(plain_date(cell, style.date_order));
    case FieldKind::boolean:
      return text(lower_ascii(trim(cell)));
    case FieldKind::choice:
      return text(choice_key(dictionary, field, cell));
    case FieldKind::choices: {
      boost::json::array keys(storage);
      const char separator = cell.find(';') != cell.npos ? ';' : ',';
      for (const auto one : split(cell, separator))
        if (!trim(one).empty()) keys.emplace_back(text(choice_key(dictionary, field, one)));
      return keys;
    }
    case FieldKind::country:
      return text(country_code(cell));
    default:
      return text(cell);
  }
}

}  // namespace fokus::imports
