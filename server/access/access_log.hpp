// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <condition_variable>
#include <exception>
#include <functional>
#include <memory>
#include <mutex>
#include <span>
#include <string>
#include <vector>

#include "access/actor.hpp"
#include "base/embedded.hpp"
#include "platform/clock.hpp"
#include "platform/random.hpp"
#include "store/database.hpp"
#include "store/statements.hpp"

namespace fokus::access {

namespace limits {
constexpr std::size_t log_ids_max = 1000;  // ids of one entry; more are spread over several
constexpr int log_page_max = 500;
constexpr std::size_t log_text_max = 500;      // bytes of a query shape
constexpr int log_delay_ms = 200;              // from the journal into the database
constexpr std::size_t log_waiting_max = 2000;  // entries that wait for that moment
}  // namespace limits

// One access to personal data. `query_shape` is a filter without its values: what was asked, not
// what was typed.
struct LogEntry {
  std::int64_t id = 0;  // given when it is stored
  Instant at;           // given by append()
  UserId user;
  std::int64_t session = 0;
  std::string purpose;
  std::string action;  // read, list, search, create, change, export, reveal, sign_in, …
  std::string record_type;
  std::vector<std::int64_t> ids;
  std::int64_t count = 0;  // 0: as many as ids
  std::string route, query_shape, remote, call_id;
  std::string salt;  // given by append()
};

// The part of an entry that follows from the scope of a call.
LogEntry make_log_entry(const Scope& scope, std::string action, std::string record_type);

struct LogQuery {
  UserId user;              // 0: everyone
  std::string action;       // empty: every one
  std::string record_type;  // empty: all
  std::int64_t record = 0;  // with record_type; 0: all
  Instant from{INT64_MIN}, to{INT64_MAX};
  std::int64_t before = INT64_MAX;  // the last id of the page before
  int limit = 50;
};

struct LogVerdict {
  std::int64_t checked = 0;
  std::int64_t broken_at = 0;  // id of the first entry that does not fit; 0: all do
};

class AccessJournal;

// Who saw whom, when, by which route. An answer with personal data leaves only after append() has
// returned, so nothing is ever shown that is not written here. Entries form a chain of hashes: a
// changed, removed or inserted one is found by verify(). Thread-safe.
//
// With a folder, append() returns when the entry is in a journal there, and a thread moves what has
// gathered into the database, at the latest log_delay_ms later; what a killed process has left in
// its journal the next one moves. Without a folder the entry is in the database when append()
// returns, and concurrent calls share one transaction.
class AccessLog {
 public:
  // The database of the log: of its own on SQLite, the common one on PostgreSQL.
  // Throws store::Failure when what was left behind cannot be stored.
  AccessLog(store::Database& database, const store::Statements& statements, const Clock& clock,
            Random& random, const std::string& folder = {});
  ~AccessLog();

  // Not from within a read() or write() of the same database. Throws store::Failure when the entry
  // cannot be kept, and while the database refuses those before it: then the caller's answer must
  // not leave either.
  void append(LogEntry entry);
  // Moves what is in the journal into the database. Throws store::Failure.
  void flush();
  // The last flush(); for whoever closes the database before the log goes. No append() afterwards.
  void end();

  // Newest first. A record is searched for in the period, so name one.
  std::vector<LogEntry> list(const LogQuery& query);
  LogVerdict verify();

 private:
  struct Batch {
    std::vector<LogEntry> entries;
    bool stored = false;
    std::exception_ptr failure;
  };
  struct Moving;  // the journal and the thread that empties it
  struct Walk {
    LogVerdict verdict;
    std::string hash;
    std::int64_t last = 0;
    bool ended = false;
  };
  std::vector<LogEntry> prepare(LogEntry entry);
  void append_at_once(std::vector<LogEntry> entries);
  void store_batch(Batch& batch);
  void store(store::Transaction& tx, std::vector<LogEntry>& entries);
  void adopt_left_behind(const std::string& folder);
  void move_for_ever();
  void walk_page(store::Session& session, Walk& walk);
  static void check_link(store::Rows& rows, Walk& walk);

  store::Database& database_;
  const store::Statements& statements_;
  const Clock& clock_;
  Random& random_;
  std::mutex mutex_;
  std::condition_variable done_;
  std::shared_ptr<Batch> open_;  // shared by the callers that wait for it
  bool writing_ = false;
  std::unique_ptr<Moving> moving_;  // none: without a journal
};

// The migrations that a log database of its own needs, out of all embedded ones.
std::vector<EmbeddedFile> access_log_migrations(std::span<const EmbeddedFile> all);

}  // namespace fokus::access
