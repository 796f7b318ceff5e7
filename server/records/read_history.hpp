// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "records/seen.hpp"
#include "records/visible_names.hpp"

namespace fokus::records {

// What happened to the records of one type, as one viewer may see it: without the values of fields
// that are masked, and of members and relations only those at records that the viewer may see.
class HistoryReader {
 public:
  // All of them outlive it.
  HistoryReader(store::Session& session, const CriteriaContext& context, const RecordType& type)
      : context_(context), type_(type), names_(session, context) {}

  // One row of list_history or history_before as an object.
  void write_entry(JsonWriter& out, const store::Rows& rows, Seen& seen);
  // The changes of one save as an array, out of the payload that the history keeps.
  void write_changes(JsonWriter& out, std::string_view payload, Seen& seen);

 private:
  using Object = boost::json::object;
  void write_change(JsonWriter& out, const Object& change, Seen& seen);
  void write_members(JsonWriter& out, const Field& field, const Object& change, Seen& seen);
  void write_relation(JsonWriter& out, const Object& change, Seen& seen);
  std::string members_text(const Field& field, const boost::json::value* ids, Seen& seen);

  const CriteriaContext& context_;
  const RecordType& type_;
  VisibleNames names_;
};

}  // namespace fokus::records
