// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <condition_variable>
#include <cstdint>
#include <functional>
#include <mutex>
#include <optional>
#include <utility>

#include "features/connect/pace.hpp"

namespace fokus::connect {

// Keeps the calls of one connector to its pace, and to so many at once. Thread-safe.
class Lane {
 public:
  Lane(double per_second, int at_once) : pace_(per_second), free_(at_once) {}

  // Held while a call is under way.
  class Place {
   public:
    explicit Place(Lane& lane) : lane_(&lane) {}
    Place(Place&& other) noexcept : lane_(std::exchange(other.lane_, nullptr)) {}
    Place& operator=(Place&&) = delete;
    ~Place() {
      if (lane_) lane_->leave();
    }

   private:
    Lane* lane_;
  };

  // Waits for its turn at most so long; nothing when it did not come, or should_stop() said so.
  std::optional<Place> enter(std::int64_t longest_ms, const std::function<bool()>& should_stop);

 private:
  void leave();

  std::mutex mutex_;
  std::condition_variable changed_;
  Pace pace_;
  int free_;
};

}  // namespace fokus::connect
