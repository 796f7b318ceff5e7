// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "features/register_updates/register_updates.hpp"

namespace fokus::register_updates {

// Empty and 0 do not narrow.
struct EventFilter {
  std::string kind;
  std::int64_t company = 0, owner = 0;
};
// What happened to companies that the viewer may read; newest first, with ids below `before`.
// Addresses are left out for whom they are masked.
boost::json::array list_events(const RegisterUpdates& updates, store::Session& session,
                               const access::Scope& scope, const EventFilter& filter,
                               std::int64_t before, int limit);

}  // namespace fokus::register_updates
