// SPDX-License-Identifier: Apache-2.0
#include "platform/national_ids.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <span>

#include "base/time.hpp"

namespace fokus {
namespace {

constexpr std::size_t date_digits = 6;
constexpr std::size_t cpr_digits = 10, fodselsnummer_digits = 11;
// What office programs write instead: a space that does not break, hyphens, an en dash.
constexpr std::array<std::string_view, 4> other_separators = {"\xC2\xA0", "\xE2\x80\x90",
                                                              "\xE2\x80\x91", "\xE2\x80\x93"};

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

std::size_t count_digits(std::string_view text, std::size_t at) {
  std::size_t end = at;
  while (end < text.size() && is_digit(text[end])) ++end;
  return end - at;
}

int number(std::string_view digits, std::size_t at, std::size_t size) {
  int out = 0;
  for (std::size_t i = at; i < at + size; ++i) out = out * 10 + (digits[i] - '0');
  return out;
}

bool is_date(int year, int month, int day) {
  if (month < 1 || month > 12 || day < 1 || day > 31) return false;
  const Date first{year, month, 1};
  return day <= days_from_epoch(plus_months(first, 1)) - days_from_epoch(first);
}

// The seventh digit says the century.
int cpr_year(std::string_view digits) {
  const int year = number(digits, 4, 2), seventh = digits[date_digits] - '0';
  if (seventh <= 3) return 1900 + year;
  if (seventh == 4 || seventh == 9) return (year <= 36 ? 2000 : 1900) + year;
  return (year <= 57 ? 2000 : 1800) + year;
}

// Whoever has no number yet is given one with 60 added to the day.
bool is_cpr(std::string_view digits) {
  const int day = number(digits, 0, 2);
  return is_date(cpr_year(digits), number(digits, 2, 2), day > 60 ? day - 60 : day);
}

int weighted(std::string_view digits, std::span<const int> weights) {
  int sum = 0;
  for (std::size_t i = 0; i < weights.size(); ++i) sum += (digits[i] - '0') * weights[i];
  return sum;
}

// D-numbers have 40 added to the day, numbers of hospitals and of test data to the month.
bool is_fodselsnummer(std::string_view digits) {
  constexpr std::array first = {3, 7, 6, 1, 8, 9, 4, 5, 2, 1};
  constexpr std::array second = {5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1};
  const int day = number(digits, 0, 2), month = number(digits, 2, 2);
  const int plain_month = month > 80   ? month - 80
                          : month > 60 ? month - 60
                          : month > 40 ? month - 40
                                       : month;
  // The century hides in three further digits; that of a leap year is good enough here.
  return is_date(2000 + number(digits, 4, 2) / 4 * 4, plain_month, day > 40 ? day - 40 : day) &&
         weighted(digits, first) % 11 == 0 && weighted(digits, second) % 11 == 0;
}

std::size_t separator_size(std::string_view text, std::size_t at) {
  if (at >= text.size()) return 0;
  if (text[at] == '-' || text[at] == ' ') return 1;
  for (const auto separator : other_separators)
    if (text.substr(at).starts_with(separator)) return separator.size();
  return 0;
}

std::optional<NationalIdKind> kind_of(std::string_view digits) {
  if (digits.size() == cpr_digits && is_cpr(digits)) return NationalIdKind::dk_cpr;
  if (digits.size() == fodselsnummer_digits && is_fodselsnummer(digits))
    return NationalIdKind::no_fodselsnummer;
  return std::nullopt;
}

// At the first digit of a run of `run` digits.
std::optional<NationalId> read_at(std::string_view text, std::size_t at, std::size_t run) {
  std::string digits(text.substr(at, std::min(run, fodselsnummer_digits + 1)));
  std::size_t size = run;
  if (run == date_digits) {
    const std::size_t gap = separator_size(text, at + run);
    const std::size_t rest = gap ? count_digits(text, at + run + gap) : 0;
    if (rest == 0 || rest > fodselsnummer_digits - date_digits) return std::nullopt;
    digits += text.substr(at + run + gap, rest);
    size = run + gap + rest;
  }
  const auto kind = kind_of(digits);
  if (!kind) return std::nullopt;
  return NationalId{*kind, at, size};
}

// Telephone numbers with their country, and what stands behind a decimal point, are none. A full
// stop behind another such number, which ends at `last`, is no decimal point.
bool is_open_before(std::string_view text, std::size_t at, std::size_t last) {
  if (at == 0) return true;
  if (text[at - 1] == '+') return false;
  return at < last + 2 || (text[at - 1] != '.' && text[at - 1] != ',') || !is_digit(text[at - 2]);
}

}  // namespace

std::string_view national_id_kind_name(NationalIdKind kind) {
  return kind == NationalIdKind::dk_cpr ? "dk_cpr" : "no_fodselsnummer";
}

std::vector<NationalId> find_national_ids(std::string_view text) {
  std::vector<NationalId> out;
  std::size_t last = 0;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t run = count_digits(text, at);
    if (run == 0) {
      ++at;
      continue;
    }
    const auto found = is_open_before(text, at, last) ? read_at(text, at, run) : std::nullopt;
    if (found) out.push_back(*found);
    at += found ? found->size : run;
    if (found) last = at;
  }
  return out;
}

std::string without_national_ids(std::string_view text) {
  std::string out;
  std::size_t at = 0;
  for (const auto& one : find_national_ids(text)) {
    out += text.substr(at, one.begin - at);
    out += ' ';
    at = one.begin + one.size;
  }
  out += text.substr(at);
  return out;
}

}  // namespace fokus
