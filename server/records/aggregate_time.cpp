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

constexpr std::array<std::string_view, 9> unit_names = {
    "day", "week", "month", "quarter", "year", "weekday", "hour", "fiscal_quarter", "fiscal_year"};

// Of units that are made of whole months; 0: another unit.
int months_of(TimeUnit unit) {
  if (unit == TimeUnit::month) return 1;
  if (unit == TimeUnit::quarter || unit == TimeUnit::fiscal_quarter) return months_per_quarter;
  if (unit == TimeUnit::year || unit == TimeUnit::fiscal_year) return months_per_year;
  return 0;
}

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

Stair bucket_borders(const Buckets& buckets, const TimeZone& zone, std::int64_t first,
                     std::int64_t last) {
  Stair stair;
  std::int64_t start = bucket_start(buckets, days_from_epoch(zone.date_of({first})));
  const std::int64_t final_day = days_from_epoch(zone.date_of({last}));
  stair.values.push_back(start);
  for (;;) {
    start = bucket_end(buckets, start);
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
  return months_of(unit) != 0;
}

// How far before January the counting of months begins, so that quarters and years end where they
// should.
int month_shift(const Buckets& buckets) {
  return buckets.is_fiscal() ? buckets.first_month - 1 : 0;
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

// Months since the year 0, as a date.
Date month_start(std::int64_t months) {
  return {static_cast<int>(months / months_per_year),
          static_cast<int>(months % months_per_year) + 1, 1};
}

// "2026/27", or "2026" of one that is a calendar year; its number within it for quarters.
std::string render_fiscal(const Buckets& buckets, const Date& first) {
  const int into_year = (first.month - buckets.first_month + months_per_year) % months_per_year;
  const int year = first.year - (first.month < buckets.first_month ? 1 : 0);
  constexpr int century = 100;
  std::string out = fmt::format("{:04}", year);
  if (buckets.first_month != 1) out += fmt::format("/{:02}", (year + 1) % century);
  if (buckets.unit == TimeUnit::fiscal_year) return out;
  return out + fmt::format("-Q{}", into_year / months_per_quarter + 1);
}

// The number before "-Q3", or 1 without one; nothing for other text.
std::optional<int> quarter_of(std::string_view text, bool has_quarter) {
  if (!has_quarter) return text.empty() ? std::optional(1) : std::nullopt;
  if (text.size() != 3 || !text.starts_with("-Q") || text[2] < '1' || text[2] > '4')
    return std::nullopt;
  return text[2] - '0';
}

std::optional<std::int64_t> parse_years(const Buckets& buckets, std::string_view text) {
  const auto january = parse_date(std::string(text.substr(0, 4)) + "-01-01");
  if (text.size() < 4 || !january) return std::nullopt;
  const bool is_split = buckets.is_fiscal() && buckets.first_month != 1;
  const std::size_t year_end = is_split ? std::string_view("2026/27").size() : 4;
  if (text.size() < year_end || (is_split && text[4] != '/')) return std::nullopt;
  const bool has_quarter = months_of(buckets.unit) == months_per_quarter;
  const auto quarter = quarter_of(text.substr(year_end), has_quarter);
  if (!quarter) return std::nullopt;
  const int months = month_shift(buckets) + (*quarter - 1) * months_per_quarter;
  return days_from_epoch(plus_months(*january, months));
}

// The months since the year 0 with which the bucket begins: text would need a year that is counted
// down and filled up with zeros.
std::string fiscal_date_bucket(const std::string& column, const Buckets& buckets) {
  const std::string shift = std::to_string(month_shift(buckets));
  const std::string months = "(CAST(substr(" + column + ", 1, 4) AS INTEGER) * 12 + CAST(substr(" +
                             column + ", 6, 2) AS INTEGER) - 1 - " + shift + ")";
  return bigint("(" + months + " - " + months + " % " + std::to_string(months_of(buckets.unit)) +
                " + " + shift + ")");
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

std::int64_t bucket_start(const Buckets& buckets, std::int64_t day) {
  const Date date = date_from_days(day);
  if (buckets.unit == TimeUnit::week) return day - (weekday(date) - 1);
  const int length = months_of(buckets.unit), shift = month_shift(buckets);
  if (length == 0) return day;
  const std::int64_t months = std::int64_t{date.year} * months_per_year + date.month - 1 - shift;
  return days_from_epoch(month_start(months - months % length + shift));
}

std::int64_t bucket_end(const Buckets& buckets, std::int64_t start) {
  if (buckets.unit == TimeUnit::week) return start + days_per_week;
  const int length = months_of(buckets.unit);
  if (length == 0) return start + 1;
  return days_from_epoch(plus_months(date_from_days(start), length));
}

BucketDays bucket_days(const Buckets& buckets, std::int64_t start) {
  // What lies around the first or the last day that can be written reaches beyond it.
  const std::int64_t first = std::max(start, days_from_epoch({1, 1, 1}));
  const std::int64_t last =
      std::min(bucket_end(buckets, start) - 1, days_from_epoch({9999, 12, 31}));
  return {date_from_days(first), date_from_days(last)};
}

std::optional<std::int64_t> parse_bucket(const Buckets& buckets, std::string_view text) {
  const int length = months_of(buckets.unit);
  if (length > 1) return parse_years(buckets, text);
  const auto date = length == 0        ? parse_date(text)
                    : text.size() == 7 ? parse_date(std::string(text) + "-01")
                                       : std::nullopt;
  return date ? std::optional(days_from_epoch(*date)) : std::nullopt;
}

std::string render_bucket(const Buckets& buckets, std::int64_t start) {
  const TimeUnit unit = buckets.unit;
  if (start == bucket_before) return fmt::format("<{}", bucket_first_year);
  if (start == bucket_after) return fmt::format(">={}", bucket_end_year);
  const Date date = date_from_days(start);
  if (buckets.is_fiscal()) return render_fiscal(buckets, date);
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

std::string instant_bucket(const std::string& column, const Buckets& buckets, const TimeZone& zone,
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
  text +=
      is_month_like(buckets.unit)
          ? stair_sql(column, bucket_borders(buckets, zone, first, last), sql)
          : arithmetic_bucket(column, buckets.unit, offsets(zone, first, last, range.width), sql);
  return bigint(text + " END");
}

std::string date_bucket(const std::string& column, const Buckets& buckets, store::Engine engine) {
  const TimeUnit unit = buckets.unit;
  if (buckets.is_fiscal()) return fiscal_date_bucket(column, buckets);
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

std::int64_t date_bucket_start(const Buckets& buckets, const store::Value& value) {
  const auto* text = std::get_if<std::string>(&value);
  if (text) return parse_bucket(buckets, *text).value();
  const auto number = std::get<std::int64_t>(value);
  return buckets.is_fiscal() ? days_from_epoch(month_start(number)) : number;
}

std::int64_t bucket_of(Instant instant, const Buckets& buckets, const TimeZone& zone) {
  const TimeUnit unit = buckets.unit;
  if (instant < zone.midnight({bucket_first_year, 1, 1})) return bucket_before;
  if (instant >= zone.midnight({bucket_end_year, 1, 1})) return bucket_after;
  if (unit == TimeUnit::hour) return zone.time_of_day_ms(instant) / ms_per_hour;
  const Date day = zone.date_of(instant);
  if (unit == TimeUnit::weekday) return weekday(day);
  return bucket_start(buckets, days_from_epoch(day));
}

}  // namespace fokus::records
