// SPDX-License-Identifier: Apache-2.0
// Many merges at once: pairs become groups. Pure but for the images of the records.
#pragma once
#include "features/merge/merge.hpp"

namespace fokus::merge {

using Pairs = std::vector<std::pair<std::int64_t, std::int64_t>>;

struct Grouping {
  std::vector<std::vector<std::int64_t>> groups;  // each in ascending order, by their first
  std::int64_t too_large = 0;                     // records of groups beyond limits::records_max
};
// Who is the same as the same one is the same: a–b and b–c are one group of three.
Grouping group_pairs(const Pairs& pairs);

// {"pairs": [[a, b], …]}. Errors: "merge/invalid" with pairs.
Result<Pairs> parse_pairs(const boost::json::object& input);

// The record that knows most is kept; of equals the oldest. Not found: one of them may not be
// merged by this actor, whatever the reason.
Result<MergeOrder> plan_group(const Merges& merges, store::Session& session,
                              const access::Scope& scope, const records::RecordType& type,
                              const std::vector<std::int64_t>& group);

}  // namespace fokus::merge
