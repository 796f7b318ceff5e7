// SPDX-License-Identifier: Apache-2.0
// Events beside the one that every save makes: for this room, and for features that keep what a
// record shows beside it.
#pragma once
#include "records/draft.hpp"
#include "records/history.hpp"

namespace fokus::records {

// On which channel nodes tell each other whose own things became new; the payload is "17 kind".
constexpr std::string_view personal_channel = "personal";
// Tells the user's open browsers after the commit that something of theirs alone became another:
// {"kind": "personal", "what": …}. `what` is a word of small letters and underscores.
void tell_user(store::Transaction& tx, UserId user, std::string_view what);

// Tells whoever looks at a record that what it shows became another, although it did not change.
void announce(store::Transaction& tx, const store::Statements& sql, const CriteriaContext& context,
              const RecordType& type, RecordId id);
// The same for those whose sums hold this record or held it; `before` null for a new one.
void announce_sums(store::Transaction& tx, const store::Statements& sql,
                   const CriteriaContext& context, const Draft* before, const Draft& after);

// An event "gone" for those who could see the record as it was before; the feed delivers it to
// those among them who no longer can. Nothing when nobody can have lost it: owner, group and
// restriction are as they were. `entry` is that of the change.
void announce_gone(store::Transaction& tx, const store::Statements& sql, const Draft& before,
                   const Draft& after, RecordId id, const HistoryEntry& entry);

}  // namespace fokus::records
