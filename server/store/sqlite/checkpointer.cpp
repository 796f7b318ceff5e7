// SPDX-License-Identifier: Apache-2.0
#include "store/sqlite/checkpointer.hpp"

#include <optional>

#include "store/sqlite/connection.hpp"

namespace fokus::store::sqlite {

Checkpointer::~Checkpointer() {
  {
    std::lock_guard lock(mutex_);
    is_closing_ = true;
  }
  woken_.notify_one();
  if (thread_.joinable()) thread_.join();
}

void Checkpointer::attach(sqlite3* writer) {
  sqlite3_wal_hook(writer, on_commit, this);
}

// After the commit, on its thread.
int Checkpointer::on_commit(void* self, sqlite3* db, const char*, int wal_pages) {
  if (wal_pages >= wal_pages_max)
    sqlite3_wal_checkpoint_v2(db, nullptr, SQLITE_CHECKPOINT_PASSIVE, nullptr, nullptr);
  else if (wal_pages >= wal_pages_copied)
    static_cast<Checkpointer*>(self)->wake();
  return SQLITE_OK;
}

void Checkpointer::wake() {
  {
    std::lock_guard lock(mutex_);
    if (is_wanted_ || is_closing_) return;
    is_wanted_ = true;
    if (!thread_.joinable()) thread_ = std::thread([this] { loop(); });
  }
  woken_.notify_one();
}

void Checkpointer::loop() {
  std::optional<Connection> connection;
  std::unique_lock lock(mutex_);
  while (true) {
    woken_.wait(lock, [&] { return is_wanted_ || is_closing_; });
    if (is_closing_) return;
    lock.unlock();
    try {
      if (!connection) connection.emplace(options_, Role::copier);
      // What cannot be copied now, because of a reader or a full disk, is copied another time.
      sqlite3_wal_checkpoint_v2(connection->db(), nullptr, SQLITE_CHECKPOINT_PASSIVE, nullptr,
                                nullptr);
    } catch (const Failure&) {
      connection.reset();
    }
    lock.lock();
    is_wanted_ = false;
  }
}

}  // namespace fokus::store::sqlite
