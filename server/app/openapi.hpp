// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string>
#include <vector>

#include "access/route.hpp"
#include "records/dictionary.hpp"

namespace fokus::app {

// The OpenAPI 3.1 document of these routes, with a schema per record type. Every route is in it,
// because it is made from the same table as the router.
std::string render_openapi(const std::vector<access::Route>& routes,
                           const records::Dictionary& dictionary, std::string_view version);

}  // namespace fokus::app
