// SPDX-License-Identifier: Apache-2.0
#include "features/connect/lane.hpp"

#include <algorithm>
#include <chrono>

namespace fokus::connect {
namespace {

constexpr std::int64_t look_up_ms = 200;  // how often somebody who waits asks whether to stop

std::int64_t steady_ms() {
  using namespace std::chrono;
  return duration_cast<milliseconds>(steady_clock::now().time_since_epoch()).count();
}

}  // namespace

std::optional<Lane::Place> Lane::enter(std::int64_t longest_ms,
                                       const std::function<bool()>& should_stop) {
  const std::int64_t end = steady_ms() + longest_ms;
  std::unique_lock lock(mutex_);
  for (;;) {
    const std::int64_t now = steady_ms();
    const std::int64_t wait = free_ > 0 ? pace_.wait_ms(now) : look_up_ms;
    if (wait == 0) break;
    if (now + (free_ > 0 ? wait : 1) > end) return std::nullopt;
    changed_.wait_for(lock, std::chrono::milliseconds(std::min(wait, look_up_ms)));
    lock.unlock();
    const bool stops = should_stop && should_stop();
    lock.lock();
    if (stops) return std::nullopt;
  }
  pace_.take(steady_ms());
  --free_;
  return Place(*this);
}

void Lane::leave() {
  {
    const std::lock_guard lock(mutex_);
    ++free_;
  }
  changed_.notify_one();
}

}  // namespace fokus::connect
