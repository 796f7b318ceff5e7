// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "access/keyset.hpp"
#include "access/parts.hpp"
#include "access/permissions.hpp"
#include "access/sign_in.hpp"
#include "base/result.hpp"

namespace fokus::access {

namespace limits {
constexpr std::size_t key_name_max = 100;
constexpr std::int64_t key_lasts_ms = 365 * ms_per_day;  // unless it is made for another time
constexpr std::int64_t setup_link_ms = ms_per_day;
constexpr std::int64_t password_link_ms = 3 * ms_per_day;
}  // namespace limits

struct SessionRow {
  std::int64_t id = 0;
  Instant created_at, last_seen_at, expires_at;
  std::string user_agent, remote;
};

struct KeyRow {
  std::int64_t id = 0;
  std::string prefix, name;
  std::vector<std::string> scopes;
  Instant created_at;
  std::optional<Instant> expires_at, last_used_at;
};

struct NewKey {
  std::int64_t id = 0;
  std::string token;  // shown this once
};

enum class LinkKind { setup, password };

// When a key made at `now` ends: an instant, the end of a day (UTC), "never" (nothing), or
// key_lasts_ms later when nothing is said. Error: "access/key_invalid" with expires_at.
Result<std::optional<Instant>> parse_key_end(std::string_view text, Instant now);

// What a user holds besides the password: sessions, API keys, one-time links. Only digests are
// stored. Revoking takes effect on every node at once.
class Tokens {
 public:
  explicit Tokens(const Parts& parts) : parts_(parts) {}

  // Before serving; without it every name is a type's.
  void set_types(IsType is_type) { is_type_ = std::move(is_type); }

  // One page and a row, the last used first. Error: "records/bad_cursor" when `ask.after` is no
  // session of the user.
  Result<std::vector<SessionRow>> list_sessions(UserId user, const PageAsk& ask = {});
  // Errors: "access/session_not_found" (also another user's).
  Status revoke_session(UserId user, std::int64_t session);
  void revoke_other_sessions(UserId user, std::int64_t keep_session);  // 0: all

  // One page and a row, the newest first. Error: "records/bad_cursor", likewise.
  Result<std::vector<KeyRow>> list_keys(UserId user, const PageAsk& ask = {});
  // Without an end it is good for ever. Errors: "access/key_invalid", "access/scope_invalid" with
  // the scope as `name` when its type or function does not exist.
  Result<NewKey> create_key(UserId user, std::string_view name, std::span<const std::string> scopes,
                            std::optional<Instant> expires_at);
  // Errors: "access/key_not_found".
  Status revoke_key(UserId user, std::int64_t key);

  // The token of a link; earlier ones of the same kind and user stop working. User 0 for set-up.
  std::string create_link(LinkKind kind, UserId user);
  // Whose link it is. Errors: "access/link_invalid".
  Result<UserId> check_link(LinkKind kind, std::string_view token);
  // Within the transaction of what the link is for: it works once, also for two at the same time.
  Status use_link(store::Transaction& tx, LinkKind kind, std::string_view token);

  // The set-up link that was printed ends: somebody is there by now.
  void retire_setup(store::Transaction& tx);

  // True as long as there is no active user. One without a password counts: whoever made them was
  // given a link for it, and a second way in would be one for strangers.
  bool is_setup_needed();
  bool is_setup_needed(store::Session& session) const;

 private:
  Status check_scopes(std::span<const std::string> scopes) const;

  const Parts& parts_;
  IsType is_type_;
};

}  // namespace fokus::access
