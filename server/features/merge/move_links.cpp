// SPDX-License-Identifier: Apache-2.0
// Link fields of other records: a set at a time, however many there are.
#include "features/merge/journal.hpp"

namespace fokus::merge {
namespace {

using records::SqlText;

std::string number(SqlText& sql, std::int64_t value) {
  return "CAST(" + sql.bind(value) + " AS BIGINT)";
}

std::string list_of(SqlText& sql, const std::vector<RecordId>& ids) {
  std::string out;
  for (const auto id : ids) out += (out.empty() ? "" : ", ") + sql.bind(id.value);
  return "(" + out + ")";
}

std::int64_t run(store::Transaction& tx, const SqlText& sql) {
  const auto params = sql.params();
  return tx.execute(sql.text, store::Params(params));
}

// Rows that lead to one of the merged records. The merged ones and the kept one keep their own
// links: the merge sees to these as values.
std::string leading_there(SqlText& sql, const LinkPlace& place, const records::RecordType& type,
                          const std::vector<RecordId>& merge, RecordId keep) {
  std::string out = place.field->name + " IN " + list_of(sql, merge);
  if (place.type == &type)
    out += " AND id NOT IN " + list_of(sql, merge) + " AND id <> " + sql.bind(keep.value);
  return out;
}

std::string of_the_journal(SqlText& sql, const Work& work, const LinkPlace& place) {
  return "id IN (SELECT row_id FROM merge_moves WHERE merge = " + sql.bind(work.id.value) +
         " AND place = " + sql.bind(place.name) + ")";
}

// A moved record is a changed one for whoever reads it with a version or asks what is new.
std::string counters(SqlText& sql, const Work& work) {
  const auto user = work.scope.actor.user.value;
  return ", version = version + 1, updated_at = " + sql.bind(work.now.ms) +
         ", updated_by = " + (user == 0 ? "NULL" : sql.bind(user));
}

// Told one by one up to a limit; who shows a list of the type hears of it in any case.
void add_events(Work& work, const LinkPlace& place) {
  const auto& type = *place.type;
  SqlText sql{
      "INSERT INTO events(at, kind, record_type, record_id, version, owner, owner_group, "
      "restricted, "
      "actor) SELECT ",
      {}};
  sql.text += number(sql, work.now.ms) + ", 'changed', '" + type.name + "', id, version, ";
  sql.text += type.owned ? "owner, owner_group, " : "NULL, NULL, ";
  sql.text += type.find("restricted") ? "restricted, " : "0, ";
  sql.text += number(sql, work.scope.actor.user.value) + " FROM " + type.table + " WHERE ";
  sql.text += of_the_journal(sql, work, place);
  sql.text += " ORDER BY id DESC LIMIT " + sql.bind(limits::events_max);
  run(work.tx, sql);
  work.tx.notify("events", type.name);
}

std::int64_t move_place(Work& work, const LinkPlace& place) {
  SqlText found{"INSERT INTO merge_moves(merge, place, row_id, old_id) SELECT ", {}};
  found.text += number(found, work.id.value) + ", CAST(" + found.bind(place.name) +
                " AS TEXT), id, " + place.field->name + " FROM " + place.type->table + " WHERE ";
  found.text += leading_there(found, place, work.type, work.merge, work.keep);
  const std::int64_t moved = run(work.tx, found);
  if (moved == 0) return 0;
  SqlText sql{"UPDATE " + place.type->table + " SET " + place.field->name + " = ", {}};
  sql.text += sql.bind(work.keep.value);
  sql.text += counters(sql, work) + " WHERE ";
  sql.text += of_the_journal(sql, work, place);
  run(work.tx, sql);
  add_events(work, place);
  return moved;
}

}  // namespace

std::int64_t move_links(Work& work) {
  std::int64_t moved = 0;
  for (const auto& place : link_places(work.dictionary, work.type))
    moved += move_place(work, place);
  return moved;
}

std::int64_t count_links(store::Session& session, const std::vector<LinkPlace>& places,
                         const MergeOrder& order, std::int64_t cap) {
  std::int64_t total = 0;
  for (const auto& place : places) {
    if (total > cap) break;
    SqlText sql{"SELECT count(*) FROM (SELECT 1 FROM " + place.type->table + " WHERE ", {}};
    sql.text += leading_there(sql, place, *order.type, order.merge, order.keep);
    sql.text += " LIMIT " + sql.bind(cap + 1 - total) + ") capped";
    const auto params = sql.params();
    auto rows = session.query(sql.text, store::Params(params));
    rows->next();
    total += rows->integer(0);
  }
  return total;
}

void move_links_back(Work& work, bool keep_edits) {
  std::vector<std::string> names;
  {
    auto rows = work.tx.query(work.parts.statements["merge.list_places"], {work.id});
    while (rows->next()) names.emplace_back(rows->text(0));
  }
  for (const auto& name : names) {
    const auto place = find_place(work.dictionary, name);
    if (!place) continue;
    const std::string& table = place->type->table;
    SqlText sql{"UPDATE " + table + " SET " + place->field->name +
                    " = (SELECT m.old_id FROM merge_moves m WHERE m.merge = ",
                {}};
    sql.text += sql.bind(work.id.value) + " AND m.place = " + sql.bind(name) +
                " AND m.row_id = " + table + ".id)";
    sql.text += counters(sql, work) + " WHERE ";
    sql.text += of_the_journal(sql, work, *place);
    if (keep_edits) sql.text += " AND " + place->field->name + " = " + sql.bind(work.keep.value);
    if (run(work.tx, sql) > 0) add_events(work, *place);
  }
}

std::vector<Conflict> link_conflicts(store::Session& session, const access::Scope& scope,
                                     const records::ApiParts& parts, const MergeRow& row) {
  const auto dictionary = parts.records.dictionary_ptr();
  std::vector<std::string> names;
  {
    auto rows = session.query(parts.statements["merge.list_places"], {row.id});
    while (rows->next()) names.emplace_back(rows->text(0));
  }
  std::vector<Conflict> out;
  for (const auto& name : names) {
    const auto place = find_place(*dictionary, name);
    if (!place) continue;
    const std::string column = "t." + place->field->name;
    SqlText sql{"SELECT t.id, " + column + ", m.old_id FROM merge_moves m JOIN " +
                    place->type->table + " t ON t.id = m.row_id WHERE m.merge = ",
                {}};
    sql.text += sql.bind(row.id.value) + " AND m.place = " + sql.bind(name);
    sql.text +=
        " AND (" + column + " IS NULL OR " + column + " <> " + sql.bind(row.kept.value) + ")";
    append_read_right(parts, session, scope, *dictionary, *place->type, sql);
    sql.text += " ORDER BY t.id LIMIT " +
                sql.bind(static_cast<std::int64_t>(limits::conflicts_max - out.size()));
    const auto params = sql.params();
    auto rows = session.query(sql.text, store::Params(params));
    while (rows->next())
      out.push_back({place->type->name, RecordId{rows->integer(0)}, place->field->name, false,
                     rows->is_null(1) ? "null" : std::to_string(rows->integer(1)),
                     std::to_string(rows->integer(2))});
  }
  return out;
}

}  // namespace fokus::merge
