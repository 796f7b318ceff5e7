// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.hpp"
#include "net/call.hpp"
#include "store/database.hpp"

namespace fokus::records {

// The versions that If-Match names, of which any may be the one that is there: "v3", or "v3", "v4".
// Nothing when there is no header, or "*": whatever is there may be changed. A tag that this
// program did not make, and a weak one (W/"v3"), are versions of nothing: they leave an empty list.
// Errors: "records/bad_if_match" for what is no list of tags.
using Versions = std::optional<std::vector<std::int64_t>>;
Result<Versions> parse_if_match(std::optional<std::string_view> header);

// The version to ask for after `stale` was the answer to another one: what is there now, when it is
// among `versions`.
std::optional<std::int64_t> find_named(const std::vector<std::int64_t>& versions,
                                       const Error& stale);

// The change made in the version that is there, if it is one of these, or refused as stale. `save`
// takes the version that must be there (nothing: any). It compares under the row's lock before it
// writes anything, and its refusal has the params current_version: so the second answer is the last
// word, and what is there cannot become another version in between.
template <class Save>
auto save_in_version(const Versions& versions, const Save& save)
    -> decltype(save(std::optional<std::int64_t>())) {
  constexpr std::int64_t never = -1;
  if (!versions) return save(std::optional<std::int64_t>());
  auto saved = save(std::optional(versions->empty() ? never : versions->front()));
  if (saved || saved.error().kind != ErrorKind::stale) return saved;
  const auto there = find_named(*versions, saved.error());
  return there ? save(there) : std::move(saved);
}

// The same for the versions that the call names, all in one transaction. `save` takes the
// transaction and the version. Errors: those of parse_if_match() and `save`.
template <class Save>
auto save_if_match(store::Database& database, const net::Call& call, const Save& save)
    -> decltype(save(std::declval<store::Transaction&>(), std::optional<std::int64_t>())) {
  const auto versions = parse_if_match(call.header("If-Match"));
  if (!versions) return versions.error();
  return database.write([&](store::Transaction& tx) {
    return save_in_version(*versions,
                           [&](std::optional<std::int64_t> version) { return save(tx, version); });
  });
}

}  // namespace fokus::records
