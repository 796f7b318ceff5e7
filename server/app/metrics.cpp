// SPDX-License-Identifier: Apache-2.0
#include "app/metrics.hpp"

#include <unistd.h>

#include <fstream>

namespace fokus::app {
namespace {

void add(std::string& out, std::string_view name, std::string_view kind, std::string_view help,
         std::uint64_t value) {
  out += fmt::format("# HELP {0} {1}\n# TYPE {0} {2}\n{0} {3}\n", name, help, kind, value);
}

}  // namespace

std::string render_metrics(const net::ServerCounters& c, std::int64_t database_bytes,
                           std::int64_t resident) {
  std::string out;
  add(out, "fokus_calls_total", "counter", "HTTP calls answered", c.calls);
  add(out, "fokus_errors_4xx_total", "counter", "Calls refused", c.errors_4xx);
  add(out, "fokus_errors_5xx_total", "counter", "Calls that failed", c.errors_5xx);
  add(out, "fokus_refused_busy_total", "counter", "Calls refused because the queue was full",
      c.refused_busy);
  add(out, "fokus_bytes_out_total", "counter", "Bytes sent", c.bytes_out);
  add(out, "fokus_connections_open", "gauge", "Open connections", c.connections_open);
  add(out, "fokus_sockets_open", "gauge", "Open WebSockets", c.sockets_open);
  add(out, "fokus_database_bytes", "gauge", "Size of the database",
      static_cast<std::uint64_t>(database_bytes));
  add(out, "fokus_resident_bytes", "gauge", "Resident memory",
      static_cast<std::uint64_t>(resident));
  out += "# HELP fokus_call_seconds Time to answer\n# TYPE fokus_call_seconds histogram\n";
  std::uint64_t total = 0;
  for (const auto& [upper_us, count] : c.latency) {
    const std::string bound = std::isfinite(upper_us) ? fmt::format("{}", upper_us / 1e6) : "+Inf";
    out += fmt::format("fokus_call_seconds_bucket{{le=\"{}\"}} {}\n", bound, count);
    total = count;
  }
  out += fmt::format("fokus_call_seconds_count {}\n", total);
  return out;
}

std::int64_t resident_bytes() {
  std::ifstream in("/proc/self/statm");
  std::int64_t size = 0, resident = 0;
  in >> size >> resident;
  return resident * sysconf(_SC_PAGESIZE);
}

}  // namespace fokus::app
