// SPDX-License-Identifier: Apache-2.0
// Events of records that did not change themselves: for this room, and for features that keep what
// a record shows beside it.
#pragma once
#include "records/draft.hpp"

namespace fokus::records {

// Tells whoever looks at a record that what it shows became another, although it did not change.
void announce(store::Transaction& tx, const store::Statements& sql, const CriteriaContext& context,
              const RecordType& type, RecordId id);
// The same for those whose sums hold this record or held it; `before` null for a new one.
void announce_sums(store::Transaction& tx, const store::Statements& sql,
                   const CriteriaContext& context, const Draft* before, const Draft& after);

}  // namespace fokus::records
