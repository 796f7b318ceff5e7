// SPDX-License-Identifier: Apache-2.0
#include "access/access_api.hpp"
#include "access/json_body.hpp"
#include "base/text.hpp"
#include "platform/locale.hpp"

namespace fokus::access {
namespace {

namespace json = boost::json;

constexpr std::size_t name_max = 200;
constexpr std::size_t token_max = 128;
constexpr const char* session_answer = "{user!: id, session!: id}";

// A form on another site must not sign somebody in as someone else. Programs send neither header.
Status refuse_cross_site(const net::Call& call) {
  if (!call.header("sec-fetch-site") && !call.header("origin")) return {};
  return check_same_origin(call);
}

SignInRequest request_of(const net::Call& call, std::string email) {
  SignInRequest out;
  out.email = std::move(email);
  out.remote = call.remote;
  out.user_agent = std::string(call.header("user-agent").value_or(""));
  out.session = std::string(call.cookie(session_cookie_name(call.secure)).value_or(""));
  out.device = std::string(call.cookie(device_cookie_name(call.secure)).value_or(""));
  return out;
}

}  // namespace

std::vector<Route> AccessApi::routes() {
  std::vector<Route> out;
  add_session_routes(out);
  add_me_routes(out);
  add_own_token_routes(out);
  add_admin_routes(out);
  return out;
}

void AccessApi::trace(const Scope& scope, std::string action, std::string type,
                      std::vector<std::int64_t> ids) {
  auto entry = make_log_entry(scope, std::move(action), std::move(type));
  entry.ids = std::move(ids);
  p_.log.append(std::move(entry));
}

// Passwords take 50 ms and wait for their turn: the slow lane.
void AccessApi::add_session_routes(std::vector<Route>& out) {
  using net::Lane, net::Method;
  out.push_back({Method::post,
                 "/api/v1/sign-in",
                 Right::anyone(),
                 [this](Visit& v) { return sign_in(v); },
                 {"Sign in with e-mail, password and, when it is on, a one-time code",
                  {.body = "{email!: text, password!: text, totp: text}",
                   .answer = session_answer,
                   .status = 201}},
                 Lane::hashing});
  out.push_back({Method::remove,
                 "/api/v1/session",
                 Right::signed_in(),
                 [this](Visit& v) { return sign_out(v); },
                 {"Sign out", {}}});
  out.push_back(
      {Method::get,
       "/api/v1/setup",
       Right::anyone(),
       [this](Visit&) -> Result<net::Reply> {
         return json_reply({{"needed", p_.tokens.is_setup_needed()}});
       },
       {"Whether the first administrator is still to be made", {.answer = "{needed!: boolean}"}}});
  out.push_back({Method::post,
                 "/api/v1/setup",
                 Right::anyone(),
                 [this](Visit& v) { return set_up(v); },
                 {"Make the first administrator with the one-time set-up link",
                  {.body = "{token!: text, name!: text, email!: text, password!: text, "
                           "language: text, time_zone: text, company_name: text, currency: text}",
                   .answer = session_answer,
                   .status = 201}},
                 Lane::hashing});
  out.push_back({Method::post,
                 "/api/v1/password-link/redemption",
                 Right::anyone(),
                 [this](Visit& v) { return redeem_link(v); },
                 {"Choose a password with a link that an administrator made",
                  {.body = "{token!: text, password!: text}"}},
                 Lane::hashing});
}

net::Reply AccessApi::open_reply(const net::Call& call, const SignedIn& in) {
  auto reply = json_reply({{"user", in.user.value}, {"session", in.session}}, 201);
  const auto add = [&](std::string_view name, std::string_view value, std::int64_t age_s) {
    reply.headers.emplace_back("Set-Cookie", render_cookie(name, value, call.secure, age_s));
  };
  add(session_cookie_name(call.secure), in.token, limits::session_absolute_ms / ms_per_second);
  add(device_cookie_name(call.secure), in.device, limits::device_cookie_s);
  return reply;
}

// What the throttle holds back is not logged: it would fill the log.
void AccessApi::trace_refusal(const Scope& scope, std::string_view email, const Error& error) {
  if (error.kind != ErrorKind::unauthenticated || error.code == "access/totp_required") return;
  const UserId user = p_.sign_in.find_user(email);
  std::vector<std::int64_t> ids;
  if (user) ids.push_back(user.value);
  trace(scope, "sign_in_failed", "user", std::move(ids));
}

Result<net::Reply> AccessApi::sign_in(Visit& visit) {
  TRY(refuse_cross_site(visit.call));
  const auto body = TRY(parse_body(visit.call));
  auto request = request_of(visit.call, TRY(required_text(body, "email", limits::email_bytes_max)));
  request.password = TRY(required_text(body, "password", limits::password_bytes_max));
  request.totp = TRY(maybe_text(body, "totp", token_max)).value_or("");
  auto tried = p_.sign_in.sign_in(request);
  if (!tried.ok()) {
    trace_refusal(visit.scope, request.email, tried.error());
    return tried.error();
  }
  const SignedIn in = std::move(tried).value();
  p_.authenticator.forget();  // the session that this one replaces
  visit.scope.actor.user = in.user;
  visit.scope.actor.session = in.session;
  trace(visit.scope, "sign_in", "user", {in.user.value});
  return open_reply(visit.call, in);
}

Result<net::Reply> AccessApi::sign_out(Visit& visit) {
  const auto& actor = visit.scope.actor;
  if (actor.kind != ActorKind::user)
    return make_error(ErrorKind::forbidden, "access/session_required");
  TRY(p_.tokens.revoke_session(actor.user, actor.session));
  p_.authenticator.forget();
  auto reply = net::Reply::no_content();
  const auto name = session_cookie_name(visit.call.secure);
  reply.headers.emplace_back("Set-Cookie", render_cookie(name, "", visit.call.secure, 0));
  return reply;
}

Result<net::Reply> AccessApi::set_up(Visit& visit) {
  TRY(refuse_cross_site(visit.call));
  const auto body = TRY(parse_body(visit.call));
  const auto token = TRY(required_text(body, "token", token_max));
  NewUser user;
  user.name = TRY(required_text(body, "name", name_max));
  if (const auto flaw = flaw_of_name(user.name); !flaw.empty())
    return field_error("access/invalid", "name", std::string(flaw));
  user.email = std::string(trim(TRY(required_text(body, "email", limits::email_bytes_max))));
  user.language = TRY(maybe_text(body, "language", 10)).value_or("");
  user.time_zone = TRY(maybe_text(body, "time_zone", 60)).value_or("");
  if (!user.time_zone.empty() && !TimeZone::is_known(user.time_zone))
    return field_error("access/invalid", "time_zone", "unknown");
  const auto password = TRY(required_text(body, "password", limits::password_bytes_max));
  NewInstallation installation;
  installation.company_name = TRY(maybe_text(body, "company_name", 120)).value_or("");
  installation.currency = TRY(maybe_text(body, "currency", 3)).value_or("");
  TRY(p_.tokens.check_link(LinkKind::setup, token));
  TRY(check_password(password, user.email, user.name));
  const std::string hash = TRY(p_.sign_in.hash_password(password));
  Scope scope = visit.scope;
  scope.actor = system_actor();
  const auto in = TRY(p_.parts.database.write([&](store::Transaction& tx) -> Result<SignedIn> {
    // The command line may have made the first administrator since the link was printed.
    if (!p_.tokens.is_setup_needed(tx))
      return make_error(ErrorKind::not_found, "access/link_invalid");
    TRY(p_.tokens.use_link(tx, LinkKind::setup, token));
    TRY(p_.users.set_up(tx, scope, user, installation));
    const UserId id = TRY(p_.users.create(tx, scope, user));
    p_.sign_in.store_password(tx, id, hash, 0);
    const auto role = p_.roles.find_by_key(tx, administrator_role);
    CHECK(role.has_value());
    TRY(p_.roles.assign_roles(tx, id, std::array{*role}));
    return p_.sign_in.open_session(tx, id, request_of(visit.call, user.email));
  }));
  scope.actor.user = in.user;
  scope.actor.session = in.session;
  trace(scope, "sign_in", "user", {in.user.value});
  return open_reply(visit.call, in);
}

Result<net::Reply> AccessApi::redeem_link(Visit& visit) {
  TRY(refuse_cross_site(visit.call));
  const auto body = TRY(parse_body(visit.call));
  const auto token = TRY(required_text(body, "token", token_max));
  const auto password = TRY(required_text(body, "password", limits::password_bytes_max));
  const UserId user = TRY(p_.tokens.check_link(LinkKind::password, token));
  TRY(p_.sign_in.check_new_password(user, password));
  const std::string hash = TRY(p_.sign_in.hash_password(password));
  TRY(p_.parts.database.write([&](store::Transaction& tx) -> Status {
    TRY(p_.tokens.use_link(tx, LinkKind::password, token));
    p_.sign_in.store_password(tx, user, hash, 0);
    return {};
  }));
  p_.authenticator.forget();
  trace(visit.scope, "change_password", "user", {user.value});
  // The session comes from signing in with it, which asks for the second factor.
  return net::Reply::no_content();
}

}  // namespace fokus::access
