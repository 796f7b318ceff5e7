// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "access/authenticator.hpp"
#include "access/idempotency.hpp"
#include "access/route.hpp"

namespace fokus::access {

// The door between the network and the handlers. Outlives the routes that were bound to it.
struct Gate {
  Authenticator& authenticator;
  Idempotency& idempotency;
};

// Authenticates, checks the right and the origin, makes the Scope, calls the handler and turns its
// Error into problem+json. A POST with an Idempotency-Key runs once. The header X-Purpose names
// the purpose of the call ("customer_care" when absent). Who may not upload is refused before the
// body is read.
net::Route bind_route(Route route, Gate& gate);

// The scope of a call, for WebSocket routes, which have no handler: authenticates and checks the
// origin. `pattern` is the route as it shall stand in the access log.
Result<Scope> open_scope_for_socket(const net::Call& call, std::string pattern, Gate& gate);

// Whether the actor may use a route with this right. Errors: "access/forbidden" with params right.
Status check_right(const Right& right, const Actor& actor);

std::string_view method_name(net::Method method);

}  // namespace fokus::access
