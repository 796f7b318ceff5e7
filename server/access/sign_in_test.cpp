// SPDX-License-Identifier: Apache-2.0
#include "access/access_testing.hpp"
#include "platform/crypto.hpp"

namespace fokus::access {
namespace {

class SigningIn : public testing::AccessTest {
 protected:
  std::string code_of(const SignInRequest& r) {
    const auto result = sign_in->sign_in(r);
    return result.ok() ? "" : result.error().code;
  }
  bool is_open(const std::string& token) {
    return authenticator->authenticate(with_cookie(call(net::Method::get, "/"), token)).ok();
  }
};
INSTANTIATE_EACH_ENGINE(SigningIn);

TEST_P(SigningIn, EveryStatementPrepares) {
  EXPECT_EQ(statements->check(**scratch), std::vector<std::string>{});
}

TEST_P(SigningIn, OnlyTheRightPasswordOpens) {
  const UserId user = add_user_with_password("Ida@Nordlys.dk");
  const auto in = sign_in->sign_in(request(" ida@nordlys.DK"));
  ASSERT_TRUE(in.ok());
  EXPECT_EQ(in->user, user);
  const auto actor =
      authenticator->authenticate(with_cookie(call(net::Method::get, "/"), in->token));
  ASSERT_TRUE(actor.ok());
  EXPECT_EQ(actor->email, "Ida@Nordlys.dk");
  EXPECT_EQ(actor->session, in->session);
  EXPECT_EQ(actor->language, "da");
  EXPECT_TRUE(actor->permissions->may("company", Action::update));
  EXPECT_EQ(code_of(request("ida@nordlys.dk", "wrong")), "access/sign_in_refused");
  EXPECT_EQ(code_of(request("nobody@nordlys.dk")), "access/sign_in_refused");
  EXPECT_EQ(code_of(request("ida@nordlys.dk", "")), "access/sign_in_refused");
  EXPECT_EQ(code_of(request(std::string("ida\0", 4))), "access/sign_in_refused");
}

TEST_P(SigningIn, AgainInTheSameBrowserReplacesTheSession) {
  add_user_with_password("ida@nordlys.dk");
  add_user_with_password("bo@nordlys.dk");
  const auto first = sign_in->sign_in(request("ida@nordlys.dk"));
  const auto elsewhere = sign_in->sign_in(request("ida@nordlys.dk"));
  auto again = request("ida@nordlys.dk");
  again.session = first->token;
  again.password = "wrong";
  EXPECT_FALSE(sign_in->sign_in(again).ok());
  EXPECT_TRUE(is_open(first->token));
  again.password = testing::good_password;
  const auto second = sign_in->sign_in(again);
  ASSERT_TRUE(second.ok());
  authenticator->forget();
  EXPECT_FALSE(is_open(first->token));
  EXPECT_TRUE(is_open(second->token));
  EXPECT_TRUE(is_open(elsewhere->token));
  auto other = request("bo@nordlys.dk");
  other.session = second->token;  // somebody else's session is not theirs to end
  ASSERT_TRUE(sign_in->sign_in(other).ok());
  authenticator->forget();
  EXPECT_TRUE(is_open(second->token));
}

TEST_P(SigningIn, AddressesThatFoldAlikeAreTwo) {
  add_user_with_password("bjørn@firma.dk");
  EXPECT_EQ(code_of(request("bjoern@firma.dk")), "access/sign_in_refused");
  EXPECT_EQ(code_of(request("bjørn@firma.dk")), "");
}

TEST_P(SigningIn, InactiveUsersStayOut) {
  const UserId user = add_user_with_password("ida@nordlys.dk");
  const auto in = sign_in->sign_in(request("ida@nordlys.dk"));
  (*scratch)->write([&](store::Transaction& tx) {
    tx.execute("UPDATE users SET active = 0 WHERE id = $1", {user});
    tx.notify(access_changed_channel, "user");
  });
  authenticator->forget();
  EXPECT_FALSE(is_open(in->token));
  EXPECT_EQ(code_of(request("ida@nordlys.dk")), "access/sign_in_refused");
}

TEST_P(SigningIn, GuessingIsSlowedForTheGuesserOnly) {
  add_user_with_password("ida@nordlys.dk");
  const auto before = sign_in->sign_in(request("ida@nordlys.dk"));
  for (int i = 0; i <= limits::failures_free_account; ++i)
    EXPECT_EQ(code_of(request("ida@nordlys.dk", "wrong")), "access/sign_in_refused");
  EXPECT_EQ(code_of(request("ida@nordlys.dk")), "access/throttled");  // right, but not now
  auto elsewhere = request("ida@nordlys.dk");
  elsewhere.remote = "198.51.100.4";
  EXPECT_EQ(code_of(elsewhere), "");
  auto own_device = request("ida@nordlys.dk");
  own_device.device = before->device;
  EXPECT_EQ(code_of(own_device), "");
  own_device.device = before->device + "x";
  EXPECT_EQ(code_of(own_device), "access/throttled");
  clock.advance_ms(limits::throttle_delay_ms_first);
  EXPECT_EQ(code_of(request("ida@nordlys.dk")), "");
  EXPECT_EQ(code_of(request("ida@nordlys.dk", "wrong")), "access/sign_in_refused");
}

TEST_P(SigningIn, AnAddressIsSlowedButNotItsNeighbours) {
  add_user_with_password("ida@nordlys.dk");
  for (int i = 0; i <= limits::failures_free_address; ++i)
    code_of(request("nobody" + std::to_string(i) + "@where.dk", "x"));
  EXPECT_EQ(code_of(request("ida@nordlys.dk")), "access/throttled");
  auto neighbour = request("ida@nordlys.dk");
  neighbour.remote = "192.0.2.99";
  EXPECT_EQ(code_of(neighbour), "");
  // The neighbour's success does not end the wait of the address.
  EXPECT_EQ(code_of(request("ida@nordlys.dk")), "access/throttled");
}

TEST_P(SigningIn, UnknownAccountsAreThrottledAlike) {
  for (int i = 0; i <= limits::failures_free_account; ++i) code_of(request("no@where.dk", "x"));
  EXPECT_EQ(code_of(request("no@where.dk", "x")), "access/throttled");
}

TEST_P(SigningIn, SessionsEndByIdlenessAgeAndRevocation) {
  const UserId user = add_user_with_password("ida@nordlys.dk");
  const auto idle = sign_in->sign_in(request("ida@nordlys.dk"));
  clock.advance_ms(limits::session_idle_ms - 1);
  EXPECT_TRUE(is_open(idle->token));
  clock.advance_ms(limits::session_idle_ms);
  EXPECT_FALSE(is_open(idle->token));
  const auto old = sign_in->sign_in(request("ida@nordlys.dk"));
  for (int i = 0; i < 59; ++i) {
    clock.advance_ms(limits::session_idle_ms);
    clock.advance_ms(-1000);
    ASSERT_TRUE(is_open(old->token)) << i;
  }
  clock.advance_ms(limits::session_idle_ms);
  EXPECT_FALSE(is_open(old->token));
  const auto revoked = sign_in->sign_in(request("ida@nordlys.dk"));
  EXPECT_TRUE(is_open(revoked->token));
  const UserId other = add_user_with_password("bo@nordlys.dk");
  EXPECT_EQ(tokens->revoke_session(other, revoked->session).error().code,
            "access/session_not_found");
  EXPECT_TRUE(tokens->revoke_session(user, revoked->session).ok());
  authenticator->forget();
  EXPECT_FALSE(is_open(revoked->token));
}

TEST_P(SigningIn, NewPasswordEndsTheOtherSessions) {
  const UserId user = add_user_with_password("ida@nordlys.dk");
  const auto first = sign_in->sign_in(request("ida@nordlys.dk"));
  const auto second = sign_in->sign_in(request("ida@nordlys.dk"));
  EXPECT_EQ(tokens->list_sessions(user)->size(), 2u);
  EXPECT_EQ(
      sign_in->change_password(user, "wrong", "helt andre ord her", second->session, "1.2.3.4")
          .error()
          .code,
      "access/password_wrong");
  EXPECT_EQ(
      sign_in->change_password(user, testing::good_password, "kort", 0, "1.2.3.4").error().code,
      "access/password_weak");
  ASSERT_TRUE(sign_in
                  ->change_password(user, testing::good_password, "helt andre ord her",
                                    second->session, "1.2.3.4")
                  .ok());
  authenticator->forget();
  EXPECT_FALSE(is_open(first->token));
  EXPECT_TRUE(is_open(second->token));
  EXPECT_EQ(code_of(request("ida@nordlys.dk")), "access/sign_in_refused");
  EXPECT_EQ(code_of(request("ida@nordlys.dk", "helt andre ord her")), "");
}

TEST_P(SigningIn, SecondFactor) {
  const UserId user = add_user_with_password("ida@nordlys.dk");
  const auto offer = sign_in->offer_totp(user);
  ASSERT_TRUE(offer.ok());
  EXPECT_TRUE(offer->url.starts_with("otpauth://totp/Fokus:ida%40nordlys.dk?secret="));
  const std::string secret = *crypto::from_base32(offer->secret);
  const auto code_now = [&] {
    return crypto::totp_code(secret, clock.now().ms / crypto::totp_step_ms);
  };
  EXPECT_EQ(code_of(request("ida@nordlys.dk")), "");  // not confirmed yet
  EXPECT_EQ(sign_in->confirm_totp(user, "000000").error().code, "access/totp_wrong");
  const auto recovery = sign_in->confirm_totp(user, code_now());
  ASSERT_TRUE(recovery.ok());
  EXPECT_EQ(recovery->size(), 10u);
  EXPECT_EQ(sign_in->offer_totp(user).error().code, "access/totp_enabled");
  EXPECT_EQ(code_of(request("ida@nordlys.dk")), "access/totp_required");
  EXPECT_EQ(code_of(request("ida@nordlys.dk", "wrong")), "access/sign_in_refused");
  auto with_code = request("ida@nordlys.dk");
  with_code.totp = code_now();
  EXPECT_EQ(code_of(with_code), "access/totp_wrong");  // used by the confirmation
  clock.advance_ms(crypto::totp_step_ms);
  with_code.totp = code_now();
  EXPECT_EQ(code_of(with_code), "");
  EXPECT_EQ(code_of(with_code), "access/totp_wrong");
  with_code.totp = recovery->front();
  EXPECT_EQ(code_of(with_code), "");
  EXPECT_EQ(code_of(with_code), "access/totp_wrong");
  EXPECT_EQ(sign_in->renew_recovery_codes(user, "not this one", "192.0.2.9").error().code,
            "access/password_wrong");
  const auto renewed = sign_in->renew_recovery_codes(user, testing::good_password, "192.0.2.9");
  ASSERT_TRUE(renewed.ok());
  EXPECT_EQ(renewed->size(), 10u);
  with_code.totp = recovery->back();
  EXPECT_EQ(code_of(with_code), "access/totp_wrong");
  with_code.totp = renewed->back();
  EXPECT_EQ(code_of(with_code), "");
  ASSERT_TRUE(sign_in->disable_totp(user, testing::good_password, "192.0.2.9").ok());
  EXPECT_EQ(code_of(request("ida@nordlys.dk")), "");
  EXPECT_EQ(sign_in->renew_recovery_codes(user, testing::good_password, "192.0.2.9").error().code,
            "access/totp_not_enabled");
}

TEST_P(SigningIn, LinksWorkOnce) {
  EXPECT_TRUE(tokens->is_setup_needed());
  const auto setup = tokens->create_link(LinkKind::setup, UserId{});
  // Somebody who has yet to choose a password ends the set-up too.
  const UserId user = add_user("Ida Holm", "ida@nordlys.dk", "sales");
  EXPECT_FALSE(tokens->is_setup_needed());
  EXPECT_TRUE(tokens->check_link(LinkKind::setup, setup).ok());
  (*scratch)->write([&](store::Transaction& tx) { tokens->retire_setup(tx); });
  EXPECT_FALSE(tokens->check_link(LinkKind::setup, setup).ok());
  const auto first = tokens->create_link(LinkKind::password, user);
  const auto token = tokens->create_link(LinkKind::password, user);
  EXPECT_FALSE(tokens->check_link(LinkKind::password, first).ok());
  EXPECT_FALSE(tokens->check_link(LinkKind::setup, token).ok());
  EXPECT_EQ(*tokens->check_link(LinkKind::password, token), user);
  const auto use = [&] {
    return (*scratch)->write(
        [&](store::Transaction& tx) { return tokens->use_link(tx, LinkKind::password, token); });
  };
  EXPECT_TRUE(use().ok());
  EXPECT_EQ(use().error().code, "access/link_invalid");
  const auto old = tokens->create_link(LinkKind::password, user);
  clock.advance_ms(limits::password_link_ms);
  EXPECT_FALSE(tokens->check_link(LinkKind::password, old).ok());
}

}  // namespace
}  // namespace fokus::access
