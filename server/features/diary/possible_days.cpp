// SPDX-License-Identifier: Apache-2.0
// Whether a rule can have days at all: what can be told without looking for them. libical searches
// centuries for a day that never comes, which takes seconds.
#include <algorithm>
#include <array>
#include <charconv>

#include "base/text.hpp"
#include "features/diary/recurrence.hpp"

namespace fokus::diary {
namespace {

constexpr std::array month_lengths = {31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
constexpr int year_length = 366;

std::vector<int> numbers_in(std::string_view list) {
  std::vector<int> out;
  if (list.empty()) return out;
  for (auto item : split(list, ',')) {
    if (item.starts_with('+')) item.remove_prefix(1);
    int number = 0;
    std::from_chars(item.data(), item.data() + item.size(), number);
    out.push_back(number);
  }
  return out;
}

std::vector<int> lengths_of(const std::vector<int>& months) {
  std::vector<int> out;
  for (const int month : months) out.push_back(month_lengths[static_cast<std::size_t>(month - 1)]);
  if (out.empty()) out.assign(month_lengths.begin(), month_lengths.end());
  return out;
}

// How many of the days of so long a time are on `weekdays` different days of the week, at most.
int weekdays_within(int length, int weekdays) {
  return length / 7 * weekdays + std::min(length % 7, weekdays);
}

int item_count(std::string_view list) {
  return list.empty() ? 0 : static_cast<int>(split(list, ',').size());
}

// The size of the largest set that a month of that length, or a year, has by the rule.
int largest_set(const Recurrence& rule, int length) {
  const auto days = part_of(rule, "BYDAY");
  int out = length;
  if (days.find_first_of("0123456789") != days.npos)
    out = std::min(out, item_count(days));
  else if (!days.empty())
    out = std::min(out, weekdays_within(length, item_count(days)));
  if (const auto month_days = part_of(rule, "BYMONTHDAY"); !month_days.empty())
    out = std::min(out, item_count(month_days) * (length == year_length ? 12 : 1));
  if (const auto year_days = part_of(rule, "BYYEARDAY"); !year_days.empty())
    out = std::min(out, item_count(year_days));
  return out;
}

int largest_set(const Recurrence& rule) {
  const auto frequency = part_of(rule, "FREQ");
  if (frequency == "WEEKLY") return item_count(part_of(rule, "BYDAY"));
  const auto months = numbers_in(part_of(rule, "BYMONTH"));
  if (frequency == "YEARLY" && months.empty()) return largest_set(rule, year_length);
  int out = 0;
  for (const int length : lengths_of(months)) {
    const int size = largest_set(rule, length);
    out = frequency == "YEARLY" ? out + size : std::max(out, size);
  }
  return out;
}

}  // namespace

bool is_possible(const Recurrence& rule) {
  const auto lengths = lengths_of(numbers_in(part_of(rule, "BYMONTH")));
  const int longest = *std::max_element(lengths.begin(), lengths.end());
  const auto month_days = numbers_in(part_of(rule, "BYMONTHDAY"));
  const bool has_day = std::any_of(month_days.begin(), month_days.end(),
                                   [&](int day) { return std::abs(day) <= longest; });
  if (!month_days.empty() && !has_day) return false;
  const auto positions = numbers_in(part_of(rule, "BYSETPOS"));
  const int size = positions.empty() ? 0 : largest_set(rule);
  return std::all_of(positions.begin(), positions.end(),
                     [&](int position) { return std::abs(position) <= size; });
}

}  // namespace fokus::diary
