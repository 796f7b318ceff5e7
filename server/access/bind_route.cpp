// SPDX-License-Identifier: Apache-2.0
#include "access/bind_route.hpp"

#include "base/text.hpp"

namespace fokus::access {
namespace {

Actor nobody() {
  static const auto nothing = std::make_shared<const Permissions>();
  Actor actor;
  actor.permissions = nothing;
  return actor;
}

Result<Scope> make_scope(Actor actor, const net::Call& call, std::string pattern) {
  Scope scope;
  if (const auto purpose = call.header("x-purpose")) {
    if (!is_identifier(*purpose)) return make_error(ErrorKind::malformed, "access/purpose");
    scope.purpose = *purpose;
  }
  scope.actor = std::move(actor);
  scope.route = std::move(pattern);
  scope.call_id = call.id;
  scope.remote = call.remote;
  return scope;
}

Result<Scope> open_scope(const Route& route, const net::Call& call, const std::string& pattern,
                         Gate& gate) {
  if (route.right.kind() == Right::Kind::anyone) return make_scope(nobody(), call, pattern);
  Actor actor = TRY(gate.authenticator.authenticate(call));
  TRY(check_right(route.right, actor));
  return make_scope(std::move(actor), call, pattern);
}

net::Reply answer(const Route& route, Visit& visit) {
  auto reply = route.handler(visit);
  if (!reply.ok()) return net::Reply::problem(reply.error(), visit.call.id);
  return std::move(reply).value();
}

net::Reply visit_route(const Route& route, const std::string& pattern, net::Call& call,
                       Gate& gate) {
  auto scope = open_scope(route, call, pattern, gate);
  if (!scope.ok()) return net::Reply::problem(scope.error(), call.id);
  Visit visit{call, std::move(scope).value()};
  const auto key = call.header("idempotency-key");
  const bool once = key && call.method == net::Method::post && visit.scope.actor.user;
  return once ? gate.idempotency.run(visit.scope.actor.user, *key, call,
                                     [&] { return answer(route, visit); })
              : answer(route, visit);
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
      const auto admitted = route.admit ? route.admit(*scope, call) : Status();
      if (admitted.ok()) return std::nullopt;
      return net::Reply::problem(admitted.error(), call.id);
    };
  out.handler = [route = std::move(route), pattern = std::move(pattern), &gate](net::Call& call) {
    return visit_route(route, pattern, call, gate);
  };
  return out;
}

Result<Scope> open_scope_for_socket(const net::Call& call, std::string pattern, Gate& gate) {
  return make_scope(TRY(gate.authenticator.authenticate_socket(call)), call, std::move(pattern));
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
  }
  return "";
}

}  // namespace fokus::access
