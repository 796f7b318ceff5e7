// SPDX-License-Identifier: Apache-2.0
#include "access/passwords.hpp"

#include <gtest/gtest.h>

#include "access/parts.hpp"

namespace fokus::access {
namespace {

std::string refusal(std::string_view password) {
  const auto checked = check_password(password, "ida.holm@nordlys.dk", "Ida Holm");
  return checked.ok() ? "" : checked.error().errors.at(0).code;
}

TEST(PasswordRules, GoodOnesPass) {
  EXPECT_EQ(refusal("grønne elefanter danser"), "");
  EXPECT_EQ(refusal("tQ7#mvLp29xz"), "");
  EXPECT_EQ(refusal("зелёные слоны"), "");
}

TEST(PasswordRules, WeakOnesDoNot) {
  EXPECT_EQ(refusal("kort"), "too_short");
  EXPECT_EQ(refusal("ææææøøøøååå"), "too_short");  // eleven letters, 22 bytes
  EXPECT_EQ(refusal(std::string(1025, 'x')), "too_long");
  EXPECT_EQ(refusal("Password2026!"), "common");
  EXPECT_EQ(refusal("P4ssw0rd!!!!!!"), "common");
  EXPECT_EQ(refusal("Adgangskode123"), "common");
  EXPECT_EQ(refusal("2026-11-23-2026"), "common");  // digits and signs only
  EXPECT_EQ(refusal("1qaz2wsx3edc"), "common");
  EXPECT_EQ(refusal("aaaaaaaaaaaaa"), "repetitive");
  EXPECT_EQ(refusal("blomstblomst"), "repetitive");
  EXPECT_EQ(refusal("abcdefghijklm"), "sequence");
  EXPECT_EQ(refusal("idaholm-nordlys1"), "personal");
  EXPECT_EQ(refusal("ida.holm@nordlys.dk"), "personal");
}

TEST(Hasher, NobodyHasNoPassword) {
  PasswordHasher hasher;
  EXPECT_FALSE(*hasher.verify("", ""));
  EXPECT_FALSE(*hasher.verify("", "grønne elefanter danser"));
  const auto hash = hasher.hash("grønne elefanter danser");
  EXPECT_TRUE(*hasher.verify(*hash, "grønne elefanter danser"));
}

TEST(Network, LosesTheMachine) {
  EXPECT_EQ(network_of("192.0.2.17"), "192.0.2.0");
  EXPECT_EQ(network_of("::ffff:192.0.2.17"), "192.0.2.0");
  EXPECT_EQ(network_of("2001:db8:1:2:3:4:5:6"), "2001:db8:1::");
  EXPECT_EQ(network_of("::1"), "::1");
}

}  // namespace
}  // namespace fokus::access
