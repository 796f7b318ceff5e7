// SPDX-License-Identifier: Apache-2.0
#include "features/readers/readers.hpp"

#include <algorithm>
#include <array>
#include <map>

#include "access/authenticator.hpp"
#include "access/permissions.hpp"
#include "records/criteria.hpp"
#include "records/rights.hpp"

namespace fokus::readers {
namespace {

using access::Action;
using access::Actor;
using access::Circle;
using access::Scope;
using records::RecordType;

struct Role {
  std::string name;
  access::Permissions permissions;
};
using RolesOfUsers = std::map<std::int64_t, std::vector<Role>>;

// Both stand in the same rows when the type is no part of another.
struct Standing {
  const RecordType& type;
  const RecordType& whole;
  Place own, of_whole;
};

std::string place_columns(const RecordType& type, const std::string& alias) {
  return type.owned ? alias + ".owner, " + alias + ".owner_group" : "NULL, NULL";
}

Result<Standing> find_standing(store::Session& session, const records::CriteriaContext& context,
                               const RecordType& type, RecordId id) {
  const bool is_part = !type.part_of.empty();
  const RecordType& whole =
      is_part ? *context.dictionary.find(type.find(type.part_of)->target) : type;
  records::SqlText sql{"SELECT " + place_columns(type, "t") + ", " +
                           place_columns(whole, is_part ? "w" : "t") + " FROM " + type.table + " t",
                       {}};
  if (is_part) sql.text += " LEFT JOIN " + whole.table + " w ON w.id = t." + type.part_of;
  sql.text += " WHERE t.id = " + sql.bind(id.value);
  records::SqlText rights{"", std::move(sql.values)};
  if (records::append_rights(context, type, Action::read, "t", rights))
    sql.text += " AND " + rights.text;
  const auto params = rights.params();
  auto rows = session.query(sql.text, store::Params(params));
  if (!rows->next()) return make_error(ErrorKind::not_found, "records/not_found");
  const auto place = [&](int at) {
    return Place{UserId{rows->is_null(at) ? 0 : rows->integer(at)},
                 GroupId{rows->is_null(at + 1) ? 0 : rows->integer(at + 1)}};
  };
  return Standing{type, whole, place(0), place(2)};
}

RolesOfUsers read_roles(store::Session& session, const store::Statements& sql, std::int64_t from,
                        std::int64_t to) {
  RolesOfUsers out;
  for (auto rows = session.query(sql["readers.list_roles"], {from, to}); rows->next();) {
    boost::system::error_code failed;
    const auto definition = boost::json::parse(boost::json::string_view(rows->text(2)), failed);
    auto permissions = access::parse_role(definition);
    if (permissions.ok())
      out[rows->integer(0)].push_back({std::string(rows->text(1)), std::move(*permissions)});
  }
  return out;
}

// The nearest circle of the actor that a record at that place is in.
Circle circle_of(const Actor& actor, const Place& place) {
  if (!place.owner) return Circle::all;
  if (place.owner == actor.user) return Circle::mine;
  if (place.owner_group && place.owner_group == actor.primary_group) return Circle::primary_group;
  const auto& groups = actor.other_groups;
  return std::find(groups.begin(), groups.end(), place.owner_group) != groups.end()
             ? Circle::other_groups
             : Circle::all;
}

bool may(const Scope& scope, const Standing& standing, Action action) {
  const auto of_whole = records::action_on_whole(action);
  return records::may_touch(scope, standing.type, action, standing.own.owner,
                            standing.own.owner_group) &&
         (&standing.whole == &standing.type ||
          records::may_touch(scope, standing.whole, of_whole, standing.of_whole.owner,
                             standing.of_whole.owner_group)) &&
         (action == Action::read || records::check_type_right(scope, standing.type, action).ok());
}

// The circle by which the actor reads it: the nearest one that a role of theirs opens.
void explain(const std::vector<Role>& roles, const Actor& actor, const Standing& standing,
             Reader& out) {
  const Circle near = circle_of(actor, standing.of_whole);
  const auto opens = [&](const Role& role, Circle circle) {
    return access::has_circle(role.permissions.circles(standing.whole.name, Action::read), circle);
  };
  const bool is_near =
      std::any_of(roles.begin(), roles.end(), [&](const Role& role) { return opens(role, near); });
  out.circle = is_near ? near : Circle::all;
  for (const auto& role : roles)
    if (opens(role, out.circle)) out.roles.push_back(role.name);
}

std::vector<std::string> masked_classes(const Scope& scope, const RecordType& type) {
  std::vector<std::string> out;
  const auto note = [&](std::string_view data_class) {
    if (records::is_class_masked(scope, data_class) &&
        std::find(out.begin(), out.end(), data_class) == out.end())
      out.emplace_back(data_class);
  };
  for (const auto& field : type.fields)
    if (!field.hidden) note(field.privacy.data_class);
  if (type.contact_points) note(records::contact_class);
  return out;
}

}  // namespace

Result<Page> list_readers(store::Session& session, const records::ApiParts& parts,
                          const Scope& scope, const RecordType& type, RecordId id,
                          std::int64_t after, int limit) {
  const auto dictionary = parts.dictionary.current();
  const records::CriteriaContext context{*dictionary, scope, parts.clock.now(), session.engine()};
  const Standing standing = TRY(find_standing(session, context, type, id));
  std::vector<std::int64_t> users;
  for (auto rows = session.query(parts.statements["readers.list_users"],
                                 {after, static_cast<std::int64_t>(limit)});
       rows->next();)
    users.push_back(rows->integer(0));
  Page out;
  if (users.empty()) return out;
  const auto roles = read_roles(session, parts.statements, users.front(), users.back());
  for (const auto user : users) {
    auto actor = access::load_actor(session, parts.statements, UserId{user}, {});
    const auto mine = roles.find(user);
    if (!actor.ok() || mine == roles.end()) continue;
    const Scope theirs{std::move(*actor)};
    if (!may(theirs, standing, Action::read)) continue;
    Reader& reader = out.readers.emplace_back();
    reader.user = theirs.actor.user;
    reader.name = theirs.actor.name;
    explain(mine->second, theirs.actor, standing, reader);
    for (const auto action : {Action::read, Action::update, Action::archive, Action::export_out})
      if (may(theirs, standing, action)) reader.actions.push_back(action);
    reader.masked = masked_classes(theirs, type);
  }
  if (users.size() == static_cast<std::size_t>(limit)) out.next = users.back();
  return out;
}

}  // namespace fokus::readers
