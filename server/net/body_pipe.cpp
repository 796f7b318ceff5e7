// SPDX-License-Identifier: Apache-2.0
#include "net/asio_setup.hpp"

#include "net/body_pipe.hpp"

#include <boost/asio/post.hpp>

namespace fokus::net {

namespace {
constexpr std::size_t pipe_bytes_max = 64 * 1024;
constexpr std::uint64_t overflow_bytes_max = 8ull << 30;
}  // namespace

bool BodyPipe::write(std::string_view piece) {
  while (!piece.empty()) {
    std::unique_lock lock(mutex_);
    if (!aborted_ && !has_room() && overflow(piece)) {
      wake_reader();
      return true;
    }
    room_.wait(lock, [this] { return aborted_ || has_room(); });
    if (aborted_) return false;
    const auto taken = piece.substr(0, pipe_bytes_max - waiting_.size());
    waiting_.append(taken);
    piece.remove_prefix(taken.size());
    wake_reader();
  }
  std::lock_guard lock(mutex_);
  return !aborted_;
}

// Called with the lock held, as the next one.
bool BodyPipe::has_room() const {
  return waiting_.size() < pipe_bytes_max && (!file_ || file_->empty());
}

bool BodyPipe::overflow(std::string_view piece) {
  if (folder_.empty()) return false;
  try {
    if (!file_) file_ = std::make_unique<OverflowFile>(folder_);
    if (file_->size() + piece.size() > overflow_bytes_max) return false;
    file_->append(piece);
    return true;
  } catch (const std::system_error&) {  // the disk is full: then the client sets the pace
    return false;
  }
}

std::string BodyPipe::take_overflow() {
  std::lock_guard lock(mutex_);
  auto piece = file_->take(pipe_bytes_max);
  room_.notify_one();
  return piece;
}

void BodyPipe::finish(bool whole) {
  std::lock_guard lock(mutex_);
  finished_ = true;
  whole_ = whole;
  wake_reader();
}

// Called with the lock held. One wake-up is enough for all that was written before it is seen.
void BodyPipe::wake_reader() {
  if (wake_posted_) return;
  wake_posted_ = true;
  asio::post(executor_, [self = shared_from_this()] {
    self->signalled_ = true;
    self->timer_.cancel();
  });
}

Task<BodyPipe::Piece> BodyPipe::read() {
  for (;;) {
    {
      std::lock_guard lock(mutex_);
      wake_posted_ = signalled_ = false;
      if (!waiting_.empty()) {
        room_.notify_one();
        co_return Piece{std::exchange(waiting_, {}), false};
      }
      if (!aborted_ && file_ && !file_->empty()) co_return Piece{{}, true};
      if (finished_ || aborted_) co_return Piece{};
    }
    while (!signalled_) {
      timer_.expires_at(Clock::time_point::max());
      co_await timer_.async_wait(use_tuple);
    }
  }
}

bool BodyPipe::whole() {
  std::lock_guard lock(mutex_);
  return whole_;
}

void BodyPipe::abort() {
  std::lock_guard lock(mutex_);
  aborted_ = true;
  room_.notify_all();
}

}  // namespace fokus::net
