// SPDX-License-Identifier: Apache-2.0
#include "features/registers/load_pipeline.hpp"

namespace fokus::registers {
namespace {

constexpr std::size_t chunks_ahead = 3;

}  // namespace

ChunkProducer::ChunkProducer(const Provider& provider, LoadId load, Unpacked& source,
                             RowReader& rows, int rows_per_chunk)
    : provider_(provider),
      load_(load),
      source_(source),
      rows_(rows),
      rows_per_chunk_(rows_per_chunk),
      thread_([this] { run(); }) {}

ChunkProducer::~ChunkProducer() {
  {
    const std::lock_guard lock(mutex_);
    stopped_ = true;
  }
  changed_.notify_all();
  thread_.join();
}

std::optional<Chunk> ChunkProducer::next() {
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [this] { return !ready_.empty() || ended_; });
  if (ready_.empty()) {
    if (failure_) std::rethrow_exception(failure_);
    return std::nullopt;
  }
  Chunk chunk = std::move(ready_.front());
  ready_.pop_front();
  changed_.notify_all();
  return chunk;
}

void ChunkProducer::run() {
  std::exception_ptr failure;
  try {
    bool is_last = false;
    while (!is_last && put(read_chunk(is_last))) {
    }
  } catch (...) {
    failure = std::current_exception();
  }
  const std::lock_guard lock(mutex_);
  failure_ = failure;
  ended_ = true;
  changed_.notify_all();
}

Chunk ChunkProducer::read_chunk(bool& is_last) {
  Chunk chunk;
  SourceRow row;
  for (int i = 0; i < rows_per_chunk_; ++i) {
    if (!rows_.next(row)) {
      is_last = true;
      break;
    }
    if (!row.problem.empty()) {
      chunk.problems.emplace_back(row.problem, row.row);
      continue;
    }
    auto mapped = map_row(provider_, row.cells);
    if (mapped.problem.empty())
      chunk.entries.push_back(to_stored(provider_, load_, row.row, std::move(mapped.entry)));
    else
      chunk.problems.emplace_back(mapped.problem, row.row);
  }
  chunk.next = rows_.position();
  chunk.progress = source_.progress();
  return chunk;
}

// False when nobody wants more.
bool ChunkProducer::put(Chunk&& chunk) {
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [this] { return ready_.size() < chunks_ahead || stopped_; });
  if (stopped_) return false;
  ready_.push_back(std::move(chunk));
  changed_.notify_all();
  return true;
}

}  // namespace fokus::registers
