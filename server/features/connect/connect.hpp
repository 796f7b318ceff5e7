// SPDX-License-Identifier: Apache-2.0
#pragma once
// What other rooms need of this one: to declare a connector (connector.hpp, Connections::add), to
// call through it (Outbound::fetch), and to write down calls that are no HTTP (EgressLog::append).
#include "features/connect/outbound.hpp"

namespace fokus::connect {

// GET/PUT /api/v1/connectors…, and GET /api/v1/egress.
std::vector<access::Route> connector_routes(Outbound& outbound);
std::vector<access::Route> egress_routes(const EgressLog& log);

}  // namespace fokus::connect
