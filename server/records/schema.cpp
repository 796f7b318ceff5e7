// SPDX-License-Identifier: Apache-2.0
#include "records/schema.hpp"

#include <set>

#include "store/migrations.hpp"

namespace fokus::records {
namespace {

namespace json = boost::json;
using store::Engine;

std::set<std::string> columns_in(store::Session& session, const std::string& table) {
  std::set<std::string> out;
  const char* sql = session.engine() == Engine::sqlite
                        ? "SELECT name FROM pragma_table_info($1)"
                        : "SELECT column_name::text FROM information_schema.columns "
                          "WHERE table_schema = current_schema() AND table_name = $1";
  auto rows = session.query(sql, {table});
  while (rows->next()) out.emplace(rows->text(0));
  return out;
}

std::string table_ddl(const RecordType& type, Engine engine) {
  std::string sql = "CREATE TABLE " + type.table + " (\n  id {id}";
  for (const auto& field : type.fields)
    for (const auto& column : columns_of(field)) {
      if (column.name == "id") continue;
      sql += ",\n  " + column.name + " " + column.ddl;
    }
  sql += std::string(",\n  ") + history_hash_column + " {exact}\n)";
  return store::render_ddl(sql, engine);
}

int add_columns(store::Transaction& tx, const RecordType& type, const std::set<std::string>& have) {
  int added = 0;
  for (const auto& field : type.fields)
    for (const auto& column : columns_of(field)) {
      if (have.contains(column.name)) continue;
      tx.execute_script(store::render_ddl(
          "ALTER TABLE " + type.table + " ADD COLUMN " + column.name + " " + column.ddl,
          tx.engine()));
      ++added;
    }
  return added;
}

Labels labels_of(std::string_view text) {
  Labels out;
  const auto parsed = json::parse(json::string_view(text.data(), text.size()));
  for (const auto& [language, label] : parsed.as_object())
    out[std::string(language)] = std::string(label.as_string());
  return out;
}

json::object to_json(const Labels& labels) {
  json::object out;
  for (const auto& [language, text] : labels) out[language] = text;
  return out;
}

// What a newer model says of an item, and the database has not met.
void add_extra_of_model(const decltype(Dictionary::lists)& of_model, const std::string& list,
                        ListItem& item) {
  const auto known = of_model.find(list);
  if (known == of_model.end()) return;
  for (const auto& same : known->second)
    if (same.key == item.key)
      for (const auto& [key, value] : same.extra)
        if (!item.extra.contains(key)) item.extra[key] = value;
}

void load_lists(store::Session& tx, const store::Statements& sql, Dictionary& out) {
  auto rows = tx.query(sql["records.list_list_items"]);
  const auto of_model = std::move(out.lists);
  out.lists.clear();
  for (const auto& [list, items] : of_model) out.lists[list];
  while (rows->next()) {
    ListItem item{std::string(rows->text(1)),
                  labels_of(rows->text(2)),
                  std::string(rows->text(3)),
                  rows->boolean(4),
                  {}};
    const auto extra = rows->text(5);
    item.extra = json::parse(json::string_view(extra.data(), extra.size())).as_object();
    const std::string list(rows->text(0));
    add_extra_of_model(of_model, list, item);
    out.lists[list].push_back(std::move(item));
  }
}

Status load_custom(store::Session& tx, const store::Statements& sql, Dictionary& out) {
  const auto parse = [](std::string_view text) {
    return json::parse(json::string_view(text.data(), text.size())).as_object();
  };
  auto types = tx.query(sql["records.list_custom_types"]);
  while (types->next()) {
    auto type = TRY(parse_type(parse(types->text(0)), true));
    const std::string name = type.name;
    out.types.emplace(name, std::move(type));
  }
  auto fields = tx.query(sql["records.list_custom_fields"]);
  while (fields->next()) {
    const auto type = out.types.find(fields->text(0));
    if (type == out.types.end()) continue;
    type->second.fields.push_back(TRY(parse_field(parse(fields->text(1)), true)));
  }
  return {};
}

}  // namespace

Status seed_lists(store::Transaction& tx, const store::Statements& sql,
                  std::span<const EmbeddedFile> model) {
  const auto parsed = TRY(parse_model(model));
  for (const auto& [list, items] : parsed.lists) {
    std::int64_t position = 0;
    for (const auto& item : items)
      tx.execute(sql["records.add_list_item_once"],
                 {list, item.key, json::serialize(to_json(item.label)), item.colour,
                  ++position * 10, item.retired, json::serialize(item.extra)});
  }
  return {};
}

Result<Dictionary> load_dictionary(store::Session& session, const store::Statements& statements,
                                   std::span<const EmbeddedFile> model) {
  auto out = TRY(parse_model(model));
  load_lists(session, statements, out);
  TRY(load_custom(session, statements, out));
  TRY(link_types(out));
  auto state = load_installation(session, statements);
  out.installation = std::move(state.installation);
  out.rates = std::move(state.rates);
  out.revision = state.revision;
  return out;
}

Status publish_dictionary(store::Transaction& tx, const store::Statements& statements,
                          std::span<const EmbeddedFile> model, DictionaryHolder& holder,
                          Instant now) {
  tx.execute(statements["records.count_revision"], {now});
  auto dictionary = TRY(load_dictionary(tx, statements, model));
  apply_schema(tx, dictionary);
  const auto next = std::make_shared<const Dictionary>(std::move(dictionary));
  tx.notify("dictionary", std::to_string(next->revision));
  tx.after_commit([&holder, next] { holder.replace(next); });
  return {};
}

Status refresh_dictionary(store::Database& database, const store::Statements& statements,
                          std::span<const EmbeddedFile> model, DictionaryHolder& holder) {
  auto stored = TRY(database.read(
      [&](store::Session& session) { return load_dictionary(session, statements, model); }));
  holder.replace(std::make_shared<const Dictionary>(std::move(stored)));
  return {};
}

int apply_schema(store::Transaction& tx, const Dictionary& dictionary) {
  int added = 0;
  for (const auto& [name, type] : dictionary.types) {
    const auto have = columns_in(tx, type.table);
    if (have.empty()) {
      tx.execute_script(table_ddl(type, tx.engine()));
      ++added;
    } else {
      added += add_columns(tx, type, have);
    }
  }
  return added + apply_indexes(tx, dictionary);
}

namespace {

std::set<std::string> classified_columns(const Dictionary& dictionary,
                                         std::span<const EmbeddedFile> embedded) {
  std::set<std::string> out;
  for (const auto& [name, type] : dictionary.types) {
    for (const auto& field : type.fields)
      for (const auto& column : columns_of(field)) out.insert(type.table + "." + column.name);
    out.insert(type.table + "." + history_hash_column);
  }
  for (const auto& file : embedded) {
    if (!file.path.ends_with(".columns.json")) continue;
    const auto tables = json::parse(json::string_view(file.content.data(), file.content.size()));
    for (const auto& [table, columns] : tables.as_object())
      for (const auto& [column, privacy] : columns.as_object())
        out.insert(std::string(table) + "." + std::string(column));
  }
  return out;
}

// The engines' own tables, FTS5's shadow tables and the runner's record of itself.
bool is_engine_table(std::string_view table) {
  return table.starts_with("sqlite_") || table.starts_with("search_index") || table == "migrations";
}

}  // namespace

std::vector<std::string> stored_columns(store::Session& session) {
  auto rows = session.query(
      session.engine() == Engine::sqlite
          ? "SELECT m.name, c.name FROM sqlite_master m JOIN pragma_table_info(m.name) c WHERE "
            "m.type = 'table'"
          : "SELECT table_name::text, column_name::text FROM information_schema.columns "
            "WHERE table_schema = current_schema()");
  std::vector<std::string> out;
  while (rows->next())
    if (!is_engine_table(rows->text(0)))
      out.push_back(std::string(rows->text(0)) + "." + std::string(rows->text(1)));
  return out;
}

std::vector<std::string> unclassified_columns(store::Session& session, const Dictionary& dictionary,
                                              std::span<const EmbeddedFile> embedded) {
  const auto known = classified_columns(dictionary, embedded);
  auto out = stored_columns(session);
  std::erase_if(out, [&](const std::string& column) { return known.contains(column); });
  return out;
}

}  // namespace fokus::records
