// SPDX-License-Identifier: Apache-2.0
#include <charconv>

#include "access/access_api.hpp"
#include "access/json_body.hpp"
#include "access/keyset.hpp"
#include "base/text.hpp"

namespace fokus::access {
namespace {

namespace json = boost::json;

constexpr std::size_t cursor_max = 20;
constexpr const char* role =
    "{id!: id, key!: text, name!: text, definition!: object, built_in: boolean, users: integer}";
constexpr const char* user_access = "{roles!: [{id!: id, key: text, name: text}], groups!: [id]}";
constexpr const char* log_entry =
    "{id!: id, at: instant, user: integer, session: integer, purpose: text, action: text, "
    "record_type: text, ids: [id], count: integer, route: text, query_shape: text, remote: text, "
    "call: text}";

json::object render_role(const Role& role) {
  return {{"id", role.id.value},           {"key", role.key},           {"name", role.name},
          {"definition", role.definition}, {"built_in", role.built_in}, {"users", role.users}};
}

json::object render_entry(const LogEntry& e) {
  return {{"id", e.id},
          {"at", render_instant(e.at)},
          {"user", e.user.value},
          {"session", e.session},
          {"purpose", e.purpose},
          {"action", e.action},
          {"record_type", e.record_type},
          {"ids", json::array(e.ids.begin(), e.ids.end())},
          {"count", e.count},
          {"route", e.route},
          {"query_shape", e.query_shape},
          {"remote", e.remote},
          {"call", e.call_id}};
}

Error bad_query(std::string_view name) {
  return field_error("access/invalid", std::string(name), "invalid");
}

Status read_number(const net::Call& call, std::string_view name, std::int64_t& out) {
  const auto text = call.query_value(name);
  if (!text) return {};
  const auto [end, failed] = std::from_chars(text->data(), text->data() + text->size(), out);
  const bool whole = failed == std::errc{} && end == text->data() + text->size() && out > 0;
  return whole && text->size() <= cursor_max ? Status{} : bad_query(name);
}

Status read_instant(const net::Call& call, std::string_view name, Instant& out) {
  const auto text = call.query_value(name);
  if (!text) return {};
  const auto instant = parse_instant(*text);
  if (!instant) return bad_query(name);
  out = *instant;
  return {};
}

Result<LogQuery> parse_log_query(const net::Call& call) {
  LogQuery query;
  std::int64_t limit = query.limit;
  TRY(read_number(call, "user", query.user.value));
  TRY(read_number(call, "id", query.record));
  TRY(read_number(call, "cursor", query.before));
  TRY(read_number(call, "limit", limit));
  TRY(read_instant(call, "from", query.from));
  TRY(read_instant(call, "to", query.to));
  if (limit > limits::log_page_max) return bad_query("limit");
  query.limit = static_cast<int>(limit);
  query.action = std::string(call.query_value("action").value_or(""));
  if (!query.action.empty() && !is_identifier(query.action)) return bad_query("action");
  query.record_type = std::string(call.query_value("type").value_or(""));
  if (!query.record_type.empty() && !is_identifier(query.record_type)) return bad_query("type");
  if (query.record != 0 && query.record_type.empty()) return bad_query("type");
  return query;
}

}  // namespace

// tidy: table
void AccessApi::add_admin_routes(std::vector<Route>& out) {
  using net::Lane, net::Method;
  const auto admin = Right::function(functions::administer);
  out.push_back(
      {Method::get,
       "/api/v1/roles",
       admin,
       [this](Visit& v) { return list_roles(v); },
       {"Roles with their rights",
        {.query = page_query, .answer = "{items!: [" + std::string(role) + "], next!: text?}"}}});
  out.push_back({Method::post,
                 "/api/v1/roles",
                 admin,
                 [this](Visit& v) { return create_role(v); },
                 {"A new role",
                  {.body = "{key!: text, name!: text, definition!: object}",
                   .answer = role,
                   .status = 201}}});
  out.push_back({Method::patch,
                 "/api/v1/roles/{id}",
                 admin,
                 [this](Visit& v) { return update_role(v); },
                 {"Change a role's name or rights",
                  {.body = "{name: text, definition: object}", .answer = role}}});
  out.push_back({Method::remove,
                 "/api/v1/roles/{id}",
                 admin,
                 [this](Visit& v) -> Result<net::Reply> {
                   const RoleId id{TRY(path_id(v.call))};
                   TRY(p_.roles.remove(id));
                   trace(v.scope, "remove", "role", {id.value});
                   return net::Reply::no_content();
                 },
                 {"Remove a role that nobody has", {}}});
  out.push_back({Method::get,
                 "/api/v1/users/{id}/access",
                 admin,
                 [this](Visit& v) { return get_user_access(v); },
                 {"A user's roles and groups", {.answer = user_access}}});
  out.push_back({Method::put,
                 "/api/v1/users/{id}/roles",
                 admin,
                 [this](Visit& v) { return put_user_roles(v); },
                 {"Give a user these roles", {.body = "{roles!: [id]}", .answer = user_access}}});
  out.push_back({Method::put,
                 "/api/v1/users/{id}/groups",
                 admin,
                 [this](Visit& v) { return put_user_groups(v); },
                 {"Put a user into these groups besides the primary one",
                  {.body = "{groups!: [id]}", .answer = user_access}}});
  out.push_back(
      {Method::post,
       "/api/v1/users/{id}/password-link",
       admin,
       [this](Visit& v) { return create_password_link(v); },
       {"A one-time link by which a user chooses a password",
        {.answer = "{path!: text, expires_at!: instant}", .status = 201, .is_secret = true}}});
  out.push_back({Method::get,
                 "/api/v1/access-log",
                 Right::function(functions::read_access_log),
                 [this](Visit& v) { return list_access_log(v); },
                 {"Who saw what; reading it is logged, too",
                  {.query = "user, type, id, action, from, to, cursor, limit",
                   .answer = "{items!: [" + std::string(log_entry) + "], next: text}"}},
                 Lane::slow});
}

Result<net::Reply> AccessApi::list_roles(Visit& visit) {
  const auto ask = TRY(parse_page(visit.call));
  json::array items;
  for (const auto& role : TRY(p_.roles.list(ask))) items.push_back(render_role(role));
  return json_reply(TRY(page_of(visit.call, std::move(items))));
}

Result<net::Reply> AccessApi::create_role(Visit& visit) {
  const auto body = TRY(parse_body(visit.call));
  const auto key = TRY(required_text(body, "key", limits::role_name_max));
  const auto name = TRY(required_text(body, "name", limits::role_name_max));
  const auto* definition = body.if_contains("definition");
  if (definition == nullptr) return field_error("access/role_invalid", "definition", "required");
  const auto role = TRY(p_.roles.create(key, name, *definition));
  trace(visit.scope, "create", "role", {role.id.value});
  return json_reply(render_role(role), 201);
}

Result<net::Reply> AccessApi::update_role(Visit& visit) {
  const RoleId id{TRY(path_id(visit.call))};
  const auto body = TRY(parse_body(visit.call));
  if (const auto* said = body.if_contains("name"); said && said->is_null())
    return field_error("access/role_invalid", "name", "required");
  const auto name = TRY(maybe_text(body, "name", limits::role_name_max));
  const auto role =
      TRY(p_.roles.update(id, name ? &*name : nullptr, body.if_contains("definition")));
  p_.authenticator.forget();
  trace(visit.scope, "change", "role", {id.value});
  return json_reply(render_role(role));
}

Result<net::Reply> AccessApi::get_user_access(Visit& visit) {
  const UserId user{TRY(path_id(visit.call))};
  return p_.parts.database.read([&](store::Session& session) -> Result<net::Reply> {
    if (session.query_integer(p_.parts.statements["access.has_user"], {user}) == 0)
      return make_error(ErrorKind::not_found, "access/user_not_found");
    json::array roles, groups;
    for (const auto& role : p_.roles.list_of_user(session, user))
      roles.push_back({{"id", role.id.value}, {"key", role.key}, {"name", role.name}});
    for (const auto group : p_.roles.list_groups_of_user(session, user))
      groups.push_back(group.value);
    return json_reply({{"roles", roles}, {"groups", groups}});
  });
}

Result<net::Reply> AccessApi::put_user_roles(Visit& visit) {
  const UserId user{TRY(path_id(visit.call))};
  std::vector<RoleId> ids;
  for (const auto id : TRY(required_ids(TRY(parse_body(visit.call)), "roles")))
    ids.push_back(RoleId{id});
  TRY(p_.parts.database.write(
      [&](store::Transaction& tx) { return p_.roles.assign_roles(tx, user, ids); }));
  p_.authenticator.forget();
  trace(visit.scope, "change", "user", {user.value});
  return get_user_access(visit);
}

Result<net::Reply> AccessApi::put_user_groups(Visit& visit) {
  const UserId user{TRY(path_id(visit.call))};
  std::vector<GroupId> ids;
  for (const auto id : TRY(required_ids(TRY(parse_body(visit.call)), "groups")))
    ids.push_back(GroupId{id});
  TRY(p_.parts.database.write(
      [&](store::Transaction& tx) { return p_.roles.assign_groups(tx, user, ids); }));
  p_.authenticator.forget();
  trace(visit.scope, "change", "user", {user.value});
  return get_user_access(visit);
}

Result<net::Reply> AccessApi::create_password_link(Visit& visit) {
  // Whoever finds a key must not be able to make a session of it.
  if (visit.scope.actor.kind == ActorKind::api_key)
    return make_error(ErrorKind::forbidden, "access/session_required");
  const UserId user{TRY(path_id(visit.call))};
  const auto found = p_.parts.database.read([&](store::Session& session) {
    return session.query_integer(p_.parts.statements["access.has_user"], {user});
  });
  if (found == 0) return make_error(ErrorKind::not_found, "access/user_not_found");
  const std::string token = p_.tokens.create_link(LinkKind::password, user);
  trace(visit.scope, "password_link", "user", {user.value});
  const Instant until = p_.parts.clock.now().plus_ms(limits::password_link_ms);
  // The token stands behind the '#', so that it reaches no server's log.
  return json_reply({{"path", "/password#" + token}, {"expires_at", render_instant(until)}}, 201);
}

Result<net::Reply> AccessApi::list_access_log(Visit& visit) {
  const LogQuery query = TRY(parse_log_query(visit.call));
  const auto entries = p_.log.list(query);
  auto own = make_log_entry(visit.scope, "read_access_log", query.record ? query.record_type : "");
  if (query.record != 0) own.ids = {query.record};
  own.count = static_cast<std::int64_t>(entries.size());
  p_.log.append(std::move(own));
  json::array items;
  for (const auto& entry : entries) items.push_back(render_entry(entry));
  json::object out{{"items", std::move(items)}};
  if (entries.size() == static_cast<std::size_t>(query.limit))
    out["next"] = std::to_string(entries.back().id);
  return json_reply(out);
}

}  // namespace fokus::access
