// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string>

#include "net/server.hpp"

namespace fokus::app {

// The counters in the text format of Prometheus (0.0.4). No label holds anything about a person.
std::string render_metrics(const net::ServerCounters& counters, std::int64_t database_bytes,
                           std::int64_t resident_bytes);

// VmRSS of this program; 0 where /proc does not say.
std::int64_t resident_bytes();

}  // namespace fokus::app
