// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "base/id.hpp"
#include "store/database.hpp"
#include "store/statements.hpp"

namespace fokus::records {

// What taking a change set back came to, each record of the set counted once.
struct Undone {
  std::int64_t removed = 0;   // the set had made them: they are in the bin
  std::int64_t restored = 0;  // the set had changed them: values have come back
  std::int64_t left = 0;      // as they were: changed since, or gone
};

// Read from the history, so the sum is right however often the work was interrupted. For when
// Records::undo_batch() has finished.
Undone count_undone(store::Session& session, const store::Statements& statements, BatchId batch);

}  // namespace fokus::records
