// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <boost/json.hpp>
#include <optional>
#include <string>
#include <string_view>

#include "features/notifications/notifications.hpp"
#include "records/seen.hpp"

// The records that a user watches, as far as that user may see them now.
namespace fokus::notifications {

// One of the list: where the next page goes on.
struct WatchPlace {
  std::int64_t since_ms = 0;
  std::int64_t record = 0;
  std::string type;
};
std::string render_watch_place(const WatchPlace& place);
// Error: "records/bad_cursor".
Result<WatchPlace> parse_watch_place(std::string_view text);

struct WatchPage {
  boost::json::array items;  // newest first
  std::optional<WatchPlace> last;
};
// At most so many, after that place. Persons whose names are in it are added to `seen`.
WatchPage list_watches(store::Session& session, const records::ApiParts& parts,
                       const access::Scope& scope, const std::optional<WatchPlace>& after,
                       int limit, records::Seen& seen);

}  // namespace fokus::notifications
