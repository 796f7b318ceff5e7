// SPDX-License-Identifier: Apache-2.0
#include "net/asio_setup.hpp"

#include "net/body_pipe.hpp"

#include <boost/asio/post.hpp>

namespace fokus::net {

namespace {
constexpr std::size_t pipe_bytes_max = 64 * 1024;
}

bool BodyPipe::write(std::string_view piece) {
  while (!piece.empty()) {
    std::unique_lock lock(mutex_);
    room_.wait(lock, [this] { return aborted_ || waiting_.size() < pipe_bytes_max; });
    if (aborted_) return false;
    const auto taken = piece.substr(0, pipe_bytes_max - waiting_.size());
    waiting_.append(taken);
    piece.remove_prefix(taken.size());
    wake_reader();
  }
  std::lock_guard lock(mutex_);
  return !aborted_;
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

Task<std::string> BodyPipe::read() {
  for (;;) {
    {
      std::lock_guard lock(mutex_);
      wake_posted_ = signalled_ = false;
      if (!waiting_.empty()) {
        room_.notify_one();
        co_return std::exchange(waiting_, {});
      }
      if (finished_ || aborted_) co_return std::string();
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
