// SPDX-License-Identifier: Apache-2.0
#include "platform/local_time.hpp"

namespace fokus {
namespace {

std::int64_t wall_clock_ms(const TimeZone& zone, std::int64_t moment_ms) {
  return moment_ms + zone.offset_ms({moment_ms});
}

// `found` lies `moved` behind the time that was asked for: by the length of the gap, which ends at
// most as long before.
Instant end_of_gap(const TimeZone& zone, std::int64_t local_ms, Instant found, std::int64_t moved) {
  std::int64_t before = found.ms - moved, behind = found.ms;
  while (behind - before > 1) {
    const std::int64_t middle = before + (behind - before) / 2;
    (wall_clock_ms(zone, middle) < local_ms ? before : behind) = middle;
  }
  return {behind};
}

}  // namespace

std::optional<Instant> find_moment(const TimeZone& zone, Date day, std::int64_t time_of_day_ms,
                                   SkippedTime skipped) {
  const Instant found = zone.instant_of(day, time_of_day_ms);
  const std::int64_t local_ms = days_from_epoch(day) * ms_per_day + time_of_day_ms;
  const std::int64_t moved = wall_clock_ms(zone, found.ms) - local_ms;
  if (moved <= 0 || skipped == SkippedTime::moved_on) return found;
  if (skipped == SkippedTime::refused) return std::nullopt;
  return end_of_gap(zone, local_ms, found, moved);
}

}  // namespace fokus
