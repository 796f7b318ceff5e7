// SPDX-License-Identifier: Apache-2.0
// tidy: table
#include "features/quality/number_checks.hpp"

#include <algorithm>
#include <array>

namespace fokus::quality {
namespace {

// Letters and length of the IBANs of each country; the registry of ISO 13616.
struct Length {
  std::string_view country;
  std::size_t size;
};
constexpr std::array lengths = std::to_array<Length>({
    {"AD", 24}, {"AE", 23}, {"AL", 28}, {"AT", 20}, {"AZ", 28}, {"BA", 20}, {"BE", 16}, {"BG", 22},
    {"BH", 22}, {"BR", 29}, {"BY", 28}, {"CH", 21}, {"CR", 22}, {"CY", 28}, {"CZ", 24}, {"DE", 22},
    {"DK", 18}, {"DO", 28}, {"EE", 20}, {"EG", 29}, {"ES", 24}, {"FI", 18}, {"FO", 18}, {"FR", 27},
    {"GB", 22}, {"GE", 22}, {"GI", 23}, {"GL", 18}, {"GR", 27}, {"GT", 28}, {"HR", 21}, {"HU", 28},
    {"IE", 22}, {"IL", 23}, {"IQ", 23}, {"IS", 26}, {"IT", 27}, {"JO", 30}, {"KW", 30}, {"KZ", 20},
    {"LB", 28}, {"LC", 32}, {"LI", 21}, {"LT", 20}, {"LU", 20}, {"LV", 21}, {"MC", 27}, {"MD", 24},
    {"ME", 22}, {"MK", 19}, {"MR", 27}, {"MT", 31}, {"MU", 30}, {"NL", 18}, {"NO", 15}, {"PK", 24},
    {"PL", 28}, {"PS", 29}, {"PT", 25}, {"QA", 29}, {"RO", 24}, {"RS", 22}, {"SA", 24}, {"SC", 31},
    {"SE", 24}, {"SI", 19}, {"SK", 24}, {"SM", 27}, {"ST", 25}, {"SV", 28}, {"TL", 23}, {"TN", 24},
    {"TR", 26}, {"UA", 29}, {"VA", 22}, {"VG", 24}, {"XK", 20},
});
constexpr std::size_t iban_min = 15, iban_max = 34;

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

}  // namespace

std::string plain_number(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (is_digit(c) || (c >= 'A' && c <= 'Z')) out += c;
    if (c >= 'a' && c <= 'z') out += static_cast<char>(c - 'a' + 'A');
  }
  return out;
}

Soundness check_iban(std::string_view number) {
  const std::string n = plain_number(number);
  if (n.size() < iban_min || n.size() > iban_max || is_digit(n[0]) || is_digit(n[1]) ||
      !is_digit(n[2]) || !is_digit(n[3]))
    return Soundness::wrong_form;
  const auto known = std::find_if(lengths.begin(), lengths.end(),
                                  [&](const Length& one) { return n.starts_with(one.country); });
  if (known != lengths.end() && known->size != n.size()) return Soundness::wrong_form;
  int rest = 0;
  for (const char c : n.substr(4) + n.substr(0, 4)) {
    const int value = is_digit(c) ? c - '0' : c - 'A' + 10;
    rest = (rest * (value > 9 ? 100 : 10) + value) % 97;
  }
  if (rest != 1) return Soundness::wrong_check;
  return known == lengths.end() ? Soundness::unknown : Soundness::sound;
}

std::string shown_iban(std::string_view number) {
  std::string out;
  for (const char c : plain_number(number)) {
    if (out.size() % 5 == 4) out += ' ';
    out += c;
  }
  return out;
}

}  // namespace fokus::quality
