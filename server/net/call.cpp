// SPDX-License-Identifier: Apache-2.0
#include "net/call.hpp"

#include "base/check.hpp"
#include "base/text.hpp"
#include "net/headers.hpp"

namespace fokus::net {

std::optional<std::string_view> Call::header(std::string_view name) const {
  return find_header(headers, name);
}

std::optional<std::string_view> Call::query_value(std::string_view name) const {
  for (const auto& [key, value] : query)
    if (key == name) return value;
  return std::nullopt;
}

std::optional<std::string_view> Call::cookie(std::string_view name) const {
  for (const auto& [key, value] : headers) {
    if (!same_name(key, "Cookie")) continue;
    for (auto pair : split(value, ';')) {
      pair = trim(pair);
      const auto equals = pair.find('=');
      if (equals == pair.npos || pair.substr(0, equals) != name) continue;
      auto text = pair.substr(equals + 1);
      if (text.size() >= 2 && text.front() == '"' && text.back() == '"')
        text = text.substr(1, text.size() - 2);
      return text;
    }
  }
  return std::nullopt;
}

std::string_view Call::param(std::string_view name) const {
  const auto found = path_params.find(std::string(name));
  CHECK(found != path_params.end());
  return found->second;
}

}  // namespace fokus::net
