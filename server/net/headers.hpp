// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace fokus::net {

using Headers = std::vector<std::pair<std::string, std::string>>;

// Header names are ASCII and compared without case.
bool same_name(std::string_view a, std::string_view b);
std::optional<std::string_view> find_header(const Headers& headers, std::string_view name);
// True when the comma-separated list holds the token (without case, parameters ignored).
bool has_token(std::string_view list, std::string_view token);
// Bytes that would end the header line become '_', so that a file name cannot add a header.
std::string clean_header_value(std::string_view value);
// If-None-Match against one entity tag: weak comparison, "*" matches.
bool matches_etag(std::string_view if_none_match, std::string_view etag);

}  // namespace fokus::net
