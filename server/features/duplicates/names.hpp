// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string>
#include <string_view>
#include <vector>

// What names, streets and addresses on the net are made of, taken apart for comparison. Input is
// folded text (platform/locale.hpp). Pure; thread-safe; the word lists (words/*.json) are read
// once.
namespace fokus::duplicates {

namespace limits {
constexpr std::size_t words_max = 12;  // of one name; the rest is not looked at
}

// Words of a name: letters and digits. Apostrophes vanish, and single letters with '.' or '/'
// between them become one word: "a/s" is "as", "s.p.a." is "spa".
std::vector<std::string> words_of(std::string_view folded);

struct PersonName {
  std::vector<std::string> words;  // without titles (Dr., Hr., Mrs)
};
PersonName person_name(std::string_view folded);

struct CompanyName {
  std::vector<std::string> words;  // without legal forms, unless nothing else would be left
  std::string form;                // the legal form's words, joined by spaces
};
CompanyName company_name(std::string_view folded);

// Both are given names that one person may go by: "bill" and "william".
bool are_nicknames(const std::string& a, const std::string& b);

struct Street {
  std::string name;    // normal spelling of its words, joined by spaces
  std::string number;  // "12b"; empty: none
};
Street street_of(std::string_view folded);

// The host of an e-mail address or URL that says whose it is: without "www.", and empty when
// anybody may have an address there (gmail.com) or there is no dot in it.
std::string own_domain(std::string_view folded);
// Before the '@', without what stands behind '+'.
std::string local_part(std::string_view folded);

// Letters and digits of a number; a leading country code of two letters of a VAT number goes.
std::string plain_number(std::string_view folded);

}  // namespace fokus::duplicates
