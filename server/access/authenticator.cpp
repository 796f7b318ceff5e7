// SPDX-License-Identifier: Apache-2.0
#include "access/authenticator.hpp"

#include <boost/json.hpp>

#include "access/permissions.hpp"
#include "access/sign_in.hpp"
#include "base/text.hpp"
#include "platform/crypto.hpp"

namespace fokus::access {
namespace {

namespace json = boost::json;

constexpr std::size_t token_characters_max = 128;

Error sign_in_required() {
  return make_error(ErrorKind::unauthenticated, "access/sign_in_required");
}

struct Credential {
  std::string token;
  bool is_key = false;
};

std::optional<Credential> credential_of(const net::Call& call) {
  if (const auto header = call.header("authorization")) {
    constexpr std::string_view scheme = "bearer ";
    if (lower_ascii(header->substr(0, scheme.size())) != scheme) return std::nullopt;
    const auto token = trim(header->substr(scheme.size()));
    if (!token.starts_with(key_prefix)) return std::nullopt;
    return Credential{std::string(token), true};
  }
  const auto cookie = call.cookie(session_cookie_name(call.secure));
  if (!cookie || cookie->empty()) return std::nullopt;
  return Credential{std::string(*cookie), false};
}

bool changes_something(net::Method method) {
  return method != net::Method::get && method != net::Method::head &&
         method != net::Method::options;
}

// "host:port" → host and port; the brackets of IPv6 stay with the host.
std::pair<std::string, std::string> split_host(std::string_view text) {
  const auto colon = text.rfind(':');
  const auto bracket = text.rfind(']');
  const bool has_port = colon != text.npos && (bracket == text.npos || colon > bracket);
  return {lower_ascii(text.substr(0, has_port ? colon : text.npos)),
          has_port ? std::string(text.substr(colon + 1)) : std::string()};
}

// Scheme, host and port; a port that is not said is that of the scheme.
bool is_own_origin(std::string_view origin, std::string_view host, bool secure) {
  const std::string_view scheme = secure ? "https://" : "http://";
  if (lower_ascii(origin.substr(0, scheme.size())) != scheme) return false;  // "null", too
  auto theirs = split_host(origin.substr(scheme.size())), own = split_host(host);
  for (auto* port : {&theirs.second, &own.second})
    if (port->empty()) *port = secure ? "443" : "80";
  return !own.first.empty() && theirs == own;
}

// A damaged list grants nothing.
std::vector<std::string> parse_scopes(std::string_view text) {
  boost::system::error_code failed;
  const auto list = json::parse(json::string_view(text), failed);
  std::vector<std::string> out;
  if (!list.is_array()) return out;
  for (const auto& scope : list.get_array())
    if (scope.is_string()) out.emplace_back(scope.get_string());
  return out;
}

// What is left of the user's rights when they act by this key.
Status narrow_to_key(Actor& actor, std::int64_t key, std::string_view scopes) {
  actor.kind = ActorKind::api_key;
  actor.session = key;
  actor.permissions = std::make_shared<const Permissions>(
      TRY(restrict_permissions(*actor.permissions, parse_scopes(scopes))));
  return {};
}

}  // namespace

std::string_view session_cookie_name(bool secure) {
  return secure ? "__Host-fokus" : "fokus";
}
std::string_view device_cookie_name(bool secure) {
  return secure ? "__Host-fokus_device" : "fokus_device";
}

std::string render_cookie(std::string_view name, std::string_view value, bool secure,
                          std::int64_t max_age_s) {
  return fmt::format("{}={}; Path=/; Max-Age={}; HttpOnly; SameSite=Lax{}", name, value, max_age_s,
                     secure ? "; Secure" : "");
}

Status check_same_origin(const net::Call& call) {
  const Error refused = make_error(ErrorKind::forbidden, "access/cross_site");
  if (const auto site = call.header("sec-fetch-site"))
    return *site == "same-origin" ? Status{} : refused;
  const auto origin = call.header("origin"), host = call.header("host");
  return origin && host && is_own_origin(*origin, *host, call.secure) ? Status{} : refused;
}

Authenticator::Authenticator(const Parts& parts) : parts_(parts) {
  subscription_ = parts_.database.subscribe(std::string(access_changed_channel),
                                            [this](std::string_view) { forget(); });
}

Result<Actor> Authenticator::authenticate(const net::Call& call) {
  const auto credential = credential_of(call);
  if (!credential) return sign_in_required();
  if (!credential->is_key && changes_something(call.method)) TRY(check_same_origin(call));
  return find(credential->token, credential->is_key);
}

Result<Actor> Authenticator::authenticate_key(const std::string& key) {
  if (!key.starts_with(key_prefix)) return sign_in_required();
  return find(key, true);
}

Result<Actor> Authenticator::authenticate_socket(const net::Call& call) {
  const auto credential = credential_of(call);
  if (!credential) return sign_in_required();
  if (!credential->is_key) TRY(check_same_origin(call));
  return find(credential->token, credential->is_key);
}

Result<Actor> Authenticator::find(const std::string& token, bool is_key) {
  if (token.size() > token_characters_max) return sign_in_required();
  const std::string hash = crypto::sha256_hex(token);
  const Instant now = parts_.clock.now();
  std::uint64_t generation = 0;
  {
    const std::lock_guard lock(memory_->mutex);
    generation = memory_->generation;
    const auto found = memory_->known.find(hash);
    if (found != memory_->known.end() && now < found->second.until &&
        now < found->second.expires_at)
      return found->second.actor;
  }
  Known known = TRY(is_key ? load_key(hash, now) : load_session(hash, now));
  touch(known, now);
  known.until = now.plus_ms(limits::actor_cache_ms);
  Actor actor = known.actor;
  const std::lock_guard lock(memory_->mutex);
  if (generation != memory_->generation)
    return actor;  // revoked meanwhile, perhaps: ask again next time
  if (memory_->known.size() >= limits::actor_cache_max) memory_->known.clear();
  memory_->known.insert_or_assign(hash, std::move(known));
  return actor;
}

Result<Authenticator::Known> Authenticator::load_session(const std::string& token_hash,
                                                         Instant now) {
  return parts_.database.read([&](store::Session& session) -> Result<Known> {
    Known known;
    UserId user;
    std::int64_t id = 0;
    {
      auto rows = session.query(parts_.statements["access.find_session"], {token_hash});
      if (!rows->next()) return sign_in_required();
      id = rows->integer(0);
      user = UserId{rows->integer(1)};
      known.last_seen = Instant{rows->integer(2)};
      known.expires_at = Instant{rows->integer(3)};
    }
    if (now >= known.expires_at || now >= known.last_seen.plus_ms(limits::session_idle_ms))
      return sign_in_required();
    auto actor = load_actor(session, parts_.statements, user, defaults_);
    if (!actor.ok()) return sign_in_required();
    known.actor = std::move(actor).value();
    known.actor.session = id;
    return known;
  });
}

Result<Authenticator::Known> Authenticator::load_key(const std::string& token_hash, Instant now) {
  return parts_.database.read([&](store::Session& session) -> Result<Known> {
    Known known;
    UserId user;
    std::int64_t id = 0;
    std::string scopes;
    {
      auto rows = session.query(parts_.statements["access.find_key"], {token_hash});
      if (!rows->next()) return sign_in_required();
      id = rows->integer(0);
      user = UserId{rows->integer(1)};
      scopes = rows->text(2);
      known.expires_at = rows->is_null(3) ? Instant{INT64_MAX} : Instant{rows->integer(3)};
      known.last_seen = Instant{rows->integer(4)};
    }
    if (now >= known.expires_at) return sign_in_required();
    auto actor = load_actor(session, parts_.statements, user, defaults_);
    if (!actor.ok()) return sign_in_required();
    known.actor = std::move(actor).value();
    TRY(narrow_to_key(known.actor, id, scopes));
    return known;
  });
}

void Authenticator::touch(const Known& known, Instant now) {
  if (now.ms - known.last_seen.ms < limits::last_seen_step_ms) return;
  const bool is_key = known.actor.kind == ActorKind::api_key;
  const auto sql = parts_.statements[is_key ? "access.touch_key" : "access.touch_session"];
  try {
    parts_.database.write([&](store::Transaction& tx) {
      tx.execute(sql, {known.actor.session, now});
    });
  } catch (const store::Failure&) {
    // A full disk stops writing, not reading: the session just looks a little older.
  }
}

std::function<Result<Actor>()> Authenticator::renewal_of(const net::Call& call) {
  const auto credential = credential_of(call);
  if (!credential) return [] { return Result<Actor>(sign_in_required()); };
  return [this, hash = crypto::sha256_hex(credential->token),
          is_key = credential->is_key]() -> Result<Actor> {
    const Instant now = parts_.clock.now();
    return TRY(is_key ? load_key(hash, now) : load_session(hash, now)).actor;
  };
}

Result<Actor> Authenticator::actor_of(const work::JobAuthor& author) {
  return parts_.database.read([&](store::Session& session) -> Result<Actor> {
    Actor actor = TRY(load_actor(session, parts_.statements, author.user, defaults_));
    if (author.key == 0) return actor;
    auto rows = session.query(parts_.statements["access.find_key_of_job"],
                              {author.key, author.user, parts_.clock.now()});
    if (!rows->next()) return make_error(ErrorKind::unauthenticated, "access/key_inactive");
    TRY(narrow_to_key(actor, author.key, rows->text(0)));
    return actor;
  });
}

void Authenticator::forget() {
  memory_->forget();
}

void Authenticator::Memory::forget() {
  const std::lock_guard lock(mutex);
  ++generation;
  known.clear();
}

Result<Actor> load_actor(store::Session& session, const store::Statements& statements, UserId user,
                         const std::function<void(Actor&)>& defaults) {
  Actor actor;
  if (defaults) defaults(actor);
  actor.user = user;
  {
    auto rows = session.query(statements["access.find_actor"], {user});
    if (!rows->next()) return make_error(ErrorKind::unauthenticated, "access/user_inactive");
    actor.name = rows->text(0);
    actor.email = rows->text(1);
    actor.primary_group = GroupId{rows->integer(2)};
    if (!rows->text(3).empty()) actor.language = rows->text(3);
    if (!rows->text(4).empty()) actor.time_zone = rows->text(4);
  }
  auto groups = session.query(statements["access.list_user_groups"], {user});
  while (groups->next())
    if (const GroupId group{groups->integer(0)}; group != actor.primary_group)
      actor.other_groups.push_back(group);
  auto permissions = std::make_shared<Permissions>();
  auto definitions = session.query(statements["access.list_user_definitions"], {user});
  while (definitions->next()) {
    boost::system::error_code failed;
    const auto role = parse_role(json::parse(json::string_view(definitions->text(0)), failed));
    if (role.ok()) add_permissions(*permissions, *role);  // a damaged role grants nothing
  }
  actor.permissions = std::move(permissions);
  return actor;
}

}  // namespace fokus::access
