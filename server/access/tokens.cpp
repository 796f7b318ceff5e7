// SPDX-License-Identifier: Apache-2.0
#include "access/tokens.hpp"

#include <boost/json.hpp>

#include "access/authenticator.hpp"
#include "access/permissions.hpp"
#include "base/text.hpp"
#include "platform/crypto.hpp"

namespace fokus::access {
namespace {

namespace json = boost::json;

constexpr std::size_t shown_prefix_length = 9;  // "fk_" and six characters

std::string_view kind_name(LinkKind kind) {
  return kind == LinkKind::setup ? "setup" : "password";
}
Error link_invalid() {
  return make_error(ErrorKind::not_found, "access/link_invalid");
}

std::optional<Instant> maybe_instant(store::Rows& rows, int column) {
  if (rows.is_null(column)) return std::nullopt;
  return Instant{rows.integer(column)};
}

}  // namespace

Result<std::optional<Instant>> parse_key_end(std::string_view text, Instant now) {
  using End = std::optional<Instant>;
  if (text.empty()) return End(now.plus_ms(limits::key_lasts_ms));
  if (text == "never") return End();
  if (const auto day = parse_date(text))
    return End(Instant{(days_from_epoch(*day) + 1) * ms_per_day});
  const auto instant = parse_instant(text);
  if (!instant) return field_error("access/key_invalid", "expires_at", "not_an_instant");
  return End(*instant);
}

Result<std::vector<SessionRow>> Tokens::list_sessions(UserId user, const PageAsk& ask) {
  using Found = Result<std::vector<SessionRow>>;
  const Instant now = parts_.clock.now();
  return parts_.database.read([&](store::Session& session) -> Found {
    const auto& sql = parts_.statements;
    const auto last_seen_at =
        session.query_integer(sql["access.find_session_place"], {ask.after, user}, -1);
    if (ask.after != 0 && last_seen_at < 0) return bad_cursor();
    std::vector<SessionRow> out;
    auto rows = session.query(sql["access.list_sessions"],
                              {user, now, now.plus_ms(-limits::session_idle_ms), ask.after,
                               last_seen_at, ask.rows_to_read()});
    while (rows->next())
      out.push_back({rows->integer(0), Instant{rows->integer(1)}, Instant{rows->integer(2)},
                     Instant{rows->integer(3)}, std::string(rows->text(4)),
                     std::string(rows->text(5))});
    return out;
  });
}

Status Tokens::revoke_session(UserId user, std::int64_t session) {
  const Instant now = parts_.clock.now();
  return parts_.database.write([&](store::Transaction& tx) -> Status {
    if (tx.execute(parts_.statements["access.revoke_session"], {session, user, now}) == 0)
      return make_error(ErrorKind::not_found, "access/session_not_found");
    tx.notify(access_changed_channel, "session");
    return {};
  });
}

void Tokens::revoke_other_sessions(UserId user, std::int64_t keep_session) {
  const Instant now = parts_.clock.now();
  parts_.database.write([&](store::Transaction& tx) {
    tx.execute(parts_.statements["access.revoke_other_sessions"], {user, keep_session, now});
    tx.notify(access_changed_channel, "sessions");
  });
}

Result<std::vector<KeyRow>> Tokens::list_keys(UserId user, const PageAsk& ask) {
  using Found = Result<std::vector<KeyRow>>;
  return parts_.database.read([&](store::Session& session) -> Found {
    const auto& sql = parts_.statements;
    if (ask.after != 0 && session.query_integer(sql["access.has_key"], {ask.after, user}) == 0)
      return bad_cursor();
    std::vector<KeyRow> out;
    auto rows = session.query(sql["access.list_keys"], {user, ask.after, ask.rows_to_read()});
    while (rows->next()) {
      KeyRow key{
          rows->integer(0),          std::string(rows->text(1)), std::string(rows->text(2)), {},
          Instant{rows->integer(4)}, maybe_instant(*rows, 5),    maybe_instant(*rows, 6)};
      boost::system::error_code failed;
      const auto scopes = json::parse(json::string_view(rows->text(3)), failed);
      if (scopes.is_array())
        for (const auto& scope : scopes.get_array())
          if (scope.is_string()) key.scopes.emplace_back(scope.get_string());
      out.push_back(std::move(key));
    }
    return out;
  });
}

Result<NewKey> Tokens::create_key(UserId user, std::string_view name,
                                  std::span<const std::string> scopes,
                                  std::optional<Instant> expires_at) {
  const Instant now = parts_.clock.now();
  if (trim(name).empty()) return field_error("access/key_invalid", "name", "required");
  if (count_code_points(name) > limits::key_name_max)
    return field_error("access/key_invalid", "name", "too_long");
  if (const auto flaw = flaw_of_name(name); !flaw.empty())
    return field_error("access/key_invalid", "name", std::string(flaw));
  if (scopes.empty()) return field_error("access/key_invalid", "scopes", "required");
  if (expires_at && *expires_at <= now)
    return field_error("access/key_invalid", "expires_at", "in_the_past");
  TRY(check_scopes(scopes));
  NewKey key{0, std::string(key_prefix) + parts_.random.token(limits::token_bytes)};
  const std::string list = json::serialize(json::array(scopes.begin(), scopes.end()));
  const std::string hash = crypto::sha256_hex(key.token);
  const auto id = parts_.database.write([&](store::Transaction& tx) -> Result<std::int64_t> {
    return tx.query_integer(
        parts_.statements["access.create_key"],
        {hash, key.token.substr(0, shown_prefix_length), user, name, list, now, expires_at});
  });
  key.id = *id;
  return key;
}

Status Tokens::check_scopes(std::span<const std::string> scopes) const {
  TRY(restrict_permissions(Permissions{}, scopes));
  for (const std::string_view scope : scopes) {
    const auto colon = scope.find(':');
    if (colon == scope.npos) continue;
    const auto type = scope.substr(0, colon);
    const bool is_known =
        type == "function" ? is_function(scope.substr(colon + 1)) : !is_type_ || is_type_(type);
    if (!is_known)
      return field_error("access/scope_invalid", "scopes", "unknown",
                         {{"name", std::string(scope)}});
  }
  return {};
}

Status Tokens::revoke_key(UserId user, std::int64_t key) {
  const Instant now = parts_.clock.now();
  return parts_.database.write([&](store::Transaction& tx) -> Status {
    if (tx.execute(parts_.statements["access.revoke_key"], {key, user, now}) == 0)
      return make_error(ErrorKind::not_found, "access/key_not_found");
    tx.notify(access_changed_channel, "key");
    return {};
  });
}

std::string Tokens::create_link(LinkKind kind, UserId user) {
  const Instant now = parts_.clock.now();
  const std::string token = parts_.random.token(limits::token_bytes);
  const std::string hash = crypto::sha256_hex(token);
  const auto lasts = kind == LinkKind::setup ? limits::setup_link_ms : limits::password_link_ms;
  parts_.database.write([&](store::Transaction& tx) {
    tx.execute(parts_.statements["access.retire_links"], {kind_name(kind), user, now});
    tx.execute(parts_.statements["access.create_link"],
               {hash, kind_name(kind), user, now, now.plus_ms(lasts)});
  });
  return token;
}

Result<UserId> Tokens::check_link(LinkKind kind, std::string_view token) {
  const Instant now = parts_.clock.now();
  const std::string hash = crypto::sha256_hex(token);
  return parts_.database.read([&](store::Session& session) -> Result<UserId> {
    auto rows = session.query(parts_.statements["access.find_link"], {hash, kind_name(kind), now});
    if (!rows->next()) return link_invalid();
    return UserId{rows->integer(0)};
  });
}

Status Tokens::use_link(store::Transaction& tx, LinkKind kind, std::string_view token) {
  const Instant now = parts_.clock.now();
  const std::string hash = crypto::sha256_hex(token);
  if (!tx.query(parts_.statements["access.find_link"], {hash, kind_name(kind), now})->next())
    return link_invalid();
  return tx.execute(parts_.statements["access.use_link"], {hash, now}) == 1 ? Status{}
                                                                            : link_invalid();
}

void Tokens::retire_setup(store::Transaction& tx) {
  tx.execute(parts_.statements["access.retire_links"],
             {kind_name(LinkKind::setup), UserId{}, parts_.clock.now()});
}

bool Tokens::is_setup_needed() {
  return parts_.database.read([&](store::Session& session) { return is_setup_needed(session); });
}

bool Tokens::is_setup_needed(store::Session& session) const {
  return session.query_integer(parts_.statements["access.has_active_user"]) == 0;
}

}  // namespace fokus::access
