// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace fokus {

// A point in time: milliseconds since 1970-01-01T00:00:00Z. Stored as BIGINT, sent as RFC 3339.
struct Instant {
  std::int64_t ms = 0;
  auto operator<=>(const Instant&) const = default;
  Instant plus_ms(std::int64_t delta) const { return {ms + delta}; }
};

// A calendar day without a time zone, proleptic Gregorian, years 0001 to 9999.
// Stored and sent as "YYYY-MM-DD", whose byte order is its order in time.
struct Date {
  int year = 1970;
  int month = 1;
  int day = 1;
  auto operator<=>(const Date&) const = default;
};

// "2026-11-23T10:00:00.000Z"
std::string render_instant(Instant instant);
// RFC 3339 with Z or an offset, seconds and fraction optional; a bare date means midnight UTC.
std::optional<Instant> parse_instant(std::string_view text);

std::string render_date(Date date);
// Exactly YYYY-MM-DD, and a day that exists.
std::optional<Date> parse_date(std::string_view text);

std::int64_t days_from_epoch(Date date);
Date date_from_days(std::int64_t days);
Date plus_days(Date date, int days);
// The day is cut to the length of the month: 31 January plus one month is 28 or 29 February.
Date plus_months(Date date, int months);
// 1 = Monday … 7 = Sunday (ISO 8601)
int weekday(Date date);

constexpr std::int64_t ms_per_second = 1000;
constexpr std::int64_t ms_per_minute = 60 * ms_per_second;
constexpr std::int64_t ms_per_hour = 60 * ms_per_minute;
constexpr std::int64_t ms_per_day = 24 * ms_per_hour;

}  // namespace fokus
