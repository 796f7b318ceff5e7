// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <optional>

#include "platform/locale.hpp"

namespace fokus {

// What a time of day means on the one day on which the clocks leap over it (02:30 on the last
// Sunday of March in most of Europe). Whoever turns a wall clock's time into a moment says which.
enum class SkippedTime {
  // The first moment behind the gap: for bounds, so that "from" and "before" part what the clock
  // shows before that time from what it shows after it.
  end_of_gap,
  // As long after the gap as it lies inside it, 03:30 for 02:30: for appointments, as RFC 5545 and
  // other calendars have it.
  moved_on,
  // None: for what somebody wrote down as having been.
  refused
};

// The moment at which the clock of `zone` shows that time of the day, the earlier one when it comes
// twice. Nothing only for what is skipped, with SkippedTime::refused. `time_of_day_ms` is
// 0 … 86,399,999.
std::optional<Instant> find_moment(const TimeZone& zone, Date day, std::int64_t time_of_day_ms,
                                   SkippedTime skipped);

}  // namespace fokus
