// SPDX-License-Identifier: Apache-2.0
#include "features/notifications/reminder_plan.hpp"

#include <array>

namespace fokus::notifications {
namespace {

// How far ahead occurrences are looked for: near first, because most series come again soon.
constexpr std::array<std::int64_t, 4> windows_ms = {
    9 * ms_per_day, 70 * ms_per_day, 800 * ms_per_day,
    std::int64_t{366} * (diary::limits::gap_years_max + 1) * ms_per_day};
constexpr int looks_max = 64;  // at occurrences that are passed over

Instant moment_of(const Remindable& activity, Instant starts_at) {
  if (!activity.all_day) return starts_at;
  return activity.zone.instant_of(activity.zone.date_of(starts_at), whole_day_begins_ms);
}

Reminder make(const Remindable& activity, Instant starts_at) {
  Reminder out;
  out.starts_at = starts_at;
  out.moment = moment_of(activity, starts_at);
  if (activity.all_day) out.on_day = activity.zone.date_of(starts_at);
  out.due_at = out.moment.plus_ms(-activity.minutes * ms_per_minute);
  return out;
}

Reminder of_task(const Remindable& activity) {
  Reminder out;
  out.on_day = activity.due_on;
  out.moment = activity.zone.instant_of(*activity.due_on, whole_day_begins_ms);
  out.starts_at = activity.zone.midnight(*activity.due_on);
  out.due_at = out.moment.plus_ms(-activity.minutes * ms_per_minute);
  return out;
}

std::optional<Reminder> next_of_series(const Remindable& activity, Instant after) {
  const Instant from = after.plus_ms(-ms_per_day);  // a whole day's moment is later than its start
  for (const auto window : windows_ms)
    for (const auto& one : diary::list_occurrences(*activity.series, from, from.plus_ms(window))) {
      const Reminder found = make(activity, one.starts_at);
      if (found.moment > after) return found;
    }
  return std::nullopt;
}

}  // namespace

std::optional<Reminder> next_reminder(const Remindable& activity, Instant after) {
  if (activity.series) return next_of_series(activity, after);
  const Reminder only = activity.is_task() ? of_task(activity) : make(activity, activity.starts_at);
  return only.moment > after ? std::optional(only) : std::nullopt;
}

std::optional<Reminder> plan(const Remindable& activity, Instant now, const Planned& before) {
  auto next = next_reminder(activity, now);
  if (!before.reminded || before.is_moved) return next;
  for (int look = 0; next && next->moment <= *before.reminded && look < looks_max; ++look) {
    // Whoever asks to be reminded again, and later, is.
    if (before.is_other_lead && next->due_at > now) return next;
    next = next_reminder(activity, next->moment);
  }
  return next;
}

std::optional<Reminder> plan_after(const Remindable& activity, Instant now, Instant told) {
  const Instant oldest =
      now.plus_ms(activity.minutes * ms_per_minute - caught_up_ms - 1);  // its moment
  return next_reminder(activity, std::max(told, oldest));
}

}  // namespace fokus::notifications
