// SPDX-License-Identifier: Apache-2.0
#include "records/fields/money_text.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "base/text.hpp"
#include "platform/currency.hpp"
#include "records/fields/field_type.hpp"

namespace fokus::records {
namespace {

constexpr std::string_view digits = "0123456789";
constexpr std::array<std::pair<std::string_view, std::string_view>, 4> signs = {
    {{"€", "EUR"}, {"$", "USD"}, {"US$", "USD"}, {"£", "GBP"}}};
// What is called krone, krona or króna.
constexpr std::array<std::string_view, 4> crowns = {"DKK", "SEK", "NOK", "ISK"};

// What stands beside a number without what may belong to the number: signs, marks and blanks of any
// width. "kr." and "1.250,-" both leave the currency, or nothing.
std::string bare_word(std::string_view text) {
  constexpr std::string_view no_break = "\u00A0", narrow_no_break = "\u202F";
  std::string word = replace_all(std::string(text), no_break, " ");
  word = replace_all(std::move(word), narrow_no_break, " ");
  std::erase_if(
      word, [](char c) { return std::string_view(" \t+-.,'").find(c) != std::string_view::npos; });
  return word;
}

std::string upper(std::string word) {
  for (char& c : word)
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  return word;
}

}  // namespace

Result<std::string> currency_of_word(std::string_view word, std::string_view base_currency) {
  const std::string code = upper(bare_word(word));
  for (const auto& [sign, currency] : signs)
    if (code == sign) return std::string(currency);
  const bool is_crown_at_home = std::count(crowns.begin(), crowns.end(), base_currency) > 0;
  if (code == "KR" && is_crown_at_home) return std::string(base_currency);
  if (!is_legal_tender(code)) return bad_value("not_a_currency");
  return code;
}

Result<MoneyText> cut_money_text(std::string_view text, std::string_view base_currency) {
  const auto all = trim(text);
  const auto first = all.find_first_of(digits), last = all.find_last_of(digits);
  if (first == all.npos) return MoneyText{std::string(all), ""};
  const auto before = all.substr(0, first), behind = all.substr(last + 1);
  const std::string word = bare_word(before) + bare_word(behind);
  if (word.empty()) return MoneyText{std::string(all), ""};
  const bool is_negative = before.find('-') != before.npos;
  return MoneyText{(is_negative ? "-" : "") + std::string(all.substr(first, last + 1 - first)),
                   TRY(currency_of_word(word, base_currency))};
}

}  // namespace fokus::records
