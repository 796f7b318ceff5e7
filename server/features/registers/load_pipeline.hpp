// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <condition_variable>
#include <deque>
#include <exception>
#include <mutex>
#include <optional>
#include <thread>

#include "features/registers/register_store.hpp"

namespace fokus::registers {

// Some rows of the file, ready to be stored, and where to go on behind them.
struct Chunk {
  std::vector<StoredEntry> entries;
  std::vector<std::pair<std::string, std::int64_t>> problems;  // reason, row
  Position next;
  int progress = 0;  // thousandths of the file
};

// Unpacks, reads and maps on a thread of its own while the caller stores, a few chunks ahead.
class ChunkProducer {
 public:
  ChunkProducer(const Provider& provider, LoadId load, Unpacked& source, RowReader& rows,
                int rows_per_chunk);
  ~ChunkProducer();  // stops and waits for the thread
  ChunkProducer(const ChunkProducer&) = delete;

  // Nothing at the end. Throws what the thread has thrown.
  std::optional<Chunk> next();

 private:
  void run();
  Chunk read_chunk(bool& is_last);
  bool put(Chunk&& chunk);

  const Provider& provider_;
  LoadId load_;
  Unpacked& source_;
  RowReader& rows_;
  int rows_per_chunk_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<Chunk> ready_;
  bool ended_ = false, stopped_ = false;
  std::exception_ptr failure_;
  std::thread thread_;  // last: it uses all of the above
};

}  // namespace fokus::registers
