// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <boost/json.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "access/route.hpp"
#include "base/result.hpp"

namespace fokus::access {

// The body of a call as a JSON object. Errors: "access/malformed_json".
Result<boost::json::object> parse_body(const net::Call& call);

// One member as clean text of at most `max` code points; absent and null are nothing. Errors:
// "access/invalid" with the field and not_text, too_long or invalid_text.
Result<std::optional<std::string>> maybe_text(const boost::json::object& body,
                                              std::string_view field, std::size_t max);
// The same, and it must be there: "required".
Result<std::string> required_text(const boost::json::object& body, std::string_view field,
                                  std::size_t max);
// A list of ids. Errors: "access/invalid" with not_a_list or not_an_id.
Result<std::vector<std::int64_t>> required_ids(const boost::json::object& body,
                                               std::string_view field);
// "{id}" of the path. Errors: not_found "net/no_route", as for any path that leads nowhere.
Result<std::int64_t> path_id(const net::Call& call);

net::Reply json_reply(const boost::json::value& value, int status = 200);

}  // namespace fokus::access
