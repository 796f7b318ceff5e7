// SPDX-License-Identifier: Apache-2.0
// Rows of shared tables that say which record they belong to.
#include <algorithm>

#include "features/merge/journal.hpp"

namespace fokus::merge {
namespace {

namespace json = boost::json;

json::value value_at(const store::Rows& rows, int column) {
  if (rows.is_null(column)) return nullptr;
  const auto value = rows.value(column);
  if (const auto* n = std::get_if<std::int64_t>(&value)) return *n;
  return json::string(rows.text(column));
}

std::vector<json::object> read(store::Transaction& tx, std::string_view sql,
                               std::initializer_list<store::Param> params,
                               std::initializer_list<std::string_view> columns) {
  auto rows = tx.query(sql, params);
  std::vector<json::object> out;
  while (rows->next()) {
    json::object row;
    int at = 0;
    for (const auto column : columns) row[column] = value_at(*rows, at++);
    out.push_back(std::move(row));
  }
  return out;
}

std::int64_t integer(const json::object& row, std::string_view column) {
  return row.at(column).as_int64();
}
std::string_view text(const json::object& row, std::string_view column) {
  return row.at(column).as_string();
}

void move_relation(Work& work, RowJournal& journal, const json::object& row, RecordId from) {
  const auto end = [&](const char* type, const char* id) {
    const bool here = text(row, type) == work.type.name && integer(row, id) == from.value;
    return here ? work.keep.value : integer(row, id);
  };
  const std::int64_t start = end("from_type", "from_id"), finish = end("to_type", "to_id");
  const bool to_itself = start == finish && text(row, "from_type") == text(row, "to_type");
  const bool twice = work.tx.query_integer(work.parts.statements["merge.has_relation"],
                                           {text(row, "from_type"), start, text(row, "kind"),
                                            text(row, "to_type"), finish}) != 0;
  if (to_itself || twice) return journal.remove("relations", row);
  journal.change("relations", row, {{"from_id", start}, {"to_id", finish}});
}

void move_member(Work& work, RowJournal& journal, const json::object& row) {
  const bool twice =
      work.tx.query_integer(work.parts.statements["merge.has_member"],
                            {integer(row, "selection"), integer(row, "left_at"), work.keep}) != 0;
  if (twice) return journal.remove("selection_members", row);
  journal.change("selection_members", row, {{"record_id", work.keep.value}});
}

void move_watch(Work& work, RowJournal& journal, const json::object& row) {
  const bool twice =
      work.tx.query_integer(work.parts.statements["merge.has_watch"],
                            {work.type.name, work.keep, integer(row, "user_id")}) != 0;
  if (twice) return journal.remove("record_watches", row);
  journal.change("record_watches", row, {{"record_id", work.keep.value}});
}

// Who is not the merged record is not the kept one either. What was said of the merged record
// stays, and is true again after an undo.
void follow_dismissal(Work& work, RowJournal& journal, const json::object& row, RecordId from) {
  const std::int64_t left = integer(row, "left_id"), right = integer(row, "right_id");
  const RecordId other{left == from.value ? right : left};
  const bool is_of_merge =
      std::find(work.merge.begin(), work.merge.end(), other) != work.merge.end();
  if (other == work.keep || is_of_merge) return;
  const auto [first, second] = std::minmax(other.value, work.keep.value);
  if (work.tx.execute(work.parts.statements["merge.add_dismissal"],
                      {work.type.name, first, second, integer(row, "dismissed_at"),
                       integer(row, "dismissed_by")}) != 0)
    journal.add("duplicate_dismissals",
                {{"record_type", work.type.name}, {"left_id", first}, {"right_id", second}});
}

struct Version {
  std::int64_t id, number, file;
};

std::vector<Version> versions_of(Work& work, RecordId record, const std::string& field) {
  auto rows = work.tx.query(work.parts.statements["merge.file_versions_of"],
                            {work.type.name, record, field});
  std::vector<Version> out;
  while (rows->next()) out.push_back({rows->integer(0), rows->integer(1), rows->integer(2)});
  return out;
}

// The kept record's versions, then the others'; the newest is the file that the field holds.
void move_versions(Work& work, RowJournal& journal, const std::string& field, RecordId whose) {
  const auto own = versions_of(work, work.keep, field);
  std::int64_t next = own.empty() ? 0 : own.back().number;
  const auto take = [&](RecordId record) {
    for (const auto& version : versions_of(work, record, field))
      journal.change("file_versions",
                     {{"id", version.id}, {"record_id", record.value}, {"number", version.number}},
                     {{"record_id", work.keep.value}, {"number", ++next}});
  };
  for (const auto record : work.merge)
    if (record != whose) take(record);
  if (whose != work.keep) return take(whose);
  if (own.empty() || next == own.back().number) return;
  const std::int64_t added =
      work.tx.insert(work.parts.statements["records.add_file_version"],
                     {work.type.name, work.keep, field, next + 1, own.back().file,
                      own.back().number, work.now, work.scope.actor.user});
  journal.add("file_versions", {{"id", added}});
}

}  // namespace

void move_rows(Work& work, RowJournal& journal) {
  const auto& sql = work.parts.statements;
  for (const auto record : work.merge) {
    for (const auto& row : read(work.tx, sql["merge.relations_of"], {work.type.name, record},
                                {"id", "kind", "from_type", "from_id", "to_type", "to_id", "note",
                                 "created_at", "created_by"}))
      move_relation(work, journal, row, record);
    for (const auto& row : read(work.tx, sql["merge.members_of"], {record, work.type.name},
                                {"selection", "record_id", "left_at", "joined_at", "joined_by",
                                 "joined_batch", "left_batch"}))
      move_member(work, journal, row);
    for (const auto& row : read(work.tx, sql["merge.watches_of"], {work.type.name, record},
                                {"record_type", "record_id", "user_id", "since"}))
      move_watch(work, journal, row);
    for (const auto& row : read(work.tx, sql["merge.dismissals_of"], {work.type.name, record},
                                {"left_id", "right_id", "dismissed_at", "dismissed_by"}))
      follow_dismissal(work, journal, row, record);
  }
}

void move_files(Work& work, RowJournal& journal, const std::map<std::string, RecordId>& whose) {
  for (const auto record : work.merge)
    for (const auto& row :
         read(work.tx, work.parts.statements["merge.files_of"], {work.type.name, record}, {"id"}))
      journal.change("files", {{"id", row.at("id")}, {"record_id", record.value}},
                     {{"record_id", work.keep.value}});
  for (const auto& [field, record] : whose) move_versions(work, journal, field, record);
}

}  // namespace fokus::merge
