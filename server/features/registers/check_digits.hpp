// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string>
#include <string_view>
#include <vector>

namespace fokus::registers {

// Rules for the numbers of registers, without any look-up. Numbers may be written with spaces,
// dots and dashes. A kind is "dk_cvr" (modulus 11), "no_org" (modulus 11), "lei" (modulus 97),
// "gb_company" (form only), or "vat" (the form that each country of the EU, Norway, Switzerland
// and the United Kingdom has; Danish, Norwegian and German ones with their check digit).
enum class NumberVerdict {
  sound,
  wrong_form,   // another length, or letters where digits belong
  wrong_check,  // a digit is wrong, or two are swapped
  unknown_kind
};
NumberVerdict check_number(std::string_view kind, std::string_view number);

// The sound numbers that are one typing error away: one digit another, or two neighbours swapped.
// Neighbours first; at most `suggestions_max`.
namespace limits {
constexpr std::size_t suggestions_max = 10;
}  // namespace limits
std::vector<std::string> suggest_numbers(std::string_view kind, std::string_view number);

}  // namespace fokus::registers
