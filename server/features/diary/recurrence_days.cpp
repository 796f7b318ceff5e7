// SPDX-License-Identifier: Apache-2.0
// The days of a rule, found by libical.
#include <libical/ical.h>

#include <algorithm>

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

class Days {
 public:
  // No day is looked for that lies behind `to`.
  Days(const Recurrence& rule, Date start, Date to) {
    make_errors_harmless();
    auto parsed = icalrecurrencetype_from_string(rule.pattern.c_str());
    if (parsed.freq == ICAL_NO_RECURRENCE) return;
    parsed.until = to_ical(to);
    iterator_ = icalrecur_iterator_new(parsed, to_ical(start));
  }
  ~Days() {
    if (iterator_) icalrecur_iterator_free(iterator_);
  }
  Days(const Days&) = delete;
  Days& operator=(const Days&) = delete;

  void skip_to(Date from) {
    if (iterator_) icalrecur_iterator_set_start(iterator_, to_ical(from));
  }
  std::optional<Date> next() {
    if (!iterator_) return std::nullopt;
    const auto found = icalrecur_iterator_next(iterator_);
    if (icaltime_is_null_time(found)) return std::nullopt;
    return Date{found.year, found.month, found.day};
  }

 private:
  icalrecur_iterator* iterator_ = nullptr;
};

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
  Days days(rule, twin, horizon);
  for (auto day = days.next(); day; day = days.next())
    if (*day > twin) return *day <= horizon ? Status() : Status(invalid("never"));
  return invalid("never");
}

std::vector<Date> list_days(const Recurrence& rule, Date start, Date from, Date to,
                            std::size_t limit) {
  std::vector<Date> out;
  if (to < start || limit == 0) return out;
  if (start >= from) out.push_back(start);
  Days days(rule, start, to);
  // A number counts all that went before.
  if (rule.count == 0 && from > start) days.skip_to(from);
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
