// SPDX-License-Identifier: Apache-2.0
#include "platform/crypto.hpp"

#include <fmt/format.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <sodium.h>

#include <array>
#include <stdexcept>

#include "base/check.hpp"

namespace fokus::crypto {
namespace {

const unsigned char* bytes_of(std::string_view s) {
  return reinterpret_cast<const unsigned char*>(s.data());
}
unsigned char* bytes_of(std::string& s) {
  return reinterpret_cast<unsigned char*>(s.data());
}

void ready() {
  CHECK(sodium_init() >= 0);
}

constexpr std::string_view base32_letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

}  // namespace

std::string hash_password(std::string_view password) {
  ready();
  std::array<char, crypto_pwhash_argon2id_STRBYTES> out{};
  if (crypto_pwhash_argon2id_str(out.data(), password.data(), password.size(), password_passes,
                                 password_memory_bytes) != 0)
    throw std::runtime_error("not enough memory to hash a password");
  return out.data();
}

bool verify_password(std::string_view hash, std::string_view password) {
  ready();
  const std::string text(hash);  // libsodium wants a terminated one
  return crypto_pwhash_argon2id_str_verify(text.c_str(), password.data(), password.size()) == 0;
}

bool password_needs_rehash(std::string_view hash) {
  ready();
  return crypto_pwhash_argon2id_str_needs_rehash(std::string(hash).c_str(), password_passes,
                                                 password_memory_bytes) != 0;
}

std::string sha256(std::string_view bytes) {
  std::string out(crypto_hash_sha256_BYTES, '\0');
  crypto_hash_sha256(bytes_of(out), bytes_of(bytes), bytes.size());
  return out;
}

std::string sha256_hex(std::string_view bytes) {
  return to_hex(sha256(bytes));
}

std::string blake2b_hex(std::string_view bytes) {
  std::string out(crypto_generichash_BYTES, '\0');
  crypto_generichash(bytes_of(out), out.size(), bytes_of(bytes), bytes.size(), nullptr, 0);
  return to_hex(out);
}

std::string hmac_sha256(std::string_view key, std::string_view message) {
  std::string out(crypto_auth_hmacsha256_BYTES, '\0');
  crypto_auth_hmacsha256_state state;
  crypto_auth_hmacsha256_init(&state, bytes_of(key), key.size());
  crypto_auth_hmacsha256_update(&state, bytes_of(message), message.size());
  crypto_auth_hmacsha256_final(&state, bytes_of(out));
  return out;
}

static_assert(sizeof(crypto_hash_sha256_state) <= 128);

Sha256::Sha256() {
  crypto_hash_sha256_init(reinterpret_cast<crypto_hash_sha256_state*>(state_));
}

void Sha256::add(std::string_view bytes) {
  crypto_hash_sha256_update(reinterpret_cast<crypto_hash_sha256_state*>(state_), bytes_of(bytes),
                            bytes.size());
}

std::string Sha256::finish() {
  std::string out(crypto_hash_sha256_BYTES, '\0');
  crypto_hash_sha256_final(reinterpret_cast<crypto_hash_sha256_state*>(state_), bytes_of(out));
  return out;
}

bool equal_constant_time(std::string_view a, std::string_view b) {
  return a.size() == b.size() && sodium_memcmp(a.data(), b.data(), a.size()) == 0;
}

std::string to_hex(std::string_view bytes) {
  std::string out(bytes.size() * 2 + 1, '\0');
  sodium_bin2hex(out.data(), out.size(), bytes_of(bytes), bytes.size());
  out.pop_back();
  return out;
}

std::string to_base64url(std::string_view bytes) {
  constexpr int variant = sodium_base64_VARIANT_URLSAFE_NO_PADDING;
  std::string out(sodium_base64_encoded_len(bytes.size(), variant), '\0');
  sodium_bin2base64(out.data(), out.size(), bytes_of(bytes), bytes.size(), variant);
  out.pop_back();
  return out;
}

std::optional<std::string> from_base64url(std::string_view text) {
  std::string out(text.size(), '\0');
  std::size_t length = 0;
  if (sodium_base642bin(bytes_of(out), out.size(), text.data(), text.size(), nullptr, &length,
                        nullptr, sodium_base64_VARIANT_URLSAFE_NO_PADDING) != 0)
    return std::nullopt;
  out.resize(length);
  return out;
}

std::string to_base32(std::string_view bytes) {
  std::string out;
  std::uint32_t buffer = 0;
  int bits = 0;
  for (const char c : bytes) {
    buffer = buffer << 8 | static_cast<unsigned char>(c);
    for (bits += 8; bits >= 5; bits -= 5) out += base32_letters[buffer >> (bits - 5) & 31];
    buffer &= 0xFF;
  }
  if (bits > 0) out += base32_letters[buffer << (5 - bits) & 31];
  return out;
}

std::optional<std::string> from_base32(std::string_view text) {
  std::string out;
  std::uint32_t buffer = 0;
  int bits = 0;
  for (const char c : text) {
    const auto at = base32_letters.find(c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c);
    if (at == base32_letters.npos) return std::nullopt;
    buffer = (buffer << 5 | static_cast<std::uint32_t>(at)) & 0xFFFF;
    if ((bits += 5) >= 8) out += static_cast<char>(buffer >> (bits -= 8) & 0xFF);
  }
  return out;
}

std::string seal(std::string_view key, std::string_view plain, Random& random) {
  CHECK(key.size() == crypto_secretbox_KEYBYTES);
  const std::string nonce = random.bytes(crypto_secretbox_NONCEBYTES);
  std::string box(plain.size() + crypto_secretbox_MACBYTES, '\0');
  crypto_secretbox_easy(bytes_of(box), bytes_of(plain), plain.size(), bytes_of(nonce),
                        bytes_of(key));
  return nonce + box;
}

std::optional<std::string> open_sealed(std::string_view key, std::string_view sealed) {
  CHECK(key.size() == crypto_secretbox_KEYBYTES);
  if (sealed.size() < crypto_secretbox_NONCEBYTES + crypto_secretbox_MACBYTES) return std::nullopt;
  const auto nonce = sealed.substr(0, crypto_secretbox_NONCEBYTES);
  const auto box = sealed.substr(crypto_secretbox_NONCEBYTES);
  std::string plain(box.size() - crypto_secretbox_MACBYTES, '\0');
  if (crypto_secretbox_open_easy(bytes_of(plain), bytes_of(box), box.size(), bytes_of(nonce),
                                 bytes_of(key)) != 0)
    return std::nullopt;
  return plain;
}

std::string totp_code(std::string_view secret, std::int64_t step, int digits) {
  std::array<unsigned char, 8> counter{};
  for (int i = 7; i >= 0; --i, step >>= 8) counter[i] = static_cast<unsigned char>(step);
  std::array<unsigned char, EVP_MAX_MD_SIZE> mac{};
  unsigned length = 0;
  CHECK(HMAC(EVP_sha1(), secret.data(), static_cast<int>(secret.size()), counter.data(),
             counter.size(), mac.data(), &length) != nullptr);
  const unsigned at = mac[length - 1] & 0x0F;
  const std::uint32_t word =
      (mac[at] & 0x7Fu) << 24 | mac[at + 1] << 16 | mac[at + 2] << 8 | mac[at + 3];
  std::uint32_t modulus = 1;
  for (int i = 0; i < digits; ++i) modulus *= 10;
  return fmt::format("{:0{}}", word % modulus, digits);
}

std::optional<std::int64_t> verify_totp(std::string_view secret, std::string_view code,
                                        Instant now) {
  const std::int64_t step = now.ms / totp_step_ms;
  std::optional<std::int64_t> found;
  for (std::int64_t candidate = step - 1; candidate <= step + 1; ++candidate)
    if (equal_constant_time(totp_code(secret, candidate), code)) found = candidate;
  return found;
}

std::string totp_url(std::string_view issuer, std::string_view account, std::string_view secret) {
  const auto escape = [](std::string_view text) {
    std::string out;
    for (const char c : text) {
      const auto u = static_cast<unsigned char>(c);
      const bool plain = (u < 0x80 && std::isalnum(u)) || c == '.' || c == '-' || c == '_';
      plain ? out += c : out += fmt::format("%{:02X}", u);
    }
    return out;
  };
  return fmt::format("otpauth://totp/{}:{}?secret={}&issuer={}", escape(issuer), escape(account),
                     to_base32(secret), escape(issuer));
}

}  // namespace fokus::crypto
