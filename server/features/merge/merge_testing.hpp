// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <algorithm>
#include <map>
#include <set>

#include "features/merge/journal.hpp"
#include "features/merge/merge.hpp"
#include "records/place_testing.hpp"

// A fresh database with merges in it, and short words for what their tests do.
namespace fokus::merge::testing {

using boost::json::object;

class MergePlace : public records::testing::Place {
 protected:
  void SetUp() override {
    Place::SetUp();
    if (IsSkipped()) return;
    jobs_ = work::make_jobs(**database_, *statements_, clock_, {30'000, 5});
    merges_ = std::make_unique<Merges>(parts(), [] {});
  }
  void TearDown() override {
    if (jobs_) jobs_->stop();
  }

  records::ApiParts parts() {
    return {**database_,
            *statements_,
            clock_,
            holder_,
            *records_,
            *jobs_,
            [](const access::Scope&, const records::ReadTrace&) {},
            [this](const work::JobAuthor&) -> Result<access::Actor> { return job_actor_; },
            embedded_model()};
  }

  MergeOrder order(std::string_view name, std::int64_t keep, std::vector<std::int64_t> merge,
                   std::map<std::string, std::int64_t> choices = {}) {
    MergeOrder out;
    out.type = &type(name);
    out.keep = RecordId{keep};
    for (const auto id : merge) out.merge.push_back(RecordId{id});
    for (const auto& [field, id] : choices) out.choices[field] = RecordId{id};
    return out;
  }
  Result<Merged> try_merge(const MergeOrder& order, std::int64_t rows_max = 0) {
    return try_merge_as(system_, order, rows_max);
  }
  Result<Merged> try_merge_as(const access::Scope& scope, const MergeOrder& order,
                              std::int64_t rows_max = 0) {
    return (*database_)->write([&](store::Transaction& tx) {
      return merges_->merge(tx, scope, order, {}, rows_max);
    });
  }
  MergeId merge(const MergeOrder& order) {
    const auto merged = try_merge(order);
    EXPECT_TRUE(merged.ok()) << why(merged.error());
    return merged ? merged->id : MergeId{};
  }
  Result<Undone> try_undo(MergeId id, bool keep_edits = true) {
    return (*database_)->write([&](store::Transaction& tx) {
      return merges_->undo(tx, system_, id, keep_edits, 0);
    });
  }
  void undo(MergeId id, bool keep_edits = true) {
    const auto undone = try_undo(id, keep_edits);
    EXPECT_TRUE(undone.ok()) << why(undone.error());
  }

  void edit(std::string_view name, std::int64_t id, const object& changes) {
    const auto saved = update(name, id, changes);
    EXPECT_TRUE(saved.ok()) << why(saved.error());
  }

  // The error of reading a record, "" when it can be read.
  std::string read_error(std::string_view name, std::int64_t id) {
    std::string text;
    JsonWriter writer(text);
    const auto read = (*database_)->read([&](store::Session& session) {
      return records_->get(session, system_, type(name), RecordId{id}, writer);
    });
    return read.ok() ? "" : read.error().code;
  }
  static std::string why(const Error& error) {
    std::string out = error.code;
    for (const auto& one : error.errors) out += " " + one.field + ":" + one.code;
    return out;
  }

  std::int64_t link_of(std::string_view table, std::string_view column, std::int64_t id) {
    return number("SELECT coalesce(" + std::string(column) + ", 0) FROM " + std::string(table) +
                  " WHERE id = " + std::to_string(id));
  }

  access::Actor job_actor_ = access::system_actor();
  std::unique_ptr<work::Jobs> jobs_;
  std::unique_ptr<Merges> merges_;
};

// --- what lies in the database, to compare before and after ---

// Not part of what a merge and its undo must leave as it was: the journals and histories of what
// happened, and what is counted with every change.
inline const std::set<std::string>& left_out_tables() {
  static const std::set<std::string> tables = {
      "history",      "events",          "merges", "merge_images", "merge_moves",     "merge_rows",
      "search_words", "search_variants", "jobs",   "access_log",   "access_log_head", "migrations"};
  return tables;
}
inline const std::set<std::string>& left_out_columns() {
  // Numbers of rows that each save writes anew, and the counters of a record.
  static const std::set<std::string> columns = {"version",           "updated_at",
                                                "updated_by",        "history_hash",
                                                "contact_points.id", "search_entries.id"};
  return columns;
}

using Snapshot = std::map<std::string, std::multiset<std::string>>;  // table → rows

inline std::map<std::string, std::vector<std::string>> columns_of_all(store::Session& session) {
  auto rows = session.query(
      session.engine() == store::Engine::sqlite
          ? "SELECT m.name, c.name FROM sqlite_master m JOIN pragma_table_info(m.name) c WHERE "
            "m.type = 'table'"
          : "SELECT table_name::text, column_name::text FROM information_schema.columns "
            "WHERE table_schema = current_schema()");
  std::map<std::string, std::vector<std::string>> out;
  while (rows->next()) {
    const std::string table(rows->text(0)), column(rows->text(1));
    if (table.starts_with("sqlite_") || table.starts_with("search_index")) continue;
    if (left_out_tables().contains(table) || left_out_columns().contains(column) ||
        left_out_columns().contains(table + "." + column))
      continue;
    out[table].push_back(column);
  }
  return out;
}

inline std::string text_of(const store::Value& value) {
  if (const auto* n = std::get_if<std::int64_t>(&value)) return std::to_string(*n);
  if (const auto* d = std::get_if<double>(&value)) return std::to_string(*d);
  if (const auto* s = std::get_if<std::string>(&value)) return *s;
  return "null";
}

inline Snapshot snapshot(store::Session& session) {
  Snapshot out;
  for (auto& [table, columns] : columns_of_all(session)) {
    std::sort(columns.begin(), columns.end());
    auto& lines = out[table];
    std::string list;
    for (const auto& column : columns) list += (list.empty() ? "\"" : ", \"") + column + "\"";
    auto rows = session.query("SELECT " + list + " FROM " + table);
    while (rows->next()) {
      std::string line;
      for (std::size_t i = 0; i < columns.size(); ++i) {
        const int at = static_cast<int>(i);
        line += columns[i] + "=" + text_of(rows->value(at)) + "|";
      }
      lines.insert(std::move(line));
    }
  }
  return out;
}

// The first differences in words; empty when both are the same.
inline std::string differences(const Snapshot& before, const Snapshot& after) {
  std::string out;
  for (const auto& [table, rows] : before) {
    const auto at = after.find(table);
    const std::multiset<std::string> none;
    const auto& now = at == after.end() ? none : at->second;
    std::vector<std::string> lost, found;
    std::set_difference(rows.begin(), rows.end(), now.begin(), now.end(), std::back_inserter(lost));
    std::set_difference(now.begin(), now.end(), rows.begin(), rows.end(),
                        std::back_inserter(found));
    for (const auto& line : lost) out += "- " + table + ": " + line + "\n";
    for (const auto& line : found) out += "+ " + table + ": " + line + "\n";
  }
  return out.substr(0, 3000);
}

}  // namespace fokus::merge::testing
