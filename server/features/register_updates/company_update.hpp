// SPDX-License-Identifier: Apache-2.0
// One company against what its provider says. Not for other rooms.
#pragma once
#include "features/register_updates/register_updates.hpp"

namespace fokus::register_updates {

struct UpdateCase {
  const Provider& provider;
  const Settings& settings;
  BatchId batch;  // of the run; 0: one is made when something is stored
};

// Stores what the policies let through, puts the rest into the queue, notes what has happened and
// what was said, all in the caller's transaction.
Result<Updated> update_company(const RegisterUpdates& updates, store::Transaction& tx,
                               const access::Scope& scope, const UpdateCase& what,
                               const Subject& subject, const registers::Found& found);
// The provider no longer has the company: that is told once, if it had it before.
Result<Updated> note_absence(const RegisterUpdates& updates, store::Transaction& tx,
                             const access::Scope& scope, const UpdateCase& what,
                             const Subject& subject);

// What the provider said when it was asked last; `digest` beside it.
struct KeptCheck {
  Check check;
  std::string digest;
};
std::optional<KeptCheck> find_check(store::Session& session, const store::Statements& sql,
                                    RecordId company, std::string_view provider);

}  // namespace fokus::register_updates
