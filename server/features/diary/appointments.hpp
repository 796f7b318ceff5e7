// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "features/diary/diary.hpp"
#include "features/diary/participants.hpp"
#include "features/diary/series.hpp"

// Which appointments stand in the diaries of some users, out of the database.
namespace fokus::diary {

namespace limits {
constexpr int entries_max = 2000;  // of one answer
constexpr int longest_days = 366;  // what began earlier than this before the question is not found
}  // namespace limits

// Whose diaries, from when to before when. Tasks stand on the day on which they are due.
struct Question {
  std::vector<std::int64_t> users;
  Instant from, to;
  Date from_day, to_day;
};

// An activity as the viewer may know it. Of what they are only invited to: title, kind, status,
// time and place.
struct Appointment {
  std::int64_t id = 0, version = 0, owner = 0;
  std::string name, kind, status, location, due_on;
  Instant starts_at, updated_at;
  std::optional<Instant> ends_at, occurrence_at;
  bool all_day = false, is_readable = false, is_editable = false;
  std::int64_t company = 0, person = 0, sale = 0, recurrence_of = 0;
  std::optional<Series> series;
};

struct Found {
  std::vector<Appointment> appointments;
  bool is_cut = false;  // there are more than entries_max
};
// Only what the viewer may read, and what they are invited to. Series are there when they began
// before the end of the question; those that had ended before its beginning too.
Found find_appointments(const Diary& diary, store::Session& session, const access::Scope& scope,
                        const Question& question);

// One place in a diary: an appointment, or an occurrence of it.
struct Entry {
  const Appointment* appointment;
  Instant starts_at;
  std::optional<Instant> ends_at;
};
// Series taken apart; by time, cut at entries_max.
std::vector<Entry> list_entries(const Found& found, const Question& question, bool& is_cut);

// The series that an activity's values describe; nothing when it is none, or none that can be read.
std::optional<Series> make_series(std::string_view rule, std::string_view zone,
                                  std::string_view left_out, const Appointment& of);

}  // namespace fokus::diary
