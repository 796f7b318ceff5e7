// SPDX-License-Identifier: Apache-2.0
#include "records/phone_words.hpp"

#include <algorithm>
#include <array>

#include "base/text.hpp"
#include "platform/locale.hpp"

namespace fokus::records {
namespace {

constexpr std::size_t ending_digits = 8;        // what of a number most people type
constexpr std::size_t national_digits_min = 5;  // of the shortest numbers (Iceland has seven)

// The codes of two digits; 1 and 7 have one, all others three.
constexpr std::array<std::string_view, 44> two_digit_codes = {
    "20", "27", "30", "31", "32", "33", "34", "36", "39", "40", "41", "43", "44", "45", "46",
    "47", "48", "49", "51", "52", "53", "54", "55", "56", "57", "58", "60", "61", "62", "63",
    "64", "65", "66", "81", "82", "84", "86", "90", "91", "92", "93", "94", "95", "98"};

void add(std::vector<std::string>& words, std::string word) {
  if (std::find(words.begin(), words.end(), word) == words.end()) words.push_back(std::move(word));
}

void add_national(std::vector<std::string>& words, std::string_view national) {
  if (national.size() < national_digits_min) return;
  add(words, std::string(national));
  add(words, "0" + std::string(national));
}

}  // namespace

std::size_t country_code_length(std::string_view digits) {
  if (digits.starts_with('1') || digits.starts_with('7')) return 1;
  const auto first = digits.substr(0, 2);
  const bool two =
      std::find(two_digit_codes.begin(), two_digit_codes.end(), first) != two_digit_codes.end();
  return two ? 2 : 3;
}

std::string_view without_country(std::string_view digits) {
  const std::size_t length = country_code_length(digits);
  if (digits.size() < length + national_digits_min) return {};
  const auto rest = digits.substr(length);
  return rest.starts_with('0') ? rest.substr(1) : rest;
}

std::vector<std::string> phone_words(std::string_view digits) {
  std::vector<std::string> out{std::string(digits)};
  if (digits.size() > ending_digits)
    add(out, std::string(digits.substr(digits.size() - ending_digits)));
  if (digits.starts_with('0'))
    add_national(out, digits.substr(1));
  else if (digits.size() > ending_digits)
    add_national(out, without_country(digits));
  return out;
}

std::vector<std::string> phone_query_words(std::string_view typed) {
  const std::string digits = fold_phone(typed);
  const auto text = trim(typed);
  const bool international = text.starts_with('+') || text.starts_with("00");
  std::vector<std::string> out{digits};
  if (international || (digits.size() > ending_digits && !digits.starts_with('0')))
    add_national(out, without_country(digits));
  else if (digits.starts_with('0') && digits.size() > national_digits_min)
    add(out, digits.substr(1));
  return out;
}

}  // namespace fokus::records
