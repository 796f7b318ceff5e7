// SPDX-License-Identifier: Apache-2.0
#include "records/search_index_keeper.hpp"

#include <chrono>

namespace fokus::records {
namespace {

constexpr std::chrono::milliseconds pause_min(2);
constexpr int pause_factor = 4;  // of the time a step took: a fifth of the writer at most
constexpr std::int64_t changes_of_nothing = 2;  // fewer: SQLite found nothing to merge

// The second number of the record of the index's structure, behind four bytes: how many pieces it
// has (https://sqlite.org/fts5.html, and the file format in fts5_index.c). A varint of SQLite has
// seven bits to the byte, the highest first.
std::int64_t second_number(std::string_view record) {
  std::size_t at = 4;
  std::int64_t number = 0;
  for (int i = 0; i < 2; ++i) {
    number = 0;
    for (bool more = true; more && at < record.size(); ++at) {
      const auto byte = static_cast<unsigned char>(record[at]);
      number = number << 7 | (byte & 0x7F);
      more = (byte & 0x80) != 0;
    }
  }
  return number;
}

// False: there was nothing to merge.
bool merge_step(store::Database& database, int pages) {
  std::int64_t changes = 0;
  database.write([&](store::Transaction& tx) {
    const std::int64_t before = tx.query_integer("SELECT total_changes()");
    tx.execute("INSERT INTO search_index(search_index, rank) VALUES ('merge', $1)", {pages});
    changes = tx.query_integer("SELECT total_changes()") - before;
  });
  return changes >= changes_of_nothing;
}

}  // namespace

SearchIndexKeeper::SearchIndexKeeper(store::Database& database) : database_(database) {
  if (database.engine() == store::Engine::sqlite) thread_ = std::thread([this] { keep(); });
}

SearchIndexKeeper::~SearchIndexKeeper() {
  {
    std::lock_guard lock(mutex_);
    is_ending_ = true;
  }
  wake_.notify_all();
  if (thread_.joinable()) thread_.join();
}

void SearchIndexKeeper::note_write() {
  {
    std::lock_guard lock(mutex_);
    if (++written_ != limits::search_writes_per_look) return;
  }
  wake_.notify_one();
}

void SearchIndexKeeper::keep() {
  std::unique_lock lock(mutex_);
  while (true) {
    wake_.wait(lock, [&] { return is_ending_ || written_ >= limits::search_writes_per_look; });
    if (is_ending_) return;
    written_ = 0;
    lock.unlock();
    try {
      merge();
    } catch (const store::Failure&) {
      // A full disk or a damaged file: whoever saves is told. The index is only slower for it.
    }
    lock.lock();
  }
}

void SearchIndexKeeper::merge() {
  using Clock = std::chrono::steady_clock;
  while (count_pieces() > limits::search_pieces_max) {
    const auto begun = Clock::now();
    if (!merge_step(database_, limits::search_merge_pages)) return;
    const auto pause = std::max<Clock::duration>(pause_min, pause_factor * (Clock::now() - begun));
    std::unique_lock lock(mutex_);
    if (wake_.wait_for(lock, pause, [&] { return is_ending_; })) return;
  }
}

std::int64_t SearchIndexKeeper::count_pieces() {
  return database_.read([](store::Session& session) {
    const auto rows = session.query("SELECT block FROM search_index_data WHERE id = 10");
    return rows->next() ? second_number(rows->text(0)) : 0;
  });
}

void purge_search_index(store::Database& database, const std::function<bool()>& should_stop) {
  using Clock = std::chrono::steady_clock;
  if (database.engine() != store::Engine::sqlite) return;
  for (bool goes_on = true; goes_on && !should_stop();) {
    const auto begun = Clock::now();
    // Negative: all pieces become one, also where there are too few for a merge.
    goes_on = merge_step(database, -limits::search_merge_pages);
    if (goes_on)
      std::this_thread::sleep_for(
          std::max<Clock::duration>(pause_min, pause_factor * (Clock::now() - begun)));
  }
}

}  // namespace fokus::records
