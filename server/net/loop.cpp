// SPDX-License-Identifier: Apache-2.0
#include "net/asio_setup.hpp"

#include "net/loop.hpp"

#include <boost/asio/post.hpp>

namespace fokus::net {

Loop::Loop(Clock::duration tick)
    : tick_(tick), work_(io.get_executor()), timer_(io.get_executor()) {}

Loop::~Loop() {
  stop();
}

void Loop::start() {
  look_at_deadlines();
  thread_ = std::thread([this] { io.run(); });
}

void Loop::stop() {
  io.stop();
  if (thread_.joinable()) thread_.join();
}

void Loop::retire_all() {
  asio::post(io, [this] { for_each([](Watched& watched) { watched.retire(); }); });
}

void Loop::drop_all() {
  asio::post(io, [this] { for_each([](Watched& watched) { watched.drop(); }); });
}

void Loop::look_at_deadlines() {
  timer_.expires_after(tick_);
  timer_.async_wait([this](error_code failed) {
    if (failed) return;
    const auto now = Clock::now();
    for_each([now](Watched& watched) {
      if (watched.deadline > now) return;
      watched.deadline = Clock::time_point::max();
      watched.expire();
    });
    look_at_deadlines();
  });
}

// The next one is taken first, because a visit may end the visited.
template <class Visit>
void Loop::for_each(Visit visit) {
  for (auto next = watched_.begin(); next != watched_.end();) {
    Watched& watched = *next++;
    visit(watched);
  }
}

}  // namespace fokus::net
