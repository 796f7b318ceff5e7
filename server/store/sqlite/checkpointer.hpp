// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <condition_variable>
#include <mutex>
#include <thread>

#include "store/database.hpp"

struct sqlite3;

namespace fokus::store::sqlite {

// Pages of the write-ahead log (4 KiB each) after which they are copied into the database file.
constexpr int wal_pages_copied = 1000;
// When saves come faster than they are copied, one commit in so many pages copies the rest itself:
// the log starts anew only when all of it is in the file.
constexpr int wal_pages_max = 16'384;

// Copies the write-ahead log into the database file on a thread and a connection of its own, so
// that no commit waits for it. Thread-safe.
class Checkpointer {
 public:
  explicit Checkpointer(const Options& options) : options_(options) {}
  ~Checkpointer();

  // Takes the place of SQLite's own automatic checkpoints on the connection that writes. It must be
  // closed before this object goes.
  void attach(sqlite3* writer);

 private:
  static int on_commit(void* self, sqlite3* db, const char* schema, int wal_pages);
  void wake();
  void loop();

  Options options_;
  std::mutex mutex_;
  std::condition_variable woken_;
  bool is_wanted_ = false, is_closing_ = false;
  std::thread thread_;  // started by the first commit that needs it
};

}  // namespace fokus::store::sqlite
