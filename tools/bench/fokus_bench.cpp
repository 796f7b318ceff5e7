// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cstdio>

#include "bench.hpp"

namespace fokus::bench {

void print_outcome(Outcome all) {
  if (all.millis.empty()) all.millis.push_back(0);
  std::sort(all.millis.begin(), all.millis.end());
  const auto at = [&](double part) {
    return all.millis[static_cast<std::size_t>(part * static_cast<double>(all.millis.size() - 1))];
  };
  std::printf(
      "{\"calls\": %zu, \"failed\": %lld, \"bytes\": %lld, \"p50\": %.4f, \"p95\": %.4f, "
      "\"p99\": %.4f, \"max\": %.4f}\n",
      all.millis.size(), static_cast<long long>(all.failed), static_cast<long long>(all.bytes),
      at(0.5), at(0.95), at(0.99), all.millis.back());
}

}  // namespace fokus::bench

int main(int argc, char** argv) {
  using namespace fokus::bench;
  const std::vector<std::string> all(argv + 1, argv + argc);
  const std::vector<std::string> rest(all.empty() ? all.begin() : all.begin() + 1, all.end());
  const std::string command = all.empty() ? "" : all[0];
  if (command == "load") return load(rest);
  if (command == "floor") return fokus::bench::floor(rest);
  if (command == "sockets") return sockets(rest);
  if (command == "echo") return echo(rest);
  std::fprintf(stderr, "fokus_bench load | floor | sockets | echo …\n");
  return 2;
}
