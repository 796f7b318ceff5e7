// SPDX-License-Identifier: Apache-2.0
// When a report is sent. Pure: the time is passed in.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/time.hpp"

namespace fokus::reports {

enum class Frequency { daily, weekdays, weekly, monthly };
std::string_view frequency_name(Frequency frequency);  // "daily", …
std::optional<Frequency> find_frequency(std::string_view name);

constexpr int last_day_of_month = 0;
constexpr int minutes_per_day = 24 * 60;

struct Schedule {
  Frequency frequency = Frequency::weekly;
  // Of weekly: 1 = Monday … 7 = Sunday, at least one. Of monthly: one of 1 … 31, which in a shorter
  // month is its last day, or last_day_of_month. Else empty.
  std::vector<int> days;
  int minute = 8 * 60;  // of the day, on the clock of `zone`
  std::string zone = "UTC";

  bool operator==(const Schedule&) const = default;
};

// The first moment later than `after`. A time that the clocks leap over is as long after the gap as
// it lies inside it; one that comes twice is the earlier. An unknown zone is UTC.
Instant next_occasion(const Schedule& schedule, Instant after);
std::vector<Instant> next_occasions(const Schedule& schedule, Instant after, int count);
// The last moment that is not later than `until`.
Instant last_occasion(const Schedule& schedule, Instant until);

}  // namespace fokus::reports
