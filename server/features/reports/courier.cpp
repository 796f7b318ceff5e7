// SPDX-License-Identifier: Apache-2.0
#include "features/reports/courier.hpp"

namespace fokus::reports {
namespace {

constexpr auto tick = std::chrono::seconds(1);

}  // namespace

Courier::Courier(const Reports& reports) : reports_(reports) {
  thread_ = std::thread([this] { run(); });
}

Courier::~Courier() {
  {
    std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  woken_.notify_all();
  thread_.join();
}

bool Courier::is_stopping() {
  std::lock_guard lock(mutex_);
  return stopping_;
}

void Courier::run() {
  for (;;) {
    try {
      reports_.plan_due();
      // What becomes due while many letters leave is not kept waiting for the last of them.
      while (!is_stopping() && reports_.deliver_next([this] { return is_stopping(); }))
        reports_.plan_due();
    } catch (const std::exception&) {
      // The database is away, or one letter cannot be made: it is tried again when its lease has
      // run out, attempts_max times at most.
    }
    std::unique_lock lock(mutex_);
    if (woken_.wait_for(lock, tick, [&] { return stopping_; })) return;
  }
}

}  // namespace fokus::reports
