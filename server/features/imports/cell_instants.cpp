// SPDX-License-Identifier: Apache-2.0
#include "features/imports/cell_instants.hpp"

#include <algorithm>
#include <charconv>
#include <optional>

#include "base/text.hpp"
#include "platform/local_time.hpp"

namespace fokus::imports {
namespace {

// Takes up to `digits_max` digits off the front.
std::optional<int> take_number(std::string_view& text, std::size_t digits_max) {
  int value = 0;
  const auto end = std::min(digits_max, text.size());
  const auto read = std::from_chars(text.data(), text.data() + end, value);
  if (read.ec != std::errc{} || value < 0) return std::nullopt;
  text.remove_prefix(static_cast<std::size_t>(read.ptr - text.data()));
  return value;
}

std::optional<int> take_part(std::string_view& text, std::size_t digits_max) {
  if (!text.starts_with(':') && !text.starts_with('.')) return std::nullopt;
  text.remove_prefix(1);
  return take_number(text, digits_max);
}

// ".25" is 250; what is finer than a thousandth is cut off.
std::optional<int> parse_fraction(std::string_view text) {
  if (text.empty()) return 0;
  const auto before = text.size();
  auto ms = take_part(text, 3);
  constexpr std::size_t whole = 4;  // the point and three digits
  for (auto taken = before - text.size(); ms && taken < whole; ++taken) *ms *= 10;
  return text.find_first_not_of("0123456789") == text.npos ? ms : std::nullopt;
}

// "9:30", "09.30", "09:30:15", "09:30:15.250": milliseconds since midnight.
std::optional<std::int64_t> parse_time(std::string_view text) {
  const auto hour = take_number(text, 2);
  if (!hour || text.empty()) return std::nullopt;
  const auto minute = take_part(text, 2);
  if (!minute) return std::nullopt;
  const int second = text.empty() ? 0 : take_part(text, 2).value_or(-1);
  const auto ms = parse_fraction(text);
  if (*hour > 23 || *minute > 59 || second < 0 || second > 59 || !ms) return std::nullopt;
  return *hour * ms_per_hour + *minute * ms_per_minute + second * ms_per_second + *ms;
}

// Noon is 12 PM, midnight 12 AM.
std::optional<std::int64_t> half_day_time(std::int64_t time, bool is_afternoon) {
  constexpr std::int64_t half_day = 12 * ms_per_hour, hour = ms_per_hour;
  if (time < hour || time >= half_day + hour) return std::nullopt;
  return time % half_day + (is_afternoon ? half_day : 0);
}

struct LocalText {
  std::string_view date;
  std::optional<std::int64_t> time;
};

// The last word is the time, when it is one; AM or PM may follow it.
LocalText cut_local(std::string_view text) {
  const auto last_word = [](std::string_view all) {
    const auto at = all.find_last_of(" T");
    return at == all.npos ? std::string_view() : all.substr(at + 1);
  };
  const std::string half = lower_ascii(last_word(text));
  const bool has_half = half == "am" || half == "pm";
  const auto clock = has_half ? trim(text.substr(0, text.size() - half.size())) : text;
  const auto word = last_word(clock);
  auto time = parse_time(word);
  if (time && has_half) time = half_day_time(*time, half == "pm");
  if (!time) return {text, std::nullopt};
  auto date = trim(clock.substr(0, clock.size() - word.size()));
  if (date.ends_with('T')) date.remove_suffix(1);
  return {date, time};
}

// A time that was not understood must not become the midnight of its day.
std::optional<Date> day_of(std::string_view text, DateOrder order) {
  if (text.find(':') != text.npos) return std::nullopt;
  return parse_date(plain_date(text, order));
}

bool names_an_offset(std::string_view text) {
  constexpr std::size_t date_bytes = 10;
  return text.size() > date_bytes &&
         text.find_first_of("Zz+-", date_bytes) != std::string_view::npos;
}

}  // namespace

Result<std::string> instant_of_cell(std::string_view cell, DateOrder order, const TimeZone& zone) {
  const auto word = trim(cell);
  if (names_an_offset(word) && parse_instant(word)) return std::string(word);
  LocalText local = cut_local(word);
  auto date = day_of(local.date, order);
  if (!date) date = day_of(word, order), local.time.reset();  // "1. 12.25" ends in no time
  if (!date) return std::string(word);
  if (!local.time) return render_instant(zone.midnight(*date));
  const auto instant = find_moment(zone, *date, *local.time, SkippedTime::refused);
  if (!instant) return field_error("imports/refused", "", "no_such_time");
  return render_instant(*instant);
}

}  // namespace fokus::imports
