// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>

namespace fokus::connect {

// So many calls a second, of which those of one second may come at once. Pure: the time, in
// milliseconds of a clock that never goes back, is passed in. Not for two threads at once.
class Pace {
 public:
  // per_second: above 0; below 1 it is one call in several seconds.
  explicit Pace(double per_second);

  // How long the next call must wait; 0: it may go.
  std::int64_t wait_ms(std::int64_t now_ms) const;
  void take(std::int64_t now_ms);

 private:
  double left_at(std::int64_t now_ms) const;

  double per_ms_, most_, left_;
  std::int64_t at_ms_ = 0;
  bool has_begun_ = false;
};

}  // namespace fokus::connect
