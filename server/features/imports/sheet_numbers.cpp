// SPDX-License-Identifier: Apache-2.0
#include "features/imports/sheet_numbers.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <optional>

#include "base/text.hpp"
#include "base/time.hpp"

namespace fokus::imports {
namespace {

using Kind = NumberFormat::Kind;

constexpr std::size_t exact_digits = 15;  // what a double holds of any number
constexpr std::int64_t seconds_per_day = 86'400;
constexpr double serial_end = 2'958'466;  // the day after 31 December 9999

bool is_between(int value, int first, int last) {
  return value >= first && value <= last;
}

// The code without quoted text, escaped signs, colours, conditions and languages, of its first
// section. [h], [m] and [s] count time that has passed, which is a number: `has_elapsed`.
struct BareCode {
  std::string letters;
  bool has_elapsed = false;
};

BareCode bare(std::string_view code) {
  BareCode out;
  for (std::size_t i = 0; i < code.size(); ++i) {
    const char c = code[i];
    if (c == ';') break;
    if (c == '"') {
      i = std::min(code.find('"', i + 1), code.size());
    } else if (c == '[') {
      const auto end = std::min(code.find(']', i), code.size());
      const std::string inside = lower_ascii(code.substr(i + 1, end - i - 1));
      out.has_elapsed |= !inside.empty() && inside.find_first_not_of("hms") == inside.npos;
      i = end;
    } else if (c == '\\' || c == '_' || c == '*') {
      ++i;
    } else {
      out.letters += c;
    }
  }
  out.letters = lower_ascii(out.letters);
  return out;
}

std::optional<double> number_of(std::string_view text) {
  double value = 0;
  const auto end = std::from_chars(text.data(), text.data() + text.size(), value);
  if (end.ec != std::errc{} || end.ptr != text.data() + text.size() || !std::isfinite(value))
    return std::nullopt;
  return value;
}

bool is_short_whole(std::string_view text) {
  return !text.empty() && text.size() <= exact_digits &&
         text.find_first_not_of("0123456789") == text.npos;
}

// Without an exponent, which nobody writes into a form.
std::string plain(double value) {
  auto text = fmt::format("{:.15g}", value);
  if (text.find('e') == text.npos) return text;
  if (std::abs(value) >= 1) return fmt::format("{:.0f}", value);
  const int leading = static_cast<int>(-std::floor(std::log10(std::abs(value))));
  text = fmt::format("{:.{}f}", value, std::min(14 + leading, 40));
  text.erase(text.find_last_not_of('0') + 1);
  if (text.ends_with('.')) text.pop_back();
  return text;
}

std::string clock(std::int64_t second) {
  return fmt::format("{:02}:{:02}:{:02}", second / 3600, second / 60 % 60, second % 60);
}

// Day 60 of the 1900 count is 29 February 1900, which there was not; the days before it are one
// off.
std::optional<std::string> day_text(std::int64_t day, DayCount count) {
  if (count == DayCount::from_1904)
    return render_date(date_from_days(days_from_epoch({1904, 1, 1}) + day));
  if (day == 0) return std::nullopt;
  if (day == 60) return "1900-02-29";
  const std::int64_t first = days_from_epoch({1899, 12, 30}) + (day < 60 ? 1 : 0);
  return render_date(date_from_days(first + day));
}

std::optional<std::string> moment_text(double serial, Kind kind, DayCount count) {
  if (serial < 0 || serial >= serial_end - (count == DayCount::from_1904 ? 1462 : 0))
    return std::nullopt;
  auto day = static_cast<std::int64_t>(serial);
  auto second = std::llround((serial - static_cast<double>(day)) * double(seconds_per_day));
  if (second >= seconds_per_day) ++day, second -= seconds_per_day;
  if (kind == Kind::time && day == 0) return clock(second);
  auto text = day_text(day, count);
  if (!text) return second > 0 ? std::optional(clock(second)) : std::nullopt;
  if (second > 0) *text += ' ' + clock(second);
  return text;
}

}  // namespace

NumberFormat known_number_format(int id) {
  if (is_between(id, 14, 17) || is_between(id, 27, 31) || id == 36 || is_between(id, 50, 54) ||
      is_between(id, 57, 58))
    return {Kind::date, 0};
  if (is_between(id, 18, 21) || is_between(id, 32, 35) || is_between(id, 55, 56) || id == 45 ||
      id == 47)
    return {Kind::time, 0};
  return {id == 22 ? Kind::date_time : Kind::number, 0};
}

NumberFormat parse_number_format(std::string_view code) {
  const auto [letters, has_elapsed] = bare(code);
  if (letters == "general" || letters == "@" || has_elapsed) return {};
  const bool has_day = letters.find_first_of("yd") != letters.npos;
  const bool has_clock = letters.find_first_of("hs") != letters.npos;
  const bool has_month = letters.find('m') != letters.npos;
  if (has_day && has_clock) return {Kind::date_time, 0};
  if (has_day || (has_month && !has_clock)) return {Kind::date, 0};
  if (has_clock) return {Kind::time, 0};
  const bool is_filled = letters.size() > 1 && letters.size() <= exact_digits &&
                         letters.find_first_not_of('0') == letters.npos;
  return {Kind::number, static_cast<std::uint8_t>(is_filled ? letters.size() : 0)};
}

std::string text_of_number(std::string_view raw, NumberFormat format, DayCount count) {
  if (format.kind == Kind::number && is_short_whole(raw)) {
    const std::size_t missing = format.zeros > raw.size() ? format.zeros - raw.size() : 0;
    return std::string(missing, '0') + std::string(raw);
  }
  const auto value = number_of(trim(raw));
  if (!value) return std::string(raw);
  if (format.kind == Kind::number) return plain(*value);
  return moment_text(*value, format.kind, count).value_or(plain(*value));
}

}  // namespace fokus::imports
