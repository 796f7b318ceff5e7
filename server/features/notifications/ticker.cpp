// SPDX-License-Identifier: Apache-2.0
#include "features/notifications/ticker.hpp"

#include "features/notifications/notifications.hpp"
#include "features/notifications/reminder_plan.hpp"
#include "features/notifications/reminders.hpp"

namespace fokus::notifications {
namespace {

constexpr auto tick = std::chrono::seconds(1);
constexpr int reminders_max = 100;  // of one transaction
// Changes of jobs are heard of; now and then it is asked all the same.
constexpr int ticks_between_looks = 60;
// Clocks of nodes differ, and a transaction that began first may commit last.
constexpr std::int64_t overlap_ms = 2 * ms_per_minute;

}  // namespace

Ticker::Ticker(const records::ApiParts& parts)
    : parts_(parts), jobs_since_(parts.clock.now().plus_ms(-caught_up_ms)) {
  subscription_ = parts_.jobs.on_change([this](JobId) {
    std::lock_guard lock(mutex_);
    has_ended_job_ = true;  // maybe: progress is told in the same way
  });
  thread_ = std::thread([this] { run(); });
}

Ticker::~Ticker() {
  subscription_.reset();
  {
    std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  woken_.notify_all();
  thread_.join();
}

void Ticker::run() {
  for (int ticks = 0;; ++ticks) {
    try {
      remind();
      tell_of_jobs(ticks % ticks_between_looks == 0);
    } catch (const store::Failure&) {
      // The database is away; the next round finds what is due.
    }
    std::unique_lock lock(mutex_);
    if (woken_.wait_for(lock, tick, [&] { return stopping_; })) return;
  }
}

// Looks before it writes: an idle program must not queue for the writer once a second.
void Ticker::remind() const {
  const auto has_due = [&] {
    return parts_.database.read([&](store::Session& session) {
      return session.query_integer(parts_.statements["notifications.has_due"],
                                   {parts_.clock.now()}) != 0;
    });
  };
  while (has_due()) {
    int told = 0;
    parts_.database.write(
        [&](store::Transaction& tx) { told = remind_due(tx, parts_, reminders_max); });
    // The others are in the hands of another node.
    if (told < reminders_max) return;
  }
}

void Ticker::tell_of_jobs(bool is_due) {
  {
    std::lock_guard lock(mutex_);
    if (!has_ended_job_ && !is_due) return;
    has_ended_job_ = false;
  }
  const Instant now = parts_.clock.now();
  tell_ended_jobs(parts_, jobs_since_);
  jobs_since_ = std::max(jobs_since_, now.plus_ms(-overlap_ms));
}

}  // namespace fokus::notifications
