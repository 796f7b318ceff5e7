// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <boost/json.hpp>
#include <vector>

#include "features/notifications/notifications.hpp"
#include "records/seen.hpp"

// A user's own notifications, as far as they are about what that user may see now. About a record
// that has gone out of sight there is none, in the list and in the count.
namespace fokus::notifications {

struct ListAsk {
  bool only_unread = false;
  std::int64_t before = 0;  // the id of the last one of the page before; 0: from the newest
  int limit = 0;
};

// Newest first. Persons whose names are in it are added to `seen`.
boost::json::array list_notifications(store::Session& session, const records::ApiParts& parts,
                                      const access::Scope& scope, const ListAsk& ask,
                                      records::Seen& seen);
// At most limits::count_cap.
std::int64_t count_unread(store::Session& session, const records::ApiParts& parts,
                          const access::Scope& scope);

}  // namespace fokus::notifications
