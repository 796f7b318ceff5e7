// SPDX-License-Identifier: Apache-2.0
#include "features/dav/ical_values.hpp"

#include <unicode/timezone.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <charconv>

#include "base/text.hpp"
#include "features/dav/ical.hpp"

namespace fokus::dav {
namespace {

constexpr int year_first = 1900, year_last = 2500;
constexpr std::size_t zone_name_max = 200;
constexpr std::int64_t duration_max_ms = 3'660 * ms_per_day;

std::optional<int> number_of(std::string_view text) {
  int out = 0;
  const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), out);
  if (failed != std::errc{} || end != text.data() + text.size() || text.starts_with('-'))
    return std::nullopt;
  return out;
}

std::optional<Date> day_of(std::string_view text) {
  if (text.size() != 8) return std::nullopt;
  const auto day =
      parse_date(std::string(text.substr(0, 4)) + "-" + std::string(text.substr(4, 2)) + "-" +
                 std::string(text.substr(6, 2)));
  if (!day || day->year < year_first || day->year > year_last) return std::nullopt;
  return day;
}

std::optional<std::int64_t> time_of_day(std::string_view text) {
  if (text.size() != 6) return std::nullopt;
  const auto hour = number_of(text.substr(0, 2)), minute = number_of(text.substr(2, 2)),
             second = number_of(text.substr(4, 2));
  if (!hour || !minute || !second || *hour > 23 || *minute > 59 || *second > 60)
    return std::nullopt;
  return *hour * ms_per_hour + *minute * ms_per_minute + std::min(*second, 59) * ms_per_second;
}

std::string without_marks(std::string text) {
  std::erase_if(text, [](char c) { return c == '-' || c == ':'; });
  return text;
}

std::optional<std::string> of_windows(std::string_view name) {
  UErrorCode status = U_ZERO_ERROR;
  icu::UnicodeString id;
  icu::TimeZone::getIDForWindowsID(icu::UnicodeString::fromUTF8(std::string(name)), nullptr, id,
                                   status);
  if (U_FAILURE(status) || id.isEmpty()) return std::nullopt;
  std::string out;
  id.toUTF8String(out);
  return out;
}

}  // namespace

std::optional<TimeZone> find_zone(std::string_view name) {
  if (name.empty() || name.size() > zone_name_max) return std::nullopt;
  if (auto zone = TimeZone::find(name)) return zone;
  if (const auto id = of_windows(name)) return TimeZone::find(*id);
  // The last two or three parts of a path: Europe/Copenhagen, America/Argentina/Ushuaia.
  const auto parts = split(name, '/');
  for (const std::size_t count : {3u, 2u}) {
    if (parts.size() <= count) continue;
    std::string tail;
    for (std::size_t i = parts.size() - count; i < parts.size(); ++i)
      tail += (tail.empty() ? "" : "/") + std::string(parts[i]);
    if (auto zone = TimeZone::find(tail)) return zone;
  }
  return std::nullopt;
}

std::optional<Moment> parse_moment(const vcard::ContentLine& line, std::string_view value,
                                   const TimeZone& zone, const ZoneNames& names,
                                   bool& is_zone_unknown) {
  value = trim(value);
  const bool is_utc = value.ends_with('Z');
  if (is_utc) value.remove_suffix(1);
  const auto t = value.find('T');
  const auto day = day_of(value.substr(0, t));
  if (!day) return std::nullopt;
  if (t == value.npos) return Moment{zone.midnight(*day), true};
  const auto time = time_of_day(value.substr(t + 1));
  if (!time) return std::nullopt;
  if (is_utc) return Moment{TimeZone::utc().instant_of(*day, *time)};
  std::string said;
  for (const auto& [name, text] : line.parameters)
    if (name == "TZID") said = text;
  if (said.empty()) return Moment{zone.instant_of(*day, *time)};
  auto known = find_zone(said);
  if (const auto place = names.find(said); !known && place != names.end())
    known = find_zone(place->second);
  if (!known) {
    is_zone_unknown = true;
    return std::nullopt;
  }
  return Moment{known->instant_of(*day, *time), false, known->name()};
}

std::optional<std::int64_t> parse_duration(std::string_view text) {
  text = trim(text);
  const bool is_before = text.starts_with('-');
  if (is_before || text.starts_with('+')) text.remove_prefix(1);
  if (!text.starts_with('P')) return std::nullopt;
  text.remove_prefix(1);
  std::int64_t ms = 0;
  bool in_time = false, has_part = false;
  while (!text.empty()) {
    if (text.front() == 'T' && !in_time) {
      in_time = true;
      text.remove_prefix(1);
      continue;
    }
    const auto end = text.find_first_not_of("0123456789");
    if (end == 0 || end == text.npos || end > 6) return std::nullopt;
    const std::int64_t count = number_of(text.substr(0, end)).value_or(0);
    const char unit = text[end];
    const std::int64_t unit_ms = unit == 'W' && !in_time   ? 7 * ms_per_day
                                 : unit == 'D' && !in_time ? ms_per_day
                                 : unit == 'H' && in_time  ? ms_per_hour
                                 : unit == 'M' && in_time  ? ms_per_minute
                                 : unit == 'S' && in_time  ? ms_per_second
                                                           : 0;
    if (unit_ms == 0) return std::nullopt;
    ms += count * unit_ms;
    has_part = true;
    text.remove_prefix(end + 1);
  }
  if (!has_part || ms > duration_max_ms) return std::nullopt;
  return is_before ? -ms : ms;
}

std::string render_minutes_before(std::int64_t minutes) {
  return (minutes == 0 ? "PT" : "-PT") + std::to_string(minutes) + "M";
}

std::string digits_of(Date day) {
  return without_marks(render_date(day));
}

std::string utc_digits(Instant at) {
  return without_marks(render_instant(at).substr(0, 19)) + "Z";
}

std::string local_digits(const TimeZone& zone, Instant at) {
  return without_marks(render_instant({at.ms + zone.offset_ms(at)}).substr(0, 19));
}

}  // namespace fokus::dav
