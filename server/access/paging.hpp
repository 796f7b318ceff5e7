// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <boost/json/fwd.hpp>

#include "base/result.hpp"
#include "net/call.hpp"

namespace fokus::access {

// What page_of() reads, for Terms::query.
constexpr const char* page_query = "limit: limit, cursor";
constexpr int page_limit_max = 500;

// The page {"items", "next"} of what was read for it (keyset.hpp): as many items as the call asks
// for, or one more, which says that the list goes on after the one before. Errors: parse_page().
Result<boost::json::object> page_of(const net::Call& call, boost::json::array items);

}  // namespace fokus::access
