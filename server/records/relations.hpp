// SPDX-License-Identifier: Apache-2.0
// Typed relations between any two records. Not for other rooms: they use Records::relate().
#pragma once
#include "records/inner.hpp"

namespace fokus::records {

// How a change of a relation is called among the changes of a record.
constexpr std::string_view relations_change = "relations";

// What the history keeps of a relation; `type` and `id` are those of the record at the far end.
struct KeptRelation {
  std::string kind, type, note;
  std::int64_t id = 0;
};
std::optional<KeptRelation> read_kept_relation(const boost::json::value* kept);

// The relation's wording from one end: the reverse one at its far end.
std::string relation_wording(const ListItem& kind, bool reverse, const std::string& language);

// Takes back one change of relations; false when the relation became another one since. Errors:
// those of relate() and unrelate().
Result<bool> undo_relation(const Records& records, store::Transaction& tx,
                           const store::Statements& sql, const Scope& scope, const RecordType& type,
                           RecordId id, const boost::json::object& change);

}  // namespace fokus::records
