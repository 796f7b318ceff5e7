// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

namespace fokus::bench {

using Clock = std::chrono::steady_clock;

// What one client, or all of them, have seen.
struct Outcome {
  std::vector<double> millis;
  std::int64_t failed = 0, bytes = 0;
};

// One line of JSON: calls, failed, bytes, p50, p95, p99, max.
void print_outcome(Outcome outcome);

// The commands of fokus_bench; each returns the exit code.
int load(const std::vector<std::string>& arguments);
int floor(const std::vector<std::string>& arguments);
int sockets(const std::vector<std::string>& arguments);
int echo(const std::vector<std::string>& arguments);

}  // namespace fokus::bench
