// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <boost/json.hpp>
#include <span>
#include <string>
#include <vector>

#include "access/keyset.hpp"
#include "access/parts.hpp"
#include "access/permissions.hpp"
#include "base/result.hpp"

namespace fokus::access {

namespace limits {
constexpr std::size_t role_name_max = 100;
constexpr std::int64_t roles_max = 200;
constexpr std::size_t groups_of_user_max = 100;
}  // namespace limits

constexpr std::string_view administrator_role = "administrator";

struct Role {
  RoleId id;
  std::string key, name;
  boost::json::object definition;
  bool built_in = false;
  std::int64_t users = 0;  // how many have it
};

// Roles, and who has them. Every change tells all nodes to forget what they know of actors.
class Roles {
 public:
  explicit Roles(const Parts& parts) : parts_(parts) {}

  // Before serving; without it every name is a type's.
  void set_types(IsType is_type) { is_type_ = std::move(is_type); }
  // At start, after the migrations: the built-in roles that are missing.
  void seed();

  // One page and a row, in the order they were made. Error: "records/bad_cursor".
  Result<std::vector<Role>> list(const PageAsk& ask = {});
  // Errors: "access/role_invalid" with the place ("types.unicorn"), "access/role_exists".
  Result<Role> create(std::string_view key, std::string_view name,
                      const boost::json::value& definition);
  // The administrator's rights are fixed: somebody must be able to repair the rest.
  // Errors: "access/role_not_found", "access/role_fixed", "access/role_invalid".
  Result<Role> update(RoleId id, const std::string* name, const boost::json::value* definition);
  // Errors: "access/role_not_found", "access/role_fixed" (built in), "access/role_in_use".
  Status remove(RoleId id);

  // What the user has from now on, instead of before. Errors: "access/user_not_found",
  // "access/role_not_found", "access/last_administrator".
  Status assign_roles(store::Transaction& tx, UserId user, std::span<const RoleId> roles);
  // The groups besides the primary one. Errors: "access/user_not_found", "access/group_not_found".
  Status assign_groups(store::Transaction& tx, UserId user, std::span<const GroupId> groups);

  std::optional<RoleId> find_by_key(store::Session& session, std::string_view key);
  std::vector<Role> list_of_user(store::Session& session, UserId user);  // without definitions
  std::vector<GroupId> list_groups_of_user(store::Session& session, UserId user);

 private:
  const Parts& parts_;
  IsType is_type_;
};

}  // namespace fokus::access
