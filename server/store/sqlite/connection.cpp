// SPDX-License-Identifier: Apache-2.0
#include "store/sqlite/connection.hpp"

#include <SQLiteCpp/Exception.h>
#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include "base/check.hpp"
#include "base/text.hpp"
#include "store/sqlite/collation.hpp"
#include "store/sqlite/failure.hpp"
#include "store/sqlite/placeholders.hpp"

namespace fokus::store::sqlite {
namespace {

constexpr std::size_t statements_max = 512;          // per connection
constexpr int progress_steps = 4000;                 // of SQLite's machine, about 0.1 ms
constexpr std::int64_t wal_bytes_kept = 64LL << 20;  // a longer WAL is cut after a checkpoint
constexpr int analysis_rows = 400;                   // per index, for PRAGMA optimize

// The file holds personal data: it is made for the owner alone, and SQLite gives its WAL the same.
void create_private(const std::string& path) {
  const int file = ::open(path.c_str(), O_CREAT | O_RDWR | O_CLOEXEC, 0600);
  if (file >= 0) ::close(file);
}

std::unique_ptr<SQLite::Database> open_file(const Options& options, Role role) {
  if (role == Role::writer) create_private(options.location);
  try {
    return std::make_unique<SQLite::Database>(
        options.location, SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE | SQLite::OPEN_NOMUTEX,
        options.busy_timeout_ms);
  } catch (const SQLite::Exception& error) {
    throw_failure(error.getExtendedErrorCode(), error.what());
  }
}

bool starts_a_change(std::string_view sql) {
  const std::string word = lower_ascii(from_first_word(sql).substr(0, 7));
  return word.starts_with("insert") || word.starts_with("update") || word.starts_with("delete") ||
         word.starts_with("replace") || word.starts_with("with");
}

}  // namespace

Connection::Connection(const Options& options, Role role)
    : owner_(open_file(options, role)),
      db_(owner_->getHandle()),
      role_(role),
      statements_(statements_max) {
  configure(options);
}

Connection::~Connection() {
  if (role_ == Role::writer) close_gently();
}

Prepared& Connection::prepare(std::string_view sql) {
  if (Prepared* known = statements_.find(sql)) return *known;
  return statements_.insert(sql, compile(sql));
}

Prepared Connection::compile(std::string_view sql) const {
  const std::string text = translate_placeholders(sql);
  sqlite3_stmt* raw = nullptr;
  const char* rest = nullptr;
  check(db_, sqlite3_prepare_v3(db_, text.data(), static_cast<int>(text.size()),
                                SQLITE_PREPARE_PERSISTENT, &raw, &rest));
  StatementPtr statement(raw);
  const std::string_view tail(rest, static_cast<std::size_t>(text.data() + text.size() - rest));
  if (!statement || !trim(tail).empty()) {
    throw Failure(FailureKind::statement, "expected exactly one statement");
  }
  const bool counts = sqlite3_stmt_readonly(raw) == 0 && starts_a_change(sql);
  return {std::move(statement), sqlite3_bind_parameter_count(raw), false, counts};
}

void Connection::command(std::string_view sql) {
  sqlite3_stmt* statement = prepare(sql).statement.get();
  sqlite3_step(statement);
  check(db_, sqlite3_reset(statement));
}

void Connection::script(std::string_view sql) {
  check(db_, sqlite3_exec(db_, std::string(sql).c_str(), nullptr, nullptr, nullptr));
}

std::int64_t Connection::pragma(const std::string& name) {
  const Prepared pragma = compile("PRAGMA " + name);
  if (sqlite3_step(pragma.statement.get()) != SQLITE_ROW) throw_failure(db_);
  return sqlite3_column_int64(pragma.statement.get(), 0);
}

void Connection::begin_read(std::chrono::milliseconds limit) {
  using Clock = std::chrono::steady_clock;
  deadline_ = limit.count() > 0 ? Clock::now() + limit : Clock::time_point::max();
  command("BEGIN");
}

void Connection::end_read() noexcept {
  deadline_ = std::chrono::steady_clock::time_point::max();
  try {
    if (in_transaction()) command("COMMIT");
  } catch (const Failure&) {
    roll_back();
  }
  trim_statements();
}

void Connection::roll_back() noexcept {
  // Several failures (disk full among them) make SQLite roll back by itself.
  if (in_transaction()) sqlite3_exec(db_, "ROLLBACK", nullptr, nullptr, nullptr);
  CHECK(!in_transaction());
}

void Connection::trim_statements() {
  statements_.trim([](const Prepared& entry) { return entry.is_open; }, [](Prepared&) {});
}

void Connection::configure(const Options& options) {
  sqlite3_extended_result_codes(db_, 1);
  // "x" is a name and never text, as on PostgreSQL.
  sqlite3_db_config(db_, SQLITE_DBCONFIG_DQS_DML, 0, nullptr);
  sqlite3_db_config(db_, SQLITE_DBCONFIG_DQS_DDL, 0, nullptr);
  register_danish(db_);
  script("PRAGMA journal_mode=WAL");
  // A third is the writer's, more than a reader has: a page that it has changed and must drop goes
  // through the disk, whereas a reader's comes back from the system's cache. The file is not
  // mapped: that counts as our memory, turns a page that cannot be read into a dead process, and
  // was measured to be faster only for sums that look very many rows up (docs/performance.md).
  const std::int64_t all_kib = options.cache_mib * 1024LL;
  const std::int64_t cache_kib =
      role_ == Role::reader ? all_kib * 2 / 3 / std::max(1, options.readers) : all_kib / 3;
  script(
      fmt::format("PRAGMA synchronous={}; PRAGMA foreign_keys=ON; PRAGMA secure_delete=ON;"
                  "PRAGMA mmap_size=0; PRAGMA cache_size=-{}; PRAGMA temp_store=MEMORY;"
                  "PRAGMA journal_size_limit={}; PRAGMA case_sensitive_like=ON;"
                  "PRAGMA query_only={};",
                  options.durable ? "FULL" : "NORMAL", cache_kib, wal_bytes_kept,
                  role_ == Role::reader ? "ON" : "OFF"));
  sqlite3_db_config(db_, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
  // A build of SQLite may ignore a PRAGMA without a word; erasure and integrity hang on these.
  const bool is_private = pragma("secure_delete") == 1 && pragma("foreign_keys") == 1 &&
                          pragma("synchronous") == (options.durable ? 2 : 1);
  if (!is_private) {
    throw Failure(FailureKind::unavailable, "SQLite refuses secure_delete or foreign_keys");
  }
  if (role_ == Role::reader) sqlite3_progress_handler(db_, progress_steps, on_progress, this);
}

void Connection::close_gently() noexcept {
  const std::string last = fmt::format(
      "PRAGMA analysis_limit={}; PRAGMA optimize; PRAGMA wal_checkpoint(TRUNCATE)", analysis_rows);
  // Best effort: the data is safe in the WAL already.
  sqlite3_exec(db_, last.c_str(), nullptr, nullptr, nullptr);
}

int Connection::on_progress(void* self) {
  const auto& deadline = static_cast<Connection*>(self)->deadline_;
  if (deadline == std::chrono::steady_clock::time_point::max()) return 0;
  return std::chrono::steady_clock::now() > deadline ? 1 : 0;
}

}  // namespace fokus::store::sqlite
