// SPDX-License-Identifier: Apache-2.0
// The part of the save recipe that is about files. Not for other rooms.
#pragma once
#include "records/inner.hpp"

namespace fokus::records {

// Fills in name, size and type of the files that the input names by id. A file is the actor's own
// upload that no record has, or belongs to this field of this record already (`before` and `id` of
// a stored record): else "records/invalid" with no_such_file, whatever the reason.
Status resolve_files(store::Session& session, const store::Statements& sql, const Scope& scope,
                     Draft& draft, const Draft* before, RecordId id);

// Makes the changed files the record's own and counts a new version of the field. `changed` are
// indexes of fields. Refuses like resolve_files() when somebody else was faster.
Status save_files(store::Transaction& tx, const store::Statements& sql,
                  const CriteriaContext& context, const Draft& draft, RecordId id,
                  const std::vector<std::size_t>& changed);

// The record goes for good, and with it every version of its files.
void release_files(store::Transaction& tx, const store::Statements& sql, const RecordType& type,
                   RecordId id, Instant now);

}  // namespace fokus::records
