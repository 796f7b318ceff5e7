// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <map>
#include <string>
#include <vector>

#include "records/criteria.hpp"

namespace fokus::records {

// The meaning of criteria, told a second time and as plainly as possible: rows in memory, one after
// the other, no SQL. The tests hold the SQL against it.

// Values by column as they are stored, without the folded twins.
using MemoryRow = std::map<std::string, store::Value>;

struct MemoryRelation {
  std::string type, field;  // of the record that has the `links` field
  std::int64_t from = 0, to = 0;
};

struct MemoryRows {
  std::map<std::string, std::map<std::int64_t, MemoryRow>> types;  // by singular name and id
  std::vector<MemoryRelation> relations;
  std::vector<MemoryRow> contact_points;  // with record_type and record_id
  std::map<std::int64_t, MemoryRow> sources;
  std::vector<MemoryRow> origins;  // one per field: record_type, record_id, field, source, batch
  std::vector<MemoryRow> notices;  // record_type, record_id, state, since, due_on
};

// Precondition: append_criteria() accepts the tree.
bool evaluate(const CriteriaContext& context, const MemoryRows& rows, const RecordType& type,
              const MemoryRow& row, const Node& node);

}  // namespace fokus::records
