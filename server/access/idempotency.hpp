// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <functional>
#include <string>
#include <string_view>

#include "access/parts.hpp"
#include "base/result.hpp"
#include "net/call.hpp"

namespace fokus::access {

namespace limits {
constexpr std::int64_t idempotency_ms = ms_per_day;
constexpr std::size_t idempotency_key_max = 200;
constexpr std::size_t idempotency_reply_max = 1 << 20;
}  // namespace limits

// Makes a repeated POST safe: the first answer is kept for a day and given again. At most once: a
// call that died between its work and its answer is never run again under the same key.
class Idempotency {
 public:
  explicit Idempotency(const Parts& parts) : parts_(parts) {}

  // Runs `work` or repeats its answer. Errors of the room: "access/idempotency_mismatch" (another
  // request under this key), "access/idempotency_unfinished" (running, or died on the way),
  // "access/idempotency_key" (not a key).
  net::Reply run(UserId user, std::string_view key, const net::Call& call,
                 const std::function<net::Reply()>& work);
  void remove_old();  // for a nightly job

 private:
  Result<std::optional<net::Reply>> claim(UserId user, const std::string& key_hash,
                                          const std::string& request_hash);
  void keep(UserId user, const std::string& key_hash, const net::Reply& reply);
  void release(UserId user, const std::string& key_hash);
  const Parts& parts_;
};

}  // namespace fokus::access
