// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <compare>
#include <cstdint>
#include <functional>

namespace fokus {

// A 64-bit row id that cannot be mixed up with the id of something else. 0 means "none yet".
template <class Tag>
struct Id {
  std::int64_t value = 0;
  explicit operator bool() const { return value != 0; }
  auto operator<=>(const Id&) const = default;
};

using UserId = Id<struct UserTag>;
using GroupId = Id<struct GroupTag>;
using RoleId = Id<struct RoleTag>;
using RecordId = Id<struct RecordTag>;  // within one record type
using BatchId =
    Id<struct BatchTag>;  // one import, bulk edit or merge: a set that is undone together
using JobId = Id<struct JobTag>;

}  // namespace fokus

template <class Tag>
struct std::hash<fokus::Id<Tag>> {
  std::size_t operator()(fokus::Id<Tag> id) const noexcept {
    return std::hash<std::int64_t>{}(id.value);
  }
};
