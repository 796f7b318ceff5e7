// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "features/quality/finding_query.hpp"

namespace fokus::quality {

// What a form says, looked at before it is saved: {"score", "findings"}. `id` 0: a new record; else
// the stored one with the form laid over it. Filters are not asked, and what was said to be left is
// left out. Must be called outside of a session. Error: "records/not_found".
Result<boost::json::object> check_draft(const FindingQuery& query, const records::RecordType& type,
                                        std::int64_t id, const boost::json::object& values);

}  // namespace fokus::quality
