// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "features/dashboards/dashboards.hpp"

namespace fokus::dashboards {

// The JSON of a page, as the database keeps it and as versions hold it: everything that an undo
// brings back. Not for other rooms.
boost::json::object page_to_json(const Dashboard& dashboard);
void page_from_json(const boost::json::object& page, Dashboard& out);

boost::json::object tile_to_json(const PlacedTile& tile);
boost::json::object pinned_to_json(const Pinned& pinned);
Pinned pinned_from_json(const boost::json::value& input);
std::vector<std::int64_t> ids_from_json(const boost::json::value& input);
boost::json::value parse_or_null(std::string_view text);

}  // namespace fokus::dashboards
