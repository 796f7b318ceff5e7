// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <condition_variable>
#include <cstdint>
#include <functional>
#include <mutex>
#include <thread>

#include "store/database.hpp"

namespace fokus::records {

namespace limits {
constexpr std::int64_t search_writes_per_look = 8;  // entries after which pieces are counted
constexpr std::int64_t search_pieces_max = 24;      // more: they are merged
constexpr int search_merge_pages = 64;  // of one step: a few milliseconds of the one writer
}  // namespace limits

// Every commit leaves a piece of its own in SQLite's full-text index, and each piece is asked by
// each search. This merges them on a thread of its own, in steps that let the saves pass between
// them. Thread-safe. For SQLite only; on PostgreSQL it does nothing.
class SearchIndexKeeper {
 public:
  explicit SearchIndexKeeper(store::Database& database);
  ~SearchIndexKeeper();

  // An entry was written and committed.
  void note_write();

 private:
  void keep();
  void merge();
  std::int64_t count_pieces();

  store::Database& database_;
  std::mutex mutex_;
  std::condition_variable wake_;
  std::int64_t written_ = 0;
  bool is_ending_ = false;
  std::thread thread_;
};

// Merges the whole index, in the same gentle steps, so that no deleted word is left in its pieces:
// until then SQLite only marks them as deleted. For after records were removed for good. Returns
// early when `should_stop` says so; calling it again goes on. On PostgreSQL it does nothing.
void purge_search_index(store::Database& database, const std::function<bool()>& should_stop);

}  // namespace fokus::records
