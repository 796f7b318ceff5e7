// SPDX-License-Identifier: Apache-2.0
#include "access/bind_route.hpp"

#include "access/media_type.hpp"
#include "access/permissions.hpp"
#include "access/repeated_member.hpp"
#include "net/reply.hpp"

namespace fokus::access {
namespace {

Actor nobody() {
  static const auto nothing = std::make_shared<const Permissions>();
  Actor actor;
  actor.permissions = nothing;
  return actor;
}

Result<Scope> make_scope(Actor actor, const net::Call& call, std::string pattern,
                         const Gate& gate) {
  Scope scope;
  if (const auto purpose = call.header("x-purpose"); purpose && *purpose != scope.purpose) {
    if (!gate.knows_purpose || !gate.knows_purpose(*purpose))
      return field_error("access/unknown_purpose", "X-Purpose", "unknown");
    scope.purpose = *purpose;
  }
  scope.actor = std::move(actor);
  scope.route = std::move(pattern);
  scope.call_id = call.id;
  scope.remote = call.remote;
  return scope;
}

// What everyone who has signed in may change (their own views, their language) a key may only when
// it may write at all; a functional right is a scope of its own.
Status check_key_scope(const Route& route, const Actor& actor) {
  const bool reads = route.method == net::Method::get || route.method == net::Method::head ||
                     route.method == net::Method::options;
  if (reads || route.contract.terms().only_asks || actor.kind != ActorKind::api_key ||
      route.right.kind() != Right::Kind::signed_in || may_write_something(*actor.permissions))
    return {};
  return Error{ErrorKind::forbidden, "access/forbidden", {}, {{"right", "write"}}};
}

Result<Scope> open_scope(const Route& route, net::Call& call, const std::string& pattern,
                         Gate& gate) {
  if (route.right.kind() == Right::Kind::anyone) return make_scope(nobody(), call, pattern, gate);
  Actor actor = TRY(gate.authenticator.authenticate(call));
  call.user = actor.user.value;  // also when the call is refused below
  TRY(check_right(route.right, actor));
  TRY(check_key_scope(route, actor));
  return make_scope(std::move(actor), call, pattern, gate);
}

net::Reply refuse_media_type(const net::Call& call) {
  auto reply = net::refuse(415, "access/unsupported_media_type", call.id);
  reply.header("Accept", "application/json");
  return reply;
}

Status check_input(const Route& route, const net::Call& call) {
  TRY(route.contract.check(call));
  if (!route.contract.terms().upload.empty() || call.body.empty()) return {};
  if (auto name = find_repeated_member(call.body))
    return field_error("access/repeated_member", std::move(*name), "repeated");
  return {};
}

net::Reply answer(const Route& route, Visit& visit) {
  auto reply = route.handler(visit);
  if (!reply.ok()) return net::Reply::problem(reply.error(), visit.call.id);
  return std::move(reply).value();
}

net::Reply answer_once(const Route& route, Visit& visit, std::string_view key, Gate& gate) {
  auto [reply, is_repeated] = gate.idempotency.run(
      visit.scope.actor.user, key, visit.call, !route.repeat, [&] { return answer(route, visit); });
  if (is_repeated && route.repeat) {
    auto again = route.repeat(visit, reply);
    if (!again.ok()) return net::Reply::problem(again.error(), visit.call.id);
    reply = std::move(again).value();
  }
  if (is_repeated) reply.headers.emplace_back("Idempotent-Replay", "true");
  return reply;
}

net::Reply visit_route(const Route& route, const std::string& pattern, net::Call& call,
                       Gate& gate) {
  auto scope = open_scope(route, call, pattern, gate);
  if (!scope.ok()) return net::Reply::problem(scope.error(), call.id);
  if (route.contract.terms().upload.empty() && !sends_json(call)) return refuse_media_type(call);
  if (const auto checked = check_input(route, call); !checked.ok())
    return net::Reply::problem(checked.error(), call.id);
  Visit visit{call, std::move(scope).value()};
  const auto key = call.header("idempotency-key");
  // A question may be asked again; its answer is today's.
  const bool is_kept = !route.contract.terms().is_secret && !route.contract.terms().only_asks;
  const bool once = is_kept && key && call.method == net::Method::post && visit.scope.actor.user;
  return once ? answer_once(route, visit, *key, gate) : answer(route, visit);
}

}  // namespace

net::Route bind_route(Route route, Gate& gate) {
  net::Route out;
  out.method = route.method;
  out.path = route.path;
  out.lane = route.lane;
  out.body_max = route.body_max;
  out.stream_body = route.stream_body;
  std::string pattern = std::string(method_name(route.method)) + " " + route.path;
  if (route.stream_body)
    out.admit = [route, pattern, &gate](net::Call& call) -> std::optional<net::Reply> {
      auto scope = open_scope(route, call, pattern, gate);
      if (!scope.ok()) return net::Reply::problem(scope.error(), call.id);
      auto admitted = route.contract.check(call);
      if (admitted.ok() && route.admit) admitted = route.admit(*scope, call);
      if (admitted.ok()) return std::nullopt;
      return net::Reply::problem(admitted.error(), call.id);
    };
  out.handler = [route = std::move(route), pattern = std::move(pattern), &gate](net::Call& call) {
    return visit_route(route, pattern, call, gate);
  };
  return out;
}

Result<Scope> open_scope_for_socket(net::Call& call, std::string pattern, Gate& gate) {
  Actor actor = TRY(gate.authenticator.authenticate_socket(call));
  call.user = actor.user.value;
  return make_scope(std::move(actor), call, std::move(pattern), gate);
}

Status check_right(const Right& right, const Actor& actor) {
  if (right.kind() != Right::Kind::function || actor.permissions->has_function(right.name()))
    return {};
  return Error{
      ErrorKind::forbidden, "access/forbidden", {}, {{"right", std::string(right.name())}}};
}

std::string_view method_name(net::Method method) {
  switch (method) {
    case net::Method::get:
      return "GET";
    case net::Method::head:
      return "HEAD";
    case net::Method::post:
      return "POST";
    case net::Method::put:
      return "PUT";
    case net::Method::patch:
      return "PATCH";
    case net::Method::remove:
      return "DELETE";
    case net::Method::options:
      return "OPTIONS";
    case net::Method::propfind:
      return "PROPFIND";
    case net::Method::proppatch:
      return "PROPPATCH";
    case net::Method::report:
      return "REPORT";
  }
  return "";
}

}  // namespace fokus::access
