// SPDX-License-Identifier: Apache-2.0
#include "records/sharing.hpp"

#include <algorithm>

namespace fokus::records {

bool are_groups(store::Session& session, const store::Statements& sql,
                std::span<const std::int64_t> groups, std::span<const std::int64_t> named) {
  return std::all_of(groups.begin(), groups.end(), [&](std::int64_t group) {
    return std::find(named.begin(), named.end(), group) != named.end() ||
           session.query_integer(sql["records.is_group"], {group}) == 1;
  });
}

bool is_active_user(store::Session& session, const store::Statements& sql, UserId user) {
  return session.query_integer(sql["records.is_active_user"], {user}) == 1;
}

}  // namespace fokus::records
