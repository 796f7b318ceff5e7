// SPDX-License-Identifier: Apache-2.0
#include "records/if_match.hpp"

#include <algorithm>
#include <charconv>

#include "base/text.hpp"

namespace fokus::records {
namespace {

constexpr std::size_t tags_max = 20;

// "v3" without its quotes; nothing for a tag that is none of ours.
std::optional<std::int64_t> version_of(std::string_view tag) {
  if (!tag.starts_with('v')) return std::nullopt;
  std::int64_t version = 0;
  const auto [end, ec] = std::from_chars(tag.data() + 1, tag.data() + tag.size(), version);
  const bool whole = ec == std::errc{} && end == tag.data() + tag.size();
  return whole && version >= 0 ? std::optional(version) : std::nullopt;
}

}  // namespace

std::optional<std::int64_t> find_named(const std::vector<std::int64_t>& versions,
                                       const Error& stale) {
  const auto current = stale.params.find("current_version");
  if (current == stale.params.end()) return std::nullopt;
  const auto found = std::find_if(versions.begin(), versions.end(), [&](std::int64_t version) {
    return std::to_string(version) == current->second;
  });
  return found == versions.end() ? std::nullopt : std::optional(*found);
}

Result<Versions> parse_if_match(std::optional<std::string_view> header) {
  if (!header || trim(*header) == "*") return Versions();
  const auto refused = [] {
    return field_error("records/bad_if_match", "If-Match", "not_a_version");
  };
  std::vector<std::int64_t> found;
  std::string_view rest = trim(*header);
  for (std::size_t tags = 1;; ++tags) {
    const bool is_weak = rest.starts_with("W/");
    if (is_weak) rest.remove_prefix(2);
    const auto end = rest.find('"', 1);  // a tag may hold a comma
    if (!rest.starts_with('"') || end == rest.npos || tags > tags_max) return refused();
    const auto version = version_of(rest.substr(1, end - 1));
    const bool is_new = version && std::find(found.begin(), found.end(), *version) == found.end();
    if (is_new && !is_weak) found.push_back(*version);
    rest = trim(rest.substr(end + 1));
    if (rest.empty()) return Versions(std::move(found));
    if (!rest.starts_with(',')) return refused();
    rest = trim(rest.substr(1));
  }
}

}  // namespace fokus::records
