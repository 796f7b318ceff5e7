// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string>
#include <string_view>

#include "base/result.hpp"

namespace fokus::records {

// Money as people write it: a number, and a currency before or behind it or none at all.
struct MoneyText {
  std::string number;    // as it is written, without the currency: "1.234,50", "-12"
  std::string currency;  // ISO 4217; empty when none is named
};

// "12", "EUR 12", "12,50 €", "kr. 1.250,-". A text without a digit is its own number, for whoever
// reads numbers to refuse. Errors: "not_a_currency", without a field, for a word beside the number
// that names none.
Result<MoneyText> cut_money_text(std::string_view text, std::string_view base_currency);

// A code in any letters, "€", "$", "US$", "£"; "kr" is what is paid with at home, where that is
// called so. Errors as above.
Result<std::string> currency_of_word(std::string_view word, std::string_view base_currency);

}  // namespace fokus::records
