// SPDX-License-Identifier: Apache-2.0
// What one merge changes outside of its records, written down while it happens, and taken back.
#pragma once
#include "features/merge/merge.hpp"
#include "features/merge/references.hpp"

namespace fokus::merge {

// One merge at work in a transaction.
struct Work {
  store::Transaction& tx;
  const access::Scope& scope;
  const records::ApiParts& parts;
  const records::Dictionary& dictionary;
  const records::RecordType& type;
  MergeId id;
  RecordId keep;
  std::vector<RecordId> merge;
  Instant now;
};

// Rows of tables that no record type owns, as JSON objects of their columns. Each step is kept in
// `merge_rows`; an undo goes through them backwards.
class RowJournal {
 public:
  explicit RowJournal(Work& work) : work_(work) {}

  // Changes columns of the row that `was` finds; `was` holds the table's key and the old values.
  void change(std::string_view table, const boost::json::object& was,
              const boost::json::object& became);
  // `was` holds all columns of the row.
  void remove(std::string_view table, const boost::json::object& was);
  void add(std::string_view table, const boost::json::object& became);

  // Takes all back. What somebody has changed since stays when `keep_edits`.
  void undo(bool keep_edits);
  std::int64_t count() const { return count_; }

 private:
  void note(std::string_view table, const boost::json::object& was,
            const boost::json::object& became);
  Work& work_;
  std::int64_t count_ = 0;
};

// Link fields of other records. Returns how many were moved.
std::int64_t move_links(Work& work);
std::int64_t count_links(store::Session& session, const std::vector<LinkPlace>& places,
                         const MergeOrder& order, std::int64_t cap);
void move_links_back(Work& work, bool keep_edits);
// Links of records that the viewer may see and that lead elsewhere now.
std::vector<Conflict> link_conflicts(store::Session& session, const access::Scope& scope,
                                     const records::ApiParts& parts, const MergeRow& row);

// Relations, members of `links` fields, members of selections.
void move_rows(Work& work, RowJournal& journal);
// Criteria that name one of the merged records by its number: in selections, views, tiles.
void move_criteria(Work& work, RowJournal& journal);
// Files and their versions; `whose` says whose file the kept record has, by field.
void move_files(Work& work, RowJournal& journal, const std::map<std::string, RecordId>& whose);

}  // namespace fokus::merge
