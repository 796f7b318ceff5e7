// SPDX-License-Identifier: Apache-2.0
#include "access/contract.hpp"

#include <algorithm>
#include <boost/json.hpp>
#include <charconv>

#include "base/text.hpp"

namespace fokus::access {
namespace {

QueryParameter parse_parameter(std::string_view text) {
  QueryParameter out;
  const auto colon = text.find(':');
  out.name = trim(text.substr(0, colon));
  out.kind = colon == text.npos ? std::string_view("text") : trim(text.substr(colon + 1));
  out.required = out.name.ends_with('!');
  if (out.required) out.name.pop_back();
  return out;
}

bool is_integer(std::string_view text) {
  std::int64_t number = 0;
  const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), number);
  return failed == std::errc{} && end == text.data() + text.size();
}

// What is wrong with a value, or nothing.
std::string_view fault_of(const QueryParameter& parameter, std::string_view value) {
  if (parameter.kind == "boolean" && value != "true" && value != "false") return "not_yes_or_no";
  if ((parameter.kind == "integer" || parameter.kind == "ids") && !is_integer(value))
    return "not_a_number";
  if (parameter.kind.find('|') == std::string::npos) return {};
  const auto words = split(parameter.kind, '|');
  return std::find(words.begin(), words.end(), value) == words.end() ? "unknown"
                                                                     : std::string_view();
}

// Of a call that takes no body: whoever sends one means something that would not be done. `{}` says
// as little as nothing does. What only reads does nothing anyway. Errors: "access/malformed_json",
// "access/unknown_member" with the first member.
Status check_no_body(const net::Call& call) {
  const bool only_reads = call.method == net::Method::get || call.method == net::Method::head;
  if (only_reads || trim(call.body).empty()) return {};
  boost::system::error_code failed;
  const auto body = boost::json::parse(call.body, failed);
  if (failed || !body.is_object()) return make_error(ErrorKind::malformed, "access/malformed_json");
  if (body.get_object().empty()) return {};
  return field_error("access/unknown_member", std::string(body.get_object().begin()->key()),
                     "unknown");
}

}  // namespace

Contract::Contract(std::string summary, Terms terms)
    : summary_(std::move(summary)), terms_(std::move(terms)), is_declared_(true) {
  for (const auto one : split(terms_.query, ','))
    if (!trim(one).empty()) query_.push_back(parse_parameter(one));
  body_ = BodyShape::parse(terms_.body);
}

int Contract::status() const {
  if (terms_.status != 0) return terms_.status;
  return terms_.answer.empty() && terms_.media.empty() ? 204 : 200;
}

Status Contract::check(const net::Call& call) const {
  if (!is_declared_) return {};
  std::vector<char> is_given(query_.size());
  for (const auto& [name, value] : call.query) {
    const auto at = std::find_if(query_.begin(), query_.end(),
                                 [&](const auto& known) { return known.name == name; });
    if (at == query_.end()) return field_error("access/unknown_parameter", name, "unknown");
    auto& given = is_given[static_cast<std::size_t>(at - query_.begin())];
    if (given && at->kind != "ids")
      return field_error("access/invalid_parameter", name, "repeated");
    given = true;
    const auto fault = value.empty() ? std::string_view() : fault_of(*at, value);
    if (!fault.empty()) return field_error("access/invalid_parameter", name, std::string(fault));
  }
  return check_body(call);
}

// A misspelt member would be lost in silence.
Status Contract::check_body(const net::Call& call) const {
  if (terms_.body.empty() && terms_.upload.empty()) return check_no_body(call);
  if (body_.is_open() || call.body.empty()) return {};
  boost::system::error_code failed;
  const auto body = boost::json::parse(call.body, failed);
  if (failed) return {};
  if (auto unknown = body_.unknown_member(body))
    return field_error("access/unknown_member", std::move(*unknown), "unknown");
  return {};
}

}  // namespace fokus::access
