// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <functional>
#include <initializer_list>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "store/failure.hpp"
#include "store/value.hpp"

namespace fokus::store {

enum class Engine { sqlite, postgres };

// The rows of one query, first to last. Text views are valid until the next next().
// Columns count from 0. Reading a NULL gives 0 or "". Used by one thread.
class Rows {
 public:
  virtual ~Rows() = default;
  virtual bool next() = 0;
  virtual int column_count() const = 0;
  virtual bool is_null(int column) const = 0;
  virtual std::int64_t integer(int column) const = 0;
  virtual double real(int column) const = 0;
  virtual std::string_view text(int column) const = 0;
  bool boolean(int column) const { return integer(column) != 0; }
  // An owned copy whose alternative follows the engine's type of this value (int64, double, text).
  virtual Value value(int column) const = 0;
};

using Params = std::span<const Param>;

// A query that is asked together with others; text and parameters are its owner's.
struct Question {
  std::string_view sql;
  Params params;
};

// One connection in the hands of one thread, within one snapshot. SQL is the portable text:
// placeholders are $1, $2, … (each may be used several times); anything that differs between the
// engines goes through named statements or engine(). Statements are prepared once per
// connection and kept by their text, so pass values as parameters, never inside the text.
// Alike on both engines: LIKE heeds case, "x" is a name and never text, a session reads nothing
// more after a Failure (only leaving the savepoint it happened in makes a transaction usable
// again). A text parameter for a {bytes} column is stored byte for byte; any other text is free of
// NUL.
class Session {
 public:
  virtual ~Session() = default;
  virtual Engine engine() const = 0;
  // The statement has run when this returns, also when no row is fetched. Rows may be open side by
  // side, and must be gone before the body returns.
  virtual std::unique_ptr<Rows> query(std::string_view sql, Params params) = 0;
  // The number of rows that changed.
  virtual std::int64_t execute(std::string_view sql, Params params) = 0;

  std::unique_ptr<Rows> query(std::string_view sql, std::initializer_list<Param> params = {}) {
    return query(sql, Params(params.begin(), params.size()));
  }
  std::int64_t execute(std::string_view sql, std::initializer_list<Param> params = {}) {
    return execute(sql, Params(params.begin(), params.size()));
  }
  // The rows of each, in the order of the questions, none of which depends on another's answer: on
  // PostgreSQL all of them take one round trip. The texts differ.
  virtual std::vector<std::unique_ptr<Rows>> query_each(std::span<const Question> questions);
  // First column of the first row, or the fallback when there is no row.
  std::int64_t query_integer(std::string_view sql, std::initializer_list<Param> params = {},
                             std::int64_t fallback = 0);
  std::optional<std::string> query_text(std::string_view sql,
                                        std::initializer_list<Param> params = {});
  // Compiles the text without running it. Throws Failure when it is wrong.
  virtual void prepare(std::string_view sql) = 0;
  // Several statements without parameters, for migrations.
  virtual void execute_script(std::string_view sql) = 0;
};

constexpr std::size_t notify_bytes_max = 7999;  // what PostgreSQL takes

// A session that may write. Writes become visible to others when the transaction commits.
class Transaction : public Session {
 public:
  // Runs an INSERT of one row, without RETURNING, and returns the row's id. Costs SQLite half of
  // what RETURNING does, for which it keeps a journal of the statement.
  virtual std::int64_t insert(std::string_view sql, Params params) = 0;
  std::int64_t insert(std::string_view sql, std::initializer_list<Param> params) {
    return insert(sql, Params(params.begin(), params.size()));
  }
  // How many rows execute() and insert() have changed so far, also those that a savepoint took
  // back.
  virtual std::int64_t writes() const = 0;
  // Runs after the commit has become durable, on the thread that committed; not after a roll-back.
  // Must be short and must not throw: wake somebody, do not work.
  virtual void after_commit(std::function<void()> callback) = 0;
  // Runs inside the transaction after the body has ended well, in the order of the calls; dropped
  // with the savepoint it was asked for in. For what the body itself need not see and what is dear
  // beside savepoints: SQLite's full-text index goes to disk at each of them. The session is
  // another one than the body's, and nothing that the body owned is there any more.
  virtual void at_end(std::function<void(Transaction&)> ending) = 0;
  // Runs `body` in a savepoint; rolled back to it when body returns false or throws.
  virtual bool in_savepoint(const std::function<bool()>& body) = 0;
  // True when somebody waits until this transaction has ended: a long one does well to end soon.
  // Never on PostgreSQL, where writers do not wait for each other.
  virtual bool is_wanted() const = 0;
  // Tells the other nodes (PostgreSQL NOTIFY, sent at commit) and this one after the commit. Equal
  // ones of one transaction may arrive once. At most notify_bytes_max in the payload, none empty.
  virtual void notify(std::string_view channel, std::string_view payload) = 0;
};

struct Options {
  std::string location;  // path of a SQLite file, or postgresql://…
  int readers = 4;       // read connections
  int writers = 4;       // PostgreSQL only; SQLite has one writer with group commit
  bool durable = true;   // synchronous=FULL / synchronous_commit=on; false: NORMAL / off
  int busy_timeout_ms = 5000;
  int cache_mib = 64;  // SQLite page cache of all connections together
};

// Holds a subscription; when it goes, the callback has ended and is not called again. May outlive
// the database.
using Subscription = std::shared_ptr<void>;

// An open database. Thread-safe; calls block. Closing waits for running calls.
class Database {
 public:
  virtual ~Database() = default;
  virtual Engine engine() const = 0;

  // Runs body(Session&) on a read connection and returns what it returns. The body sees one
  // snapshot. It must not keep the session or rows beyond the call, nor call write() (deadlock).
  template <class Body>
  auto read(Body&& body) -> decltype(body(std::declval<Session&>())) {
    using T = decltype(body(std::declval<Session&>()));
    if constexpr (std::is_void_v<T>) {
      run_read([&](Session& session) { body(session); });
    } else {
      std::optional<T> out;
      run_read([&](Session& session) { out.emplace(body(session)); });
      return std::move(*out);
    }
  }

  // Runs body(Transaction&) and commits when it returns void or an ok Result; rolls back when the
  // Result is an error or it throws. Returns only after the commit is durable. The body may run
  // again (PostgreSQL: after a serialisation conflict; SQLite: when the group it shared a commit
  // with fell apart), and on SQLite maybe on another thread that writes at that moment: it must
  // have no effect outside the transaction except through after_commit, must be short (there is one
  // writer, see is_wanted()) and must not call read() or write() again.
  template <class Body>
  auto write(Body&& body) -> decltype(body(std::declval<Transaction&>())) {
    using T = decltype(body(std::declval<Transaction&>()));
    if constexpr (std::is_void_v<T>) {
      run_write([&](Transaction& tx) { return body(tx), true; });
    } else {
      std::optional<T> out;
      run_write([&](Transaction& tx) {
        out.emplace(body(tx));
        return out->ok();
      });
      return std::move(*out);
    }
  }

  // Payloads that transactions of any node sent through notify(). The callback runs on the
  // thread that committed (SQLite) or on one of the database; it must be short, and must not wait
  // for what a writer may hold. An empty payload says that some may have been missed while the
  // connection was lost: reload what you keep. Calls of one subscription do not overlap.
  [[nodiscard]] virtual Subscription subscribe(
      std::string channel, std::function<void(std::string_view payload)> callback) = 0;

  // Interrupts read bodies that run longer than this (FailureKind::interrupted). 0 = never.
  virtual void set_read_limit_ms(std::int64_t limit_ms) = 0;

  // A consistent copy in one new file while others write. SQLite: VACUUM INTO. PostgreSQL: a
  // logical copy made by pg_dump in its custom format (needs the postgresql-client package).
  virtual Status backup(const std::string& file) = 0;
  // Bytes the data takes, for the health page.
  virtual std::int64_t size_bytes() = 0;
  // Empty when the engine finds its own structures sound (integrity_check / amcheck-free probe).
  virtual std::vector<std::string> check_integrity() = 0;

 protected:
  virtual void run_read(const std::function<void(Session&)>& body) = 0;
  virtual void run_write(const std::function<bool(Transaction&)>& body) = 0;
};

// Opens or creates. Throws Failure when it cannot. Registers on SQLite: the collation `da` (ICU
// Danish, ties by bytes; PostgreSQL columns use "da-x-icu"), WAL, foreign_keys, secure_delete=ON
// (asserted on every connection).
std::unique_ptr<Database> open_database(const Options& options);

}  // namespace fokus::store
