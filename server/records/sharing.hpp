// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <span>

#include "base/id.hpp"
#include "store/database.hpp"
#include "store/statements.hpp"

namespace fokus::records {

// Whom something that is no record (a selection, a view, a dashboard) may be given to. Anybody may
// name any group and user of the installation; one that is not there would lock the thing away.

// Whether each of these groups exists. Those in `named` are not asked about: a group that went to
// the bin since it was named must not stop a change of something else.
bool are_groups(store::Session& session, const store::Statements& sql,
                std::span<const std::int64_t> groups, std::span<const std::int64_t> named);

// Somebody who can sign in.
bool is_active_user(store::Session& session, const store::Statements& sql, UserId user);

}  // namespace fokus::records
