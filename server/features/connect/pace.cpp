// SPDX-License-Identifier: Apache-2.0
#include "features/connect/pace.hpp"

#include <algorithm>
#include <cmath>

namespace fokus::connect {

Pace::Pace(double per_second)
    : per_ms_(per_second / 1'000), most_(std::max(per_second, 1.0)), left_(most_) {}

std::int64_t Pace::wait_ms(std::int64_t now_ms) const {
  const double missing = 1 - left_at(now_ms);
  return missing <= 0 ? 0 : static_cast<std::int64_t>(std::ceil(missing / per_ms_));
}

void Pace::take(std::int64_t now_ms) {
  left_ = left_at(now_ms) - 1;
  at_ms_ = now_ms;
  has_begun_ = true;
}

double Pace::left_at(std::int64_t now_ms) const {
  if (!has_begun_) return left_;
  return std::min(most_, left_ + static_cast<double>(now_ms - at_ms_) * per_ms_);
}

}  // namespace fokus::connect
