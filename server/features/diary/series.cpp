// SPDX-License-Identifier: Apache-2.0
#include "features/diary/series.hpp"

#include <algorithm>

#include "base/text.hpp"
#include "platform/local_time.hpp"

namespace fokus::diary {
namespace {

constexpr Date first_day{limits::year_first, 1, 1}, last_day{limits::year_last, 12, 31};

bool is_left_out(const Series& series, Instant at) {
  return std::binary_search(series.left_out.begin(), series.left_out.end(), at);
}

std::int64_t length_ms(const Series& series) {
  return series.ends_at ? std::max<std::int64_t>(0, series.ends_at->ms - series.starts_at.ms) : 0;
}

std::int64_t days_between(Date from, Date to) {
  return days_from_epoch(to) - days_from_epoch(from);
}

// An occurrence in the gap of spring is later by as much as the clocks leap, and it is there.
Instant at_clock(const TimeZone& zone, Date day, std::int64_t time_of_day_ms) {
  return *find_moment(zone, day, time_of_day_ms, SkippedTime::moved_on);
}

Date clamped(Instant at, const TimeZone& zone, int days) {
  const Instant near{std::clamp(at.ms, days_from_epoch(first_day) * ms_per_day,
                                days_from_epoch(last_day) * ms_per_day)};
  return plus_days(zone.date_of(near), days);
}

// The last day that the rule's end leaves.
Date last_day_of(const Series& series) {
  Date out = last_day;
  if (series.rule.until_date) out = std::min(out, *series.rule.until_date);
  if (!series.rule.until) return out;
  const auto time = series.zone.time_of_day_ms(series.starts_at);
  const Date day = clamped(*series.rule.until, series.zone, 0);
  const bool is_in = at_clock(series.zone, day, time) <= *series.rule.until;
  return std::min(out, is_in ? day : plus_days(day, -1));
}

// The moment of a day; that of the first day as it was written down, be it the second of two.
Instant moment_of(const Series& series, Date start, Date day) {
  if (day == start) return series.starts_at;
  return at_clock(series.zone, day, series.zone.time_of_day_ms(series.starts_at));
}

std::vector<Instant> list_moments(const Series& series, Date from, Date to, std::size_t limit) {
  const Date start = series.zone.date_of(series.starts_at);
  // The first one is there, however early the end of the rule is.
  to = std::min(to, std::max(start, last_day_of(series)));
  std::vector<Instant> out;
  for (const Date day : list_days(series.rule, start, from, to, limit))
    out.push_back(moment_of(series, start, day));
  return out;
}

}  // namespace

std::optional<Series> make_series(const StoredRule& stored, const Occurrence& first, bool all_day) {
  if (stored.rule.empty()) return std::nullopt;
  auto parsed = parse_recurrence(stored.rule);
  if (!parsed) return std::nullopt;
  Series out;
  out.rule = std::move(*parsed);
  out.zone = TimeZone::find(stored.zone).value_or(TimeZone::utc());
  out.starts_at = first.starts_at;
  out.ends_at = first.ends_at;
  out.all_day = all_day;
  if (auto moments = parse_left_out(stored.left_out)) out.left_out = std::move(*moments);
  return out;
}

std::optional<Instant> end_of(const Series& series, Instant starts_at) {
  if (!series.ends_at) return std::nullopt;
  if (!series.all_day) return starts_at.plus_ms(length_ms(series));
  const auto& zone = series.zone;
  const auto days = days_between(zone.date_of(series.starts_at), zone.date_of(*series.ends_at));
  return at_clock(zone, plus_days(zone.date_of(starts_at), static_cast<int>(days)),
                  zone.time_of_day_ms(*series.ends_at));
}

std::vector<Occurrence> list_occurrences(const Series& series, Instant from, Instant to) {
  // A day more on each side: the zones of the question and of the series may differ.
  const auto longest = static_cast<int>(std::min<std::int64_t>(
      length_ms(series) / ms_per_day + 2, std::int64_t{366} * limits::gap_years_max));
  std::vector<Occurrence> out;
  for (const Instant at : list_moments(series, clamped(from, series.zone, -longest),
                                       clamped(to, series.zone, 1), limits::occurrences_max)) {
    const Occurrence one{at, end_of(series, at)};
    const bool is_touched = at < to && (at >= from || (one.ends_at && *one.ends_at > from));
    if (is_touched && !is_left_out(series, at)) out.push_back(one);
  }
  return out;
}

std::optional<Occurrence> find_occurrence(const Series& series, Instant at) {
  const Date day = clamped(at, series.zone, 0);
  const auto moments = list_moments(series, day, day, 1);
  if (moments.empty() || moments.front() != at || is_left_out(series, at)) return std::nullopt;
  return Occurrence{at, end_of(series, at)};
}

int count_before(const Series& series, Instant at) {
  const auto moments = list_moments(series, first_day, clamped(at, series.zone, 0),
                                    static_cast<std::size_t>(limits::count_max));
  return static_cast<int>(
      std::count_if(moments.begin(), moments.end(), [&](Instant one) { return one < at; }));
}

Result<std::vector<Instant>> parse_left_out(std::string_view text) {
  std::vector<Instant> out;
  for (const auto line : split(text, '\n')) {
    if (trim(line).empty()) continue;
    const auto at = parse_instant(trim(line));
    if (!at) return field_error("diary/invalid", "recurrence_except", "not_an_instant");
    out.push_back(*at);
  }
  std::sort(out.begin(), out.end());
  out.erase(std::unique(out.begin(), out.end()), out.end());
  if (out.size() > limits::left_out_max)
    return field_error("diary/invalid", "recurrence_except", "too_many",
                       {{"max", std::to_string(limits::left_out_max)}});
  return out;
}

std::string render_left_out(const std::vector<Instant>& moments) {
  std::string out;
  for (const auto at : moments) out += (out.empty() ? "" : "\n") + render_instant(at);
  return out;
}

Move move_between(const TimeZone& zone, Instant from, Instant to) {
  return {static_cast<int>(days_between(zone.date_of(from), zone.date_of(to))),
          zone.time_of_day_ms(to)};
}

Instant moved(const TimeZone& zone, Instant at, const Move& move) {
  return at_clock(zone, plus_days(zone.date_of(at), move.days), move.time_of_day_ms);
}

Result<Series> moved(const Series& series, const Move& move) {
  Series out = series;
  const Date start = series.zone.date_of(series.starts_at);
  out.rule = TRY(moved_rule(series.rule, start, plus_days(start, move.days)));
  out.starts_at = moved(series.zone, series.starts_at, move);
  if (series.ends_at && series.all_day) {
    const Date end = plus_days(series.zone.date_of(*series.ends_at), move.days);
    out.ends_at = at_clock(series.zone, end, series.zone.time_of_day_ms(*series.ends_at));
  } else if (series.ends_at) {
    out.ends_at = out.starts_at.plus_ms(length_ms(series));
  }
  // The same last occurrence, at its new time.
  if (series.rule.until) {
    const Date last = plus_days(last_day_of(series), move.days);
    out.rule.until = series.zone.midnight(plus_days(last, 1)).plus_ms(-ms_per_second);
  }
  if (series.rule.until_date) out.rule.until_date = plus_days(*series.rule.until_date, move.days);
  for (auto& at : out.left_out) at = moved(series.zone, at, move);
  std::sort(out.left_out.begin(), out.left_out.end());
  return out;
}

Recurrence ended_before(const Series& series, Instant at) {
  Recurrence out = series.rule;
  out.count = 0;
  out.until_date.reset();
  const Instant end = series.zone.midnight(series.zone.date_of(at)).plus_ms(-ms_per_second);
  out.until = series.rule.until ? std::min(*series.rule.until, end) : end;
  if (series.rule.until_date && *series.rule.until_date < series.zone.date_of(at)) {
    out.until.reset();
    out.until_date = series.rule.until_date;
  }
  return out;
}

}  // namespace fokus::diary
