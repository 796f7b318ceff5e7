// SPDX-License-Identifier: Apache-2.0
#include "platform/clock.hpp"

#include <chrono>

namespace fokus {

Instant SystemClock::now() const {
  const auto since = std::chrono::system_clock::now().time_since_epoch();
  return {std::chrono::duration_cast<std::chrono::milliseconds>(since).count()};
}

}  // namespace fokus
