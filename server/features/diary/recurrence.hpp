// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "base/time.hpp"

// The value of an RRULE (RFC 5545) as far as appointments have a use for it: a rule says days, and
// every occurrence begins at the same time of day. libical finds the days. Pure.
namespace fokus::diary {

namespace limits {
constexpr std::size_t rule_bytes_max = 500;
constexpr int interval_max = 999;
constexpr int count_max = 1000;
constexpr std::size_t occurrences_max = 1000;  // of one series and question
constexpr int gap_years_max = 12;              // to the next occurrence
constexpr int year_first = 1900, year_last = 2500;
}  // namespace limits

struct Recurrence {
  // All but COUNT and UNTIL, in capitals: "FREQ=WEEKLY;BYDAY=MO,WE".
  std::string pattern;
  int count = 0;                   // 0: not ended by a number
  std::optional<Instant> until;    // the last moment at which an occurrence may begin
  std::optional<Date> until_date;  // the same as a day in the zone of the series
};

// FREQ is DAILY, WEEKLY, MONTHLY or YEARLY; with INTERVAL, BYDAY, BYMONTHDAY, BYYEARDAY, BYWEEKNO,
// BYMONTH, BYSETPOS, WKST, and COUNT or UNTIL. Errors: "diary/invalid_recurrence" with the field
// "recurrence" and too_long, not_a_rule, unknown_part, repeated, unknown_frequency, out_of_range,
// not_with_frequency, two_ends, nothing_to_choose_from.
Result<Recurrence> parse_recurrence(std::string_view text);
std::string render_recurrence(const Recurrence& rule);
// "BYDAY" of "FREQ=WEEKLY;BYDAY=MO": "MO"; empty when the rule does not say it.
std::string_view part_of(const Recurrence& rule, std::string_view name);

// False: no day fits, whenever it begins. True says nothing.
bool is_possible(const Recurrence& rule);
// A rule that begins on that day must come again within gap_years_max, or looking for its next day
// would have no end. Errors as above: never, out_of_range (the year).
Status check_days(const Recurrence& rule, Date start);

// The days of the rule from `from` to `to`, both included, at most `limit`. The day on which it
// starts is one of them, also when the rule would not say so, and counts as the first. Of the ends
// only the number is heeded: UNTIL is a moment, which is the series' business.
std::vector<Date> list_days(const Recurrence& rule, Date start, Date from, Date to,
                            std::size_t limit);

// The rule after the day on which it starts was moved: weekdays move along, as does the only day of
// a month. Error: "diary/invalid_recurrence" with cannot_move for rules that have no such twin.
Result<Recurrence> moved_rule(const Recurrence& rule, Date start, Date new_start);

}  // namespace fokus::diary
