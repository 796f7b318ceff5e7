// SPDX-License-Identifier: Apache-2.0
#include "access/access_api.hpp"
#include "access/json_body.hpp"
#include "access/keyset.hpp"
#include "access/permissions.hpp"
#include "platform/locale.hpp"

namespace fokus::access {
namespace {

namespace json = boost::json;

constexpr std::array<std::string_view, 5> languages = {"da", "en", "nb", "sv", "de"};
constexpr std::array<std::string_view, 3> themes = {"system", "light", "dark"};
constexpr std::array<std::string_view, 2> densities = {"comfortable", "compact"};
constexpr std::size_t word_max = 60;
constexpr std::size_t code_max = 32;
constexpr const char* me =
    "{id!: id, name!: text, email: text?, language: text, time_zone: text, kind: user|api_key, "
    "theme: text, density: text, primary_group: {id!: id, name: text}?, "
    "groups: [{id!: id, name: text}], roles: [{id!: id, key: text, name: text}], "
    "totp_enabled: boolean, functions: any, field_classes: any, types: object}";

// A key must not make keys, change the password or end sessions: whoever finds one stays small.
Status check_session(const Scope& scope) {
  if (scope.actor.kind == ActorKind::user) return {};
  return make_error(ErrorKind::forbidden, "access/session_required");
}

// Any action in any circle, per type: what the user interface shows buttons by.
json::object render_rights(const Permissions& permissions) {
  json::object out;
  for (const auto& [type, rights] : permissions.types) {
    json::object row;
    for (int i = 0; i < action_count; ++i)
      row[action_name(static_cast<Action>(i))] = rights[i] != 0;
    out[type] = std::move(row);
  }
  return out;
}

json::value render_maybe(const std::optional<Instant>& instant) {
  return instant ? json::value(render_instant(*instant)) : json::value(nullptr);
}

template <std::size_t n>
Status check_word(const std::array<std::string_view, n>& words, std::string_view field,
                  std::string_view word) {
  if (std::find(words.begin(), words.end(), word) != words.end()) return {};
  return field_error("access/invalid", std::string(field), "unknown");
}

Result<json::object> parse_preferences(const json::object& body) {
  json::object out;
  for (const std::string_view field : {"language", "theme", "density", "time_zone"}) {
    const auto text = TRY(maybe_text(body, field, word_max));
    if (!text) continue;
    if (field == "language") TRY(check_word(languages, field, *text));
    if (field == "theme") TRY(check_word(themes, field, *text));
    if (field == "density") TRY(check_word(densities, field, *text));
    if (field == "time_zone" && !TimeZone::is_known(*text))
      return field_error("access/invalid", "time_zone", "unknown");
    out[field] = *text;
  }
  return out;
}

constexpr const char* sessions_answer =
    "{items!: [{id!: id, created_at: instant, last_seen_at: instant, expires_at: instant, "
    "user_agent: text, remote: text, current: boolean}], next!: text?}";
constexpr const char* keys_answer =
    "{items!: [{id!: id, name: text, prefix: text, scopes: [text], created_at: instant, "
    "expires_at: instant?, last_used_at: instant?}], next!: text?}";

}  // namespace

// tidy: table
void AccessApi::add_me_routes(std::vector<Route>& out) {
  using net::Lane, net::Method;
  const auto own = Right::signed_in();
  out.push_back({Method::get,
                 "/api/v1/me",
                 own,
                 [this](Visit& v) { return get_me(v.scope); },
                 {"The user of this call, with rights and preferences", {.answer = me}}});
  out.push_back({Method::patch,
                 "/api/v1/me",
                 own,
                 [this](Visit& v) { return change_me(v); },
                 {"Change language, theme, density or time zone",
                  {.body = "{language: da|en|nb|sv|de, theme: system|light|dark, "
                           "density: comfortable|compact, time_zone: text}",
                   .answer = me}}});
  out.push_back({Method::put,
                 "/api/v1/me/password",
                 own,
                 [this](Visit& v) { return change_password(v); },
                 {"Change the password; ends all other sessions",
                  {.body = "{old_password!: text, password!: text}"}},
                 Lane::hashing});
  out.push_back({Method::post,
                 "/api/v1/me/totp",
                 own,
                 [this](Visit& v) -> Result<net::Reply> {
                   TRY(check_session(v.scope));
                   const auto offer = TRY(p_.sign_in.offer_totp(v.scope.actor.user));
                   return json_reply({{"secret", offer.secret}, {"url", offer.url}}, 201);
                 },
                 {"A new secret for an authenticator app",
                  {.answer = "{secret!: text, url!: text}", .status = 201, .is_secret = true}}});
  out.push_back({Method::put,
                 "/api/v1/me/totp",
                 own,
                 [this](Visit& v) -> Result<net::Reply> {
                   TRY(check_session(v.scope));
                   const auto code = TRY(required_text(TRY(parse_body(v.call)), "code", code_max));
                   const auto codes = TRY(p_.sign_in.confirm_totp(v.scope.actor.user, code));
                   trace(v.scope, "enable_totp", "user", {v.scope.actor.user.value});
                   return json_reply({{"recovery_codes", json::array(codes.begin(), codes.end())}});
                 },
                 {"Confirm the authenticator app; answers with the recovery codes, once",
                  {.body = "{code!: text}", .answer = "{recovery_codes!: [text]}"}}});
  out.push_back({Method::remove,
                 "/api/v1/me/totp",
                 own,
                 [this](Visit& v) -> Result<net::Reply> {
                   TRY(check_session(v.scope));
                   const auto password = TRY(required_text(TRY(parse_body(v.call)), "password",
                                                           limits::password_bytes_max));
                   TRY(p_.sign_in.disable_totp(v.scope.actor.user, password, v.call.remote));
                   trace(v.scope, "disable_totp", "user", {v.scope.actor.user.value});
                   return net::Reply::no_content();
                 },
                 {"Sign in without a second factor again", {.body = "{password!: text}"}},
                 Lane::hashing});
  out.push_back(
      {Method::post,
       "/api/v1/me/totp/recovery-codes",
       own,
       [this](Visit& v) -> Result<net::Reply> {
         TRY(check_session(v.scope));
         const auto password =
             TRY(required_text(TRY(parse_body(v.call)), "password", limits::password_bytes_max));
         const UserId user = v.scope.actor.user;
         const auto codes = TRY(p_.sign_in.renew_recovery_codes(user, password, v.call.remote));
         trace(v.scope, "renew_recovery_codes", "user", {user.value});
         return json_reply({{"recovery_codes", json::array(codes.begin(), codes.end())}}, 201);
       },
       {"New recovery codes; those from before work no longer",
        {.body = "{password!: text}",
         .answer = "{recovery_codes!: [text]}",
         .status = 201,
         .is_secret = true}},
       Lane::hashing});
}

void AccessApi::add_own_token_routes(std::vector<Route>& out) {
  using net::Method;
  const auto own = Right::signed_in();
  out.push_back({Method::get,
                 "/api/v1/me/sessions",
                 own,
                 [this](Visit& v) { return list_sessions(v); },
                 {"Where one is signed in", {.query = page_query, .answer = sessions_answer}}});
  out.push_back({Method::remove,
                 "/api/v1/me/sessions",
                 own,
                 [this](Visit& v) -> Result<net::Reply> {
                   TRY(check_session(v.scope));
                   p_.tokens.revoke_other_sessions(v.scope.actor.user, v.scope.actor.session);
                   p_.authenticator.forget();
                   return net::Reply::no_content();
                 },
                 {"Sign out everywhere else", {}}});
  out.push_back({Method::remove,
                 "/api/v1/me/sessions/{id}",
                 own,
                 [this](Visit& v) -> Result<net::Reply> {
                   TRY(check_session(v.scope));
                   TRY(p_.tokens.revoke_session(v.scope.actor.user, TRY(path_id(v.call))));
                   p_.authenticator.forget();
                   return net::Reply::no_content();
                 },
                 {"End one session", {}}});
  out.push_back({Method::get,
                 "/api/v1/me/keys",
                 own,
                 [this](Visit& v) { return list_keys(v); },
                 {"One's API keys", {.query = page_query, .answer = keys_answer}}});
  out.push_back({Method::post,
                 "/api/v1/me/keys",
                 own,
                 [this](Visit& v) { return create_key(v); },
                 {"A new API key; the token is shown this once",
                  {.body = "{name!: text, scopes!: [text], expires_at: text?}",
                   .answer = "{id!: id, token!: text, expires_at!: instant?}",
                   .status = 201,
                   .is_secret = true}}});
  out.push_back({Method::remove,
                 "/api/v1/me/keys/{id}",
                 own,
                 [this](Visit& v) -> Result<net::Reply> {
                   TRY(check_session(v.scope));
                   TRY(p_.tokens.revoke_key(v.scope.actor.user, TRY(path_id(v.call))));
                   p_.authenticator.forget();
                   trace(v.scope, "remove_key", "user", {v.scope.actor.user.value});
                   return net::Reply::no_content();
                 },
                 {"End an API key", {}}});
}

Result<net::Reply> AccessApi::get_me(const Scope& scope) {
  const Actor& actor = scope.actor;
  json::object out{{"id", actor.user.value},
                   {"name", actor.name},
                   {"email", actor.email},
                   {"language", actor.language},
                   {"time_zone", actor.time_zone},
                   {"kind", actor.kind == ActorKind::api_key ? "api_key" : "user"}};
  p_.parts.database.read([&](store::Session& session) {
    const auto& sql = p_.parts.statements;
    if (auto rows = session.query(sql["access.find_me"], {actor.user}); rows->next()) {
      out["theme"] = rows->text(0);
      out["density"] = rows->text(1);
      if (!rows->text(2).empty()) out["language"] = rows->text(2);
      if (!rows->text(3).empty()) out["time_zone"] = rows->text(3);
    }
    json::array groups;
    out["primary_group"] = nullptr;
    auto rows = session.query(sql["access.list_group_names"]);
    while (rows->next()) {
      const GroupId id{rows->integer(0)};
      const json::object group{{"id", id.value}, {"name", rows->text(1)}};
      const auto& others = actor.other_groups;
      if (id == actor.primary_group) out["primary_group"] = group;
      if (std::find(others.begin(), others.end(), id) != others.end()) groups.push_back(group);
    }
    out["groups"] = std::move(groups);
    json::array roles;
    for (const auto& role : p_.roles.list_of_user(session, actor.user))
      roles.push_back({{"id", role.id.value}, {"key", role.key}, {"name", role.name}});
    out["roles"] = std::move(roles);
    auto credentials = session.query(sql["access.find_credentials"], {actor.user});
    out["totp_enabled"] = credentials->next() && credentials->boolean(1);
  });
  const auto permissions = render_permissions(*actor.permissions);
  out["functions"] = permissions.at("functions");
  out["field_classes"] = permissions.at("field_classes");
  out["types"] = render_rights(*actor.permissions);
  return json_reply(out);
}

Result<net::Reply> AccessApi::change_me(Visit& visit) {
  const auto values = TRY(parse_preferences(TRY(parse_body(visit.call))));
  if (!values.empty()) {
    // Everybody may change these four of themselves; the rest of a user takes an administrator.
    Scope scope = visit.scope;
    scope.actor.permissions = system_actor().permissions;
    TRY(p_.parts.database.write([&](store::Transaction& tx) -> Status {
      TRY(p_.users.change(tx, scope, scope.actor.user, values));
      tx.notify(access_changed_channel, "preferences");
      return {};
    }));
    p_.authenticator.forget();
  }
  return get_me(visit.scope);
}

Result<net::Reply> AccessApi::change_password(Visit& visit) {
  TRY(check_session(visit.scope));
  const auto body = TRY(parse_body(visit.call));
  const auto old_password = TRY(required_text(body, "old_password", limits::password_bytes_max));
  const auto password = TRY(required_text(body, "password", limits::password_bytes_max));
  const Actor& actor = visit.scope.actor;
  TRY(p_.sign_in.change_password(actor.user, old_password, password, actor.session,
                                 visit.call.remote));
  p_.authenticator.forget();
  trace(visit.scope, "change_password", "user", {actor.user.value});
  return net::Reply::no_content();
}

Result<net::Reply> AccessApi::list_sessions(Visit& visit) {
  TRY(check_session(visit.scope));
  const auto ask = TRY(parse_page(visit.call));
  json::array items;
  for (const auto& s : TRY(p_.tokens.list_sessions(visit.scope.actor.user, ask)))
    items.push_back({{"id", s.id},
                     {"created_at", render_instant(s.created_at)},
                     {"last_seen_at", render_instant(s.last_seen_at)},
                     {"expires_at", render_instant(s.expires_at)},
                     {"user_agent", s.user_agent},
                     {"remote", s.remote},
                     {"current", s.id == visit.scope.actor.session}});
  return json_reply(TRY(page_of(visit.call, std::move(items))));
}

Result<net::Reply> AccessApi::list_keys(Visit& visit) {
  TRY(check_session(visit.scope));
  const auto ask = TRY(parse_page(visit.call));
  json::array items;
  for (const auto& k : TRY(p_.tokens.list_keys(visit.scope.actor.user, ask)))
    items.push_back({{"id", k.id},
                     {"name", k.name},
                     {"prefix", k.prefix},
                     {"scopes", json::array(k.scopes.begin(), k.scopes.end())},
                     {"created_at", render_instant(k.created_at)},
                     {"expires_at", render_maybe(k.expires_at)},
                     {"last_used_at", render_maybe(k.last_used_at)}});
  return json_reply(TRY(page_of(visit.call, std::move(items))));
}

Result<net::Reply> AccessApi::create_key(Visit& visit) {
  TRY(check_session(visit.scope));
  const auto body = TRY(parse_body(visit.call));
  const auto name = TRY(required_text(body, "name", limits::key_name_max));
  std::vector<std::string> scopes;
  const auto* list = body.if_contains("scopes");
  if (list == nullptr || !list->is_array())
    return field_error("access/key_invalid", "scopes", "not_a_list");
  for (const auto& scope : list->get_array()) {
    if (!scope.is_string()) return field_error("access/scope_invalid", "scopes", "unknown");
    scopes.emplace_back(scope.get_string());
  }
  const auto end = TRY(maybe_text(body, "expires_at", 40));
  if (end && end->empty()) return field_error("access/key_invalid", "expires_at", "not_an_instant");
  const auto expires_at = TRY(parse_key_end(end.value_or(""), p_.parts.clock.now()));
  const auto key = TRY(p_.tokens.create_key(visit.scope.actor.user, name, scopes, expires_at));
  trace(visit.scope, "create_key", "user", {visit.scope.actor.user.value});
  return json_reply(
      {{"id", key.id}, {"token", key.token}, {"expires_at", render_maybe(expires_at)}}, 201);
}

}  // namespace fokus::access
