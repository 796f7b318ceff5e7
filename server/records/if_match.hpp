// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <optional>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "net/call.hpp"

namespace fokus::records {

// The versions that If-Match names, of which any may be the one that is there: "v3", or "v3", "v4".
// Nothing when there is no header, or "*": whatever is there may be changed. A tag that this
// program did not make, and a weak one (W/"v3"), are versions of nothing: they leave an empty list.
// Errors: "records/bad_if_match" for what is no list of tags.
using Versions = std::optional<std::vector<std::int64_t>>;
Result<Versions> parse_if_match(std::optional<std::string_view> header);

// Each of these instead of one that is there: the change is made in the version that is, or refused
// as stale. `save` takes the version that must be there; nothing: any.
template <class Save>
auto save_if_match(const net::Call& call, const Save& save)
    -> decltype(save(std::optional<std::int64_t>())) {
  constexpr std::int64_t never = -1;
  const auto versions = parse_if_match(call.header("If-Match"));
  if (!versions) return versions.error();
  if (!*versions) return save(std::optional<std::int64_t>());
  auto saved = save(std::optional(versions->value().empty() ? never : versions->value().front()));
  for (std::size_t i = 1; i < versions->value().size(); ++i) {
    if (saved || saved.error().kind != ErrorKind::stale) break;
    saved = save(std::optional(versions->value()[i]));
  }
  return saved;
}

}  // namespace fokus::records
