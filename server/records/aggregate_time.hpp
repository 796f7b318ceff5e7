// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "platform/locale.hpp"
#include "records/aggregate.hpp"

namespace fokus::records {

// Moments before and after these years make one bucket each, so that a typing error of a year does
// not cost a bucket per month up to it.
constexpr int bucket_first_year = 1900;
constexpr int bucket_end_year = 2200;
constexpr std::int64_t bucket_before = -10'000'000;  // the key of what lies before
constexpr std::int64_t bucket_after = 10'000'000;

// How days make buckets: fiscal ones need the month that a fiscal year begins with.
struct Buckets {
  Buckets(TimeUnit of, int month = 1) : unit(of), first_month(month) {}
  TimeUnit unit;
  int first_month;  // 1 … 12

  bool is_fiscal() const {
    return unit == TimeUnit::fiscal_quarter || unit == TimeUnit::fiscal_year;
  }
};

// The key of the bucket that holds a local day: its first day, as days since 1970.
std::int64_t bucket_start(const Buckets& buckets, std::int64_t day);
// The first day of the bucket after the one that begins at `start`.
std::int64_t bucket_end(const Buckets& buckets, std::int64_t start);
// "2026-11-24", "2026-11", "2026-Q4", "2026"; a week is its Monday. A fiscal year that begins
// within a year has both in its name: "2026/27", "2026/27-Q1".
std::string render_bucket(const Buckets& buckets, std::int64_t start);
// The first day of a rendered bucket; nothing for other text and for what lies outside the years.
std::optional<std::int64_t> parse_bucket(const Buckets& buckets, std::string_view text);
// The first and last day of a rendered bucket.
struct BucketDays {
  Date first, last;
};
BucketDays bucket_days(const Buckets& buckets, std::int64_t start);

// What must be known of a column of instants before its buckets can be written as SQL.
struct InstantRange {
  std::int64_t first = 0, last = 0;
  bool empty = true;
  // How many borders are compared one after the other. Two is the fastest; more nest less deeply:
  // SQLite's parser holds a hundred open brackets, of which a filter has its own.
  std::size_t width = 2;
};

// Every moment there is, those before and after the known years among them.
InstantRange every_instant(const TimeZone& zone);

// SQL for the bucket of an instant column, as a whole number: the day that the bucket begins with,
// 1 … 7 for weekdays, 0 … 23 for hours. NULL stays NULL. The time zone's borders become comparisons
// in a balanced tree, so that a row costs a handful of them on either engine.
std::string instant_bucket(const std::string& column, const Buckets& buckets, const TimeZone& zone,
                           const InstantRange& range, SqlText& sql);
// The same for a date column; text for month, quarter and year. For fiscal ones a number whose
// bucket date_bucket_start() knows.
std::string date_bucket(const std::string& column, const Buckets& buckets, store::Engine engine);
std::int64_t date_bucket_start(const Buckets& buckets, const store::Value& value);

// The naive twin: the bucket key of one moment.
std::int64_t bucket_of(Instant instant, const Buckets& buckets, const TimeZone& zone);

}  // namespace fokus::records
