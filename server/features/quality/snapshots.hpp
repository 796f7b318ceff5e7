// SPDX-License-Identifier: Apache-2.0
// Scores over time, and who is told of them.
#pragma once
#include "features/quality/rule_book.hpp"
#include "records/api.hpp"

namespace fokus::quality {

// Scores and findings of one day, of records that belong together.
struct Figures {
  std::int64_t records = 0, score_sum = 0, perfect = 0, findings = 0, errors = 0;
};

// Counts all types with a score, whoever may see the records: for the day that it is where the
// installation is. Once more on the same day: the last count stays.
void take_snapshots(const records::ApiParts& parts, const RuleBook& rules);

// On Mondays: tells owners how their records stand, and data stewards how all do, beside the week
// before. Once per day, whoever calls.
void tell_weekly(const records::ApiParts& parts);

}  // namespace fokus::quality
