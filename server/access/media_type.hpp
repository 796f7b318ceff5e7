// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "net/call.hpp"

namespace fokus::access {

// Whether what the call sends says that it is JSON in UTF-8. A form on any page can send a body
// that says something else, or nothing. Without a body nothing need be said; that of a GET is not
// read.
bool sends_json(const net::Call& call);

}  // namespace fokus::access
