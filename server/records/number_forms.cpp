// SPDX-License-Identifier: Apache-2.0
#include "records/number_forms.hpp"

#include <algorithm>
#include <array>

#include "base/text.hpp"
#include "platform/locale.hpp"
#include "records/criteria_terms.hpp"
#include "records/phone_words.hpp"

namespace fokus::records {
namespace {

constexpr std::size_t lengths_max = 3;            // of a country's code
constexpr std::size_t phone_length_min = 9;       // with a country; shorter ones are national
constexpr std::size_t registration_rest_min = 5;  // digits behind a country
constexpr std::size_t trunk_zero_digits_min = 6;  // a typed beginning keeps its 0

using Countries = std::array<std::vector<std::string>, lengths_max>;

Countries phone_countries() {
  Countries out;
  for (int code = 1; code < 1000; ++code) {
    const std::string text = std::to_string(code);
    if (country_code_length(text + "00") == text.size()) out[text.size() - 1].push_back(text);
  }
  return out;
}

// The letters before VAT numbers: the European Union's (EL is Greece, XI Northern Ireland) and
// their neighbours'.
Countries registration_countries() {
  constexpr std::string_view all =
      "at be bg ch cy cz de dk ee el es fi fo fr gb gl gr hr hu ie is it li lt lu lv mt nl no pl "
      "pt "
      "ro se si sk xi";
  Countries out;
  for (const auto one : split(all, ' ')) out[1].emplace_back(one);
  return out;
}

const Countries& countries_of(FieldKind kind) {
  static const Countries phone = phone_countries(), registration = registration_countries();
  return kind == FieldKind::phone ? phone : registration;
}

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

std::string without_trunk_zero(std::string_view digits) {
  return std::string(digits.size() > 1 && digits.starts_with('0') ? digits.substr(1) : digits);
}

std::size_t country_length(FieldKind kind, std::string_view folded) {
  for (std::size_t length = 1; length <= lengths_max && length <= folded.size(); ++length) {
    const auto known = number_countries(kind, length);
    if (std::find(known.begin(), known.end(), folded.substr(0, length)) != known.end())
      return length;
  }
  return 0;
}

// What is read with a country, if it can be.
void add_with_country(FieldKind kind, std::string_view folded, std::vector<NumberReading>& out) {
  const std::size_t length = country_length(kind, folded);
  if (length == 0 || folded.size() < number_length_min(kind)) return;
  const auto rest = folded.substr(length);
  if (kind != FieldKind::phone && !is_digit(rest.front())) return;
  out.push_back({std::string(folded.substr(0, length)),
                 kind == FieldKind::phone ? without_trunk_zero(rest) : std::string(rest)});
}

std::vector<NumberReading> typed_phone(std::string_view typed) {
  const std::string digits = fold_phone(typed);
  if (digits.empty()) return {};
  const auto text = trim(typed);
  std::vector<NumberReading> out;
  add_with_country(FieldKind::phone, digits, out);
  if (!out.empty() && out[0].country.size() + out[0].rest.size() < phone_length_min) out.clear();
  const bool international = text.starts_with('+') || text.starts_with("00");
  if (international && !out.empty()) return out;
  out.push_back({"", digits});
  if (digits.size() >= trunk_zero_digits_min && digits.starts_with('0'))
    out.push_back({"", without_trunk_zero(digits)});
  return out;
}

}  // namespace

bool has_number_forms(FieldKind kind) {
  return kind == FieldKind::phone || kind == FieldKind::registration_number;
}

std::vector<NumberReading> stored_readings(FieldKind kind, std::string_view folded) {
  std::vector<NumberReading> out{{"", std::string(folded)}};
  if (kind == FieldKind::phone && folded.size() > 1 && folded.starts_with('0'))
    out.push_back({"", without_trunk_zero(folded)});
  add_with_country(kind, folded, out);
  return out;
}

std::vector<NumberReading> typed_readings(FieldKind kind, std::string_view typed) {
  if (kind == FieldKind::phone) {
    if (!looks_like_phone(typed)) return {};
    return typed_phone(typed);
  }
  if (typed.starts_with('=')) return {};  // as it was written
  const std::string folded = fold_term(kind, std::string(typed));
  if (folded.empty() || !std::all_of(folded.begin(), folded.end(),
                                     [](char c) { return is_digit(c) || (c >= 'a' && c <= 'z'); }))
    return {};
  std::vector<NumberReading> out;
  add_with_country(kind, folded, out);
  if (out.empty()) out.push_back({"", folded});
  return out;
}

std::span<const std::string> number_countries(FieldKind kind, std::size_t length) {
  return countries_of(kind).at(length - 1);
}

std::size_t number_length_min(FieldKind kind) {
  return kind == FieldKind::phone ? phone_length_min : 2 + registration_rest_min;
}

}  // namespace fokus::records
