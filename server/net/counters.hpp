// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <array>
#include <atomic>
#include <cstdint>

#include "net/server.hpp"

namespace fokus::net {

// The running sums behind ServerCounters. All threads add to them.
class Counters {
 public:
  void add_call(int status, std::int64_t micros);
  ServerCounters read() const;

  std::atomic<std::uint64_t> connections_open{0}, sockets_open{0}, refused_busy{0}, bytes_out{0};

 private:
  static constexpr std::array<double, 15> bounds_us = {
      250,     500,     1'000,   2'500,     5'000,     10'000,    25'000,    50'000,
      100'000, 250'000, 500'000, 1'000'000, 2'500'000, 5'000'000, 10'000'000};
  std::atomic<std::uint64_t> calls_{0}, errors_4xx_{0}, errors_5xx_{0};
  std::array<std::atomic<std::uint64_t>, bounds_us.size() + 1> latency_{};
};

}  // namespace fokus::net
