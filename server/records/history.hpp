// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string>

#include "records/records.hpp"

namespace fokus::records {

// One save, to be chained to the record's earlier ones.
struct HistoryEntry {
  const RecordType& type;
  std::int64_t version;
  Instant at;
  const access::Actor& actor;
  const Provenance& provenance;
  std::string payload;  // JSON array of changes
};

// Adds one more change to a payload.
void append_change(std::string& payload, std::string_view change);

// hash = H(previous hash, H(salt, payload), the entry's other columns): a payload and its salt can
// be destroyed, and the chain still verifies, while a low-entropy payload cannot be guessed from
// its hash. The hash is the new head, which the record's row keeps, so that a cut-off tail is
// noticed; it does not hold the record's id, so that row and head are written in one statement.
struct HistorySeal {
  std::string salt, payload_hash, hash;
};
HistorySeal seal_history(const HistoryEntry& entry, std::string_view previous);
void add_history(store::Transaction& tx, const store::Statements& sql, const HistoryEntry& entry,
                 const HistorySeal& seal, RecordId record);

// Walks the chain of one record. Empty when it holds, else what is wrong with it.
std::string verify_history(store::Session& session, const store::Statements& sql,
                           const RecordType& type, RecordId record);

}  // namespace fokus::records
