// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "features/duplicates/duplicates.hpp"

namespace fokus::duplicates {

struct ScanPage {
  boost::json::array scans;
  std::int64_t next = 0;  // 0: there are no older ones
};

// Scans before that number, newest first: [{"scan", "type", "job", "status", "started_at",
// "ended_at", "compared", "found", "keys": [{"key", "blocks", "pairs", "largest", "skipped"}],
// "block_max", "counts"}]. Only types that the actor may read in full: figures tell of all records.
// `counts` per certainty stands with the newest of each type, whose pairs are the ones that are
// kept. A page may hold fewer than `limit` although it goes on.
ScanPage list_scans(const Duplicates& duplicates, const access::Scope& scope, std::int64_t before,
                    int limit);

}  // namespace fokus::duplicates
