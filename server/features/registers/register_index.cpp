// SPDX-License-Identifier: Apache-2.0
#include "features/registers/register_index.hpp"

#include <algorithm>

namespace fokus::registers {
namespace {

using store::Engine;

constexpr std::string_view columns =
    "SELECT e.id, e.number, e.name, e.name_f, e.country, e.city, e.status, e.details ";
// Behind every text that begins with a prefix of letters, digits and what names hold.
constexpr std::string_view behind = "\x7f";

std::vector<StoredEntry> read(store::Session& session, const std::string& sql,
                              std::initializer_list<store::Param> params) {
  std::vector<StoredEntry> out;
  const auto rows = session.query(sql, params);
  while (rows->next()) {
    StoredEntry entry;
    entry.id = rows->integer(0);
    int at = 1;
    for (auto* text : {&entry.number, &entry.name, &entry.name_f, &entry.country, &entry.city,
                       &entry.status, &entry.details})
      *text = rows->text(at++);
    out.push_back(std::move(entry));
  }
  return out;
}

// Prefixes of two to four letters have lists of their own, which are read no further than wanted.
// Those of longer ones are put together of all words that begin so, before the first is read: with
// "holding*" that is a tenth of a second.
constexpr std::size_t listed_prefix_max = 4;
constexpr std::size_t enough_found = 10;
constexpr int listed_rows_max = 400;  // looked at for the rest of the letters

std::vector<std::string> listed_prefixes(const std::vector<std::string>& words) {
  std::vector<std::string> out;
  for (const auto& word : words) out.push_back(word.substr(0, listed_prefix_max));
  return out;
}

bool has_words(const StoredEntry& entry, const std::vector<std::string>& prefixes) {
  auto words = entry_words(entry.name_f);
  for (auto& word : entry_words(entry.city)) words.push_back(std::move(word));
  return std::all_of(prefixes.begin(), prefixes.end(), [&](const std::string& prefix) {
    return std::any_of(words.begin(), words.end(),
                       [&](const std::string& word) { return word.starts_with(prefix); });
  });
}

// Words are letters and digits: nothing to escape.
std::string match_sqlite(const std::vector<std::string>& words, std::string_view exact) {
  std::string out;
  for (const auto& word : words) out += (out.empty() ? "\"" : " AND \"") + word + "\"*";
  if (!exact.empty()) out += " AND \"" + std::string(exact) + "\"";
  return out;
}

std::string match_postgres(const std::vector<std::string>& words, std::string_view exact) {
  std::string out;
  for (const auto& word : words) out += (out.empty() ? "'" : " & '") + word + "':*";
  if (!exact.empty()) out += " & '" + std::string(exact) + "'";
  return out;
}

}  // namespace

RegisterIndex::RegisterIndex(LoadId load)
    : id_(std::to_string(load.value)), where_("load = " + id_) {}

void RegisterIndex::begin(store::Transaction& tx) const {
  if (tx.engine() != Engine::sqlite) return;
  // Nothing but where the words are is kept. See listed_prefix_max for the prefixes.
  tx.execute_script("CREATE VIRTUAL TABLE IF NOT EXISTS register_words_" + id_ +
                    " USING fts5(words, content='', detail=none, columnsize=0, tokenize='ascii', "
                    "prefix='2 3 4')");
}

void RegisterIndex::add_words(store::Transaction& tx, std::int64_t id,
                              std::string_view words) const {
  if (tx.engine() == Engine::sqlite)
    tx.execute("INSERT INTO register_words_" + id_ + "(rowid, words) VALUES ($1, $2)", {id, words});
}

void RegisterIndex::index_numbers(store::Transaction& tx) const {
  tx.execute_script("CREATE INDEX IF NOT EXISTS register_number_" + id_ +
                    " ON register_entries (number) WHERE " + where_);
}

void RegisterIndex::index_names(store::Transaction& tx) const {
  tx.execute_script("CREATE INDEX IF NOT EXISTS register_name_" + id_ +
                    " ON register_entries (name_f) WHERE " + where_);
  if (tx.engine() != Engine::postgres) return;
  tx.execute_script("CREATE INDEX IF NOT EXISTS register_words_" + id_ +
                    " ON register_entries USING gin "
                    "(array_to_tsvector(string_to_array(words, ' '))) WHERE " +
                    where_ + "; ANALYZE register_entries");
}

void RegisterIndex::drop(store::Transaction& tx) const {
  tx.execute_script("DROP INDEX IF EXISTS register_number_" + id_ +
                    "; DROP INDEX IF EXISTS register_name_" + id_ + ";" +
                    (tx.engine() == Engine::sqlite ? "DROP TABLE IF EXISTS register_words_"
                                                   : "DROP INDEX IF EXISTS register_words_") +
                    id_);
}

std::vector<StoredEntry> RegisterIndex::by_number(store::Session& session, std::string_view prefix,
                                                  int limit) const {
  const std::string from(prefix), to = from + std::string(behind);
  return read(session,
              std::string(columns) + "FROM register_entries e WHERE " + where_ +
                  " AND e.number >= $1 AND e.number < $2 ORDER BY e.number LIMIT $3",
              {from, to, limit});
}

std::optional<StoredEntry> RegisterIndex::get(store::Session& session,
                                              std::string_view number) const {
  auto found = read(session,
                    std::string(columns) + "FROM register_entries e WHERE " + where_ +
                        " AND e.number = $1 LIMIT 1",
                    {number});
  if (found.empty()) return std::nullopt;
  return std::move(found.front());
}

std::vector<StoredEntry> RegisterIndex::by_name(store::Session& session, std::string_view prefix,
                                                int limit) const {
  const std::string from(prefix), to = from + std::string(behind);
  return read(session,
              std::string(columns) + "FROM register_entries e WHERE " + where_ +
                  " AND e.name_f >= $1 AND e.name_f < $2 ORDER BY e.name_f LIMIT $3",
              {from, to, limit});
}

std::vector<StoredEntry> RegisterIndex::by_words(store::Session& session,
                                                 const std::vector<std::string>& words,
                                                 std::string_view exact, int limit) const {
  if (session.engine() == Engine::sqlite) {
    auto found = by_match(session, match_sqlite(listed_prefixes(words), exact), listed_rows_max);
    const bool are_all = found.size() < listed_rows_max;
    std::erase_if(found, [&](const StoredEntry& one) { return !has_words(one, words); });
    if (static_cast<int>(found.size()) > limit) found.resize(static_cast<std::size_t>(limit));
    if (are_all || found.size() >= enough_found) return found;
    return by_match(session, match_sqlite(words, exact), limit);
  }
  return read(session,
              std::string(columns) + "FROM register_entries e WHERE " + where_ +
                  " AND array_to_tsvector(string_to_array(words, ' ')) @@ CAST($1 AS tsquery) "
                  "LIMIT $2",
              {match_postgres(words, exact), limit});
}

std::vector<StoredEntry> RegisterIndex::by_match(store::Session& session, const std::string& match,
                                                 int limit) const {
  const std::string table = "register_words_" + id_;
  return read(session,
              std::string(columns) + "FROM " + table +
                  " w JOIN register_entries e ON e.id = w.rowid WHERE " + table +
                  " MATCH $1 LIMIT $2",
              {match, limit});
}

std::vector<std::pair<std::string, std::int64_t>> RegisterIndex::duplicates(store::Session& session,
                                                                            int limit) const {
  std::vector<std::pair<std::string, std::int64_t>> out;
  const auto rows = session.query("SELECT number, max(id) FROM register_entries WHERE " + where_ +
                                      " GROUP BY number HAVING count(*) > 1 LIMIT $1",
                                  {limit});
  while (rows->next()) out.emplace_back(rows->text(0), rows->integer(1));
  return out;
}

std::vector<std::int64_t> RegisterIndex::ids_of(store::Session& session,
                                                std::string_view number) const {
  std::vector<std::int64_t> out;
  const auto rows = session.query(
      "SELECT id FROM register_entries WHERE " + where_ + " AND number = $1", {number});
  while (rows->next()) out.push_back(rows->integer(0));
  return out;
}

}  // namespace fokus::registers
