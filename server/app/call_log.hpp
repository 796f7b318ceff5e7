// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <string_view>

#include "net/call.hpp"
#include "platform/log.hpp"

namespace fokus::app {

// One line of the running log per call that has been answered: call id, user (0: nobody we know),
// method, route, status, microseconds. Nothing that a person could be found by: the route is its
// pattern, and neither query nor address is told. A failure of ours (5xx) is a warning. What comes
// with every page or every few seconds, and went well, is told at debug only: files of the web UI
// and what load balancers ask.
void log_call(Log& log, const net::Call& call, std::string_view route, int status,
              std::int64_t micros);

}  // namespace fokus::app
