// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <boost/json.hpp>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "records/api.hpp"
#include "records/merging.hpp"

namespace fokus::merge {

using MergeId = Id<struct MergeTag>;

namespace limits {
constexpr std::size_t records_max = 10;     // in one merge, the kept one included
constexpr std::int64_t rows_max = 10'000;   // moved within a call; beyond it a job does it
constexpr std::int64_t events_max = 1'000;  // told one by one of each type that is moved
constexpr std::size_t conflicts_max = 200;  // listed of one undo
constexpr std::size_t contact_points_max = 50;
constexpr int list_max = 200;
constexpr std::size_t pairs_max = 10'000;  // of one bulk merge
}  // namespace limits

// Which records become one, and which of their values it has.
struct MergeOrder {
  const records::RecordType* type = nullptr;
  RecordId keep;
  std::vector<RecordId> merge;                           // without `keep`, no two alike
  std::map<std::int64_t, std::int64_t> versions;         // of each; empty: whatever they are now
  std::map<std::string, RecordId, std::less<>> choices;  // field → whose value
};

struct Merged {
  MergeId id;
  RecordId kept;
  std::int64_t moved = 0;  // links, memberships and other rows
  Instant undo_until;
};

// A value or link that was changed after the merge.
struct Conflict {
  std::string type;  // of the record that was changed
  RecordId record;
  std::string field;
  bool masked = false;        // the values are not for this viewer
  std::string now, restored;  // JSON
};

struct Undone {
  std::vector<RecordId> restored;
  std::vector<Conflict> conflicts;  // at most limits::conflicts_max
};

// One row of `merges`.
struct MergeRow {
  MergeId id;
  std::string record_type;
  RecordId kept;
  std::vector<RecordId> merged;
  std::int64_t moved = 0;
  Instant created_at;
  UserId created_by;
  std::string created_by_name;
  bool is_undone = false, is_erased = false;
};

// Pairs that a scan holds for certain, for a bulk merge of them all. The duplicates feature plugs
// in here.
using CertainPairs = std::function<Result<std::vector<std::pair<std::int64_t, std::int64_t>>>(
    store::Session&, const access::Scope&, const records::RecordType&)>;

// Records that become one, and the way back. A merge is one transaction: values are chosen field by
// field, everything that points at the merged records is moved to the kept one (references.hpp),
// and they stay as rows that only lead there. What it changed lies in a journal, so that it can be
// undone for the days that the setting merge_undo_days says. Thread-safe.
//
// Rights: read, update and archive on each of the records. What cannot be seen is moved along all
// the same, since links must not break, but is told to nobody.
//
// Errors: "merge/invalid" with the field, "merge/not_mergeable", "merge/too_many_rows" (conflict: a
// job must do it), "merge/too_many_contact_points", those of RecordMerging; of an undo also
// "merge/not_found", "merge/already_undone", "merge_too_old", "merge/later_merge" with the number
// of the one to be undone first, "merge/under_later_merge", "merge/kept_in_bin".
class Merges {
 public:
  Merges(const records::ApiParts& parts, std::function<void()> search_written);

  Status check(const MergeOrder& order) const;
  // JSON; `seen` gets the persons that it names beside the records themselves.
  Result<std::string> preview(store::Session& session, const access::Scope& scope,
                              const MergeOrder& order, records::Seen& seen) const;
  // rows_max 0: whatever it takes.
  Result<Merged> merge(store::Transaction& tx, const access::Scope& scope, const MergeOrder& order,
                       BatchId batch, std::int64_t rows_max) const;

  // Within what the viewer may see: the kept record decides.
  Result<MergeRow> get(store::Session& session, const access::Scope& scope, MergeId id) const;
  std::vector<MergeRow> list(store::Session& session, std::string_view type, MergeId before,
                             int limit) const;  // of all, newest first
  bool is_visible(store::Session& session, const access::Scope& scope, const MergeRow& row) const;

  // What an undo would meet; nothing is changed.
  Result<Undone> preview_undo(store::Session& session, const access::Scope& scope,
                              MergeId id) const;
  // keep_edits: what was changed after the merge stays as it is; else it is as it was before.
  Result<Undone> undo(store::Transaction& tx, const access::Scope& scope, MergeId id,
                      bool keep_edits, std::int64_t rows_max) const;

  // Forgets the journals of merges that are too old to be undone, or whose record is gone for good.
  // Returns how many; at most `limit`. For erasures: forget() does it at once.
  std::int64_t erase_journals(store::Transaction& tx, int limit) const;
  void forget(store::Transaction& tx, const records::RecordType& type, RecordId kept) const;

  // When a merge of that moment can no longer be undone: the setting merge_undo_days, as it is now.
  Instant undo_until(Instant merged_at) const { return merged_at.plus_ms(undo_ms()); }

  void set_certain_pairs(CertainPairs pairs) { certain_ = std::move(pairs); }  // before serving
  const CertainPairs& certain_pairs() const { return certain_; }
  // The body of the jobs; before jobs.start(). The merges outlive the jobs.
  void add_jobs() const;

  const records::ApiParts& parts() const { return parts_; }
  const records::RecordMerging& merging() const { return merging_; }

 private:
  std::int64_t undo_ms() const;

  records::ApiParts parts_;
  records::RecordMerging merging_;
  CertainPairs certain_;
};

std::vector<access::Route> merge_routes(const Merges& merges);

// --- shared by the files of this feature ---

// {"keep", "merge", "versions", "choices"} of a call, or {"keep", "ids"} of a preview.
Result<MergeOrder> parse_order(const records::RecordType& type, const boost::json::object& input);
boost::json::object order_to_json(const MergeOrder& order);
Error invalid(std::string field, std::string code);

std::vector<access::Route> bulk_merge_routes(const Merges& merges);
void add_bulk_merge_jobs(const Merges& merges);

// The name of a record that the viewer may read, in the bin or not.
std::optional<std::string> label_of(const records::ApiParts& parts, store::Session& session,
                                    const access::Scope& scope, const records::RecordType& type,
                                    std::int64_t id);
// " AND …" with the viewer's right to read rows of alias "t"; nothing when all may be read.
void append_read_right(const records::ApiParts& parts, const store::Session& session,
                       const access::Scope& scope, const records::Dictionary& dictionary,
                       const records::RecordType& type, records::SqlText& sql);

}  // namespace fokus::merge
