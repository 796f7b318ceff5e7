// SPDX-License-Identifier: Apache-2.0
// Where the values that a record has now came from. Not for other rooms.
#pragma once
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "records/history.hpp"

namespace fokus::records {

namespace limits {
constexpr int origin_entries_max = 2000;  // of one record's history, the newest
}

// What gave a value: a source, a change set, or both; neither for what somebody typed in.
struct Origin {
  std::int64_t source = 0, batch = 0;
  std::int64_t entry = 0;  // the row of the history; 0 where it was not asked for
  bool is_known() const { return source != 0 || batch != 0; }
};
using Origins = std::map<std::string, Origin>;  // by field

// A line of the history, as far as origins are about it.
struct OriginEntry {
  Origin origin;
  std::string action;
  boost::json::array changes;
};
// What a merged record knew of a field that was taken over from it.
using OriginOfMerged = std::function<Origin(std::int64_t record, const std::string& field)>;

// Follows the values of one record through its history, oldest first. A value that an undo brings
// back has the origin again that it had before. Pure but for `merged`.
class OriginLedger {
 public:
  OriginLedger(const RecordType& type, OriginOfMerged merged)
      : type_(type), merged_(std::move(merged)) {}
  void apply(const OriginEntry& entry);
  // Of the fields that have a value. An origin that is not known is what somebody typed in.
  const Origins& origins() const { return origins_; }

 private:
  const RecordType& type_;
  OriginOfMerged merged_;
  Origins origins_;
  // Values that a field had, as JSON, and where they came from.
  std::map<std::string, std::map<std::string, Origin>> earlier_;
};

// The end of every save: keeps what criteria ask for beside the history, and that a person whose
// data come from elsewhere must be told. Nothing is written for what somebody types in, unless it
// replaces what came from elsewhere.
void keep_origins(store::Transaction& tx, const store::Statements& sql, const HistoryEntry& entry,
                  RecordId record);
// The same out of the whole history, for an undo and for what is older than these tables.
void rebuild_origins(store::Transaction& tx, const store::Statements& sql, const RecordType& type,
                     RecordId record);
// What an origin says of each field now, oldest line of the history first; with `entry`.
Origins read_origins(store::Session& session, const store::Statements& sql, const RecordType& type,
                     RecordId record);
// Of a record that goes for good.
void remove_origins(store::Transaction& tx, const store::Statements& sql, const RecordType& type,
                    RecordId record);

// Whether data of this source came from somebody else than the person: the kinds "user", "form",
// "chat" and "device" are told by the person or by whoever met them.
bool is_from_elsewhere(std::string_view source_kind);

}  // namespace fokus::records
