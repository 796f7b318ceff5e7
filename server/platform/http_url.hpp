// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace fokus::outgoing {

// A URL as a call needs it: of http or https, with a host, without user and password.
struct Url {
  std::string text;    // normalised; without a fragment
  std::string scheme;  // "https"
  std::string host;    // lower case; IPv6 without brackets; "127.0.0.1" for all ways to write it
  int port = 443;
  std::string path;   // with its slash
  std::string query;  // without '?'

  // How it stands in a list of hosts: "api.example.org", with ":8443" when the port is not that of
  // the scheme, and brackets around IPv6.
  std::string authority() const;
};

// Nothing when it is none, has another scheme, a user, a control character, a space, or more than
// limits::url_bytes_max bytes. Never resolves a name.
std::optional<Url> parse_url(std::string_view text);
// Where a redirect leads; `location` may be relative.
std::optional<Url> resolve_url(const Url& base, std::string_view location);

// Whether the list of hosts has it: by authority, or "*.example.org" for the names below one.
bool is_listed(const Url& url, const std::vector<std::string>& hosts);
// "api.example.org", "api.example.org:8443" or "*.example.org", as a list of hosts has it, lower
// case; what an administrator types.
bool is_host_pattern(std::string_view text);

}  // namespace fokus::outgoing
