// SPDX-License-Identifier: Apache-2.0
// tidy: table
// How each state of the EU makes the check digits of its VAT numbers.
#include <algorithm>
#include <array>
#include <span>

#include "base/text.hpp"
#include "features/quality/number_checks.hpp"
#include "features/registers/registers.hpp"

namespace fokus::quality {
namespace {

using S = Soundness;

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}
bool is_letter(char c) {
  return c >= 'A' && c <= 'Z';
}
bool is_digits(std::string_view n, std::size_t size) {
  return n.size() == size && std::all_of(n.begin(), n.end(), is_digit);
}
int at(std::string_view n, std::size_t i) {
  return n[i] - '0';
}
std::int64_t value(std::string_view digits) {
  std::int64_t out = 0;
  for (const char c : digits) out = out * 10 + (c - '0');
  return out;
}
int weighted(std::string_view n, std::initializer_list<int> weights) {
  int sum = 0;
  std::size_t i = 0;
  for (const int weight : weights) sum += at(n, i++) * weight;
  return sum;
}
S said(bool is_right) {
  return is_right ? S::sound : S::wrong_check;
}

bool has_luhn(std::string_view n) {
  int sum = 0;
  for (std::size_t i = 0; i < n.size(); ++i) {
    const int digit = at(n, n.size() - 1 - i) * (i % 2 ? 2 : 1);
    sum += digit > 9 ? digit - 9 : digit;
  }
  return sum % 10 == 0;
}

S austria(std::string_view n) {
  if (n.size() != 9 || n[0] != 'U' || !is_digits(n.substr(1), 8)) return S::wrong_form;
  const auto d = n.substr(1);
  int sum = 4;
  for (std::size_t i = 0; i < 7; ++i) {
    const int digit = at(d, i) * (i % 2 ? 2 : 1);
    sum += digit > 9 ? digit - 9 : digit;
  }
  return said((10 - sum % 10) % 10 == at(d, 7));
}

S belgium(std::string_view n) {
  if (!is_digits(n, 10) || n[0] > '1') return S::wrong_form;
  return said(97 - value(n.substr(0, 8)) % 97 == value(n.substr(8)));
}

S bulgaria(std::string_view n) {
  if (is_digits(n, 10)) return S::sound;  // of persons
  if (!is_digits(n, 9)) return S::wrong_form;
  int check = weighted(n, {1, 2, 3, 4, 5, 6, 7, 8}) % 11;
  if (check == 10) check = weighted(n, {3, 4, 5, 6, 7, 8, 9, 10}) % 11 % 10;
  return said(check == at(n, 8));
}

S cyprus(std::string_view n) {
  constexpr std::array odd = {1, 0, 5, 7, 9, 13, 15, 17, 19, 21};
  if (n.size() != 9 || !is_digits(n.substr(0, 8), 8) || !is_letter(n[8])) return S::wrong_form;
  int sum = 0;
  for (std::size_t i = 0; i < 8; ++i)
    sum += i % 2 ? at(n, i) : odd[static_cast<std::size_t>(at(n, i))];
  return said('A' + sum % 26 == n[8]);
}

S czechia(std::string_view n) {
  if (is_digits(n, 9) || is_digits(n, 10)) return S::sound;  // of persons
  if (!is_digits(n, 8)) return S::wrong_form;
  return said((11 - weighted(n, {8, 7, 6, 5, 4, 3, 2}) % 11) % 10 == at(n, 7));
}

S estonia(std::string_view n) {
  if (!is_digits(n, 9)) return S::wrong_form;
  return said((10 - weighted(n, {3, 7, 1, 3, 7, 1, 3, 7}) % 10) % 10 == at(n, 8));
}

S greece(std::string_view n) {
  if (!is_digits(n, 9)) return S::wrong_form;
  return said(weighted(n, {256, 128, 64, 32, 16, 8, 4, 2}) % 11 % 10 == at(n, 8));
}

S spain(std::string_view n) {
  constexpr std::string_view letters = "TRWAGMYFPDXBNJZSQVHLCKE", controls = "JABCDEFGHI";
  if (n.size() != 9 || !is_digits(n.substr(1, 7), 7)) return S::wrong_form;
  const auto foreign = std::string_view("XYZ").find(n[0]);
  if (is_digit(n[0]) || foreign != std::string_view::npos) {
    if (!is_letter(n[8])) return S::wrong_form;
    const std::int64_t first = is_digit(n[0]) ? at(n, 0) : static_cast<std::int64_t>(foreign);
    return said(
        letters[static_cast<std::size_t>((first * 10'000'000 + value(n.substr(1, 7))) % 23)] ==
        n[8]);
  }
  int sum = 0;
  for (std::size_t i = 1; i < 8; ++i) {
    const int digit = at(n, i) * (i % 2 ? 2 : 1);
    sum += digit > 9 ? digit - 9 : digit;
  }
  const auto control = static_cast<std::size_t>((10 - sum % 10) % 10);
  return said(n[8] == static_cast<char>('0' + control) || n[8] == controls[control]);
}

S finland(std::string_view n) {
  if (!is_digits(n, 8)) return S::wrong_form;
  const int rest = weighted(n, {7, 9, 10, 5, 8, 4, 2}) % 11;
  return said(rest != 1 && (rest == 0 ? 0 : 11 - rest) == at(n, 7));
}

S france(std::string_view n) {
  if (n.size() != 11 || !is_digits(n.substr(2), 9)) return S::wrong_form;
  const auto siren = n.substr(2);
  if (!is_digits(n.substr(0, 2), 2)) return S::sound;
  const bool is_monaco = siren.starts_with("000");
  return said((is_monaco || has_luhn(siren)) &&
              (12 + 3 * (value(siren) % 97)) % 97 == value(n.substr(0, 2)));
}

S croatia(std::string_view n) {
  if (!is_digits(n, 11)) return S::wrong_form;
  int rest = 10;
  for (std::size_t i = 0; i < 10; ++i) {
    const int sum = (rest + at(n, i)) % 10;
    rest = (sum == 0 ? 10 : sum) * 2 % 11;
  }
  return said((11 - rest) % 10 == at(n, 10));
}

S hungary(std::string_view n) {
  if (!is_digits(n, 8)) return S::wrong_form;
  return said((10 - weighted(n, {9, 7, 3, 1, 9, 7, 3}) % 10) % 10 == at(n, 7));
}

S ireland(std::string_view n) {
  const bool is_long = n.size() == 9;
  if ((n.size() != 8 && !is_long) || !is_letter(n[7]) || (is_long && !is_letter(n[8])))
    return S::wrong_form;
  if (!is_digits(n.substr(0, 7), 7))  // numbers of old have a letter or a sign in the second place
    return is_digit(n[0]) && is_digits(n.substr(2, 5), 5) ? S::sound : S::wrong_form;
  int sum = weighted(n, {8, 7, 6, 5, 4, 3, 2});
  if (is_long) sum += n[8] == 'W' ? 0 : 9 * (n[8] - 'A' + 1);
  return said(n[7] == (sum % 23 == 0 ? 'W' : static_cast<char>('A' + sum % 23 - 1)));
}

S italy(std::string_view n) {
  return is_digits(n, 11) ? said(has_luhn(n)) : S::wrong_form;
}

S lithuania(std::string_view n) {
  const bool is_long = n.size() == 12;
  if (!is_digits(n, is_long ? 12 : 9)) return S::wrong_form;
  const std::size_t count = n.size() - 1;
  const auto sum = [&](int first) {
    int out = 0;
    for (std::size_t i = 0; i < count; ++i)
      out += at(n, i) * ((first + static_cast<int>(i) - 1) % 9 + 1);
    return out % 11;
  };
  int check = sum(1);
  if (check == 10) check = sum(3) % 10;
  return said(check == at(n, count));
}

S luxembourg(std::string_view n) {
  return is_digits(n, 8) ? said(value(n.substr(0, 6)) % 89 == value(n.substr(6))) : S::wrong_form;
}

S latvia(std::string_view n) {
  if (!is_digits(n, 11)) return S::wrong_form;
  if (n[0] <= '3') return S::sound;  // of persons
  return said(weighted(n, {9, 1, 4, 8, 3, 10, 2, 5, 7, 6, 1}) % 11 == 3);
}

S malta(std::string_view n) {
  return is_digits(n, 8) ? said(weighted(n, {3, 4, 6, 7, 8, 9, 10, 1}) % 37 == 0) : S::wrong_form;
}

int modulus_97(std::string_view n) {
  int rest = 0;
  for (const char c : n) {
    const int v = is_digit(c) ? c - '0' : c - 'A' + 10;
    rest = (rest * (v > 9 ? 100 : 10) + v) % 97;
  }
  return rest;
}

// Those of companies follow the tax number; those of one-man businesses modulus 97 since 2020.
S netherlands(std::string_view n) {
  if (n.size() != 12 || n[9] != 'B' || !is_digits(n.substr(0, 9), 9) || !is_digits(n.substr(10), 2))
    return S::wrong_form;
  const int old = weighted(n, {9, 8, 7, 6, 5, 4, 3, 2}) - at(n, 8);
  return said(old % 11 == 0 || modulus_97("NL" + std::string(n)) == 1);
}

S poland(std::string_view n) {
  if (!is_digits(n, 10)) return S::wrong_form;
  return said(weighted(n, {6, 5, 7, 2, 3, 4, 5, 6, 7}) % 11 == at(n, 9));
}

S portugal(std::string_view n) {
  if (!is_digits(n, 9) || n[0] == '0') return S::wrong_form;
  const int check = 11 - weighted(n, {9, 8, 7, 6, 5, 4, 3, 2}) % 11;
  return said((check > 9 ? 0 : check) == at(n, 8));
}

S romania(std::string_view n) {
  if (n.size() < 2 || n.size() > 10 || !is_digits(n, n.size()) || n[0] == '0') return S::wrong_form;
  const std::string whole = std::string(10 - n.size(), '0') + std::string(n);
  return said(weighted(whole, {7, 5, 3, 2, 1, 7, 5, 3, 2}) * 10 % 11 % 10 == at(whole, 9));
}

S sweden(std::string_view n) {
  return is_digits(n, 12) ? said(has_luhn(n.substr(0, 10)) && n.substr(10) != "00") : S::wrong_form;
}

S slovenia(std::string_view n) {
  if (!is_digits(n, 8) || n[0] == '0') return S::wrong_form;
  const int check = 11 - weighted(n, {8, 7, 6, 5, 4, 3, 2}) % 11;
  return said(check != 11 && check % 10 == at(n, 7));
}

S slovakia(std::string_view n) {
  return is_digits(n, 10) ? said(value(n) % 11 == 0) : S::wrong_form;
}

S by_registers(std::string_view kind, std::string_view n) {
  switch (registers::check_number(kind, n)) {
    case registers::NumberVerdict::sound:
      return S::sound;
    case registers::NumberVerdict::wrong_form:
      return S::wrong_form;
    case registers::NumberVerdict::wrong_check:
      return S::wrong_check;
    case registers::NumberVerdict::unknown_kind:
      break;
  }
  return S::unknown;
}

struct State {
  std::string_view prefix;
  S (*check)(std::string_view rest);  // null: the registers know it
};
constexpr std::array states = std::to_array<State>({
    {"AT", austria},  {"BE", belgium}, {"BG", bulgaria},    {"CHE", nullptr},  {"CY", cyprus},
    {"CZ", czechia},  {"DE", nullptr}, {"DK", nullptr},     {"EE", estonia},   {"EL", greece},
    {"ES", spain},    {"FI", finland}, {"FR", france},      {"GB", nullptr},   {"HR", croatia},
    {"HU", hungary},  {"IE", ireland}, {"IT", italy},       {"LT", lithuania}, {"LU", luxembourg},
    {"LV", latvia},   {"MT", malta},   {"NL", netherlands}, {"NO", nullptr},   {"PL", poland},
    {"PT", portugal}, {"RO", romania}, {"SE", sweden},      {"SI", slovenia},  {"SK", slovakia},
    {"XI", nullptr},
});

}  // namespace

Soundness check_vat(std::string_view number) {
  const std::string n = plain_number(number);
  for (const auto& [prefix, check] : states)
    if (n.starts_with(prefix))
      return check ? check(std::string_view(n).substr(prefix.size())) : by_registers("vat", n);
  return S::unknown;
}

std::string vat_prefix(std::string_view country) {
  std::string out = plain_number(country);
  if (out == "GR") out = "EL";
  if (out == "CH") out = "CHE";
  const bool is_known = std::any_of(states.begin(), states.end(),
                                    [&](const State& state) { return state.prefix == out; });
  return is_known ? out : std::string();
}

Soundness check_company_number(std::string_view country, std::string_view number) {
  const std::string n = plain_number(number), of = plain_number(country);
  if (of == "DK") return by_registers("dk_cvr", n);
  if (of == "NO") return by_registers("no_org", n);
  if (of == "GB") return by_registers("gb_company", n);
  if (of == "SE") return is_digits(n, 10) ? said(has_luhn(n)) : S::wrong_form;
  if (of == "FI") return finland(n);
  return S::unknown;
}

std::string shown_company_number(std::string_view country, std::string_view number) {
  std::string out = plain_number(number);
  const std::string of = plain_number(country);
  if (of == "SE" && out.size() == 10) out.insert(6, "-");
  if (of == "FI" && out.size() == 8) out.insert(7, "-");
  return out;
}

}  // namespace fokus::quality
