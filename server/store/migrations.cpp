// SPDX-License-Identifier: Apache-2.0
#include "store/migrations.hpp"

#include <fmt/format.h>
#include <openssl/evp.h>

#include <charconv>
#include <chrono>
#include <map>

#include "base/text.hpp"

namespace fokus::store {
namespace {

constexpr std::size_t number_digits = 4;
constexpr std::int64_t lock_number = 0x666f6b7573;  // "fokus": an advisory lock on PostgreSQL

struct Migration {
  int number = 0;
  std::string name;
  std::string_view text;
  std::string checksum;
};
struct Recorded {
  std::string name, checksum;
};
using Records = std::map<std::int64_t, Recorded>;

std::string sha256(std::string_view text) {
  unsigned char digest[EVP_MAX_MD_SIZE];
  std::size_t size = 0;
  CHECK(EVP_Q_digest(nullptr, "SHA256", nullptr, text.data(), text.size(), digest, &size) == 1);
  std::string out;
  for (std::size_t i = 0; i < size; ++i) out += fmt::format("{:02x}", digest[i]);
  return out;
}

// Throws std::invalid_argument: a wrong file name is a bug that the first start finds.
std::vector<Migration> list_migrations(std::span<const EmbeddedFile> files) {
  std::map<int, Migration> sorted;
  for (const EmbeddedFile& file : files) {
    const std::vector<std::string_view> parts = split(file.path, '/');
    if (parts.size() < 2 || parts[parts.size() - 2] != "migrations") continue;
    std::string_view name = parts.back();
    if (!name.ends_with(".sql")) continue;
    name.remove_suffix(4);
    int number = 0;
    const auto [end, error] = std::from_chars(name.data(), name.data() + name.size(), number);
    const bool is_named = error == std::errc() && end == name.data() + number_digits &&
                          name.size() > number_digits && *end == '_';
    if (!is_named || sorted.contains(number)) {
      throw std::invalid_argument(fmt::format("{}: not NNNN_words.sql, or used twice", file.path));
    }
    sorted[number] = {number, std::string(name), file.content, sha256(file.content)};
  }
  std::vector<Migration> out;
  for (auto& [number, migration] : sorted) out.push_back(std::move(migration));
  return out;
}

// Of several nodes that start at once one migrates; the others wait here and then find it done.
void lock_migrations(Transaction& tx) {
  if (tx.engine() != Engine::postgres) return;
  tx.execute("SELECT set_config('lock_timeout', '0', true)");
  tx.execute("SELECT pg_advisory_xact_lock($1)", {lock_number});
}

void create_records(Database& database) {
  database.write([](Transaction& tx) {
    lock_migrations(tx);
    tx.execute(
        "CREATE TABLE IF NOT EXISTS migrations (number BIGINT PRIMARY KEY,"
        " name TEXT NOT NULL, checksum TEXT NOT NULL, applied_at BIGINT NOT NULL)");
  });
}

Records read_records(Database& database) {
  return database.read([](Session& session) {
    Records records;
    const auto rows = session.query("SELECT number, name, checksum FROM migrations");
    while (rows->next()) {
      records[rows->integer(0)] = {std::string(rows->text(1)), std::string(rows->text(2))};
    }
    return records;
  });
}

Status check_records(const Records& records, const std::vector<Migration>& migrations) {
  std::map<std::int64_t, const Migration*> known;
  for (const Migration& migration : migrations) known[migration.number] = &migration;
  for (const auto& [number, recorded] : records) {
    const auto found = known.find(number);
    const bool is_known = found != known.end();
    if (is_known && found->second->checksum == recorded.checksum) continue;
    Error error = make_error(ErrorKind::conflict,
                             is_known ? "store/changed_migration" : "store/newer_schema");
    error.params["migration"] = recorded.name;
    return error;
  }
  return {};
}

std::int64_t now_ms() {
  using namespace std::chrono;
  return duration_cast<milliseconds>(system_clock::now().time_since_epoch()).count();
}

// False when another node was faster.
bool apply(Database& database, const Migration& migration) {
  bool is_applied = false;
  database.write([&](Transaction& tx) {
    lock_migrations(tx);
    is_applied = tx.query_integer("SELECT count(*) FROM migrations WHERE number = $1",
                                  {migration.number}) == 0;
    if (!is_applied) return;
    try {
      tx.execute_script(render_ddl(migration.text, tx.engine()));
    } catch (const Failure& failure) {
      throw Failure(failure.kind, migration.name + ": " + failure.what(), failure.table,
                    failure.columns);
    }
    tx.execute("INSERT INTO migrations (number, name, checksum, applied_at) VALUES ($1,$2,$3,$4)",
               {migration.number, migration.name, migration.checksum, now_ms()});
  });
  return is_applied;
}

}  // namespace

Status check_migrations(Database& database, std::span<const EmbeddedFile> files) {
  return check_records(read_records(database), list_migrations(files));
}

Result<MigrationReport> migrate(Database& database, std::span<const EmbeddedFile> files,
                                const std::function<Status()>& before_first) {
  const std::vector<Migration> migrations = list_migrations(files);
  create_records(database);
  const Records records = read_records(database);
  TRY(check_records(records, migrations));
  MigrationReport report;
  if (!records.empty()) report.schema = static_cast<int>(records.rbegin()->first);
  bool is_saved = records.empty() || !before_first;  // a new database has nothing to save
  for (const Migration& migration : migrations) {
    if (records.contains(migration.number)) continue;
    if (!is_saved) TRY(before_first());
    is_saved = true;
    if (apply(database, migration)) report.applied.push_back(migration.name);
    report.schema = std::max(report.schema, migration.number);
  }
  return report;
}

}  // namespace fokus::store
