// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <boost/json.hpp>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "access/actor.hpp"
#include "base/json_writer.hpp"
#include "base/result.hpp"
#include "platform/clock.hpp"
#include "records/aggregate.hpp"
#include "records/criteria.hpp"
#include "records/dictionary.hpp"
#include "records/queries.hpp"
#include "store/database.hpp"
#include "store/statements.hpp"

namespace fokus::records {

using access::Scope;

// Nodes tell each other that words were taken out of the help with spelling.
constexpr std::string_view search_words_channel = "search_words";

// Where the values of one save come from. Kept in the history of every value.
struct Provenance {
  std::int64_t source = 0;  // row of `sources`; 0 = typed in by the actor
  BatchId batch;            // the change set it belongs to, if any
  std::string action =
      "update";  // create, update, archive, restore, import, bulk_edit, merge, undo
};

struct Saved {
  RecordId id;
  std::int64_t version = 0;
  bool changed = false;  // false: the values were the same, nothing was written
};

// Asked before a person makes a new record by hand. Returns an Error of kind conflict
// ("duplicate_suspected", params "candidates": a JSON array) or nothing. The duplicates feature
// plugs in here.
using DuplicateCheck = std::function<Status(store::Session&, const Scope&, const RecordType&,
                                            const boost::json::object& values)>;

// Told of every save in its transaction, so that what is kept of a record is kept with it. `before`
// is null for what becomes live (new, restored), `after` for what stops being so (archived). Both:
// the record, which is in the bin, goes for good. record_watch.hpp has the rest.
struct WatchedRecord;
using RecordWatch = std::function<void(store::Transaction&, const RecordType&, RecordId,
                                       const WatchedRecord* before, const WatchedRecord* after)>;

// Asked with the draft of each save before it is checked and stored: may fill fields of it and
// refuse. `stored` is the record before the change, null for a new one. A feature that gives fields
// of the model a meaning of its own plugs in here.
struct Draft;
using SaveRule = std::function<Status(const Scope&, Draft& draft, const Draft* stored)>;

// What in_selection(id) stands for; see SelectionSource. The selections feature plugs in here.
using SelectionLookup = std::function<Result<NodePtr>(store::Session&, const Scope&,
                                                      const RecordType&, std::int64_t id)>;

namespace limits {
constexpr int page_max = 500;
constexpr std::size_t fields_max = 100;  // that a list's caller names
constexpr int page_default = 50;
constexpr std::int64_t skip_max = 10'000'000;
constexpr std::int64_t count_cap = 1000;
constexpr int contact_points_max = 50;
constexpr int name_max = 200;
constexpr int text_max = 500;
constexpr int long_text_max = 100'000;
}  // namespace limits

// The one door to the records: reads carry the viewer's rights inside the query, writes follow the
// save recipe. Thread-safe; holds no state of a call. Every method takes the Scope of the call and
// a session or transaction of the caller, so that a feature can do several things atomically.
class Records {
 public:
  struct Parts {
    const store::Statements& statements;
    const Clock& clock;
    const DictionaryHolder& dictionary;
  };
  explicit Records(Parts parts);
  ~Records();

  // The question before create() for whoever can be asked back: imports, worlds and jobs cannot.
  // Asked outside the writing transaction, because it reads many rows. Values that create() refuses
  // anyway are not asked about.
  Status check_duplicates(store::Session& session, const Scope& scope, const RecordType& type,
                          const boost::json::object& values) const;

  // --- writing: access, parse, defaults, validate, save, history, search, watch, events ---
  Result<Saved> create(store::Transaction& tx, const Scope& scope, const RecordType& type,
                       const boost::json::object& values, const Provenance& provenance) const;
  // `expected_version` refuses a lost update, here and below: "records/stale" with params
  // current_version.
  Result<Saved> update(store::Transaction& tx, const Scope& scope, const RecordType& type,
                       RecordId id, const boost::json::object& changes,
                       std::optional<std::int64_t> expected_version,
                       const Provenance& provenance) const;
  Result<Saved> archive(store::Transaction& tx, const Scope& scope, const RecordType& type,
                        RecordId id, const Provenance& provenance,
                        std::optional<std::int64_t> expected_version = {}) const;
  Result<Saved> restore(store::Transaction& tx, const Scope& scope, const RecordType& type,
                        RecordId id, const Provenance& provenance,
                        std::optional<std::int64_t> expected_version = {}) const;
  // A relation is a change of the record that it starts from; the far end need only be visible.
  // Without effect when the two are so related already; another note is a change. Errors with the
  // field: "not_a_choice", "retired", "no_such_record", "same_record", "too_long".
  Result<Saved> relate(store::Transaction& tx, const Scope& scope, const RecordType& type,
                       RecordId id, const Relation& relation, const Provenance& provenance,
                       std::optional<std::int64_t> expected_version = {}) const;
  // `relation` is the id that reads of the relations give out. The expected version is that of the
  // record it starts from.
  Result<Saved> unrelate(store::Transaction& tx, const Scope& scope, std::int64_t relation,
                         const Provenance& provenance,
                         std::optional<std::int64_t> expected_version = {}) const;
  // Takes archived records out of the database for good, history payloads included. Links that lead
  // to them are emptied, parts go with their whole, and what a required link leads to stays in the
  // bin until that link is gone. Returns how many records and links it saw to: fewer than `limit`
  // when nothing is left to do.
  std::int64_t remove_archived_before(store::Transaction& tx, const RecordType& type,
                                      Instant before, int limit) const;
  // Takes words that no record has any more out of the help with spelling, some at a time: for
  // after records were removed for good. Calling it again after `should_stop` begins anew.
  void purge_search_words(store::Database& database,
                          const std::function<bool()>& should_stop) const;
  // Another node may have taken out words that this one takes for known.
  void forget_search_words() const;
  // Undoes the saves of a batch for at most `limit` records with id of history row < before.
  // Values that were changed again since are left and counted as conflicts.
  struct UndoStep {
    std::int64_t undone = 0, conflicts = 0, next_before = 0;  // next_before 0: finished
  };
  Result<UndoStep> undo_batch(store::Transaction& tx, const Scope& scope, BatchId batch,
                              std::int64_t before, int limit) const;

  BatchId create_batch(store::Transaction& tx, const Scope& scope, std::string_view kind,
                       std::string_view record_type, const boost::json::object& details) const;
  // Finds or creates the source row: kind "user", "import", "register", "form", "chat",
  // "migration".
  std::int64_t create_source(store::Transaction& tx, std::string_view kind, std::string_view name,
                             std::string_view licence, std::string_view legal_basis,
                             std::string_view obtained_at) const;

  // --- reading: streams JSON; nothing is written to `json` when the result is an error ---
  // What a read names of persons beside the record itself goes into `seen`, or into the page: the
  // access log must hold it before the answer leaves.
  Result<std::int64_t> get(store::Session& session, const Scope& scope, const RecordType& type,
                           RecordId id, JsonWriter& json,
                           Seen* seen = nullptr) const;  // returns the version
  // Writes the items of the page as an array.
  Result<Page> list(store::Session& session, const Scope& scope, const RecordType& type,
                    const ListQuery& query, JsonWriter& json) const;
  // Only the ids, in order of id, after `after`: for jobs that walk a set.
  Result<std::vector<std::int64_t>> list_ids(store::Session& session, const Scope& scope,
                                             const RecordType& type, access::Action action,
                                             const Node* criteria, std::int64_t after, int limit,
                                             std::string_view q = {}) const;
  // cap 0: exact. Counts what may be read, or what the actor may do something else to.
  Result<Count> count(store::Session& session, const Scope& scope, const RecordType& type,
                      const ListQuery& query, std::int64_t cap,
                      access::Action action = access::Action::read) const;
  // Numbers about the records that the query's criteria and words find; see aggregate.hpp.
  Result<Aggregate> aggregate(store::Session& session, const Scope& scope, const RecordType& type,
                              const AggregateQuery& query) const;
  Status write_history(store::Session& session, const Scope& scope, const RecordType& type,
                       RecordId id, std::int64_t before, int limit, JsonWriter& json,
                       Seen* seen = nullptr) const;
  // What happened around the record, newest first: see TimelineQuery.
  Status write_timeline(store::Session& session, const Scope& scope, const RecordType& type,
                        RecordId id, const TimelineQuery& query, JsonWriter& json,
                        Seen* seen = nullptr) const;

  // The snapshot that is current now; hold it for the whole call, its types are passed by
  // reference.
  DictionaryPtr dictionary_ptr() const;

  void set_selections(SelectionLookup lookup);  // before serving
  // Change sets of what is not a record's value (members of a selection): their own job takes them
  // back. "undo" for all others.
  void set_undo_job(std::string batch_kind, std::string job_kind);  // before serving
  std::string undo_job(std::string_view batch_kind) const;
  void set_duplicate_check(DuplicateCheck check);  // before serving
  void set_record_watch(RecordWatch watch);        // before serving
  void set_save_rule(SaveRule rule);               // before serving
  // Called after each commit for every entry that it has put into SQLite's full-text index. Must be
  // short. Before serving.
  void set_search_written(std::function<void()> callback);

  struct Inner;  // records/inner.hpp, for this room only

 private:
  std::unique_ptr<Inner> inner_;
};

}  // namespace fokus::records
