// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <unordered_map>

#include "access/actor.hpp"
#include "access/parts.hpp"
#include "base/result.hpp"
#include "net/call.hpp"

namespace fokus::access {

namespace limits {
constexpr std::int64_t actor_cache_ms = 5 * ms_per_second;  // how long a lost notification matters
constexpr std::size_t actor_cache_max = 10'000;
constexpr std::int64_t last_seen_step_ms = ms_per_minute;  // how often a session is written
}  // namespace limits

constexpr std::string_view key_prefix = "fk_";

// The `__Host-` prefix needs TLS; on loopback without it the same cookie has a plain name.
std::string_view session_cookie_name(bool secure);
std::string_view device_cookie_name(bool secure);
// The Set-Cookie values. An empty token with max_age_s 0 removes the cookie.
std::string render_cookie(std::string_view name, std::string_view value, bool secure,
                          std::int64_t max_age_s);

// Refuses a call that a page of another site made the browser send. For calls that change
// something, and for every WebSocket, when a cookie vouches for them. Sec-Fetch-Site decides where
// the browser sends it; else Origin must name the host of the call, whose port a proxy may have
// dropped. Neither: refused, browsers always send one of them. Error: "access/cross_site".
Status check_same_origin(const net::Call& call);

// Turns a call into the one who makes it. Thread-safe. Known tokens are answered from memory for
// a few seconds; a revocation or a change of rights empties the memory of every node at once.
class Authenticator {
 public:
  explicit Authenticator(const Parts& parts);

  // A cookie or "Authorization: Bearer fk_…". Also checks the origin of changing cookie calls.
  // Errors: "access/sign_in_required", "access/cross_site".
  Result<Actor> authenticate(const net::Call& call);
  // Who a key ("fk_…") that came in another way acts for. Error: "access/sign_in_required".
  Result<Actor> authenticate_key(const std::string& key);
  // The same for a WebSocket route: the origin is checked although it is a GET.
  Result<Actor> authenticate_socket(const net::Call& call);

  // Asks again, later, for the one who opened a WebSocket: always from the database, and without
  // making the session look used, so that an open page does not keep it alive. Must not outlive
  // this. The function's errors: "access/sign_in_required".
  std::function<Result<Actor>()> renewal_of(const net::Call& call);

  // A user as an actor without a call: jobs run with the rights of who made them, and of the key
  // that they were made with. Errors: "access/user_inactive", "access/key_inactive" (revoked or
  // expired meanwhile).
  Result<Actor> actor_of(const work::JobAuthor& author);

  void forget();  // what the notification does

  // Before serving: fills language and time zone of an actor that chose none.
  void set_defaults(std::function<void(Actor&)> defaults) { defaults_ = std::move(defaults); }

 private:
  struct Known {
    Actor actor;
    Instant until;       // of the entry in memory
    Instant expires_at;  // of the session or key
    Instant last_seen;
  };
  Result<Actor> find(const std::string& token, bool is_key);
  Result<Known> load_session(const std::string& token_hash, Instant now);
  Result<Known> load_key(const std::string& token_hash, Instant now);
  void touch(const Known& known, Instant now);

  struct Memory {
    std::mutex mutex;
    std::uint64_t generation = 0;  // grows with every forget(): what was read before is not kept
    std::unordered_map<std::string, Known> known;
    void forget();
  };

  const Parts& parts_;
  std::unique_ptr<Memory> memory_ = std::make_unique<Memory>();
  std::function<void(Actor&)> defaults_;
  store::Subscription subscription_;
};

// Reads user, groups and roles; `defaults` comes first, if there is one. Errors:
// "access/user_inactive".
Result<Actor> load_actor(store::Session& session, const store::Statements& statements, UserId user,
                         const std::function<void(Actor&)>& defaults);

}  // namespace fokus::access
