// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string>
#include <vector>

#include "access/route.hpp"
#include "app/house.hpp"

namespace fokus::app {

// All routes of the program, in the order of the features. The one list: the router, the OpenAPI
// document and the tests read it.
std::vector<access::Route> all_routes(House& house);
// Those that the OpenAPI document describes: all, and the WebSocket.
std::vector<access::Route> described_routes(House& house);

// For serve(), and to be called before the house is opened: only threads that are made afterwards
// leave the signals to it. One that heard them itself would end the program during a call.
void block_signals();
// Serves until SIGINT or SIGTERM. Prints "listening on http://…" when it is ready. Errors: what
// stops a start.
Status serve(House& house);

}  // namespace fokus::app
