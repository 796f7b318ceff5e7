// SPDX-License-Identifier: Apache-2.0
#include "features/registers/mapping.hpp"

#include <algorithm>

#include "base/text.hpp"
#include "base/time.hpp"

namespace fokus::registers {
namespace {

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}
bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}
char to_upper(char c) {
  return c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c;
}

std::string digits_of(std::string_view text) {
  std::string out;
  for (const char c : text)
    if (is_digit(c)) out += c;
  return out;
}

// The letters of U+00E0 … U+00FE as well, of which U+00F7 (÷) is none.
std::string in_capitals(std::string_view text) {
  std::string out(text);
  bool is_latin_1 = false;
  for (char& c : out) {
    const auto byte = static_cast<unsigned char>(c);
    const bool is_lower = byte >= 0xA0 && byte <= 0xBE && byte != 0xB7;
    c = is_latin_1 && is_lower ? static_cast<char>(byte - 0x20) : to_upper(c);
    is_latin_1 = byte == 0xC3;
  }
  return out;
}

std::string date_dmy(std::string_view text) {
  if (text.size() < 10 || is_digit(text[2]) || is_digit(text[5])) return {};
  std::string out(text.substr(6, 4));
  out += '-';
  out += text.substr(3, 2);
  out += '-';
  out += text.substr(0, 2);
  return parse_date(out) ? out : std::string();
}

std::string date_ymd(std::string_view text) {
  const auto day = text.substr(0, 10);
  return parse_date(day) ? std::string(day) : std::string();
}

// The digits that a text begins with; "1.234" is no number of employees that one may guess at.
std::string leading_digits(std::string_view text) {
  std::size_t end = 0;
  while (end < text.size() && end < 9 && is_digit(text[end])) ++end;
  return std::string(text.substr(0, end));
}

std::string integer(std::string_view text) {
  const auto digits = leading_digits(text);
  return digits.size() == text.size() ? digits : std::string();
}

std::string one_line(std::string_view text) {
  std::string out;
  for (const auto line : split(text, '\n')) {
    const auto part = trim(line);
    if (part.empty()) continue;
    if (!out.empty()) out += ", ";
    out += part;
  }
  return out;
}

bool says_nothing(std::string_view text) {
  const auto lower = lower_ascii(text);
  constexpr std::array<std::string_view, 7> words = {"none", "none supplied", "null", "n/a",
                                                     "-",    "---",           "0"};
  return std::find(words.begin(), words.end(), lower) != words.end();
}

constexpr std::string_view code_mark = " - ";

std::string join_values(const Rule& rule, std::span<const std::string_view> cells) {
  std::string out;
  for (const std::size_t column : rule.from) {
    const auto cell = trim(cells[column]);
    if (cell.empty()) continue;
    if (!out.empty()) out += *rule.join;
    out += cell;
  }
  return out;
}

std::string raw_value(const Rule& rule, std::span<const std::string_view> cells) {
  if (!rule.constant.empty()) return rule.constant;
  if (rule.join) return join_values(rule, cells);
  for (const std::size_t column : rule.from)
    if (const auto cell = trim(cells[column]); !cell.empty()) return std::string(cell);
  return {};
}

const std::string* find_in_map(const Rule& rule, std::string_view value) {
  const std::string* otherwise = nullptr;
  for (const auto& [from, to] : rule.map) {
    if (from == value) return &to;
    if (from == "*") otherwise = &to;
  }
  return otherwise;
}

bool applies(const Rule& rule, std::span<const std::string_view> cells) {
  if (!rule.when_column) return true;
  const auto cell = trim(cells[*rule.when_column]);
  return std::find(rule.when_equals.begin(), rule.when_equals.end(), cell) !=
         rule.when_equals.end();
}

std::string apply_rule(const Rule& rule, std::span<const std::string_view> cells) {
  if (!applies(rule, cells)) return {};
  std::string value = raw_value(rule, cells);
  for (const Transform transform : rule.transforms) {
    if (value.empty()) return {};
    value = apply_transform(transform, value);
  }
  if (value.empty()) return {};
  if (!rule.map.empty()) {
    const auto* mapped = find_in_map(rule, value);
    return mapped ? *mapped : std::string();
  }
  if (rule.prefix.empty() && rule.suffix.empty()) return value;
  return rule.prefix + value + rule.suffix;
}

}  // namespace

std::string apply_transform(Transform transform, std::string_view text) {
  switch (transform) {
    case Transform::digits:
      return digits_of(text);
    case Transform::alphanumeric:
      return plain_number(text);
    case Transform::upper:
      return in_capitals(text);
    case Transform::lower:
      return lower_ascii(text);
    case Transform::date_dmy:
      return date_dmy(text);
    case Transform::date_ymd:
      return date_ymd(text);
    case Transform::integer:
      return integer(text);
    case Transform::range_low:
      return leading_digits(text);
    case Transform::one_line:
      return one_line(text);
    case Transform::code:
      return std::string(trim(text.substr(0, text.find(code_mark))));
    case Transform::after_code: {
      const auto at = text.find(code_mark);
      return std::string(trim(at == text.npos ? text : text.substr(at + code_mark.size())));
    }
    case Transform::not_none:
      return says_nothing(text) ? std::string() : std::string(text);
  }
  return {};
}

std::string plain_number(std::string_view text) {
  std::string out;
  for (const char c : text)
    if (is_digit(c) || is_letter(c)) out += to_upper(c);
  return out;
}

Mapped map_row(const Mapping& mapping, std::span<const std::string_view> cells) {
  Mapped out;
  for (std::size_t i = 0; i < field_count; ++i) {
    auto& value = out.entry.values[i];
    for (const auto& rule : mapping.rules[i]) {
      value = apply_rule(rule, cells);
      if (!value.empty()) break;
    }
    if (value.size() > limits::value_bytes_max)
      value.resize(cut_utf8(value, limits::value_bytes_max).size());
  }
  auto& number = out.entry[Field::number];
  number = plain_number(number);
  if (number.empty()) out.problem = "no_number";
  if (number.size() > limits::number_bytes_max) out.problem = "number_too_long";
  if (trim(out.entry[Field::name]).empty()) out.problem = "no_name";
  return out;
}

}  // namespace fokus::registers
