// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "access/parts.hpp"
#include "access/passwords.hpp"
#include "access/throttle.hpp"
#include "base/result.hpp"

namespace fokus::access {

namespace limits {
constexpr std::int64_t session_idle_ms = 12 * ms_per_hour;
constexpr std::int64_t session_absolute_ms = 30 * ms_per_day;
constexpr std::int64_t device_cookie_s = 180 * 24 * 3600;
constexpr std::size_t user_agent_bytes_max = 200;
constexpr std::size_t email_bytes_max = 254;
constexpr std::size_t token_bytes = 32;
constexpr int recovery_code_count = 10;
}  // namespace limits

struct SignInRequest {
  std::string email, password;
  std::string totp;     // six digits, or a recovery code; empty when not given
  std::string device;   // what the device cookie holds, if there is one
  std::string session;  // what the session cookie holds; ends when it is of the same user
  std::string remote, user_agent;
};

struct SignedIn {
  UserId user;
  std::int64_t session = 0;
  std::string token;   // goes into the session cookie; only its digest is stored
  std::string device;  // goes into the device cookie
};

struct TotpOffer {
  std::string secret;  // base32, to type in
  std::string url;     // otpauth://, to scan
};

// Passwords, second factors and the sessions they open. Thread-safe; calls block (a password takes
// 50 ms and waits for its turn), so routes use the slow lane.
class SignIn {
 public:
  SignIn(const Parts& parts, PasswordHasher& hasher)
      : parts_(parts), hasher_(hasher), throttle_(parts) {}

  // Errors: "access/sign_in_refused" (never says why), "access/totp_required" (the password was
  // right), "access/totp_wrong", "access/throttled", "access/busy".
  Result<SignedIn> sign_in(const SignInRequest& request);
  // Who signs in with this address; 0 when nobody does.
  UserId find_user(std::string_view email);

  // Opens a session without a password: after set-up and after a link was redeemed.
  SignedIn open_session(store::Transaction& tx, UserId user, const SignInRequest& request);

  // The steps of set_password(), for a transaction that does more. The hash is made before the
  // transaction begins: the writer must not wait 50 ms for it.
  Status check_new_password(UserId user, std::string_view password);
  Result<std::string> hash_password(std::string_view password) { return hasher_.hash(password); }
  void store_password(store::Transaction& tx, UserId user, std::string_view hash,
                      std::int64_t keep_session);
  // Checks the rules and stores. Ends all sessions of the user but `keep_session`.
  // Errors: "access/password_weak", "access/busy".
  Status set_password(UserId user, std::string_view password, std::int64_t keep_session);
  // Also asks for the old one. Errors: as above, "access/password_wrong", "access/throttled".
  Status change_password(UserId user, std::string_view old_password, std::string_view password,
                         std::int64_t keep_session, std::string_view remote);

  // A new secret, valid once confirm_totp() has seen a code of it. Errors: "access/totp_enabled".
  Result<TotpOffer> offer_totp(UserId user);
  // The recovery codes, shown once. Errors: "access/totp_wrong", "access/totp_enabled",
  // "access/totp_not_offered".
  Result<std::vector<std::string>> confirm_totp(UserId user, std::string_view code);
  // New recovery codes in place of all that there were. Errors: "access/password_wrong",
  // "access/throttled", "access/totp_not_enabled".
  Result<std::vector<std::string>> renew_recovery_codes(UserId user, std::string_view password,
                                                        std::string_view remote);
  // Errors: "access/password_wrong", "access/throttled".
  Status disable_totp(UserId user, std::string_view password, std::string_view remote);

  // Removes what is past its time: sessions, links, throttles. For a nightly job.
  void remove_old();

 private:
  struct Candidate;
  Result<Candidate> find_candidate(std::string_view email);
  std::vector<std::string> make_recovery_codes();
  void store_recovery_codes(store::Transaction& tx, UserId user,
                            const std::vector<std::string>& codes);
  Status check_second_factor(store::Transaction& tx, const Candidate& user, std::string_view code);
  void end_replaced(store::Transaction& tx, UserId user, std::string_view token);
  Status check_own_password(UserId user, std::string_view password, std::string_view remote);
  std::pair<std::string, std::string> names_of(UserId user);  // name, e-mail
  std::string make_device(std::string_view email);
  bool is_known_device(std::string_view device, std::string_view email) const;

  const Parts& parts_;
  PasswordHasher& hasher_;
  Throttle throttle_;
};

}  // namespace fokus::access
