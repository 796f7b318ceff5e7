// SPDX-License-Identifier: Apache-2.0
#include "records/aggregate_time.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace fokus::records {
namespace {

constexpr std::int64_t probe_ms = 7 * ms_per_day;  // no zone changes its offset twice in a week
constexpr std::int64_t days_shift = 800'000;       // makes every day positive, so that
                                                   // SQL's division rounds down
constexpr std::int64_t weekday_shift = 1'400'000;  // whole weeks
constexpr int days_per_week = 7;
constexpr int months_per_quarter = 3;
constexpr int months_per_year = 12;

constexpr std::array<std::string_view, 7> unit_names = {"day",  "week",    "month", "quarter",
                                                        "year", "weekday", "hour"};

// Values that hold from a border on; the first from the beginning of time.
struct Stair {
  std::vector<std::int64_t> borders;
  std::vector<std::int64_t> values;  // one more than borders
  std::size_t width = 2;             // steps that are asked one after the other
};

std::string stair_sql(const std::string& column, const Stair& stair, std::size_t from,
                      std::size_t to, SqlText& sql) {
  // Ours, not foreign; and PostgreSQL would take bound results of a CASE for text.
  if (from == to) return std::to_string(stair.values[from]);
  const std::size_t step = (to - from + stair.width) / stair.width;
  std::string text = "CASE";
  std::size_t at = from;
  for (; at + step <= to; at += step)
    text += " WHEN " + column + " < " + sql.bind(stair.borders[at + step - 1]) + " THEN " +
            stair_sql(column, stair, at, at + step - 1, sql);
  return text + " ELSE " + stair_sql(column, stair, at, to, sql) + " END";
}

std::string bigint(const std::string& expression) {
  return "CAST(" + expression + " AS BIGINT)";
}

std::string stair_sql(const std::string& column, const Stair& stair, SqlText& sql) {
  return bigint(stair_sql(column, stair, 0, stair.values.size() - 1, sql));
}

// The moment at which the offset becomes another, between two that differ.
std::int64_t find_change(const TimeZone& zone, std::int64_t low, std::int64_t high) {
  const std::int64_t before = zone.offset_ms({low});
  while (high - low > 1) {
    const std::int64_t middle = low + (high - low) / 2;
    (zone.offset_ms({middle}) == before ? low : high) = middle;
  }
  return high;
}

Stair offsets(const TimeZone& zone, std::int64_t first, std::int64_t last, std::size_t width) {
  Stair stair;
  stair.width = width;
  std::int64_t at = first;
  stair.values.push_back(zone.offset_ms({at}));
  while (at < last) {
    const std::int64_t next = std::min(at + probe_ms, last);
    if (zone.offset_ms({next}) != stair.values.back()) {
      stair.borders.push_back(find_change(zone, at, next));
      stair.values.push_back(zone.offset_ms({next}));
    }
    at = next;
  }
  return stair;
}

Stair bucket_borders(TimeUnit unit, const TimeZone& zone, std::int64_t first, std::int64_t last) {
  Stair stair;
  std::int64_t start = bucket_start(unit, days_from_epoch(zone.date_of({first})));
  const std::int64_t final_day = days_from_epoch(zone.date_of({last}));
  stair.values.push_back(start);
  for (;;) {
    start = bucket_end(unit, start);
    if (start > final_day) return stair;
    stair.borders.push_back(zone.midnight(date_from_days(start)).ms);
    stair.values.push_back(start);
  }
}

std::string week_of(const std::string& day) {
  return "(" + day + " - (" + day + " + " + std::to_string(weekday_shift + 3) + ") % 7)";
}
std::string weekday_of(const std::string& day) {
  return "((" + day + " + " + std::to_string(weekday_shift + 3) + ") % 7 + 1)";
}

bool is_month_like(TimeUnit unit) {
  return unit == TimeUnit::month || unit == TimeUnit::quarter || unit == TimeUnit::year;
}

std::string arithmetic_bucket(const std::string& column, TimeUnit unit, const Stair& zone,
                              SqlText& sql) {
  const std::string local = "(" + column + " + " + stair_sql(column, zone, sql) + " + " +
                            std::to_string(days_shift * ms_per_day) + ")";
  if (unit == TimeUnit::hour)
    return "(" + local + " % " + std::to_string(ms_per_day) + " / " + std::to_string(ms_per_hour) +
           ")";
  const std::string day =
      "(" + local + " / " + std::to_string(ms_per_day) + " - " + std::to_string(days_shift) + ")";
  if (unit == TimeUnit::week) return week_of(day);
  if (unit == TimeUnit::weekday) return weekday_of(day);
  return day;
}

int first_month(TimeUnit unit, int month) {
  if (unit == TimeUnit::year) return 1;
  if (unit == TimeUnit::quarter) return (month - 1) / months_per_quarter * months_per_quarter + 1;
  return month;
}

}  // namespace

std::optional<TimeUnit> parse_time_unit(std::string_view name) {
  const auto at = std::find(unit_names.begin(), unit_names.end(), name);
  if (at == unit_names.end()) return std::nullopt;
  return static_cast<TimeUnit>(at - unit_names.begin());
}

std::string_view time_unit_name(TimeUnit unit) {
  return unit_names[static_cast<std::size_t>(unit)];
}

std::int64_t bucket_start(TimeUnit unit, std::int64_t day) {
  const Date date = date_from_days(day);
  if (unit == TimeUnit::week) return day - (weekday(date) - 1);
  if (!is_month_like(unit)) return day;
  return days_from_epoch({date.year, first_month(unit, date.month), 1});
}

std::int64_t bucket_end(TimeUnit unit, std::int64_t start) {
  if (unit == TimeUnit::week) return start + days_per_week;
  if (!is_month_like(unit)) return start + 1;
  int months = 1;
  if (unit == TimeUnit::quarter) months = months_per_quarter;
  if (unit == TimeUnit::year) months = months_per_year;
  return days_from_epoch(plus_months(date_from_days(start), months));
}

BucketDays bucket_days(TimeUnit unit, std::int64_t start) {
  // The week around the last day that can be written ends behind it.
  const std::int64_t last = std::min(bucket_end(unit, start) - 1, days_from_epoch({9999, 12, 31}));
  return {date_from_days(start), date_from_days(last)};
}

std::string render_bucket(TimeUnit unit, std::int64_t start) {
  if (start == bucket_before) return fmt::format("<{}", bucket_first_year);
  if (start == bucket_after) return fmt::format(">={}", bucket_end_year);
  const Date date = date_from_days(start);
  if (unit == TimeUnit::year) return fmt::format("{:04}", date.year);
  if (unit == TimeUnit::month) return fmt::format("{:04}-{:02}", date.year, date.month);
  if (unit == TimeUnit::quarter)
    return fmt::format("{:04}-Q{}", date.year, (date.month - 1) / months_per_quarter + 1);
  return render_date(date);
}

InstantRange every_instant(const TimeZone& zone) {
  constexpr std::size_t wide = 24;  // squared it is more than three hundred years have changes
  return {zone.midnight({bucket_first_year, 1, 1}).ms - 1,
          zone.midnight({bucket_end_year, 1, 1}).ms, false, wide};
}

std::string instant_bucket(const std::string& column, TimeUnit unit, const TimeZone& zone,
                           const InstantRange& range, SqlText& sql) {
  if (range.empty) return "CAST(NULL AS BIGINT)";
  const std::int64_t low = zone.midnight({bucket_first_year, 1, 1}).ms;
  const std::int64_t high = zone.midnight({bucket_end_year, 1, 1}).ms;
  const std::int64_t first = std::clamp(range.first, low, high - 1);
  const std::int64_t last = std::clamp(range.last, low, high - 1);
  std::string text = "CASE WHEN " + column + " IS NULL THEN NULL";
  if (range.first < low)
    text += " WHEN " + column + " < " + sql.bind(low) + " THEN " + std::to_string(bucket_before);
  if (range.last >= high)
    text += " WHEN " + column + " >= " + sql.bind(high) + " THEN " + std::to_string(bucket_after);
  text += " ELSE ";
  text += is_month_like(unit)
              ? stair_sql(column, bucket_borders(unit, zone, first, last), sql)
              : arithmetic_bucket(column, unit, offsets(zone, first, last, range.width), sql);
  return bigint(text + " END");
}

std::string date_bucket(const std::string& column, TimeUnit unit, store::Engine engine) {
  const std::string year = "substr(" + column + ", 1, 4)";
  if (unit == TimeUnit::year) return year;
  if (unit == TimeUnit::month) return "substr(" + column + ", 1, 7)";
  if (unit == TimeUnit::quarter)
    return "(" + year + " || '-Q' || CAST((CAST(substr(" + column +
           ", 6, 2) AS INTEGER) + 2) / 3 AS TEXT))";
  if (unit == TimeUnit::day) return column;
  const std::string day = engine == store::Engine::postgres
                              ? "(CAST(" + column + " AS date) - DATE '1970-01-01')"
                              : "CAST(julianday(" + column + ") - 2440587.5 AS INTEGER)";
  return bigint(unit == TimeUnit::week ? week_of(day) : weekday_of(day));
}

std::int64_t bucket_of(Instant instant, TimeUnit unit, const TimeZone& zone) {
  if (instant < zone.midnight({bucket_first_year, 1, 1})) return bucket_before;
  if (instant >= zone.midnight({bucket_end_year, 1, 1})) return bucket_after;
  if (unit == TimeUnit::hour) return zone.time_of_day_ms(instant) / ms_per_hour;
  const Date day = zone.date_of(instant);
  if (unit == TimeUnit::weekday) return weekday(day);
  return bucket_start(unit, days_from_epoch(day));
}

}  // namespace fokus::records
