// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string>
#include <vector>

#include "access/parts.hpp"
#include "base/result.hpp"

namespace fokus::access {

namespace limits {
constexpr int failures_free_account = 5;    // per account and address (or known device)
constexpr int failures_free_address = 50;   // per address, over all accounts
constexpr int failures_free_network = 500;  // per network, which many people may share
constexpr std::int64_t throttle_delay_ms_first = 1000;
constexpr std::int64_t throttle_delay_ms_max = 15 * ms_per_minute;
constexpr std::int64_t throttle_memory_ms = ms_per_day;  // failures older than this are forgotten
}  // namespace limits

// Whoever has one address of a /64 has all of them: IPv4 as it is, the network of IPv6.
std::string address_of(std::string_view remote);

// Slows guessing without locking anybody out: failures count for one account *from one address*
// (IPv4: the address; IPv6: its /64), for one address over all accounts, and, far later, for one
// network (/24, /48). Whoever attacks an account slows only their own address; a device that signed
// in before is counted by itself, so its owner gets in even from there. Unknown accounts are
// counted just like known ones.
class Throttle {
 public:
  explicit Throttle(const Parts& parts) : parts_(parts) {}

  struct Attempt {
    std::string account_key;  // what is cleared when the sign-in succeeds
    // What gets its attempt back; empty for a known device.
    std::string address_key, network_key;
  };
  Attempt make_attempt(std::string_view email, std::string_view remote, bool known_device) const;

  // Counts the attempt before the password is looked at, so that many at once count too.
  // Errors: "access/throttled" with params retry_after_s; then nothing was counted.
  Status charge(const Attempt& attempt);
  // Within the transaction of the sign-in that succeeded.
  void settle(store::Transaction& tx, const Attempt& attempt);
  // Takes the attempt back without forgiving the ones before.
  void refund(store::Transaction& tx, const Attempt& attempt);
  void remove_old(store::Transaction& tx);

 private:
  void refund_shared(store::Transaction& tx, const Attempt& attempt);
  Status charge_one(store::Transaction& tx, const std::string& key, int free, Instant now);
  const Parts& parts_;
};

}  // namespace fokus::access
