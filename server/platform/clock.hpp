// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <atomic>

#include "base/time.hpp"

namespace fokus {

// The time of day, passed to whoever needs it, so that a test can decide what time it is.
// Thread-safe.
class Clock {
 public:
  virtual ~Clock() = default;
  virtual Instant now() const = 0;
};

class SystemClock final : public Clock {
 public:
  Instant now() const override;
};

// Stands still until it is told otherwise.
class FakeClock final : public Clock {
 public:
  explicit FakeClock(Instant start = {1'700'000'000'000}) : ms_(start.ms) {}
  Instant now() const override { return {ms_.load()}; }
  void set(Instant now) { ms_ = now.ms; }
  void advance_ms(std::int64_t delta) { ms_ += delta; }

 private:
  std::atomic<std::int64_t> ms_;
};

}  // namespace fokus
