// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string_view>

#include "net/call.hpp"

namespace fokus::net {

std::string_view reason_phrase(int status);

// A problem whose status has no ErrorKind, because only the network layer says it (405, 408, 431
// …).
Reply refuse(int status, std::string_view code, std::string_view call_id);

}  // namespace fokus::net
