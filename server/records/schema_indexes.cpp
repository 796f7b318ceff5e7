// SPDX-License-Identifier: Apache-2.0
// Which indexes the record tables have.
#include <set>

#include "base/text.hpp"
#include "records/schema.hpp"

namespace fokus::records {
namespace {

using store::Engine;

// "-created_at" → "created_at DESC". Empty values sort as the smallest on both engines; SQLite does
// so by itself.
std::string index_column(std::string_view name, Engine engine) {
  const bool postgres = engine == Engine::postgres;
  if (!name.starts_with('-')) return std::string(name) + (postgres ? " NULLS FIRST" : "");
  return std::string(name.substr(1)) + (postgres ? " DESC NULLS LAST" : " DESC");
}

const std::string index_prefix = "i_";

struct Index {
  std::string name, columns;
  bool unique = false;
  std::string where = {};  // of the rows that are in it; empty: all
};

Index make_index(const RecordType& type, Engine engine, const std::vector<std::string>& columns,
                 bool unique) {
  Index out{index_prefix + type.table, "", unique};
  for (const auto& column : columns) {
    out.name += "_" + replace_all(column, "-", "d_");
    if (!out.columns.empty()) out.columns += ", ";
    out.columns += index_column(column, engine);
  }
  // The id makes the order total, so that a page never shows a row twice, straight from the index.
  if (!unique) out.columns += columns.back().starts_with('-') ? ", id DESC" : ", id";
  if (out.name.size() > 60)
    out.name =
        out.name.substr(0, 44) + std::to_string(std::hash<std::string>{}(out.name) % 100'000'000);
  return out;
}

// An index of several columns that begins with this one finds its values as well.
bool begins_an_index(const RecordType& type, const std::string& column) {
  return std::any_of(type.indexes.begin(), type.indexes.end(), [&](const auto& columns) {
    return columns.size() > 1 && columns.front() == column;
  });
}

// An indexed field serves the filter by its folded text and the sort by its collated one. The index
// of the bin holds only what is in it.
std::vector<Index> indexes_of(const RecordType& type, Engine engine) {
  std::vector<Index> out;
  out.push_back(
      {index_prefix + type.table + "_bin", "archived_at, id", false, "archived_at IS NOT NULL"});
  for (const auto& columns : type.indexes) out.push_back(make_index(type, engine, columns, false));
  for (const auto& field : type.fields) {
    if (!field.indexed) continue;
    const bool text = is_text_kind(field.kind);
    const std::string column = field.kind == FieldKind::money ? field.name + "_base" : field.name;
    const std::string filtered = text ? field.name + "_f" : column;
    if (field.unique)
      out.push_back(make_index(type, engine, {filtered}, true));
    else if (text && !begins_an_index(type, filtered))
      out.push_back(make_index(type, engine, {filtered}, false));
    const bool is_sorted = field.kind != FieldKind::email && field.kind != FieldKind::country &&
                           field.kind != FieldKind::registration_number;
    // A link is sorted by the name at its other end, never by its number.
    if (is_sorted && !(is_link_kind(field.kind) && begins_an_index(type, column)))
      out.push_back(make_index(type, engine, {column}, false));
  }
  return out;
}

std::set<std::string> index_names(store::Session& session) {
  std::set<std::string> out;
  auto rows = session.query(
      session.engine() == Engine::sqlite
          ? "SELECT name FROM sqlite_master WHERE type = 'index'"
          : "SELECT indexname::text FROM pg_indexes WHERE schemaname = current_schema()");
  while (rows->next()) out.emplace(rows->text(0));
  return out;
}

bool is_searchable(const RecordType& type) {
  return std::any_of(type.fields.begin(), type.fields.end(),
                     [](const Field& field) { return field.searchable; });
}

// PostgreSQL's index of the words of one type; SQLite has its own kind of index for all.
std::string search_index_name(const RecordType& type) {
  return index_prefix + "search_entries_" + type.name;
}
std::string create_search_index(const RecordType& type) {
  return "CREATE INDEX " + search_index_name(type) +
         " ON search_entries USING gin (array_to_tsvector(string_to_array(text, ' '))) WHERE "
         "record_type = '" +
         type.name + "'";
}

std::string create_index(const RecordType& type, const Index& index) {
  return std::string("CREATE ") + (index.unique ? "UNIQUE " : "") + "INDEX " + index.name + " ON " +
         type.table + "(" + index.columns + ")" +
         (index.where.empty() ? "" : " WHERE " + index.where);
}

}  // namespace

int apply_indexes(store::Transaction& tx, const Dictionary& dictionary) {
  int added = 0;
  const auto have = index_names(tx);
  std::set<std::string> wanted;
  for (const auto& [name, type] : dictionary.types)
    for (const auto& index : indexes_of(type, tx.engine())) {
      if (!wanted.insert(index.name).second || have.contains(index.name)) continue;
      tx.execute_script(create_index(type, index));
      ++added;
    }
  if (tx.engine() == Engine::postgres)
    for (const auto& [name, type] : dictionary.types) {
      if (!is_searchable(type)) continue;
      wanted.insert(search_index_name(type));
      if (!have.contains(search_index_name(type))) tx.execute_script(create_search_index(type));
    }
  // Only this function makes indexes of such names; the model has no use for these any more.
  for (const auto& name : have)
    if (name.starts_with(index_prefix) && !wanted.contains(name))
      tx.execute_script("DROP INDEX " + name);
  return added;
}

}  // namespace fokus::records
