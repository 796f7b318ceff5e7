// SPDX-License-Identifier: Apache-2.0
#include "net/counters.hpp"

#include <algorithm>
#include <limits>

namespace fokus::net {

void Counters::add_call(int status, std::int64_t micros) {
  constexpr auto relaxed = std::memory_order_relaxed;
  calls_.fetch_add(1, relaxed);
  if (status >= 500)
    errors_5xx_.fetch_add(1, relaxed);
  else if (status >= 400)
    errors_4xx_.fetch_add(1, relaxed);
  const auto bound =
      std::lower_bound(bounds_us.begin(), bounds_us.end(), static_cast<double>(micros));
  latency_[static_cast<std::size_t>(bound - bounds_us.begin())].fetch_add(1, relaxed);
}

ServerCounters Counters::read() const {
  ServerCounters sums;
  sums.calls = calls_;
  sums.errors_4xx = errors_4xx_;
  sums.errors_5xx = errors_5xx_;
  sums.connections_open = connections_open;
  sums.sockets_open = sockets_open;
  sums.refused_busy = refused_busy;
  sums.bytes_out = bytes_out;
  std::uint64_t total = 0;
  for (std::size_t i = 0; i < latency_.size(); ++i) {
    total += latency_[i];
    const bool last = i == bounds_us.size();
    sums.latency.emplace_back(last ? std::numeric_limits<double>::infinity() : bounds_us[i], total);
  }
  return sums;
}

}  // namespace fokus::net
