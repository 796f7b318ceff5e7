// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "features/duplicates/duplicates.hpp"

namespace fokus::duplicates {

// The last scans, newest first: [{"scan", "type", "job", "status", "started_at", "ended_at",
// "compared", "found", "keys": [{"key", "blocks", "pairs", "largest", "skipped"}], "block_max",
// "counts"}]. Only types that the actor may read in full: figures tell of all records. `counts` per
// certainty stands with the newest of each type, whose pairs are the ones that are kept.
boost::json::array list_scans(const Duplicates& duplicates, const access::Scope& scope);

}  // namespace fokus::duplicates
