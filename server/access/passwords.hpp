// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <atomic>
#include <semaphore>
#include <string>
#include <string_view>

#include "base/result.hpp"

namespace fokus::access {

namespace limits {
constexpr std::size_t password_length_min = 12;   // code points
constexpr std::size_t password_bytes_max = 1024;  // longer ones only cost time
constexpr int password_hashes_at_once = 2;        // 19 MiB and 50 ms each
constexpr int password_hashes_waiting_max = 32;   // beyond it: "access/busy"
}  // namespace limits

// Whether a new password is good enough. Errors: "access/password_weak" with field `password` and
// one of too_short, too_long, common, repetitive, sequence, personal.
Status check_password(std::string_view password, std::string_view email, std::string_view name);

// True for a password on the list of common ones, or such a word dressed up with digits and signs.
bool is_common_password(std::string_view password);

// Argon2id behind a small gate, so that a flood of sign-ins cannot take all memory and cores.
// Thread-safe; calls block. Errors: "access/busy".
class PasswordHasher {
 public:
  Result<std::string> hash(std::string_view password);
  // An empty hash stands for "no such user": costs the same time and is never right.
  Result<bool> verify(std::string_view hash, std::string_view password);

 private:
  Status enter();
  std::counting_semaphore<> places_{limits::password_hashes_at_once};
  std::atomic<int> waiting_{0};
};

}  // namespace fokus::access
