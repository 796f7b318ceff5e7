// SPDX-License-Identifier: Apache-2.0
#include "access/paging.hpp"

#include <boost/json.hpp>
#include <charconv>

#include "access/keyset.hpp"

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

Error bad_cursor() {
  return field_error("records/bad_cursor", "cursor", "not_a_cursor");
}

Result<PageAsk> parse_page(const net::Call& call) {
  PageAsk out;
  if (const auto text = call.query_value("limit"); text && !text->empty()) {
    const auto limit = TRY(number_of(*text, "records/bad_limit", "limit"));
    if (limit > page_limit_max)
      return field_error("records/bad_limit", "limit", "out_of_range",
                         {{"max", std::to_string(page_limit_max)}});
    out.limit = static_cast<int>(limit);
  }
  if (const auto text = call.query_value("cursor"); text && !text->empty())
    out.after = TRY(number_of(*text, "records/bad_cursor", "cursor"));
  return out;
}

Result<json::object> page_of(const net::Call& call, json::array items) {
  const auto limit = static_cast<std::size_t>(TRY(parse_page(call)).limit);
  json::object out{{"items", nullptr}, {"next", nullptr}};
  if (items.size() > limit) {
    items.resize(limit);
    out["next"] = std::to_string(items.back().at("id").as_int64());
  }
  out["items"] = std::move(items);
  return out;
}

}  // namespace fokus::access
