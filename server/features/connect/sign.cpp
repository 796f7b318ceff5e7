// SPDX-License-Identifier: Apache-2.0
// How a call says who calls: a key, a name and a password, or a token that is got with them.
#include <algorithm>
#include <boost/json.hpp>

#include "base/text.hpp"
#include "features/connect/outbound.hpp"
#include "platform/crypto.hpp"
#include "platform/http_url.hpp"

namespace fokus::connect {
namespace {

namespace json = boost::json;
using outgoing::Request;

std::string value_of(const Settings& settings, const std::string& field) {
  const auto at = settings.values.find(field);
  return at == settings.values.end() ? std::string() : at->second;
}

std::string basic_of(const std::string& user, const std::string& password) {
  std::string text = crypto::to_base64url(user + ":" + password);
  text = replace_all(replace_all(std::move(text), "-", "+"), "_", "/");
  text.append((4 - text.size() % 4) % 4, '=');
  return "Basic " + text;
}

// Secrets are for the provider alone: not for hosts that somebody has added to its list.
bool may_know(const Connector& connector, const Settings& settings, const std::string& text) {
  const auto url = outgoing::parse_url(text);
  auto hosts = connector.hosts;
  if (const auto base = outgoing::parse_url(settings.base_url)) hosts.push_back(base->authority());
  return url && outgoing::is_listed(*url, hosts);
}

Error sign_in_refused() {
  return make_error(ErrorKind::conflict, "connect/sign_in_refused");
}

}  // namespace

Status Outbound::sign(Request& request, const Target& target) {
  using Kind = Authentication::Kind;
  const auto& how = target.connector.authentication;
  if (how.kind == Kind::none || !may_know(target.connector, target.settings, request.url))
    return {};
  const auto value = [&](const std::string& field) { return value_of(target.settings, field); };
  switch (how.kind) {
    case Kind::none:
      return {};
    case Kind::header:
      request.headers.push_back({how.header, value(how.key), true});
      return {};
    case Kind::bearer:
      request.headers.push_back({"Authorization", "Bearer " + value(how.key), true});
      return {};
    case Kind::basic:
      request.headers.push_back(
          {"Authorization", basic_of(value(how.user), value(how.password)), true});
      return {};
    case Kind::oauth2:
      request.headers.push_back({"Authorization", "Bearer " + TRY(token(target)), true});
      return {};
  }
  return {};
}

Result<std::string> Outbound::token(const Target& target) {
  const auto& how = target.connector.authentication;
  const auto got_with =
      crypto::sha256(target.settings.base_url + '\n' + value_of(target.settings, how.user) + '\n' +
                     value_of(target.settings, how.password));
  {
    const std::lock_guard lock(mutex_);
    const auto at = tokens_.find(target.connector.name);
    const bool is_good = at != tokens_.end() && at->second.got_with == got_with &&
                         log_.parts().clock.now() < at->second.until;
    if (is_good) return at->second.text;
  }
  Token got = TRY(get_token(target));
  got.got_with = got_with;
  const std::lock_guard lock(mutex_);
  return (tokens_[target.connector.name] = std::move(got)).text;
}

// RFC 6749, 4.4: the client's own credentials.
Result<Outbound::Token> Outbound::get_token(const Target& target) {
  const auto& how = target.connector.authentication;
  Order order{.connector = target.connector.name,
              .method = outgoing::Method::post,
              .path = how.token_url,
              .occasion = target.order.occasion,
              .should_stop = target.order.should_stop};
  order.body = "grant_type=client_credentials";
  if (!how.scope.empty()) order.body += "&scope=" + encode_part(how.scope);
  order.limits = target.connector.limits;
  order.limits->answer_bytes_max = limits::token_bytes_max;
  const Target asked{order, target.connector, target.settings};
  auto request = TRY(prepare(asked));
  if (!may_know(target.connector, target.settings, request.url)) return sign_in_refused();
  request.headers = {
      {"Content-Type", "application/x-www-form-urlencoded"},
      {"Accept", "application/json"},
      {"Authorization",
       basic_of(value_of(target.settings, how.user), value_of(target.settings, how.password)),
       true}};
  const auto answer = TRY(send_logged(asked, request));
  if (outgoing::is_passing_status(answer.status))
    TRY(check_status(answer, log_.parts().clock.now()));
  return read_token(answer, log_.parts().clock.now());
}

Result<Outbound::Token> Outbound::read_token(const outgoing::Answer& answer, Instant now) {
  boost::system::error_code ec;
  const auto value = json::parse(answer.body, ec);
  const auto* object = ec ? nullptr : value.if_object();
  const auto* text = object ? object->if_contains("access_token") : nullptr;
  if (answer.status != 200 || !text || !text->is_string() || text->get_string().empty())
    return sign_in_refused();
  std::int64_t age_ms = limits::token_age_ms;
  if (const auto* seconds = object->if_contains("expires_in"); seconds && seconds->is_int64())
    age_ms = std::clamp<std::int64_t>(seconds->get_int64(), 0, limits::token_seconds_max) *
             ms_per_second;
  return Token{std::string(text->get_string()), {}, now.plus_ms(age_ms - limits::token_margin_ms)};
}

void Outbound::forget_token(const Connector& connector) {
  const std::lock_guard lock(mutex_);
  tokens_.erase(connector.name);
}

}  // namespace fokus::connect
