// SPDX-License-Identifier: Apache-2.0
#include "platform/random.hpp"

#include <sodium.h>

#include <array>

#include "base/check.hpp"
#include "platform/crypto.hpp"

namespace fokus {

std::string Random::token(std::size_t count) {
  return crypto::to_base64url(bytes(count));
}
std::string Random::hex(std::size_t count) {
  return crypto::to_hex(bytes(count));
}

SystemRandom::SystemRandom() {
  CHECK(sodium_init() >= 0);
}

std::string SystemRandom::bytes(std::size_t count) {
  std::string out(count, '\0');
  randombytes_buf(out.data(), out.size());
  return out;
}

std::string FakeRandom::bytes(std::size_t count) {
  CHECK(sodium_init() >= 0);
  const std::lock_guard lock(mutex_);
  std::array<unsigned char, randombytes_SEEDBYTES> seed{};
  ++drawn_;
  for (std::size_t i = 0; i < 8; ++i) {
    seed[i] = static_cast<unsigned char>(seed_ >> (8 * i));
    seed[8 + i] = static_cast<unsigned char>(drawn_ >> (8 * i));
  }
  std::string out(count, '\0');
  randombytes_buf_deterministic(out.data(), out.size(), seed.data());
  return out;
}

}  // namespace fokus
