// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <array>
#include <boost/json.hpp>
#include <string>
#include <string_view>

#include "records/dictionary.hpp"

namespace fokus::imports {

constexpr std::string_view points_key = "contact_points";
constexpr std::array<std::string_view, 4> point_kinds = {"phone", "email", "url", "address"};

// What stands in for a field where columns are mapped: contact points are no field of the type.
// Null for a word that is none of the kinds.
const records::Field* point_field(std::string_view kind);

// "Havnegade 1, 8000 Aarhus C, DK" of an address in parts, and the parts of such a line as far as
// it shows them; what it does not show is the street.
std::string address_line(const boost::json::object& address);
boost::json::object parse_address_line(std::string_view line);

// "work: +45 33 12 45 67; mobile: +45 20 11 22 33": the points of one kind as an export writes
// them. Anything that is no list has none.
std::string points_line(const boost::json::value& points, std::string_view kind);

// The points with those of one kind replaced by what the cell says, in its order. A point that the
// cell names as points_line() does stays as it is, whatever of it the line does not show.
boost::json::array replace_points(const boost::json::array& points, std::string_view kind,
                                  std::string_view cell);

}  // namespace fokus::imports
