// SPDX-License-Identifier: Apache-2.0
#include "features/registers/check_digits.hpp"

#include <algorithm>
#include <array>
#include <span>

#include "features/registers/mapping.hpp"

namespace fokus::registers {
namespace {

using Verdict = NumberVerdict;

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}
bool is_all_digits(std::string_view text) {
  return std::all_of(text.begin(), text.end(), is_digit);
}

int weighted(std::string_view digits, std::span<const int> weights) {
  int sum = 0;
  for (std::size_t i = 0; i < weights.size(); ++i) sum += (digits[i] - '0') * weights[i];
  return sum;
}

Verdict dk_cvr(std::string_view n) {
  constexpr std::array<int, 8> weights = {2, 7, 6, 5, 4, 3, 2, 1};
  if (n.size() != 8 || !is_all_digits(n) || n[0] == '0') return Verdict::wrong_form;
  return weighted(n, weights) % 11 == 0 ? Verdict::sound : Verdict::wrong_check;
}

Verdict no_org(std::string_view n) {
  constexpr std::array<int, 9> weights = {3, 2, 7, 6, 5, 4, 3, 2, 1};
  if (n.size() != 9 || !is_all_digits(n)) return Verdict::wrong_form;
  return weighted(n, weights) % 11 == 0 ? Verdict::sound : Verdict::wrong_check;
}

// ISO 17442: letters are 10 … 35, the whole is 1 modulo 97.
Verdict lei(std::string_view n) {
  if (n.size() != 20 || !is_all_digits(n.substr(18))) return Verdict::wrong_form;
  int rest = 0;
  for (const char c : n) {
    const int value = is_digit(c) ? c - '0' : c - 'A' + 10;
    rest = (rest * (value > 9 ? 100 : 10) + value) % 97;
  }
  return rest == 1 ? Verdict::sound : Verdict::wrong_check;
}

Verdict gb_company(std::string_view n) {
  if (n.size() != 8) return Verdict::wrong_form;
  const bool is_sound = is_all_digits(n.substr(2)) &&
                        (is_all_digits(n.substr(0, 2)) || (!is_digit(n[0]) && !is_digit(n[1])));
  return is_sound ? Verdict::sound : Verdict::wrong_form;
}

// ISO 7064, modulus 11, 10.
Verdict de_vat(std::string_view n) {
  int product = 10;
  for (std::size_t i = 0; i < 8; ++i) {
    const int sum = (n[i] - '0' + product) % 10;
    product = 2 * (sum == 0 ? 10 : sum) % 11;
  }
  return (11 - product) % 10 == n[8] - '0' ? Verdict::sound : Verdict::wrong_check;
}

// "9": a digit, "A": a letter, "X": either. Several forms of one country stand in lines of their
// own.
struct VatForm {
  std::string_view country, form;
};
constexpr std::array<VatForm, 45> vat_forms = {{
    {"AT", "A99999999"},     {"BE", "9999999999"},    {"BG", "999999999"},
    {"BG", "9999999999"},    {"CHE", "999999999"},    {"CHE", "999999999MWST"},
    {"CHE", "999999999TVA"}, {"CHE", "999999999IVA"}, {"CY", "99999999A"},
    {"CZ", "99999999"},      {"CZ", "999999999"},     {"CZ", "9999999999"},
    {"DE", "999999999"},     {"DK", "99999999"},      {"EE", "999999999"},
    {"EL", "999999999"},     {"ES", "X9999999X"},     {"FI", "99999999"},
    {"FR", "XX999999999"},   {"GB", "999999999"},     {"GB", "999999999999"},
    {"GB", "GD999"},         {"GB", "HA999"},         {"HR", "99999999999"},
    {"HU", "99999999"},      {"IE", "9X99999A"},      {"IE", "9999999AA"},
    {"IT", "99999999999"},   {"LT", "999999999"},     {"LT", "999999999999"},
    {"LU", "99999999"},      {"LV", "99999999999"},   {"MT", "99999999"},
    {"NL", "999999999B99"},  {"NO", "999999999"},     {"NO", "999999999MVA"},
    {"PL", "9999999999"},    {"PT", "999999999"},     {"RO", "9999999999"},
    {"RO", "999999999"},     {"RO", "99999999"},      {"SE", "999999999999"},
    {"SI", "99999999"},      {"SK", "9999999999"},    {"XI", "999999999"},
}};

bool fits(std::string_view text, std::string_view form) {
  if (text.size() != form.size()) return false;
  for (std::size_t i = 0; i < form.size(); ++i) {
    const bool ok = form[i] == '9'   ? is_digit(text[i])
                    : form[i] == 'A' ? !is_digit(text[i])
                    : form[i] == 'X' ? true
                                     : text[i] == form[i];
    if (!ok) return false;
  }
  return true;
}

Verdict vat(std::string_view n) {
  for (const auto& [country, form] : vat_forms) {
    if (!n.starts_with(country) || !fits(n.substr(country.size()), form)) continue;
    const auto rest = n.substr(country.size());
    if (country == "DK") return dk_cvr(rest);
    if (country == "NO") return no_org(rest.substr(0, 9));
    if (country == "DE") return de_vat(rest);
    return Verdict::sound;
  }
  return Verdict::wrong_form;
}

void suggest(std::string_view kind, const std::string& number, std::vector<std::string>& out) {
  const bool is_new = std::find(out.begin(), out.end(), number) == out.end();
  if (out.size() < limits::suggestions_max && is_new &&
      check_number(kind, number) == Verdict::sound)
    out.push_back(number);
}

}  // namespace

NumberVerdict check_number(std::string_view kind, std::string_view number) {
  const std::string plain = plain_number(number);
  if (kind == "dk_cvr") return dk_cvr(plain);
  if (kind == "no_org") return no_org(plain);
  if (kind == "lei") return lei(plain);
  if (kind == "gb_company") return gb_company(plain);
  if (kind == "vat") return vat(plain);
  return NumberVerdict::unknown_kind;
}

std::vector<std::string> suggest_numbers(std::string_view kind, std::string_view number) {
  std::vector<std::string> out;
  const std::string plain = plain_number(number);
  if (check_number(kind, plain) != NumberVerdict::wrong_check) return out;
  for (std::size_t i = 0; i + 1 < plain.size(); ++i) {
    std::string other = plain;
    std::swap(other[i], other[i + 1]);
    if (other != plain) suggest(kind, other, out);
  }
  for (std::size_t i = 0; i < plain.size(); ++i) {
    if (!is_digit(plain[i])) continue;
    std::string other = plain;
    for (char c = '0'; c <= '9'; ++c) {
      other[i] = c;
      if (c != plain[i]) suggest(kind, other, out);
    }
  }
  return out;
}

}  // namespace fokus::registers
