// SPDX-License-Identifier: Apache-2.0
#include "access/json_body.hpp"

#include <charconv>

#include "base/text.hpp"

namespace fokus::access {

namespace json = boost::json;

Result<json::object> parse_body(const net::Call& call) {
  boost::system::error_code failed;
  const auto value = json::parse(json::string_view(call.body), failed);
  if (failed || !value.is_object())
    return make_error(ErrorKind::malformed, "access/malformed_json");
  return value.get_object();
}

Result<std::optional<std::string>> maybe_text(const json::object& body, std::string_view field,
                                              std::size_t max) {
  using Found = std::optional<std::string>;
  const auto* value = body.if_contains(field);
  if (value == nullptr || value->is_null()) return Found{};
  const auto refuse = [&](const char* code) {
    return field_error("access/invalid", std::string(field), code);
  };
  if (!value->is_string()) return refuse("not_text");
  const std::string_view text = value->get_string();
  if (!is_clean_utf8(text)) return refuse("invalid_text");
  if (count_code_points(text) > max) return refuse("too_long");
  return Found{std::string(text)};
}

Result<std::string> required_text(const json::object& body, std::string_view field,
                                  std::size_t max) {
  auto text = TRY(maybe_text(body, field, max));
  if (!text || text->empty()) return field_error("access/invalid", std::string(field), "required");
  return *text;
}

Result<std::vector<std::int64_t>> required_ids(const json::object& body, std::string_view field) {
  const auto* value = body.if_contains(field);
  if (value == nullptr || !value->is_array())
    return field_error("access/invalid", std::string(field), "not_a_list");
  std::vector<std::int64_t> out;
  for (const auto& id : value->get_array()) {
    if (!id.is_int64() || id.get_int64() <= 0)
      return field_error("access/invalid", std::string(field), "not_an_id");
    out.push_back(id.get_int64());
  }
  return out;
}

Result<std::int64_t> path_id(const net::Call& call) {
  const auto text = call.param("id");
  std::int64_t id = 0;
  const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), id);
  if (failed != std::errc{} || end != text.data() + text.size() || id <= 0)
    return make_error(ErrorKind::not_found, "net/no_route");
  return id;
}

net::Reply json_reply(const json::value& value, int status) {
  return net::Reply::json(json::serialize(value), status);
}

}  // namespace fokus::access
