// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <optional>
#include <string_view>
#include <vector>

#include "features/diary/recurrence.hpp"
#include "platform/locale.hpp"

// An appointment that is repeated: one record, whose occurrences are worked out when somebody
// looks. The wall clock of its zone decides, so that nine o'clock stays nine o'clock in summer; a
// time that a change of the clock skips falls behind the gap, and the first of two counts. Pure.
namespace fokus::diary {

namespace limits {
constexpr std::size_t left_out_max = 1000;
}

struct Series {
  Recurrence rule;
  TimeZone zone = TimeZone::utc();
  Instant starts_at;
  std::optional<Instant> ends_at;
  bool all_day = false;           // lasts for days, whatever their length
  std::vector<Instant> left_out;  // in their order
};

struct Occurrence {
  Instant starts_at;
  std::optional<Instant> ends_at;
};

// Made of what an activity keeps of its rule, and of its own begin and end. Nothing without a rule,
// or with one that cannot be read.
struct StoredRule {
  std::string_view rule, zone, left_out;
};
std::optional<Series> make_series(const StoredRule& stored, const Occurrence& first, bool all_day);

// Those that touch the time from `from` to before `to`, first to last, at most occurrences_max.
std::vector<Occurrence> list_occurrences(const Series& series, Instant from, Instant to);
// The one that begins at that moment.
std::optional<Occurrence> find_occurrence(const Series& series, Instant at);
// How many there are before that moment, with those that are left out.
int count_before(const Series& series, Instant at);
// When an occurrence that begins then is over.
std::optional<Instant> end_of(const Series& series, Instant starts_at);

// One moment per line, as recurrence_except keeps them. Error: "diary/invalid" with the field and
// not_an_instant or too_many.
Result<std::vector<Instant>> parse_left_out(std::string_view text);
std::string render_left_out(const std::vector<Instant>& moments);

// A series put to another time: so many days on, and then at this time of the day.
struct Move {
  int days = 0;
  std::int64_t time_of_day_ms = 0;
};
Move move_between(const TimeZone& zone, Instant from, Instant to);
Instant moved(const TimeZone& zone, Instant at, const Move& move);
// Rule, start, end and what is left out, all moved. Errors: those of moved_rule().
Result<Series> moved(const Series& series, const Move& move);
// The rule of the series when its last day is the one before that of `at`.
Recurrence ended_before(const Series& series, Instant at);

}  // namespace fokus::diary
