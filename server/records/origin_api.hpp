// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <vector>

#include "records/api.hpp"

namespace fokus::records {

// Where the values of one record came from, the sources that there are, and how many persons must
// still be told that their data came from somebody else.
std::vector<access::Route> origin_routes(const ApiParts& parts);

// The job "origins_rebuild": reads out of the history of each record what the save recipe has kept
// since (origins.hpp). A migration asks for it; meanwhile criteria do not find what is older.
// Nothing of a record changes: no version, no history. Before jobs.start().
void add_origin_jobs(const ApiParts& parts);

namespace limits {
constexpr int origin_rebuild_step = 200;  // records per transaction
constexpr int notice_sources_max = 50;    // that are counted one by one, the largest first
}  // namespace limits

}  // namespace fokus::records
