// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <optional>
#include <string>
#include <string_view>

namespace fokus {

// A telephone number as libphonenumber reads it, by the numbering plans that the library carries.
struct PhoneNumber {
  std::string e164;     // "+4533123456": how it is stored and dialled; without an extension
  std::string shown;    // as people of its own country write it abroad: "+45 33 12 34 56"
  std::string country;  // ISO 3166 alpha-2, upper case; empty for numbers of no country (+800)
  bool valid = false;   // a number that the plan can give out, not just one of a possible length
};

// Reads a number in whatever form it was written. `country` (ISO 3166 alpha-2, any case) says whose
// number it is when it begins with neither + nor 00; it may be empty. Nothing when no number can
// be made of the text: too short, too long, words, or a national number without a country. Any
// bytes are allowed; of texts longer than phone_text_limit bytes nothing is read. Thread-safe.
std::optional<PhoneNumber> read_phone(std::string_view text, std::string_view country);

constexpr std::size_t phone_text_limit = 250;

// As it is shown to somebody in `country`: nationally ("33 12 34 56") when it is a number of that
// country, else like PhoneNumber::shown. The text itself when it cannot be read. Thread-safe.
std::string shown_phone(std::string_view text, std::string_view country);

}  // namespace fokus
