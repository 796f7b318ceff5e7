// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "features/quality/finding_query.hpp"

namespace fokus::quality {

// {"groups": [{"key", "label", "records", "score", "perfect", "findings", "errors"}]} of the
// records that the viewer may read, the lowest score first. by: owner, group, type, all. Error:
// "quality/invalid" with by.
Result<boost::json::object> list_scores(const FindingQuery& query, store::Session& session,
                                        const std::vector<const records::RecordType*>& types,
                                        const std::string& by);

// {"points": [{"day", "records", "score", "findings", "errors"}]} of the whole base: `scope` is
// all, owner or group.
boost::json::object list_series(store::Session& session, const store::Statements& sql,
                                const records::RecordType& type, const std::string& scope,
                                std::int64_t id, Date from);

}  // namespace fokus::quality
