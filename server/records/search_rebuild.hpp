// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <functional>

#include "records/api.hpp"

namespace fokus::records {

namespace limits {
constexpr int search_rebuild_step = 200;  // records per transaction
}

// The job "search_rebuild": writes what the search index keeps of each live record as this program
// would. A migration asks for it (see 0176) when a new program keeps other words than the one
// before, and an own field that becomes searchable or of another class; meanwhile records are found
// as they were, by an index without marks (search_marks.hpp) only where nothing is masked. Nothing
// else of a record changes: no version, no history. `search_written` as in
// Records::set_search_written(). Before jobs.start().
void add_search_jobs(const ApiParts& parts, std::function<void()> search_written);

}  // namespace fokus::records
