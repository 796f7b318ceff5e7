// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "platform/locale.hpp"
#include "records/criteria_testing.hpp"
#include "store/migrations.hpp"

// The invented world of criteria_testing.hpp as tables, and who looks at it.
namespace fokus::records::testing {

inline store::Value folded(FieldKind kind, const store::Value& value) {
  const auto* text = std::get_if<std::string>(&value);
  if (!text) return {};
  if (kind == FieldKind::phone) {
    const std::string digits = text->find('@') == text->npos ? fold_phone(*text) : "";
    return digits.empty() ? fold(*text) : digits;
  }
  std::string out = fold(*text);
  if (kind == FieldKind::registration_number)
    std::erase_if(out, [](char c) { return !std::isalnum(static_cast<unsigned char>(c)); });
  return out;
}

inline void insert(store::Transaction& tx, const std::string& table, const MemoryRow& row,
                   const std::vector<Column>& columns,
                   const std::map<std::string, FieldKind>& kinds) {
  SqlText sql;
  std::vector<std::string> names, places;
  for (const auto& column : columns) {
    names.push_back(column.name);
    const bool twin = !row.contains(column.name) && column.name.ends_with("_f");
    const std::string source = twin ? column.name.substr(0, column.name.size() - 2) : column.name;
    const auto kind = kinds.find(source);
    const auto& value = row.at(source);
    places.push_back(sql.bind(
        twin ? folded(kind == kinds.end() ? FieldKind::text : kind->second, value) : value));
  }
  sql.text =
      "INSERT INTO " + table + "(" + join(names, ", ") + ") VALUES (" + join(places, ", ") + ")";
  const auto params = sql.params();
  tx.execute(sql.text, store::Params(params));
}

inline void create_table(store::Transaction& tx, const std::string& table,
                         const std::vector<Column>& columns) {
  std::vector<std::string> lines;
  for (const auto& column : columns) lines.push_back(column.name + " " + column.ddl);
  tx.execute_script(
      store::render_ddl("CREATE TABLE " + table + " (" + join(lines, ", ") + ");", tx.engine()));
}

inline void store_origins(store::Transaction& tx, const MemoryRows& rows) {
  tx.execute_script(store::render_ddl(
      "CREATE TABLE sources (id BIGINT, kind {exact}, name TEXT, name_f {exact}, obtained_at TEXT);"
      "CREATE TABLE origin_field_sets (id BIGINT, fields {exact});"
      "CREATE TABLE value_origins (record_type {exact}, record_id BIGINT, source BIGINT, batch "
      "BIGINT, field_set BIGINT);"
      "CREATE TABLE notice_duties (record_type {exact}, record_id BIGINT, state {exact}, since "
      "{exact}, due_on {exact});",
      tx.engine()));
  const auto add = [&](const std::string& table, const MemoryRow& row,
                       std::vector<Column> columns) { insert(tx, table, row, columns, {}); };
  for (const auto& [id, source] : rows.sources)
    add("sources", source,
        {{"id", ""}, {"kind", ""}, {"name", ""}, {"name_f", ""}, {"obtained_at", ""}});
  std::int64_t sets = 0;
  for (auto row : rows.origins) {
    row["id"] = row["field_set"] = ++sets;
    row["fields"] = ",a," + std::get<std::string>(row.at("field")) + ",";
    add("origin_field_sets", row, {{"id", ""}, {"fields", ""}});
    add("value_origins", row,
        {{"record_type", ""}, {"record_id", ""}, {"source", ""}, {"batch", ""}, {"field_set", ""}});
  }
  for (const auto& notice : rows.notices)
    add("notice_duties", notice,
        {{"record_type", ""}, {"record_id", ""}, {"state", ""}, {"since", ""}, {"due_on", ""}});
}

inline void store_rows(store::Database& database, const Dictionary& dictionary,
                       const MemoryRows& rows) {
  database.write([&](store::Transaction& tx) {
    for (const auto& [name, type] : dictionary.types) {
      std::vector<Column> columns;
      std::map<std::string, FieldKind> kinds;
      for (const auto& field : type.fields) {
        kinds[field.name] = field.kind;
        for (const auto& column : columns_of(field)) columns.push_back(column);
      }
      create_table(tx, type.table, columns);
      for (const auto& [id, row] : rows.types.at(name)) insert(tx, type.table, row, columns, kinds);
    }
    std::vector<Column> points = {{"record_type", "{exact}"}, {"record_id", "BIGINT"},
                                  {"kind", "{exact}"},        {"label", "TEXT"},
                                  {"value", "TEXT"},          {"value_f", "{exact}"},
                                  {"is_primary", "BIGINT"}};
    for (const std::string part : {"street", "postcode", "city", "region", "country"})
      points.insert(points.end(), {{part, "{sorted}"}, {part + "_f", "{exact}"}});
    create_table(tx, "contact_points", points);
    for (const auto& point : rows.contact_points)
      insert(tx, "contact_points", point, points, {{"value", FieldKind::phone}});
    tx.execute_script(store::render_ddl(
        "CREATE TABLE relations (kind {exact}, from_type {exact}, from_id BIGINT, to_type {exact},"
        " to_id BIGINT);",
        tx.engine()));
    for (const auto& r : rows.relations)
      tx.execute("INSERT INTO relations VALUES ($1, $2, $3, 'person', $4)",
                 {r.type + "." + r.field, r.type, r.from, r.to});
    store_origins(tx, rows);
  });
}

inline access::Scope make_scope(access::Permissions permissions) {
  access::Scope scope;
  scope.actor.user = UserId{1};
  scope.actor.primary_group = GroupId{1};
  scope.actor.other_groups = {GroupId{2}, GroupId{3}};
  scope.actor.permissions = std::make_shared<const access::Permissions>(std::move(permissions));
  return scope;
}

inline access::Permissions everything() {
  access::Permissions permissions;
  permissions.types["*"].fill(access::every_circle);
  permissions.field_classes = {"contact"};
  return permissions;
}

inline access::Permissions some(Chance& chance) {
  access::Permissions permissions;
  permissions.field_classes = {"contact"};
  for (const char* type : {"company", "person", "sale", "user", "group"})
    permissions.types[type].fill(chance.one_in(2) ? access::every_circle
                                                  : static_cast<access::Circles>(chance.below(16)));
  return permissions;
}

inline std::vector<std::int64_t> query_ids(store::Database& database, const std::string& table,
                                           const SqlText& sql) {
  const auto params = sql.params();
  return database.read([&](store::Session& session) {
    const std::string text =
        "SELECT t.id FROM " + table + " t WHERE " + sql.text + " ORDER BY t.id";
    auto rows = session.query(text, store::Params(params));
    std::vector<std::int64_t> ids;
    while (rows->next()) ids.push_back(rows->integer(0));
    return ids;
  });
}

}  // namespace fokus::records::testing
