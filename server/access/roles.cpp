// SPDX-License-Identifier: Apache-2.0
#include "access/roles.hpp"

#include "access/permissions.hpp"
#include "base/text.hpp"

namespace fokus::access {
namespace {

namespace json = boost::json;

Error no_role() {
  return make_error(ErrorKind::not_found, "access/role_not_found");
}
Error no_user() {
  return make_error(ErrorKind::not_found, "access/user_not_found");
}

Role read_role(store::Rows& rows) {
  Role role;
  role.id = RoleId{rows.integer(0)};
  role.key = rows.text(1);
  role.name = rows.text(2);
  boost::system::error_code failed;
  const auto definition = json::parse(json::string_view(rows.text(3)), failed);
  if (definition.is_object()) role.definition = definition.get_object();
  role.built_in = rows.boolean(4);
  role.users = rows.integer(5);
  return role;
}

Status check_name(std::string_view name) {
  if (trim(name).empty()) return field_error("access/role_invalid", "name", "required");
  if (count_code_points(name) > limits::role_name_max)
    return field_error("access/role_invalid", "name", "too_long");
  if (const auto flaw = flaw_of_name(name); !flaw.empty())
    return field_error("access/role_invalid", "name", std::string(flaw));
  return {};
}

// Those of the data dictionary that are somebody's (records/model.cpp).
constexpr std::string_view known_classes[] = {"identity",  "contact", "content",
                                              "behaviour", "special", "national_id"};

bool is_known(std::span<const std::string_view> names, std::string_view name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

// What a role already says of a type that is gone may stay: who changes the rest need not tidy up.
Status check_types(const IsType& is_type, const Permissions& permissions, const Role& before) {
  const auto* had = before.definition.if_contains("types");
  for (const auto& [name, rights] : permissions.types) {
    const bool was_there = had && had->is_object() && had->get_object().contains(name);
    if (name != "*" && !was_there && is_type && !is_type(name))
      return field_error("access/role_invalid", "types." + name, "unknown", {{"name", name}});
  }
  return {};
}

// The stored text is made from what was understood, not from what was sent.
Result<std::string> render_definition(const IsType& is_type, const json::value& definition,
                                      const Role& before) {
  const auto permissions = TRY(parse_role(definition));
  TRY(check_types(is_type, permissions, before));
  for (const auto& name : permissions.functions)
    if (!is_function(name))
      return field_error("access/role_invalid", "functions", "unknown", {{"name", name}});
  for (const auto& name : permissions.field_classes)
    if (!is_known(known_classes, name))
      return field_error("access/role_invalid", "field_classes", "unknown", {{"name", name}});
  const auto text = json::serialize(render_permissions(permissions));
  if (text.size() > limits::role_definition_bytes_max)
    return field_error("access/role_invalid", "definition", "too_long");
  return text;
}

}  // namespace

void Roles::seed() {
  const Instant now = parts_.clock.now();
  parts_.database.write([&](store::Transaction& tx) {
    for (const auto& role : built_in_roles())
      tx.execute(parts_.statements["access.seed_role"],
                 {role.key, role.name, role.definition, now});
  });
}

Result<std::vector<Role>> Roles::list(const PageAsk& ask) {
  using Found = Result<std::vector<Role>>;
  return parts_.database.read([&](store::Session& session) -> Found {
    const auto& sql = parts_.statements;
    if (ask.after != 0 && session.query_integer(sql["access.has_role"], {ask.after}) == 0)
      return bad_cursor();
    std::vector<Role> out;
    auto rows = session.query(sql["access.list_roles"], {ask.after, ask.rows_to_read()});
    while (rows->next()) out.push_back(read_role(*rows));
    return out;
  });
}

Result<Role> Roles::create(std::string_view key, std::string_view name,
                           const json::value& definition) {
  if (!is_identifier(key)) return field_error("access/role_invalid", "key", "invalid");
  TRY(check_name(name));
  const std::string text = TRY(render_definition(is_type_, definition, Role()));
  const Instant now = parts_.clock.now();
  return parts_.database.write([&](store::Transaction& tx) -> Result<Role> {
    if (tx.query_integer(parts_.statements["access.count_roles"]) >= limits::roles_max)
      return make_error(ErrorKind::conflict, "access/too_many_roles");
    if (find_by_key(tx, key)) return make_error(ErrorKind::conflict, "access/role_exists");
    const auto id =
        tx.query_integer(parts_.statements["access.create_role"], {key, name, text, now});
    auto rows = tx.query(parts_.statements["access.find_role"], {id});
    if (!rows->next()) return no_role();
    return read_role(*rows);
  });
}

Result<Role> Roles::update(RoleId id, const std::string* name, const json::value* definition) {
  if (name != nullptr) TRY(check_name(*name));
  const Instant now = parts_.clock.now();
  return parts_.database.write([&](store::Transaction& tx) -> Result<Role> {
    Role role;
    {
      auto rows = tx.query(parts_.statements["access.find_role"], {id});
      if (!rows->next()) return no_role();
      role = read_role(*rows);
    }
    if (definition != nullptr && role.key == administrator_role)
      return make_error(ErrorKind::conflict, "access/role_fixed");
    const std::string text = definition == nullptr
                                 ? json::serialize(role.definition)
                                 : TRY(render_definition(is_type_, *definition, role));
    if (name != nullptr) role.name = *name;
    tx.execute(parts_.statements["access.update_role"], {id, role.name, text, now});
    tx.notify(access_changed_channel, "role");
    auto rows = tx.query(parts_.statements["access.find_role"], {id});
    if (!rows->next()) return no_role();
    return read_role(*rows);
  });
}

Status Roles::remove(RoleId id) {
  return parts_.database.write([&](store::Transaction& tx) -> Status {
    {
      auto rows = tx.query(parts_.statements["access.find_role"], {id});
      if (!rows->next()) return no_role();
      const Role role = read_role(*rows);
      if (role.built_in) return make_error(ErrorKind::conflict, "access/role_fixed");
      if (role.users > 0)
        return Error{
            ErrorKind::conflict, "access/role_in_use", {}, {{"users", std::to_string(role.users)}}};
    }
    tx.execute(parts_.statements["access.remove_role"], {id});
    return {};
  });
}

Status Roles::assign_roles(store::Transaction& tx, UserId user, std::span<const RoleId> roles) {
  if (std::ssize(roles) > limits::roles_max)
    return field_error("access/role_invalid", "roles", "too_many");
  const auto& sql = parts_.statements;
  if (tx.query_integer(sql["access.has_user"], {user}) == 0) return no_user();
  for (const RoleId role : roles)
    if (!tx.query(sql["access.find_role"], {role})->next()) return no_role();
  const auto before = tx.query_integer(sql["access.count_administrators"]);
  tx.execute(sql["access.remove_user_roles"], {user});
  for (const RoleId role : roles) tx.execute(sql["access.add_user_role"], {user, role});
  if (before > 0 && tx.query_integer(sql["access.count_administrators"]) == 0)
    return make_error(ErrorKind::conflict, "access/last_administrator");
  tx.notify(access_changed_channel, "roles");
  return {};
}

Status Roles::assign_groups(store::Transaction& tx, UserId user, std::span<const GroupId> groups) {
  if (groups.size() > limits::groups_of_user_max)
    return field_error("access/groups_invalid", "groups", "too_many");
  const auto& sql = parts_.statements;
  if (tx.query_integer(sql["access.has_user"], {user}) == 0) return no_user();
  tx.execute(sql["access.remove_user_groups"], {user});
  std::set<std::int64_t> unique;
  for (const GroupId group : groups) unique.insert(group.value);
  for (const auto group : unique)
    if (tx.execute(sql["access.add_user_group"], {user, group}) == 0)
      return make_error(ErrorKind::not_found, "access/group_not_found");
  tx.notify(access_changed_channel, "groups");
  return {};
}

std::optional<RoleId> Roles::find_by_key(store::Session& session, std::string_view key) {
  const auto id = session.query_integer(parts_.statements["access.find_role_by_key"], {key});
  return id ? std::optional(RoleId{id}) : std::nullopt;
}

std::vector<Role> Roles::list_of_user(store::Session& session, UserId user) {
  std::vector<Role> out;
  auto rows = session.query(parts_.statements["access.list_my_roles"], {user});
  while (rows->next()) {
    Role role;
    role.id = RoleId{rows->integer(0)};
    role.key = rows->text(1);
    role.name = rows->text(2);
    out.push_back(std::move(role));
  }
  return out;
}

std::vector<GroupId> Roles::list_groups_of_user(store::Session& session, UserId user) {
  std::vector<GroupId> out;
  auto rows = session.query(parts_.statements["access.list_user_groups"], {user});
  while (rows->next()) out.push_back(GroupId{rows->integer(0)});
  return out;
}

}  // namespace fokus::access
