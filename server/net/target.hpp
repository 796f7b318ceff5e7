// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.hpp"

namespace fokus::net {

// A request target taken apart. The path is split before it is decoded, so that an encoded slash
// stays inside its segment; "/" has one empty segment.
struct Target {
  std::vector<std::string> segments;
  std::string path;
  std::vector<std::pair<std::string, std::string>> query;
};

// Refuses (net/bad_path, net/bad_query): broken percent escapes, bytes that are not UTF-8, control
// characters in the path, "." and ".." segments, too many query parameters. Accepts the origin and
// the absolute form of RFC 9112.
Result<Target> parse_target(std::string_view raw);

// Whether this can be a Host header: a name or an address (IPv6 in brackets), and perhaps a port.
bool is_host(std::string_view text);
// "host:1" of the absolute form "http://host:1/path"; empty for other targets, nothing for the
// absolute form without a host that is_host().
std::optional<std::string_view> authority_of(std::string_view raw);
// Letters in either case; the port that the scheme has anyway may be said or not.
bool is_same_host(std::string_view one, std::string_view other);

// Splits and decodes "a=1&b=%20+"; also used for bodies of HTML forms.
Result<std::vector<std::pair<std::string, std::string>>> parse_query(std::string_view raw);

}  // namespace fokus::net
