// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <boost/json.hpp>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "access/actor.hpp"
#include "base/result.hpp"

namespace fokus::access {

// The words of a role definition, as they stand in JSON:
//   {"types": {"company": {"read": ["all"], "create": ["mine"], "update": ["mine","primary_group"],
//                          "archive": [], "export": ["mine"]}, "*": {…}},
//    "functions": ["import"], "field_classes": ["identity","contact"]}
// "all" includes the nearer circles. What is not named is not allowed.
std::string_view action_name(Action action);
std::string_view circle_name(Circle circle);

namespace limits {
constexpr std::size_t role_types_max = 500;
constexpr std::size_t role_definition_bytes_max = 64 * 1024;
constexpr std::size_t key_scopes_max = 50;
}  // namespace limits

// Errors: "access/role_invalid" with the path of what is wrong as field.
Result<Permissions> parse_role(const boost::json::value& definition);
// Rights add up: what one role allows, another cannot take away.
void add_permissions(Permissions& into, const Permissions& more);
boost::json::object render_permissions(const Permissions& permissions);

// Whether any type's records may be created, changed or archived.
bool may_write_something(const Permissions& permissions);

// Whether there is a functional right of that name.
bool is_function(std::string_view name);
// The record types are known above this room: whether there is one of that name, built in or made
// by an administrator.
using IsType = std::function<bool(std::string_view)>;

// What a key with these scopes may do of what its user may: "*" all; "read", "export", "write"
// (create, update, archive, and read), each alone for every type or as "company:read" for one;
// "function:import". Errors: "access/scope_invalid".
Result<Permissions> restrict_permissions(const Permissions& of_user,
                                         std::span<const std::string> scopes);

// The roles that ship with the program, inserted when they are missing.
struct BuiltInRole {
  std::string_view key, name, definition;
};
std::span<const BuiltInRole> built_in_roles();

}  // namespace fokus::access
