// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <SQLiteCpp/Database.h>
#include <sqlite3.h>
#include <atomic>

#include <chrono>
#include <memory>
#include <string_view>

#include "store/database.hpp"
#include "store/text_cache.hpp"

namespace fokus::store::sqlite {

struct FinalizeStatement {
  void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
};
using StatementPtr = std::unique_ptr<sqlite3_stmt, FinalizeStatement>;

struct Prepared {
  StatementPtr statement;
  int parameters = 0;
  bool is_open = false;      // somebody walks through its rows
  bool counts_rows = false;  // INSERT, UPDATE, DELETE: sqlite3_changes64 speaks of it
};

// A copier reads the whole file for a backup or a check, apart from those who serve people.
enum class Role { reader, writer, copier };

// One SQLite connection with the profile of the house and its prepared statements. One thread.
class Connection {
 public:
  Connection(const Options& options, Role role);
  ~Connection();
  Connection(const Connection&) = delete;

  sqlite3* db() const { return db_; }
  // From the cache. An entry that is open already is the caller's to avoid: see compile().
  Prepared& prepare(std::string_view sql);
  Prepared compile(std::string_view sql) const;
  // A statement of our own without parameters or rows.
  void command(std::string_view sql);
  void script(std::string_view sql);
  std::int64_t pragma(const std::string& name);

  void begin_read(std::chrono::milliseconds limit);
  // Counted from now, until the read ends.
  void limit_read(std::chrono::milliseconds limit) {
    deadline_ = std::chrono::steady_clock::now() + limit;
  }
  void end_read() noexcept;
  void begin_write() { command("BEGIN IMMEDIATE"); }
  void commit() { command("COMMIT"); }
  void roll_back() noexcept;
  bool in_transaction() const { return sqlite3_get_autocommit(db_) == 0; }
  void trim_statements();

  std::atomic<bool> is_wanted = false;  // of the writer: somebody waits for it

 private:
  void configure(const Options& options);
  void close_gently() noexcept;
  static int on_progress(void* self);

  std::unique_ptr<SQLite::Database> owner_;
  sqlite3* db_ = nullptr;
  Role role_;
  TextCache<Prepared> statements_;
  std::chrono::steady_clock::time_point deadline_ = std::chrono::steady_clock::time_point::max();
};

}  // namespace fokus::store::sqlite
