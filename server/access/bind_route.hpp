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
  // Whether records may be read for this purpose; without it there is only the ordinary one.
  std::function<bool(std::string_view)> knows_purpose = {};
};

// Authenticates, checks the right, the origin and the query parameters (Contract::check), makes the
// Scope, calls the handler and turns its Error into problem+json. A POST with an Idempotency-Key
// runs once. The header X-Purpose names the purpose of the call ("customer_care" when absent);
// "access/unknown_purpose" (422) when the gate does not know it. Who may not upload is refused
// before the body is read. A body that does not say that it is JSON is not read:
// "access/unsupported_media_type" (415).
net::Route bind_route(Route route, Gate& gate);

// The scope of a call, for WebSocket routes, which have no handler: authenticates and checks the
// origin. `pattern` is the route as it shall stand in the access log.
Result<Scope> open_scope_for_socket(net::Call& call, std::string pattern, Gate& gate);

// Whether the actor may use a route with this right. Errors: "access/forbidden" with params right.
Status check_right(const Right& right, const Actor& actor);

std::string_view method_name(net::Method method);

}  // namespace fokus::access
