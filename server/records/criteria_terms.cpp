// SPDX-License-Identifier: Apache-2.0
#include "records/criteria_terms.hpp"

#include <algorithm>
#include <charconv>
#include <limits>

#include "base/text.hpp"
#include "records/number_forms.hpp"

namespace fokus::records {
namespace {

constexpr auto largest = std::numeric_limits<std::int64_t>::max();
constexpr auto smallest = std::numeric_limits<std::int64_t>::min();
constexpr std::size_t number_bytes_max =
    400;  // the longest double without an exponent has 309 digits

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

// What lies beyond 64 bits compares like the border; no stored number is there.
Scaled saturated(bool negative) {
  return negative ? Scaled{smallest, true} : Scaled{largest, false};
}

// Text, not floating point: 0.1 + 0.2 has no place in money.
std::optional<Scaled> scale_text(std::string_view text, int scale) {
  const bool negative = text.starts_with('-');
  if (negative) text.remove_prefix(1);
  const std::size_t point = std::min(text.find('.'), text.size());
  const std::string_view whole = text.substr(0, point);
  const std::string_view fraction = point < text.size() ? text.substr(point + 1) : "";
  if (whole.empty() || (point < text.size() && fraction.empty())) return std::nullopt;
  if (!std::all_of(whole.begin(), whole.end(), is_digit) ||
      !std::all_of(fraction.begin(), fraction.end(), is_digit))
    return std::nullopt;
  const auto digits = static_cast<std::size_t>(scale);
  std::string kept(fraction.substr(0, digits));
  kept.resize(digits, '0');
  const bool lost = fraction.size() > digits &&
                    fraction.substr(digits).find_first_not_of('0') != std::string_view::npos;
  const std::string all = (negative ? "-" : "") + std::string(whole) + kept;
  std::int64_t value = 0;
  const auto [end, fault] = std::from_chars(all.data(), all.data() + all.size(), value);
  if (fault == std::errc::result_out_of_range) return saturated(negative);
  if (fault != std::errc()) return std::nullopt;
  if (lost && negative && value == smallest) return saturated(true);
  return Scaled{lost && negative ? value - 1 : value, !lost};
}

std::optional<Scaled> scale_double(double value, int scale) {
  char buffer[number_bytes_max];
  const auto [end, fault] =
      std::to_chars(buffer, buffer + sizeof buffer, value, std::chars_format::fixed);
  if (fault != std::errc()) return saturated(value < 0);
  return scale_text(std::string_view(buffer, static_cast<std::size_t>(end - buffer)), scale);
}

std::string letters_and_digits(std::string_view folded) {
  std::string out;
  for (const char c : folded)
    if (is_digit(c) || (c >= 'a' && c <= 'z')) out += c;
  return out;
}

}  // namespace

std::optional<Scaled> scale_term(const Term& term, int scale) {
  if (const auto* whole = std::get_if<std::int64_t>(&term.content))
    return scale_text(std::to_string(*whole), scale);
  if (const auto* real = std::get_if<double>(&term.content)) return scale_double(*real, scale);
  if (const auto* text = std::get_if<std::string>(&term.content)) return scale_text(*text, scale);
  return std::nullopt;
}

std::optional<std::string> term_text(const Term& term) {
  if (const auto* text = std::get_if<std::string>(&term.content)) return *text;
  if (const auto* whole = std::get_if<std::int64_t>(&term.content)) return std::to_string(*whole);
  return std::nullopt;
}

bool looks_like_phone(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) {
    return is_digit(c) || std::string_view(" +-()./").find(c) != std::string_view::npos;
  });
}

std::string fold_term(FieldKind kind, const std::string& text) {
  // "=12345678" is the number as it was written, and in no other form: what a group was made of.
  if (has_number_forms(kind) && text.starts_with('='))
    return kind == FieldKind::phone ? fold_phone(text) : fold_term(kind, text.substr(1));
  if (kind == FieldKind::phone && looks_like_phone(text)) {
    if (std::string digits = fold_phone(text); !digits.empty()) return digits;
  }
  std::string folded = fold(text);
  if (kind == FieldKind::registration_number) {
    if (std::string number = letters_and_digits(folded); !number.empty()) return number;
  }
  return folded;
}

std::optional<std::int64_t> clock_term(Op op, const Term& term) {
  constexpr std::int64_t last_weekday = 7, last_hour = 23;
  const auto* n = std::get_if<std::int64_t>(&term.content);
  if (!n || *n < (op == Op::hour ? 0 : 1)) return std::nullopt;
  return *n <= (op == Op::hour ? last_hour : last_weekday) ? std::optional(*n) : std::nullopt;
}

std::optional<std::vector<std::int64_t>> term_ids(const Term& term, FieldKind kind,
                                                  const access::Actor& actor) {
  if (const auto* id = std::get_if<std::int64_t>(&term.content)) return std::vector{*id};
  const auto* symbol = std::get_if<Symbol>(&term.content);
  if (!symbol) return std::nullopt;
  if (kind == FieldKind::user && symbol->name == "me") return std::vector{actor.user.value};
  if (kind != FieldKind::group) return std::nullopt;
  if (symbol->name != "my_group" && symbol->name != "my_groups") return std::nullopt;
  std::vector<std::int64_t> ids{actor.primary_group.value};
  if (symbol->name == "my_groups")
    for (const auto group : actor.other_groups) ids.push_back(group.value);
  return ids;
}

}  // namespace fokus::records
