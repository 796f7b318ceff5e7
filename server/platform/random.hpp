// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <mutex>
#include <string>

namespace fokus {

// Where keys, tokens and opaque names come from. Thread-safe.
class Random {
 public:
  virtual ~Random() = default;
  virtual std::string bytes(std::size_t count) = 0;
  // `count` random bytes as base64url without padding: 32 bytes are 43 characters.
  std::string token(std::size_t count);
  std::string hex(std::size_t count);
};

// The kernel's generator, through libsodium.
class SystemRandom final : public Random {
 public:
  SystemRandom();
  std::string bytes(std::size_t count) override;
};

// The same bytes in every run with the same seed. For tests and seeded worlds only.
class FakeRandom final : public Random {
 public:
  explicit FakeRandom(std::uint64_t seed = 1) : seed_(seed) {}
  std::string bytes(std::size_t count) override;

 private:
  std::mutex mutex_;
  std::uint64_t seed_;
  std::uint64_t drawn_ = 0;
};

}  // namespace fokus
