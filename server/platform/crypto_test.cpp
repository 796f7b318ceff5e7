// SPDX-License-Identifier: Apache-2.0
#include "platform/crypto.hpp"

#include <gtest/gtest.h>

namespace fokus::crypto {
namespace {

TEST(Password, VerifiesOnlyTheSame) {
  const std::string hash = hash_password("en lang og rolig sætning");
  EXPECT_TRUE(hash.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"));
  EXPECT_TRUE(verify_password(hash, "en lang og rolig sætning"));
  EXPECT_FALSE(verify_password(hash, "en lang og rolig saetning"));
  EXPECT_FALSE(verify_password("", ""));
  EXPECT_FALSE(verify_password("not a hash", "not a hash"));
  EXPECT_FALSE(password_needs_rehash(hash));
  EXPECT_TRUE(
      password_needs_rehash("$argon2id$v=19$m=8192,t=1,p=1$c29tZXNhbHRzb21lc2FsdA$"
                            "VGhpcyBpcyBub3QgYSByZWFsIGhhc2ggYnV0IGxvbmc"));
}

TEST(Digest, MatchesPublishedVectors) {
  EXPECT_EQ(sha256_hex("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  EXPECT_EQ(blake2b_hex(""), "0e5751c026e543b2e8ab2eb06099daa1d1e5df47778f7787faab45cdf12fe3a8");
  // RFC 4231, case 2
  EXPECT_EQ(to_hex(hmac_sha256("Jefe", "what do ya want for nothing?")),
            "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
  Sha256 pieces;
  pieces.add("a");
  pieces.add("bc");
  EXPECT_EQ(pieces.finish(), sha256("abc"));
}

TEST(Totp, MatchesRfc6238) {
  const std::string secret = "12345678901234567890";
  const auto at = [&](std::int64_t seconds) { return totp_code(secret, seconds / 30, 8); };
  EXPECT_EQ(at(59), "94287082");
  EXPECT_EQ(at(1111111109), "07081804");
  EXPECT_EQ(at(1111111111), "14050471");
  EXPECT_EQ(at(1234567890), "89005924");
  EXPECT_EQ(at(2000000000), "69279037");
  EXPECT_EQ(at(20000000000), "65353130");
}

TEST(Totp, AcceptsOneStepOfDrift) {
  const std::string secret = "12345678901234567890";
  const std::string code = totp_code(secret, 100);
  const auto verified = [&](std::int64_t step) {
    return verify_totp(secret, code, Instant{step * totp_step_ms}).has_value();
  };
  EXPECT_TRUE(verified(99));
  EXPECT_TRUE(verified(100));
  EXPECT_TRUE(verified(101));
  EXPECT_FALSE(verified(98));
  EXPECT_FALSE(verified(102));
  EXPECT_EQ(verify_totp(secret, code, Instant{101 * totp_step_ms}), 100);
  EXPECT_FALSE(verify_totp(secret, "", Instant{100 * totp_step_ms}));
}

TEST(Totp, UrlIsEscaped) {
  EXPECT_EQ(totp_url("Fokus", "a+b@firma.dk", "Hello!\xDE\xAD\xBE\xEF"),
            "otpauth://totp/Fokus:a%2Bb%40firma.dk?secret=JBSWY3DPEHPK3PXP&issuer=Fokus");
}

TEST(Base32, MatchesRfc4648) {
  EXPECT_EQ(to_base32("foobar"), "MZXW6YTBOI");
  EXPECT_EQ(from_base32("mzxw6ytboi"), "foobar");
  EXPECT_EQ(to_base32("f"), "MY");
  EXPECT_FALSE(from_base32("M1"));
  std::string all;
  for (int i = 0; i < 256; ++i) all += static_cast<char>(i);
  EXPECT_EQ(from_base32(to_base32(all)), all);
}

TEST(Base64Url, ConvertsBothWays) {
  EXPECT_EQ(to_base64url("\xFB\xFF\xFE"), "-__-");
  EXPECT_EQ(from_base64url("-__-"), "\xFB\xFF\xFE");
  EXPECT_FALSE(from_base64url("+//+"));
  EXPECT_EQ(to_base64url(""), "");
}

TEST(Seal, OpensOnlyWithTheKeyAndUntouched) {
  FakeRandom random;
  const std::string key = random.bytes(seal_key_bytes);
  std::string sealed = seal(key, "secret", random);
  EXPECT_EQ(open_sealed(key, sealed), "secret");
  EXPECT_FALSE(open_sealed(random.bytes(seal_key_bytes), sealed));
  sealed.back() ^= 1;
  EXPECT_FALSE(open_sealed(key, sealed));
  EXPECT_FALSE(open_sealed(key, "short"));
}

TEST(Compare, IsExact) {
  EXPECT_TRUE(equal_constant_time("abc", "abc"));
  EXPECT_FALSE(equal_constant_time("abc", "abd"));
  EXPECT_FALSE(equal_constant_time("abc", "abcd"));
}

TEST(RandomSource, IsLongEnoughAndDiffers) {
  SystemRandom random;
  EXPECT_EQ(random.token(32).size(), 43u);
  EXPECT_NE(random.token(32), random.token(32));
  FakeRandom a(7), b(7), c(8);
  EXPECT_EQ(a.bytes(20), b.bytes(20));
  EXPECT_NE(a.bytes(20), c.bytes(20));
  EXPECT_NE(a.bytes(20), a.bytes(20));
}

}  // namespace
}  // namespace fokus::crypto
