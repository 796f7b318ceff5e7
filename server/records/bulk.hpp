// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "records/api.hpp"

namespace fokus::records {

// A change of many records: which ones, and what. Kept as the input of its job.
struct BulkEdit {
  const RecordType* type = nullptr;
  NodePtr criteria;               // null when ids are given; what `except` named is out of it
  std::string q;                  // with criteria: words that the record must match, as in a list
  std::vector<std::int64_t> ids;  // in ascending order
  bool archiving = false;
  boost::json::object changes;
};

namespace limits {
constexpr std::size_t bulk_ids_max = 10'000;  // beyond it a criteria tree says it better
constexpr int bulk_step = 200;                // records per transaction
constexpr int bulk_sample = 20;               // records that a preview shows
constexpr int bulk_errors_max = 500;          // reasons that a result lists
constexpr std::size_t bulk_except_max = 1000;  // records taken out of a criteria tree by hand
}  // namespace limits

// {ids} or {filter | criteria, q, except: [ids]}, and {action: "archive"} or {changes: {…}}.
Result<BulkEdit> parse_bulk_edit(const Dictionary& dictionary, const RecordType& type,
                                 const boost::json::object& input);
boost::json::object bulk_edit_to_json(const BulkEdit& edit);

// What a list call would find with the edit's criteria and words.
ListQuery bulk_query(const BulkEdit& edit);

// The next records after `after` that the actor may change, at most limits::bulk_step.
Result<std::vector<std::int64_t>> next_ids(const Records& records, store::Session& session,
                                           const Scope& scope, const BulkEdit& edit,
                                           std::int64_t after);

}  // namespace fokus::records
