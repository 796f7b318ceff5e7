// SPDX-License-Identifier: Apache-2.0
#include "access/media_type.hpp"

#include <algorithm>

#include "base/text.hpp"

namespace fokus::access {
namespace {

bool names_utf8(std::string_view parameter) {
  const auto equals = parameter.find('=');
  if (equals == parameter.npos || lower_ascii(trim(parameter.substr(0, equals))) != "charset")
    return true;  // another parameter means nothing to JSON
  auto value = trim(parameter.substr(equals + 1));
  if (value.size() >= 2 && value.front() == '"' && value.back() == '"')
    value = value.substr(1, value.size() - 2);
  return lower_ascii(value) == "utf-8";
}

bool is_json(std::string_view type) {
  const auto parts = split(type, ';');
  return lower_ascii(trim(parts.front())) == "application/json" &&
         std::all_of(parts.begin() + 1, parts.end(), names_utf8);
}

}  // namespace

bool sends_json(const net::Call& call) {
  const bool is_read = call.method != net::Method::get && call.method != net::Method::head;
  return !is_read || call.body.empty() || is_json(call.header("content-type").value_or(""));
}

}  // namespace fokus::access
