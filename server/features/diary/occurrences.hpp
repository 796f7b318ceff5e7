// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <boost/json.hpp>
#include <optional>
#include <vector>

#include "features/diary/diary.hpp"

// Changes of a series that begin at one of its occurrences.
namespace fokus::diary {

enum class Reach { one, following, all };

struct OccurrenceOrder {
  RecordId series;
  Instant at;  // when the occurrence begins
  Reach reach = Reach::one;
  std::optional<std::int64_t> version;  // of the series, as in Records::update()
};

struct OccurrenceChange {
  RecordId record;  // the one that the occurrence belongs to now
  BatchId batch;    // one change set: taken back as a whole
};

// `values` are the occurrence's. One: the series leaves it out, and an activity of its own stands
// in its place. Following: the series ends before it, and a new one begins; what stood in the place
// of later occurrences belongs to that. All: the series moves by as much as the occurrence does.
// Participants come along. Errors: those of Records::update() of the series; "records/not_found";
// "diary/not_a_series" (conflict); "diary/no_such_occurrence" (404); "diary/invalid" with a member
// that is not the occurrence's to say (not_for_an_occurrence); "diary/invalid_recurrence" with
// cannot_move.
Result<OccurrenceChange> change_occurrence(const Diary& diary, store::Transaction& tx,
                                           const access::Scope& scope, const OccurrenceOrder& order,
                                           const boost::json::object& values);
// The occurrences are left out, or the series ends before them; of all, it goes into the bin, with
// what stands in the place of its occurrences. Errors: the same.
Result<OccurrenceChange> remove_occurrence(const Diary& diary, store::Transaction& tx,
                                           const access::Scope& scope,
                                           const OccurrenceOrder& order);

std::vector<access::Route> occurrence_routes(const Diary& diary);

}  // namespace fokus::diary
