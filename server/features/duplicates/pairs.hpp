// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <boost/json.hpp>
#include <string>

#include "features/duplicates/duplicates.hpp"

namespace fokus::duplicates {

struct PairQuery {
  std::string certainty;   // certain, likely, possible; empty: all
  std::int64_t owner = 0;  // of one of the two; 0: everybody's
  std::string after;       // "<score>.<pair>" of the last one of the page before
  int limit = limits::pairs_default;
};

// Pairs that the last scan found, the likeliest first: {"pairs", "counts", "next"}. Only pairs both
// of whose records the actor may read, and without dismissed ones; scored again with what the
// records hold now and the actor may see. In the access log. Error: "duplicates/invalid" with the
// field.
Result<boost::json::object> list_pairs(const Duplicates& duplicates, const access::Scope& scope,
                                       const records::RecordType& type, const PairQuery& query);

// {"certain", "likely", "possible"} of all pairs that the actor would be shown.
Result<boost::json::object> count_pairs(const Duplicates& duplicates, const access::Scope& scope,
                                        const records::RecordType& type);

// The certain ones, likewise and at most limits::certain_pairs_max: for merging them all at once.
std::vector<std::pair<std::int64_t, std::int64_t>> certain_pairs(const Duplicates& duplicates,
                                                                 store::Session& session,
                                                                 const access::Scope& scope,
                                                                 const records::RecordType& type);

}  // namespace fokus::duplicates
