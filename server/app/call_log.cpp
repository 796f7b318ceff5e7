// SPDX-License-Identifier: Apache-2.0
#include "app/call_log.hpp"

#include "access/bind_route.hpp"

namespace fokus::app {
namespace {

constexpr int first_refusal = 400, first_failure = 500;

LogLevel level_of(std::string_view route, int status) {
  if (status >= first_failure) return LogLevel::warning;
  const bool expected =
      route == "(static)" || route == "/healthz" || route == "/readyz" || route == "/metrics";
  return expected && status < first_refusal ? LogLevel::debug : LogLevel::note;
}

}  // namespace

void log_call(Log& log, const net::Call& call, std::string_view route, int status,
              std::int64_t micros) {
  // A call that met no route may be one whose first line was not understood.
  const auto method = route == "(none)" ? std::string_view() : access::method_name(call.method);
  log.write(level_of(route, status), "call",
            {{"id", call.id},
             {"user", call.user},
             {"method", method},
             {"route", route},
             {"status", status},
             {"us", micros}});
}

}  // namespace fokus::app
