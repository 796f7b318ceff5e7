// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/time.hpp"
#include "platform/random.hpp"

// The primitives of libsodium and OpenSSL under the names the house uses. All functions are pure
// and thread-safe. "raw" strings hold bytes, not text.
namespace fokus::crypto {

// Argon2id, 19 MiB and 2 passes (OWASP's first choice): about 50 ms and 19 MiB per call, so callers
// limit how many run at once.
constexpr std::size_t password_memory_bytes = 19 * 1024 * 1024;
constexpr int password_passes = 2;
std::string hash_password(std::string_view password);
bool verify_password(std::string_view hash, std::string_view password);
// True when the hash was made with other costs than today's.
bool password_needs_rehash(std::string_view hash);

std::string sha256(std::string_view bytes);  // raw, 32 bytes
std::string sha256_hex(std::string_view bytes);
std::string blake2b_hex(std::string_view bytes);                          // 256 bits
std::string hmac_sha256(std::string_view key, std::string_view message);  // raw, 32 bytes

// A digest of what arrives in pieces (uploads, long chains).
class Sha256 {
 public:
  Sha256();
  void add(std::string_view bytes);
  std::string finish();  // raw, 32 bytes; once

 private:
  alignas(16) unsigned char state_[128];  // crypto_hash_sha256_state
};

// Takes the same time wherever the two differ. Different lengths are told apart at once.
bool equal_constant_time(std::string_view a, std::string_view b);

std::string to_hex(std::string_view bytes);
std::string to_base64url(std::string_view bytes);  // without padding
std::optional<std::string> from_base64url(std::string_view text);
std::string to_base32(std::string_view bytes);  // RFC 4648, without padding
std::optional<std::string> from_base32(std::string_view text);

// Encrypts and authenticates with a 32-byte key (XSalsa20-Poly1305); the nonce is in front.
constexpr std::size_t seal_key_bytes = 32;
std::string seal(std::string_view key, std::string_view plain, Random& random);  // raw
std::optional<std::string> open_sealed(std::string_view key, std::string_view sealed);

// RFC 6238 with SHA-1 and 30 seconds, what every authenticator app speaks.
constexpr std::int64_t totp_step_ms = 30 * ms_per_second;
constexpr std::size_t totp_secret_bytes = 20;
constexpr int totp_digits = 6;
std::string totp_code(std::string_view secret, std::int64_t step, int digits = totp_digits);
// The step whose code this is, within one step before and after now; nothing when it is none of
// them. The caller remembers the step, so that a code is used once.
std::optional<std::int64_t> verify_totp(std::string_view secret, std::string_view code,
                                        Instant now);
// What the QR code holds: otpauth://totp/Issuer:account?secret=…
std::string totp_url(std::string_view issuer, std::string_view account, std::string_view secret);

}  // namespace fokus::crypto
