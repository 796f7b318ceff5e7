// SPDX-License-Identifier: Apache-2.0
#include "features/merge/journal.hpp"

#include <array>

#include "base/check.hpp"
#include "base/text.hpp"

namespace fokus::merge {
namespace {

namespace json = boost::json;

struct TableKey {
  std::string_view table, columns;
};
constexpr std::array<TableKey, 10> keys = {{{"relations", "id"},
                                           {"files", "id"},
                                           {"file_versions", "id"},
                                           {"selection_members", "selection left_at record_id"},
                                           {"duplicate_dismissals", "record_type left_id right_id"},
                                           {"record_watches", "record_type record_id user_id"},
                                           {"selections", "id"},
                                           {"views", "id"},
                                           {"dashboards", "id"},
                                           {"standard_tile_changes", "tile"}}};

std::vector<std::string_view> key_of(std::string_view table) {
  for (const auto& one : keys)
    if (one.table == table) return split(one.columns, ' ');
  CHECK(false);
}

store::Value value_of(const json::value& value) {
  if (value.is_int64()) return value.get_int64();
  if (value.is_string()) return std::string(value.get_string());
  return {};
}

// "a = $1 AND b IS NULL"
std::string equal(records::SqlText& sql, std::string_view column, const json::value& value) {
  if (value.is_null()) return std::string(column) + " IS NULL";
  return std::string(column) + " = " + sql.bind(value_of(value));
}

std::int64_t run(store::Transaction& tx, const records::SqlText& sql) {
  const auto params = sql.params();
  return tx.execute(sql.text, store::Params(params));
}

// Sets the columns of `to` where the key of `at` and the columns of `as` are found.
std::int64_t set_row(store::Transaction& tx, std::string_view table, const json::object& to,
                     const json::object& at, const json::object& as) {
  records::SqlText sql{"UPDATE " + std::string(table) + " SET ", {}};
  std::vector<std::string> sets, where;
  for (const auto& [column, value] : to)
    sets.push_back(std::string(column) + " = " + sql.bind(value_of(value)));
  for (const auto column : key_of(table)) where.push_back(equal(sql, column, at.at(column)));
  for (const auto& [column, value] : as) where.push_back(equal(sql, column, value));
  sql.text += join(sets, ", ") + " WHERE " + join(where, " AND ");
  return run(tx, sql);
}

void insert_row(store::Transaction& tx, std::string_view table, const json::object& row) {
  records::SqlText sql;
  std::vector<std::string> columns, values;
  for (const auto& [column, value] : row) {
    columns.emplace_back(column);
    values.push_back(sql.bind(value_of(value)));
  }
  sql.text = "INSERT INTO " + std::string(table) + " (" + join(columns, ", ") + ") VALUES (" +
             join(values, ", ") + ") ON CONFLICT DO NOTHING";
  run(tx, sql);
}

std::int64_t delete_row(store::Transaction& tx, std::string_view table, const json::object& row) {
  records::SqlText sql{"DELETE FROM " + std::string(table) + " WHERE ", {}};
  std::vector<std::string> where;
  for (const auto column : key_of(table)) where.push_back(equal(sql, column, row.at(column)));
  sql.text += join(where, " AND ");
  return run(tx, sql);
}

json::object overlay(json::object was, const json::object& became) {
  for (const auto& [column, value] : became) was[column] = value;
  return was;
}

json::object only(const json::object& row, const json::object& columns) {
  json::object out;
  for (const auto& [column, value] : columns) out[column] = row.at(column);
  return out;
}

void undo_change(store::Transaction& tx, std::string_view table, const json::object& was,
                 const json::object& became, bool keep_edits) {
  const json::object now = overlay(was, became), old = only(was, became);
  if (set_row(tx, table, old, now, became) != 0 || keep_edits) return;
  if (set_row(tx, table, old, now, {}) != 0) return;
  // Whoever was taken out of a selection or a relation meanwhile is put back.
  if (table == "selection_members" || table == "relations") insert_row(tx, table, was);
}

}  // namespace

void RowJournal::note(std::string_view table, const json::object& was, const json::object& became) {
  work_.tx.execute(work_.parts.statements["merge.add_row"],
                   {work_.id, table, json::serialize(was), json::serialize(became)});
  ++count_;
}

void RowJournal::change(std::string_view table, const json::object& was,
                        const json::object& became) {
  set_row(work_.tx, table, became, was, {});
  note(table, was, became);
}

void RowJournal::remove(std::string_view table, const json::object& was) {
  delete_row(work_.tx, table, was);
  note(table, was, {});
}

void RowJournal::add(std::string_view table, const json::object& became) {
  note(table, {}, became);
}

void RowJournal::undo(bool keep_edits) {
  struct Step {
    std::string table;
    json::object was, became;
  };
  std::vector<Step> steps;
  {
    auto rows = work_.tx.query(work_.parts.statements["merge.list_rows"], {work_.id});
    while (rows->next())
      steps.push_back({std::string(rows->text(0)),
                       json::parse(std::string(rows->text(1))).as_object(),
                       json::parse(std::string(rows->text(2))).as_object()});
  }
  for (const auto& step : steps) {
    if (step.was.empty())
      delete_row(work_.tx, step.table, step.became);
    else if (step.became.empty())
      insert_row(work_.tx, step.table, step.was);
    else
      undo_change(work_.tx, step.table, step.was, step.became, keep_edits);
  }
  count_ = static_cast<std::int64_t>(steps.size());
}

}  // namespace fokus::merge
