// SPDX-License-Identifier: Apache-2.0
#include "platform/phone.hpp"

// Only this file sees the library: its headers want to know how they lock, and this way needs
// nothing of the Boost that its package was built with.
#define I18N_PHONENUMBERS_USE_STDMUTEX 1
#include <phonenumbers/phonenumberutil.h>

#include <cctype>

namespace fokus {
namespace {

using i18n::phonenumbers::PhoneNumberUtil;
using Parsed = i18n::phonenumbers::PhoneNumber;

// GetInstance locks only half when two threads ask first; a static does it properly.
const PhoneNumberUtil& plans() {
  static const PhoneNumberUtil& util = *PhoneNumberUtil::GetInstance();
  return util;
}

std::string region(std::string_view country) {
  std::string code;
  for (const char c : country)
    code += static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
  return code.size() == 2 ? code : "ZZ";  // the library's word for "unknown"
}

// Letters after a number begin an extension in whatever language ("lok. 7"), which the library
// would take for digits of a telephone's keys. Bytes beyond ASCII may be digits of other scripts.
std::string without_extension(std::string_view text) {
  constexpr int number_digits_min = 4;
  int digits = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto c = static_cast<unsigned char>(text[i]);
    if (std::isdigit(c)) ++digits;
    if (c < 0x80 && std::isalpha(c) && digits >= number_digits_min)
      return std::string(text.substr(0, i));
  }
  return std::string(text);
}

std::optional<Parsed> parse(std::string_view text, std::string_view country) {
  if (text.size() > phone_text_limit) return std::nullopt;
  Parsed number;
  const auto error = plans().Parse(without_extension(text), region(country), &number);
  if (error != PhoneNumberUtil::NO_PARSING_ERROR) return std::nullopt;
  number.clear_extension();
  return number;
}

std::string written(const Parsed& number, PhoneNumberUtil::PhoneNumberFormat format) {
  std::string text;
  plans().Format(number, format, &text);
  return text;
}

std::string country_of(const Parsed& number) {
  std::string code;
  plans().GetRegionCodeForNumber(number, &code);
  return code.size() == 2 && code != "ZZ" ? code : "";  // "001" is the whole world
}

}  // namespace

std::optional<PhoneNumber> read_phone(std::string_view text, std::string_view country) {
  const auto number = parse(text, country);
  if (!number) return std::nullopt;
  return PhoneNumber{.e164 = written(*number, PhoneNumberUtil::E164),
                     .shown = written(*number, PhoneNumberUtil::INTERNATIONAL),
                     .country = country_of(*number),
                     .valid = plans().IsValidNumber(*number)};
}

std::string shown_phone(std::string_view text, std::string_view country) {
  const auto number = parse(text, country);
  if (!number) return std::string(text);
  const bool own = country_of(*number) == region(country);
  return written(*number, own ? PhoneNumberUtil::NATIONAL : PhoneNumberUtil::INTERNATIONAL);
}

}  // namespace fokus
