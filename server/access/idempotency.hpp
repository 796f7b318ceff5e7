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
//
// What an answer says of records is not kept: it would be given without a look at the rights and
// restrictions of today, and without a word in the access log.
class Idempotency {
 public:
  explicit Idempotency(const Parts& parts) : parts_(parts) {}

  struct Answer {
    net::Reply reply;
    bool is_repeated = false;
  };
  // Runs `work` or repeats its answer; without `keeps_body` only the status and the headers of one
  // that went well. Errors of the room: "access/idempotency_mismatch" (another
  // request under this key), "access/idempotency_unfinished" (running, or died on the way),
  // "access/idempotency_key" (not a key).
  Answer run(UserId user, std::string_view key, const net::Call& call, bool keeps_body,
             const std::function<net::Reply()>& work);
  void remove_old();  // for a nightly job

 private:
  Result<std::optional<net::Reply>> claim(UserId user, const std::string& key_hash,
                                          const std::string& request_hash);
  void keep(UserId user, const std::string& key_hash, const net::Reply& reply, bool keeps_body);
  void release(UserId user, const std::string& key_hash);
  const Parts& parts_;
};

}  // namespace fokus::access
