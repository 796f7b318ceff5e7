// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <optional>
#include <string>

#include "features/diary/diary.hpp"

// When an activity reminds, and of what. Pure.
namespace fokus::notifications {

// What stands on whole days, and a task on the day on which it is due, counts from eight in the
// morning there: nobody wants to be told at midnight.
constexpr std::int64_t whole_day_begins_ms = 8 * ms_per_hour;
// What could not be told in time, because the program was not running, is told this much later at
// most.
constexpr std::int64_t caught_up_ms = ms_per_day;

// An activity that reminds. The zone is that of the series, or of the owner.
struct Remindable {
  std::int64_t minutes = 0;  // before it begins
  TimeZone zone = TimeZone::utc();
  Instant starts_at;
  std::optional<Date> due_on;  // of a task that is not repeated
  bool all_day = false;
  std::optional<diary::Series> series;

  bool is_task() const { return due_on.has_value(); }
};

struct Reminder {
  Instant due_at;              // when to tell
  Instant moment;              // what the minutes count to
  Instant starts_at;           // of the occurrence
  std::optional<Date> on_day;  // of what has no time of day
};

// Of the first occurrence whose moment is later than `after`.
std::optional<Reminder> next_reminder(const Remindable& activity, Instant after);

// What a save leaves to remind of. What began already does not remind. What should have been told
// by now, because it begins sooner than the minutes say, is told at once.
struct Planned {
  std::optional<Instant> reminded;  // the moment of the last occurrence that was reminded of
  bool is_moved = false;            // its time is another than when that happened
  bool is_other_lead = false;       // the minutes are
};
std::optional<Reminder> plan(const Remindable& activity, Instant now, const Planned& before);

// What is left after `told`, leaving out what is too old to be caught up.
std::optional<Reminder> plan_after(const Remindable& activity, Instant now, Instant told);

}  // namespace fokus::notifications
