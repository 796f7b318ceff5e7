// SPDX-License-Identifier: Apache-2.0
#include <array>
#include <utility>

#include "platform/local_time.hpp"
#include "records/criteria_terms.hpp"
#include "records/criteria_tree.hpp"

namespace fokus::records {
namespace {

constexpr Date first_day{1, 1, 1};
constexpr Date final_day{9999, 12, 31};
constexpr int months_per_year = 12;
constexpr int months_per_quarter = 3;
constexpr int days_per_week = 7;

// Stays inside the years that a date can hold.
Date add_days(Date date, std::int64_t days) {
  const std::int64_t target = days_from_epoch(date) + days;
  if (target < days_from_epoch(first_day)) return first_day;
  if (target > days_from_epoch(final_day)) return final_day;
  return date_from_days(target);
}

Date add_months(Date date, std::int64_t months) {
  const std::int64_t target = std::int64_t{date.year} * months_per_year + date.month - 1 + months;
  if (target < months_per_year) return first_day;
  if (target >= std::int64_t{final_day.year + 1} * months_per_year) return final_day;
  return plus_months(date, static_cast<int>(months));
}

std::optional<Date> add_units(Date date, std::int64_t amount, std::string_view unit) {
  if (unit == "days") return add_days(date, amount);
  if (unit == "weeks") return add_days(date, amount * days_per_week);
  if (unit == "months") return add_months(date, amount);
  if (unit == "quarters") return add_months(date, amount * months_per_quarter);
  if (unit == "years") return add_months(date, amount * months_per_year);
  return std::nullopt;
}

// `first_day`: 1 = Monday … 7 = Sunday.
Days week_period(Date day, int offset, int first_day) {
  const int into_week = (weekday(day) - first_day + days_per_week) % days_per_week;
  const Date first = plus_days(day, offset * days_per_week - into_week);
  return Days{first, plus_days(first, days_per_week - 1)};
}

// The fiscal year or quarter that lies `offset` away from the one around `day`.
Days fiscal_period(Date day, int offset, int first_month, int length) {
  const int year = day.year - (day.month < first_month ? 1 : 0);
  const int into_year = (day.month - first_month + months_per_year) % months_per_year;
  const Date first =
      plus_months({year, first_month, 1}, into_year / length * length + offset * length);
  return Days{first, plus_days(plus_months(first, length), -1)};
}

// The month, quarter or year that lies `offset` away from the one around `day`.
std::optional<Days> calendar_period(Date day, int offset, std::string_view unit) {
  int months = 0;
  Date first{day.year, day.month, 1};
  if (unit == "month") months = 1;
  if (unit == "quarter") {
    months = months_per_quarter;
    first.month = (day.month - 1) / months_per_quarter * months_per_quarter + 1;
  }
  if (unit == "year") {
    months = months_per_year;
    first.month = 1;
  }
  if (months == 0) return std::nullopt;
  first = plus_months(first, offset * months);
  return Days{first, plus_days(plus_months(first, months), -1)};
}

// Of text that parse_instant() takes: whether it says its offset itself ("Z", "+02:00").
bool names_offset(std::string_view text) {
  constexpr std::size_t seconds_at = 16;  // behind 2026-07-01T11:00
  return text.size() > seconds_at && text.find_first_of("Zz+-", seconds_at) != text.npos;
}

// The moment at which the clock of `zone` shows `local` (written as if it were UTC).
Instant moment_of_local(const TimeZone& zone, Instant local) {
  const Date day = TimeZone::utc().date_of(local);
  const auto time = local.ms - days_from_epoch(day) * ms_per_day;
  return *find_moment(zone, day, time, SkippedTime::end_of_gap);
}

TimeZone zone_or_utc(const std::string& name) {
  auto zone = TimeZone::find(name);
  return zone ? *zone : TimeZone::utc();
}

}  // namespace

Calendar::Calendar(Instant now, const std::string& time_zone, const Installation& installation)
    : now_(now),
      zone_(zone_or_utc(time_zone)),
      today_(zone_.date_of(now)),
      first_day_of_week_(installation.first_day_of_week),
      fiscal_year_start_month_(installation.fiscal_year_start_month) {}

std::optional<Days> Calendar::period(const Symbol& symbol) const {
  const std::string_view name = symbol.name;
  if (name == "today" || name == "now") return Days{today_, today_};
  if (name == "yesterday") return Days{plus_days(today_, -1), plus_days(today_, -1)};
  if (name == "tomorrow") return Days{plus_days(today_, 1), plus_days(today_, 1)};
  if (is_period_symbol(name)) {
    const auto other =
        add_units(today_, name == "last" ? -symbol.amount : symbol.amount, symbol.unit);
    if (!other) return std::nullopt;
    return name == "last" ? Days{*other, today_} : Days{today_, *other};
  }
  constexpr std::array<std::pair<std::string_view, int>, 3> prefixes = {
      {{"this_", 0}, {"last_", -1}, {"next_", 1}}};
  for (const auto& [prefix, offset] : prefixes) {
    if (!name.starts_with(prefix)) continue;
    const auto unit = name.substr(prefix.size());
    if (unit == "week") return week_period(today_, offset, first_day_of_week_);
    if (unit == "fiscal_year")
      return fiscal_period(today_, offset, fiscal_year_start_month_, months_per_year);
    if (unit == "fiscal_quarter")
      return fiscal_period(today_, offset, fiscal_year_start_month_, months_per_quarter);
    return calendar_period(today_, offset, unit);
  }
  return std::nullopt;
}

std::optional<Days> Calendar::days(const Term& term) const {
  if (const auto* symbol = std::get_if<Symbol>(&term.content)) return period(*symbol);
  const auto* text = std::get_if<std::string>(&term.content);
  const auto date = text ? parse_date(*text) : std::nullopt;
  if (!date) return std::nullopt;
  return Days{*date, *date};
}

std::optional<Moments> Calendar::moments(const Term& term) const {
  if (const auto* symbol = std::get_if<Symbol>(&term.content)) {
    if (symbol->name == "now") return Moments{now_.ms, now_.ms + 1};
    const std::int64_t length = symbol->amount * ms_per_hour;
    if (symbol->unit == "hours")
      return symbol->name == "last" ? Moments{now_.ms - length, now_.ms}
                                    : Moments{now_.ms, now_.ms + length};
  }
  if (const auto range = days(term))
    return Moments{zone_.midnight(range->first).ms, zone_.midnight(plus_days(range->last, 1)).ms};
  const auto* text = std::get_if<std::string>(&term.content);
  auto instant = text ? parse_instant(*text) : std::nullopt;
  if (!instant) return std::nullopt;
  if (!names_offset(*text)) instant = moment_of_local(zone_, *instant);
  return Moments{instant->ms, instant->ms + 1};
}

}  // namespace fokus::records
