// SPDX-License-Identifier: Apache-2.0
// Records::undo_batch() with what it was refused.
#pragma once
#include <boost/json.hpp>

#include "records/records.hpp"

namespace fokus::records {

// A record that could not become again what it was, because that is refused by now: it stays as it
// is, and the others go on.
struct UndoRefusal {
  std::string type;
  RecordId record;
  Error error;
};

// The history entries of a batch with ids below `before`, newest first.
struct UndoOrder {
  BatchId batch;
  std::int64_t before = 0;
  int limit = 0;
};

struct UndoOutcome {
  Records::UndoStep step;  // without what was refused
  std::vector<UndoRefusal> refused;
};

struct UndoParts {
  const Records& records;
  const store::Statements& statements;
  const Clock& clock;
};

// As a job lists it: id, type, code, and of a field that is to blame field and reason.
boost::json::object to_json(const UndoRefusal& refusal);

Result<UndoOutcome> undo_some(const UndoParts& parts, store::Transaction& tx, const Scope& scope,
                              const UndoOrder& order);

}  // namespace fokus::records
