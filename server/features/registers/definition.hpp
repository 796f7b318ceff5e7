// SPDX-License-Identifier: Apache-2.0
// The parts that a provider's definition is read with. Not for other rooms.
#pragma once
#include <boost/json.hpp>

#include "features/registers/provider.hpp"

namespace fokus::registers {

// "registers/bad_definition" with the path of what is wrong.
Error bad_definition(std::string field, std::string code);
// The text of a member; empty when it is not there and need not be.
Result<std::string> text_member(const boost::json::object& object, std::string_view key,
                                bool is_required);
// The texts of a member that may be one text or several.
Result<std::vector<std::string>> text_members(const boost::json::object& object,
                                              std::string_view key, const std::string& path);

// {field: rule or [rule]}; `path` is where it stands. Number and name must be there.
Result<Mapping> parse_mapping(const boost::json::object& fields, const std::string& path);
// The member "online"; without "fields" of its own it maps as the provider's files do.
Result<Online> parse_online(const boost::json::object& object, const Mapping& otherwise);

}  // namespace fokus::registers
