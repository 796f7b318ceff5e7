// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <functional>

#include "features/quality/checks.hpp"
#include "records/api.hpp"

namespace fokus::quality {

// What the checks know: places as they were last counted, names as the records have them now.
Knowledge read_knowledge(store::Session& session, const records::ApiParts& parts);

// Counts postcodes and their towns anew: in the addresses of the records and in the registers that
// are ready. Ends early, and leaves what was known, when `should_stop` says so.
void count_places(const records::ApiParts& parts, store::Database& registers,
                  const std::function<bool()>& should_stop);

}  // namespace fokus::quality
