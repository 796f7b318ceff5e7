// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <boost/json/fwd.hpp>

#include "base/result.hpp"
#include "net/call.hpp"

namespace fokus::access {

// What page_of() reads, for Terms::query.
constexpr const char* page_query = "limit: limit, cursor";
constexpr int page_limit_max = 500;

// One page of a short list that is at hand whole, in its order: {"items", "next"}. The cursor is
// the id of the last item of the page before. Errors: "records/bad_limit", "records/bad_cursor".
Result<boost::json::object> page_of(const net::Call& call, boost::json::array items);

}  // namespace fokus::access
