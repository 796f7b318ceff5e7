// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "features/quality/finding_query.hpp"

namespace fokus::quality {

// What a rule that is not stored would find among the records that the viewer may read: {"count",
// "capped", "sample": [{"id","name","field","value","suggestion"}]}. A check is tried on the newest
// records only. Must be called outside of a session.
Result<boost::json::object> preview_rule(const FindingQuery& query, const records::RecordType& type,
                                         const Rule& rule);

}  // namespace fokus::quality
