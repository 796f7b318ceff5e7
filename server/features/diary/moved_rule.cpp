// SPDX-License-Identifier: Apache-2.0
// What a rule becomes when its first day is moved.
#include <array>

#include "base/text.hpp"
#include "features/diary/recurrence.hpp"

namespace fokus::diary {
namespace {

constexpr std::array weekdays =
    std::to_array<std::string_view>({"MO", "TU", "WE", "TH", "FR", "SA", "SU"});

int month_length(Date day) {
  const Date first{day.year, day.month, 1};
  return static_cast<int>(days_from_epoch(plus_months(first, 1)) - days_from_epoch(first));
}

Recurrence with_part(const Recurrence& rule, std::string_view name, const std::string& value) {
  Recurrence out = rule;
  out.pattern.clear();
  for (const auto one : split(rule.pattern, ';')) {
    if (!out.pattern.empty()) out.pattern += ';';
    const bool is_it = one.starts_with(name) && one.substr(name.size()).starts_with('=');
    out.pattern += is_it ? std::string(name) + "=" + value : std::string(one);
  }
  return out;
}

// "MO,WE", a day later: "TU,TH".
std::string turned_weekdays(std::string_view days, std::int64_t by) {
  std::vector<std::string> out;
  for (const auto day : split(days, ',')) {
    std::int64_t at = 0;
    while (weekdays[static_cast<std::size_t>(at)] != day) ++at;
    out.emplace_back(weekdays[static_cast<std::size_t>(((at + by) % 7 + 7) % 7)]);
  }
  return join(out, ",");
}

// "2TU" or "-1FR" of another day, counted from the same end.
std::string numbered_weekday(Date day, bool from_end) {
  const int number = from_end ? -((month_length(day) - day.day) / 7 + 1) : (day.day - 1) / 7 + 1;
  return std::to_string(number) + std::string(weekdays[static_cast<std::size_t>(weekday(day) - 1)]);
}

std::string month_day(Date day, bool from_end) {
  return std::to_string(from_end ? day.day - month_length(day) - 1 : day.day);
}

bool is_one(std::string_view list) {
  return !list.empty() && list.find(',') == list.npos;
}

// The one day that a month or year has by this rule; nothing when it has more, or is told
// otherwise.
std::optional<Recurrence> moved_day(const Recurrence& rule, Date new_start) {
  const auto days = part_of(rule, "BYDAY"), month_days = part_of(rule, "BYMONTHDAY"),
             months = part_of(rule, "BYMONTH");
  const bool is_yearly = part_of(rule, "FREQ") == "YEARLY";
  if (!months.empty() && !(is_yearly && is_one(months))) return std::nullopt;
  Recurrence out =
      months.empty() ? rule : with_part(rule, "BYMONTH", std::to_string(new_start.month));
  const bool counts_in_month = !is_yearly || !months.empty();
  if (days.empty() && is_one(month_days) && counts_in_month)
    return with_part(out, "BYMONTHDAY", month_day(new_start, month_days.starts_with('-')));
  const bool is_numbered = days.find_first_of("0123456789") != days.npos;
  if (month_days.empty() && is_one(days) && is_numbered && counts_in_month)
    return with_part(out, "BYDAY", numbered_weekday(new_start, days.starts_with('-')));
  if (days.empty() && month_days.empty()) return out;
  return std::nullopt;
}

}  // namespace

Result<Recurrence> moved_rule(const Recurrence& rule, Date start, Date new_start) {
  const std::int64_t by = days_from_epoch(new_start) - days_from_epoch(start);
  if (by == 0) return rule;
  const Error cannot = field_error("diary/invalid_recurrence", "recurrence", "cannot_move");
  for (const char* name : {"BYSETPOS", "BYYEARDAY", "BYWEEKNO"})
    if (!part_of(rule, name).empty()) return cannot;
  const auto frequency = part_of(rule, "FREQ");
  if (frequency == "MONTHLY" || frequency == "YEARLY") {
    auto moved = moved_day(rule, new_start);
    return moved ? Result<Recurrence>(std::move(*moved)) : Result<Recurrence>(cannot);
  }
  if (!part_of(rule, "BYMONTHDAY").empty() || !part_of(rule, "BYMONTH").empty()) return cannot;
  const auto days = part_of(rule, "BYDAY");
  return days.empty() ? rule : with_part(rule, "BYDAY", turned_weekdays(days, by));
}

}  // namespace fokus::diary
