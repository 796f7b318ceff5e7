// SPDX-License-Identifier: Apache-2.0
#include "features/reports/schedule.hpp"

#include <algorithm>
#include <array>

#include "base/check.hpp"
#include "platform/local_time.hpp"

namespace fokus::reports {
namespace {

// A month has one day of every schedule at least.
constexpr int days_searched = 40;
constexpr std::array<std::string_view, 4> names = {"daily", "weekdays", "weekly", "monthly"};

TimeZone zone_of(const Schedule& schedule) {
  return TimeZone::find(schedule.zone).value_or(TimeZone::utc());
}

int last_day_in_month_of(Date date) {
  const Date first{date.year, date.month, 1};
  return plus_days(plus_months(first, 1), -1).day;
}

bool is_day(const Schedule& schedule, Date date) {
  constexpr int friday = 5;
  switch (schedule.frequency) {
    case Frequency::daily:
      return true;
    case Frequency::weekdays:
      return weekday(date) <= friday;
    case Frequency::weekly:
      return std::find(schedule.days.begin(), schedule.days.end(), weekday(date)) !=
             schedule.days.end();
    case Frequency::monthly:
      break;
  }
  const int wanted = schedule.days.empty() ? last_day_of_month : schedule.days.front();
  const int last = last_day_in_month_of(date);
  return date.day == (wanted == last_day_of_month ? last : std::min(wanted, last));
}

Instant moment_on(const Schedule& schedule, const TimeZone& zone, Date date) {
  const auto found =
      find_moment(zone, date, schedule.minute * ms_per_minute, SkippedTime::moved_on);
  CHECK(found.has_value());
  return *found;
}

}  // namespace

std::string_view frequency_name(Frequency frequency) {
  return names[static_cast<std::size_t>(frequency)];
}

std::optional<Frequency> find_frequency(std::string_view name) {
  const auto at = std::find(names.begin(), names.end(), name);
  if (at == names.end()) return std::nullopt;
  return static_cast<Frequency>(at - names.begin());
}

Instant next_occasion(const Schedule& schedule, Instant after) {
  const auto zone = zone_of(schedule);
  const Date first = plus_days(zone.date_of(after), -1);
  for (int i = 0; i < days_searched; ++i) {
    const Date day = plus_days(first, i);
    if (!is_day(schedule, day)) continue;
    if (const Instant moment = moment_on(schedule, zone, day); moment > after) return moment;
  }
  CHECK(false);
  return after;
}

std::vector<Instant> next_occasions(const Schedule& schedule, Instant after, int count) {
  std::vector<Instant> out;
  for (int i = 0; i < count; ++i) out.push_back(after = next_occasion(schedule, after));
  return out;
}

Instant last_occasion(const Schedule& schedule, Instant until) {
  const auto zone = zone_of(schedule);
  const Date last = plus_days(zone.date_of(until), 1);
  for (int i = 0; i < days_searched; ++i) {
    const Date day = plus_days(last, -i);
    if (!is_day(schedule, day)) continue;
    if (const Instant moment = moment_on(schedule, zone, day); moment <= until) return moment;
  }
  CHECK(false);
  return until;
}

}  // namespace fokus::reports
