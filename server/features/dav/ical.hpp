// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "platform/locale.hpp"

// What a calendar program stores under one name (RFC 5545, RFC 4791 4.1): an appointment or a task,
// with what stands in the place of its occurrences. Pure; the text is hostile until it is parsed.
namespace fokus::dav {

namespace limits {
constexpr std::size_t calendar_bytes_max = 256'000;
constexpr std::size_t calendar_lines_max = 5'000;  // unfolded
constexpr std::size_t components_max = 400;        // a series and its replacements
constexpr std::size_t attendees_max = 200;         // of one component
constexpr std::size_t kept_bytes_max = 64'000;     // of lines that no field holds, of one component
constexpr int component_depth_max = 4;
}  // namespace limits

struct Attendee {
  std::string email;   // in lower case, without "mailto:"
  std::string answer;  // invited, accepted, declined, tentative
  std::string line;    // as it was written
  bool operator==(const Attendee& other) const {
    return email == other.email && answer == other.answer;
  }
};

// The words are those of the records: status planned, done, cancelled; priority low, normal, high.
struct Component {
  bool is_task = false;
  std::string uid = {};
  std::optional<Instant> recurrence_id = {};
  std::optional<Instant> starts_at = {}, ends_at = {}, done_at = {};
  bool all_day = false;
  std::optional<Date> due_on = {};  // of a task
  std::string zone = {};            // of the beginning: an IANA name, empty for UTC and days
  std::string rule = {};            // as the diary writes it, without EXDATE
  std::vector<Instant> left_out = {};
  std::string summary = {}, location = {}, description = {};
  std::string status = "planned", priority = {};
  std::optional<std::int64_t> reminder_minutes = {};
  std::vector<Attendee> attendees = {};
  std::string organizer = {};          // an e-mail address; written only
  std::vector<std::string> rest = {};  // whole lines, with those of inner components
  Instant changed_at = {};             // DTSTAMP; written only
};

// Whether all that fields hold is the same; attendees by their address.
bool is_same(const Component& a, const Component& b);

// Times without a zone, and days, are those of `zone`. One UID in all components, VEVENT or VTODO,
// and one of them without RECURRENCE-ID. Errors (invalid): "dav/bad_calendar" with the field
// "calendar" and not_a_calendar, not_utf8, unclosed, too_deep, too_many, no_uid, several_uids,
// no_series, no_component, bad_time, unknown_zone; "diary/invalid_recurrence" for a rule that the
// diary does not know; too_large (ErrorKind::too_large).
Result<std::vector<Component>> parse_calendar(std::string_view text, const TimeZone& zone);

// The component without RECURRENCE-ID first. Times of a series are those of its zone, others are
// of UTC; days are those of `zone`.
std::string render_calendar(const std::vector<Component>& components, const TimeZone& zone);

// "Romance Standard Time", "/example.org/Europe/Copenhagen": names that programs give to zones.
std::optional<TimeZone> find_zone(std::string_view name);

}  // namespace fokus::dav
