// SPDX-License-Identifier: Apache-2.0
#include "features/quality/follower.hpp"

#include <exception>

#include "platform/locale.hpp"

namespace fokus::quality {
namespace {

constexpr auto tick = std::chrono::seconds(1);
constexpr int ticks_between_nights = 60;
// A server that has just been started, by an upgrade at night say, has other work first.
constexpr int ticks_before_nights = 3600;
// While an import saves thousands of records a second, they are looked at behind it.
constexpr int steps_per_tick = 8;
constexpr std::int64_t night_from_ms = 2 * ms_per_hour, night_to_ms = 5 * ms_per_hour;
constexpr std::int64_t between_nights_ms = 20 * ms_per_hour;

}  // namespace

Follower::Follower(const Quality& quality) : quality_(quality), thread_([this] { run(); }) {}

Follower::~Follower() {
  {
    std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  woken_.notify_all();
  thread_.join();
}

bool Follower::is_stopping() {
  std::lock_guard lock(mutex_);
  return stopping_;
}

void Follower::run() {
  for (int ticks = 1;; ++ticks) {
    try {
      look();
      if (ticks >= ticks_before_nights && ticks % ticks_between_nights == 0) ask_for_night();
    } catch (const std::exception&) {
      // The database is away, say; the next round finds what waits.
    }
    std::unique_lock lock(mutex_);
    if (woken_.wait_for(lock, tick, [&] { return stopping_; })) return;
  }
}

void Follower::look() {
  for (int step = 0; step < steps_per_tick && !is_stopping(); ++step)
    if (quality_.catch_up(limits::follow_step) < limits::follow_step) return;
}

// Between two and five o'clock where the installation is, once.
void Follower::ask_for_night() {
  const auto& parts = quality_.parts();
  const Instant now = parts.clock.now();
  const auto dictionary = parts.dictionary.current();
  const auto zone =
      TimeZone::find(dictionary->installation.default_time_zone).value_or(TimeZone::utc());
  const auto time = zone.time_of_day_ms(now);
  if (time < night_from_ms || time >= night_to_ms) return;
  const auto is_done = [&](store::Session& session) {
    return session.query_integer(parts.statements["quality.last_night"]) >
           now.plus_ms(-between_nights_ms).ms;
  };
  if (parts.database.read(is_done)) return;
  parts.database.write([&](store::Transaction& tx) {
    if (!is_done(tx)) parts.jobs.create(tx, "quality_night", UserId{}, {}, now);
  });
}

}  // namespace fokus::quality
