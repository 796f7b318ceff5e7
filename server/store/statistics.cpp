// SPDX-License-Identifier: Apache-2.0
#include "store/statistics.hpp"

#include <algorithm>

namespace fokus::store {
namespace {

constexpr std::int64_t growth_min = 10;  // times as many rows as when they were counted

struct Counted {
  std::string table;
  std::int64_t rows = 0;  // when they were counted
  bool is_whole = false;  // each of its indexes was
};

// PRAGMA optimize passes over what its own connection has not asked, which here is the one that
// writes, and not those that read.
std::vector<Counted> list_tables(Session& session) {
  const auto rows = session.query(
      "SELECT t.name, (SELECT max(CAST(s.stat AS INTEGER)) FROM sqlite_stat1 s WHERE s.tbl = "
      "t.name), NOT EXISTS (SELECT 1 FROM pragma_index_list(t.name) i WHERE i.partial = 0 AND NOT "
      "EXISTS (SELECT 1 FROM sqlite_stat1 s WHERE s.tbl = t.name AND s.idx = i.name)) FROM "
      "pragma_table_list t WHERE t.schema = 'main' AND t.type = 'table' AND t.wr = 0 AND "
      "substr(t.name, 1, 7) <> 'sqlite_'");
  std::vector<Counted> out;
  while (rows->next())
    out.push_back({std::string(rows->text(0)), rows->integer(1), rows->boolean(2)});
  return out;
}

// The row numbers in use stand for the number of rows, which would have to be counted.
bool is_due(Session& session, const Counted& counted) {
  const std::string from = "(rowid) FROM \"" + counted.table + "\")";
  const auto now = session.query_integer("SELECT coalesce((SELECT max" + from + " - (SELECT min" +
                                         from + " + 1, 0)");
  if (now == 0) return false;
  return counted.rows == 0 || !counted.is_whole || now / growth_min >= counted.rows;
}

void refresh_sqlite(Transaction& tx) {
  tx.query("PRAGMA analysis_limit=400")->next();
  tx.execute_script("ANALYZE sqlite_schema");  // makes the table that holds the counts
  bool is_new = false;
  for (const Counted& counted : list_tables(tx)) {
    if (!is_due(tx, counted)) continue;
    tx.execute_script("ANALYZE main.\"" + counted.table + "\"");
    is_new = true;
  }
  // A connection reads the counts together with the schema, and the schema anew when it has
  // changed.
  if (is_new)
    tx.execute_script("CREATE VIEW counted_anew AS SELECT 1 AS one; DROP VIEW counted_anew");
}

}  // namespace

void refresh_statistics(Database& database) {
  if (database.engine() == Engine::sqlite) database.write(refresh_sqlite);
}

void renew_statistics(Database& database) {
  if (database.engine() == Engine::sqlite) return refresh_statistics(database);
  database.write([](Transaction& tx) { tx.execute_script("ANALYZE"); });
}

}  // namespace fokus::store
