// SPDX-License-Identifier: Apache-2.0
#include "access/paging.hpp"

#include <algorithm>
#include <boost/json.hpp>
#include <charconv>

namespace fokus::access {
namespace {

namespace json = boost::json;

Result<std::int64_t> number_of(std::string_view text, std::string_view code,
                               std::string_view field) {
  std::int64_t out = 0;
  const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), out);
  if (failed != std::errc{} || end != text.data() + text.size() || out < 1)
    return field_error(std::string(code), std::string(field),
                       field == "limit" ? "out_of_range" : "not_a_cursor");
  return out;
}

}  // namespace

Result<json::object> page_of(const net::Call& call, json::array items) {
  std::int64_t limit = page_limit_max;
  if (const auto text = call.query_value("limit"); text && !text->empty())
    limit = TRY(number_of(*text, "records/bad_limit", "limit"));
  if (limit > page_limit_max)
    return field_error("records/bad_limit", "limit", "out_of_range",
                       {{"max", std::to_string(page_limit_max)}});
  auto from = items.begin();
  if (const auto text = call.query_value("cursor"); text && !text->empty()) {
    const std::int64_t last = TRY(number_of(*text, "records/bad_cursor", "cursor"));
    from = std::find_if(items.begin(), items.end(),
                        [&](const json::value& item) { return item.at("id") == last; });
    if (from == items.end()) return field_error("records/bad_cursor", "cursor", "not_a_cursor");
    ++from;
  }
  const bool goes_on = items.end() - from > limit;
  const auto to = goes_on ? from + limit : items.end();
  json::object out{{"items", json::array(from, to)}, {"next", nullptr}};
  if (goes_on) out["next"] = std::to_string((to - 1)->at("id").as_int64());
  return out;
}

}  // namespace fokus::access
