// SPDX-License-Identifier: Apache-2.0
#include "platform/retry.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <vector>

#include "base/text.hpp"

namespace fokus::outgoing {
namespace {

constexpr int exponent_max = 30;  // beyond it the longest wait is reached in any case
constexpr std::int64_t asked_seconds_max = 10LL * 365 * 24 * 3600;

std::optional<int> number(std::string_view text) {
  int out = 0;
  const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), out);
  if (failed != std::errc{} || end != text.data() + text.size() || out < 0) return std::nullopt;
  return out;
}

std::optional<int> month(std::string_view text) {
  constexpr std::array names = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  for (std::size_t i = 0; i < names.size(); ++i)
    if (text == names[i]) return static_cast<int>(i) + 1;
  return std::nullopt;
}

// A year of two digits is the one that is at most 50 years ahead (RFC 9110, 5.6.7).
int full_year(int year, Instant now) {
  const int today = date_from_days(now.ms / ms_per_day).year;
  int out = today - today % 100 + year;
  if (out > today + 50) out -= 100;
  return out;
}

std::optional<Instant> moment(std::optional<int> year, std::optional<int> month,
                              std::optional<int> day, std::string_view time) {
  const auto parts = split(time, ':');
  if (!year || !month || !day || parts.size() != 3) return std::nullopt;
  const auto h = number(parts[0]), m = number(parts[1]), s = number(parts[2]);
  if (!h || !m || !s || *h > 23 || *m > 59 || *s > 60 || *day < 1 || *day > 31 || *year < 1 ||
      *year > 9999)
    return std::nullopt;
  const auto days = days_from_epoch({*year, *month, *day});
  return Instant{days * ms_per_day + *h * ms_per_hour + *m * ms_per_minute + *s * ms_per_second};
}

// "Sun, 06 Nov 1994 08:49:37 GMT" · "Sunday, 06-Nov-94 08:49:37 GMT" · "Sun Nov  6 08:49:37 1994"
std::optional<Instant> parse_http_date(std::string_view text, Instant now) {
  std::vector<std::string_view> words;
  for (const auto word : split(text, ' '))
    if (!word.empty()) words.push_back(word);
  if (words.size() == 6)
    return moment(number(words[3]), month(words[2]), number(words[1]), words[4]);
  if (words.size() == 4) {
    const auto parts = split(words[1], '-');
    if (parts.size() != 3) return std::nullopt;
    const auto year = number(parts[2]);
    if (!year) return std::nullopt;
    return moment(full_year(*year, now), month(parts[1]), number(parts[0]), words[2]);
  }
  if (words.size() == 5)
    return moment(number(words[4]), month(words[1]), number(words[2]), words[3]);
  return std::nullopt;
}

}  // namespace

std::optional<std::int64_t> retry_wait_ms(const RetryRule& rule, int attempts,
                                          std::optional<std::int64_t> asked, double chance) {
  if (attempts >= rule.attempts_max) return std::nullopt;
  if (asked) return *asked <= rule.longest_ms ? asked : std::nullopt;
  const int exponent = std::clamp(attempts - 1, 0, exponent_max);
  const auto whole = static_cast<double>(rule.first_ms) * static_cast<double>(1LL << exponent);
  const auto wait = std::min(whole, static_cast<double>(rule.longest_ms));
  return static_cast<std::int64_t>(wait / 2 + wait / 2 * std::clamp(chance, 0.0, 1.0));
}

bool is_passing_status(int status) {
  constexpr std::array passing = {408, 425, 429, 500, 502, 503, 504};
  return std::find(passing.begin(), passing.end(), status) != passing.end();
}

std::optional<std::int64_t> parse_retry_after(std::string_view text, Instant now) {
  text = trim(text);
  std::int64_t seconds = 0;
  const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), seconds);
  if (failed == std::errc{} && end == text.data() + text.size())
    return std::clamp(seconds, std::int64_t{0}, asked_seconds_max) * ms_per_second;
  const auto date = parse_http_date(text, now);
  if (!date) return std::nullopt;
  return std::max(date->ms - now.ms, std::int64_t{0});
}

}  // namespace fokus::outgoing
