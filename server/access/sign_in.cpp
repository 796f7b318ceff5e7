// SPDX-License-Identifier: Apache-2.0
#include "access/sign_in.hpp"

#include "base/text.hpp"
#include "platform/crypto.hpp"
#include "platform/locale.hpp"

namespace fokus::access {

struct SignIn::Candidate {
  UserId id;
  std::string password_hash;
  bool totp_enabled = false;
  std::string totp_secret;
  std::int64_t totp_last_step = 0;
};

namespace {

constexpr std::size_t device_nonce_bytes = 16;

Error refused() {
  return make_error(ErrorKind::unauthenticated, "access/sign_in_refused");
}
Error totp_wrong() {
  return make_error(ErrorKind::unauthenticated, "access/totp_wrong");
}

std::string device_mac(const Parts& parts, std::string_view email, std::string_view nonce) {
  return crypto::to_base64url(
      crypto::hmac_sha256(parts.secret, "device|" + fold(email) + "|" + std::string(nonce)));
}

}  // namespace

Result<SignedIn> SignIn::sign_in(const SignInRequest& request) {
  if (!is_clean_utf8(request.email) || request.email.size() > limits::email_bytes_max ||
      !is_clean_utf8(request.password))
    return refused();
  const bool known = is_known_device(request.device, request.email);
  const auto attempt = throttle_.make_attempt(request.email, request.remote, known);
  TRY(throttle_.charge(attempt));
  const Candidate user = TRY(find_candidate(request.email));
  if (!TRY(hasher_.verify(user.password_hash, request.password))) return refused();
  std::string rehashed;
  if (crypto::password_needs_rehash(user.password_hash))
    rehashed = TRY(hasher_.hash(request.password));
  if (user.totp_enabled && request.totp.empty()) {
    // Half a sign-in is no failure.
    parts_.database.write([&](store::Transaction& tx) { throttle_.refund(tx, attempt); });
    return make_error(ErrorKind::unauthenticated, "access/totp_required");
  }
  return parts_.database.write([&](store::Transaction& tx) -> Result<SignedIn> {
    TRY(check_second_factor(tx, user, request.totp));
    if (!rehashed.empty())
      tx.execute(parts_.statements["access.rehash_password"],
                 {user.id, rehashed, user.password_hash});
    throttle_.settle(tx, attempt);
    end_replaced(tx, user.id, request.session);
    return open_session(tx, user.id, request);
  });
}

// Two addresses may fold to the same text, so the exact one decides.
Result<SignIn::Candidate> SignIn::find_candidate(std::string_view email) {
  return parts_.database.read([&](store::Session& session) -> Result<Candidate> {
    const std::string wanted = lower_ascii(trim(email)), folded = fold(email);
    auto rows = session.query(parts_.statements["access.find_sign_in"], {folded});
    while (rows->next()) {
      if (lower_ascii(rows->text(1)) != wanted) continue;
      return Candidate{UserId{rows->integer(0)}, std::string(rows->text(3)), rows->boolean(4),
                       std::string(rows->text(5)), rows->integer(6)};
    }
    return Candidate{};
  });
}

UserId SignIn::find_user(std::string_view email) {
  if (!is_clean_utf8(email) || email.size() > limits::email_bytes_max) return {};
  const auto found = find_candidate(email);
  return found ? found->id : UserId{};
}

Status SignIn::check_second_factor(store::Transaction& tx, const Candidate& user,
                                   std::string_view code) {
  if (!user.totp_enabled) return {};
  const Instant now = parts_.clock.now();
  if (code.size() != crypto::totp_digits) {
    const std::string typed = lower_ascii(replace_all(std::string(trim(code)), "-", ""));
    const auto used = tx.execute(parts_.statements["access.use_recovery_code"],
                                 {user.id, crypto::sha256_hex(typed), now});
    return used == 1 ? Status{} : totp_wrong();
  }
  const auto sealed = crypto::from_base64url(user.totp_secret);
  const auto secret = sealed ? crypto::open_sealed(parts_.secret, *sealed) : std::nullopt;
  const auto step = secret ? crypto::verify_totp(*secret, code, now) : std::nullopt;
  if (!step) return totp_wrong();
  // A code that was seen over a shoulder is worth nothing: each step opens the door once.
  const auto used = tx.execute(parts_.statements["access.use_totp_step"], {user.id, *step});
  return used == 1 ? Status{} : totp_wrong();
}

// A browser holds one session: nobody could end the one whose cookie is overwritten.
void SignIn::end_replaced(store::Transaction& tx, UserId user, std::string_view token) {
  if (token.empty()) return;
  const auto ended = tx.execute(parts_.statements["access.revoke_session_of_token"],
                                {crypto::sha256_hex(token), user, parts_.clock.now()});
  if (ended > 0) tx.notify(access_changed_channel, "session");
}

SignedIn SignIn::open_session(store::Transaction& tx, UserId user, const SignInRequest& request) {
  const Instant now = parts_.clock.now();
  SignedIn out;
  out.user = user;
  out.token = parts_.random.token(limits::token_bytes);
  out.device = make_device(request.email);
  std::string agent(cut_utf8(request.user_agent, limits::user_agent_bytes_max));
  if (!is_clean_utf8(agent)) agent.clear();
  out.session = tx.query_integer(
      parts_.statements["access.create_session"],
      {crypto::sha256_hex(out.token), user, now, now.plus_ms(limits::session_absolute_ms), agent,
       network_of(request.remote)});
  return out;
}

Status SignIn::check_new_password(UserId user, std::string_view password) {
  const auto [name, email] = names_of(user);
  return check_password(password, email, name);
}

void SignIn::store_password(store::Transaction& tx, UserId user, std::string_view hash,
                            std::int64_t keep_session) {
  const Instant now = parts_.clock.now();
  tx.execute(parts_.statements["access.set_password"], {user, hash, now});
  tx.execute(parts_.statements["access.revoke_other_sessions"], {user, keep_session, now});
  tx.notify(access_changed_channel, "password");
}

Status SignIn::set_password(UserId user, std::string_view password, std::int64_t keep_session) {
  TRY(check_new_password(user, password));
  const std::string hash = TRY(hasher_.hash(password));
  parts_.database.write(
      [&](store::Transaction& tx) { store_password(tx, user, hash, keep_session); });
  return {};
}

Status SignIn::change_password(UserId user, std::string_view old_password,
                               std::string_view password, std::int64_t keep_session,
                               std::string_view remote) {
  TRY(check_own_password(user, old_password, remote));
  return set_password(user, password, keep_session);
}

// A stolen session must not be a way to try passwords without end.
Status SignIn::check_own_password(UserId user, std::string_view password, std::string_view remote) {
  const auto attempt = throttle_.make_attempt(names_of(user).second, remote, false);
  TRY(throttle_.charge(attempt));
  const auto hash = parts_.database.read([&](store::Session& session) {
    return session.query_text(parts_.statements["access.find_credentials"], {user});
  });
  if (!TRY(hasher_.verify(hash.value_or(""), password)))
    return field_error("access/password_wrong", "old_password", "wrong");
  parts_.database.write([&](store::Transaction& tx) { throttle_.settle(tx, attempt); });
  return {};
}

Result<TotpOffer> SignIn::offer_totp(UserId user) {
  const std::string secret = parts_.random.bytes(crypto::totp_secret_bytes);
  const std::string sealed =
      crypto::to_base64url(crypto::seal(parts_.secret, secret, parts_.random));
  const auto stored = parts_.database.write([&](store::Transaction& tx) -> Result<std::int64_t> {
    return tx.execute(parts_.statements["access.offer_totp"], {user, sealed});
  });
  if (*stored == 0) return make_error(ErrorKind::conflict, "access/totp_enabled");
  return TotpOffer{crypto::to_base32(secret),
                   crypto::totp_url("Fokus", names_of(user).second, secret)};
}

std::vector<std::string> SignIn::make_recovery_codes() {
  std::vector<std::string> codes;
  for (int i = 0; i < limits::recovery_code_count; ++i)
    codes.push_back(lower_ascii(crypto::to_base32(parts_.random.bytes(10))));
  return codes;
}

void SignIn::store_recovery_codes(store::Transaction& tx, UserId user,
                                  const std::vector<std::string>& codes) {
  tx.execute(parts_.statements["access.remove_recovery_codes"], {user});
  for (const auto& one : codes)
    tx.execute(parts_.statements["access.add_recovery_code"], {user, crypto::sha256_hex(one)});
}

Result<std::vector<std::string>> SignIn::confirm_totp(UserId user, std::string_view code) {
  const auto codes = make_recovery_codes();
  const Instant now = parts_.clock.now();
  TRY(parts_.database.write([&](store::Transaction& tx) -> Status {
    std::optional<std::string> sealed;
    {
      auto rows = tx.query(parts_.statements["access.find_credentials"], {user});
      if (!rows->next() || rows->is_null(2))
        return make_error(ErrorKind::conflict, "access/totp_not_offered");
      if (rows->boolean(1)) return make_error(ErrorKind::conflict, "access/totp_enabled");
      sealed = crypto::from_base64url(rows->text(2));
    }
    const auto secret = sealed ? crypto::open_sealed(parts_.secret, *sealed) : std::nullopt;
    const auto step = secret ? crypto::verify_totp(*secret, code, now) : std::nullopt;
    if (!step) return field_error("access/totp_wrong", "code", "wrong");
    tx.execute(parts_.statements["access.enable_totp"], {user, *step});
    store_recovery_codes(tx, user, codes);
    return {};
  }));
  return codes;
}

Result<std::vector<std::string>> SignIn::renew_recovery_codes(UserId user,
                                                              std::string_view password,
                                                              std::string_view remote) {
  TRY(check_own_password(user, password, remote));
  const auto codes = make_recovery_codes();
  TRY(parts_.database.write([&](store::Transaction& tx) -> Status {
    {
      auto rows = tx.query(parts_.statements["access.find_credentials"], {user});
      if (!rows->next() || !rows->boolean(1))
        return make_error(ErrorKind::conflict, "access/totp_not_enabled");
    }
    store_recovery_codes(tx, user, codes);
    return {};
  }));
  return codes;
}

Status SignIn::disable_totp(UserId user, std::string_view password, std::string_view remote) {
  TRY(check_own_password(user, password, remote));
  parts_.database.write([&](store::Transaction& tx) {
    tx.execute(parts_.statements["access.disable_totp"], {user});
    tx.execute(parts_.statements["access.remove_recovery_codes"], {user});
  });
  return {};
}

void SignIn::remove_old() {
  const Instant now = parts_.clock.now();
  parts_.database.write([&](store::Transaction& tx) {
    tx.execute(parts_.statements["access.remove_old_sessions"], {now});
    tx.execute(parts_.statements["access.remove_old_links"], {now});
    throttle_.remove_old(tx);
  });
}

std::pair<std::string, std::string> SignIn::names_of(UserId user) {
  return parts_.database.read([&](store::Session& session) {
    auto rows = session.query(parts_.statements["access.find_user_names"], {user});
    if (!rows->next()) return std::pair<std::string, std::string>{};
    return std::pair{std::string(rows->text(0)), std::string(rows->text(1))};
  });
}

// Proves that somebody signed in to this account on this device before; opens nothing by itself.
std::string SignIn::make_device(std::string_view email) {
  const std::string nonce = parts_.random.token(device_nonce_bytes);
  return nonce + "." + device_mac(parts_, email, nonce);
}

bool SignIn::is_known_device(std::string_view device, std::string_view email) const {
  const auto dot = device.find('.');
  return dot != device.npos && device.size() < 128 &&
         crypto::equal_constant_time(device.substr(dot + 1),
                                     device_mac(parts_, email, device.substr(0, dot)));
}

}  // namespace fokus::access
