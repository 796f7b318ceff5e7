// SPDX-License-Identifier: Apache-2.0
// Records that have become part of another one. Not for other rooms.
#pragma once
#include "records/criteria.hpp"
#include "store/database.hpp"
#include "store/statements.hpp"

namespace fokus::records {

// Their rows stay, in the bin and yet not of it: with their history, but not to be seen in lists,
// not to be restored by hand, not taken out when the bin is emptied. `merged_records` says into
// which.

struct MergedLook {
  store::Session& session;
  const store::Statements& sql;
  const CriteriaContext& context;
};

// Where the chain of merges from `id` ends; nothing when it has not been merged.
std::optional<RecordId> find_kept(store::Session& session, const store::Statements& sql,
                                  const RecordType& type, RecordId id);

// What a call about a record that is not there gets: "records/merged" of that kind, with the
// parameter `into`, when the caller may see the one it was merged into; else "records/not_found".
Error not_there(const MergedLook& look, const RecordType& type, RecordId id, ErrorKind merged);

// The actor may read the row, wherever it lies.
bool is_row_readable(const MergedLook& look, const RecordType& type, RecordId id);

// " AND …" for rows of alias "t" in the bin: those that were put there.
std::string not_merged(const RecordType& type);

}  // namespace fokus::records
