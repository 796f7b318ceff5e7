// SPDX-License-Identifier: Apache-2.0
// The days of a rule, found by libical.
#include <libical/ical.h>

#include <algorithm>
#include <array>

#include "features/diary/recurrence.hpp"

namespace fokus::diary {
namespace {

// Within 28 years, in which no century lies, each leap year and each first weekday meet.
constexpr int years_of_twins_first = 2543;

icaltimetype to_ical(Date date) {
  icaltimetype out = icaltime_null_time();
  out.year = date.year;
  out.month = date.month;
  out.day = date.day;
  out.is_date = 1;
  return out;
}

// libical stops the program at what it takes for a mistake of its caller, unless it is told not to.
void make_errors_harmless() {
  [[maybe_unused]] static const bool once = [] {
    icalerror_set_errors_are_fatal(0);
    return true;
  }();
}

// A rule and the day from which it is followed.
struct Beginning {
  std::string pattern;
  Date start;
};

class Days {
 public:
  // No day is looked for that lies behind `to`.
  Days(const Beginning& beginning, Date to) {
    make_errors_harmless();
    auto parsed = icalrecurrencetype_from_string(beginning.pattern.c_str());
    if (parsed.freq == ICAL_NO_RECURRENCE) return;
    parsed.until = to_ical(to);
    iterator_ = icalrecur_iterator_new(parsed, to_ical(beginning.start));
  }
  ~Days() {
    if (iterator_) icalrecur_iterator_free(iterator_);
  }
  Days(const Days&) = delete;
  Days& operator=(const Days&) = delete;

  std::optional<Date> next() {
    if (!iterator_) return std::nullopt;
    for (;;) {
      const auto found = icalrecur_iterator_next(iterator_);
      if (icaltime_is_null_time(found)) return std::nullopt;
      const Date day{found.year, found.month, found.day};
      // What a rule says twice (BYDAY=WE,WE) libical finds twice; days are a set (RFC 5545 3.3.10).
      if (last_ && day <= *last_) continue;
      last_ = day;
      return day;
    }
  }

 private:
  std::optional<Date> last_;
  icalrecur_iterator* iterator_ = nullptr;
};

bool says_any(const Recurrence& rule, std::initializer_list<std::string_view> names) {
  return std::any_of(names.begin(), names.end(),
                     [&](std::string_view name) { return !part_of(rule, name).empty(); });
}

// What a rule of months or years takes from its first day, said in words: so it can be followed
// from another day, and libical knows of weeks only what it is told.
std::string with_days_of(const Recurrence& rule, Date start) {
  constexpr std::array weekdays = {"MO", "TU", "WE", "TH", "FR", "SA", "SU"};
  const bool is_yearly = part_of(rule, "FREQ") == "YEARLY";
  std::string out = rule.pattern;
  if (!is_yearly && part_of(rule, "FREQ") != "MONTHLY") return out;
  // A day of the month is one of every month; libical would take the first day's.
  if (is_yearly && says_any(rule, {"BYMONTHDAY"}) &&
      !says_any(rule, {"BYMONTH", "BYYEARDAY", "BYWEEKNO"}))
    return out + ";BYMONTH=1,2,3,4,5,6,7,8,9,10,11,12";
  if (says_any(rule, {"BYDAY", "BYMONTHDAY", "BYYEARDAY"})) return out;
  if (says_any(rule, {"BYWEEKNO"}))
    return out + ";BYDAY=" + weekdays[static_cast<std::size_t>(weekday(start) - 1)];
  if (is_yearly && !says_any(rule, {"BYMONTH"})) out += ";BYMONTH=" + std::to_string(start.month);
  return out + ";BYMONTHDAY=" + std::to_string(start.day);
}

int interval_of(const Recurrence& rule) {
  const auto text = part_of(rule, "INTERVAL");
  return text.empty() ? 1 : std::stoi(std::string(text));
}

// The same rule from a later day, at least a whole turn of it before `from`: what a series did in
// the years before is not gone through. (libical's own way to do so forgets what rules take from
// their first day.)
Beginning near(const Recurrence& rule, Date start, Date from) {
  const auto frequency = part_of(rule, "FREQ");
  const int every = interval_of(rule);
  const auto turns = [&](std::int64_t distance, int length) {
    return static_cast<int>(distance / (std::int64_t{length} * every) - 1);
  };
  if (frequency == "DAILY" || frequency == "WEEKLY") {
    const int length = frequency == "DAILY" ? 1 : 7;
    const int skipped = turns(days_from_epoch(from) - days_from_epoch(start), length);
    return {rule.pattern, skipped > 0 ? plus_days(start, skipped * length * every) : start};
  }
  const int length = frequency == "MONTHLY" ? 1 : 12;
  const int months = (from.year - start.year) * 12 + from.month - start.month;
  const int skipped = turns(months, length);
  if (skipped <= 0) return {with_days_of(rule, start), start};
  const Date first{start.year, length == 12 ? 1 : start.month, 1};
  return {with_days_of(rule, start), plus_months(first, skipped * length * every)};
}

// A day of the same name in a year that has the same days before and behind it. libical looks for a
// next day until the year 2582 whatever the end of a rule is: from there it is soon done.
Date twin_of(Date day) {
  const int first = weekday(Date{day.year, 1, 1});
  int year = years_of_twins_first;
  while (year % 4 != day.year % 4 || weekday(Date{year, 1, 1}) != first) ++year;
  return {year, day.month, day.day};
}

}  // namespace

Status check_days(const Recurrence& rule, Date start) {
  const auto invalid = [](const char* code) {
    return field_error("diary/invalid_recurrence", "recurrence", code);
  };
  if (start.year < limits::year_first || start.year > limits::year_last)
    return invalid("out_of_range");
  if (!is_possible(rule)) return invalid("never");
  const Date twin = twin_of(start);
  const Date horizon = plus_days(twin, limits::gap_years_max * 366);
  Days days({with_days_of(rule, twin), twin}, horizon);
  for (auto day = days.next(); day; day = days.next())
    if (*day > twin) return *day <= horizon ? Status() : Status(invalid("never"));
  return invalid("never");
}

std::vector<Date> list_days(const Recurrence& rule, Date start, Date from, Date to,
                            std::size_t limit) {
  std::vector<Date> out;
  if (to < start || limit == 0) return out;
  if (start >= from) out.push_back(start);
  // A number counts all that went before.
  const bool is_skipped = rule.count == 0 && from > start;
  Days days(is_skipped ? near(rule, start, from) : Beginning{with_days_of(rule, start), start}, to);
  for (int number = 1; out.size() < limit && (rule.count == 0 || number < rule.count);) {
    const auto day = days.next();
    if (!day || *day > to) break;
    if (*day <= start) continue;
    ++number;
    if (*day >= from) out.push_back(*day);
  }
  return out;
}

}  // namespace fokus::diary
