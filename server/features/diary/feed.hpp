// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string>
#include <vector>

#include "features/diary/diary.hpp"

// A user's diary as an iCalendar file (RFC 5545), which calendar programs fetch at a secret
// address.
namespace fokus::diary {

struct Appointment;

namespace limits {
constexpr int feed_days_back = 90, feed_days_ahead = 400;
constexpr std::size_t feed_secret_bytes = 32;
}  // namespace limits

// Titles, times, places and rules of repetition, nothing else. What stands in the place of an
// occurrence is told with its series when both are there. `zone` is that of appointments that last
// for days and are not repeated. Pure: the same appointments give the same text.
std::string render_calendar(const std::vector<Appointment>& appointments, const TimeZone& zone);

// The definition that a TZID refers to (VTIMEZONE), from ICU, for what happens after `from`; ends
// with a line end.
std::string render_zone(const TimeZone& zone, Instant from);

// One line of such a file, broken as the format wants it, with its end.
std::string content_line(std::string_view name, std::string_view value);
// A text as a value: commas, semicolons, backslashes and line ends are written otherwise.
std::string escaped_text(std::string_view text);

std::vector<access::Route> feed_routes(const Diary& diary);

}  // namespace fokus::diary
