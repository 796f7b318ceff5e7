// SPDX-License-Identifier: Apache-2.0
#include "access/throttle.hpp"

#include <algorithm>

#include "base/text.hpp"
#include "platform/crypto.hpp"
#include "platform/locale.hpp"

namespace fokus::access {

std::string network_of(std::string_view remote) {
  if (remote.starts_with("::ffff:") && remote.find('.') != remote.npos) remote.remove_prefix(7);
  if (const auto dot = remote.rfind('.'); dot != remote.npos)
    return std::string(remote.substr(0, dot)) + ".0";
  std::size_t at = 0;
  for (int group = 0; group < 3; ++group) {
    const auto colon = remote.find(':', at);
    if (colon == remote.npos) return std::string(remote.substr(0, 64));
    at = colon + 1;
  }
  return std::string(remote.substr(0, at)) + ":";
}

std::string address_of(std::string_view remote) {
  if (remote.find('.') != remote.npos) return std::string(remote.substr(0, 64));
  std::size_t at = 0;
  for (int group = 0; group < 4; ++group) {
    const auto colon = remote.find(':', at);
    if (colon == remote.npos) return std::string(remote.substr(0, 64));
    at = colon + 1;
  }
  return std::string(remote.substr(0, at));
}

Throttle::Attempt Throttle::make_attempt(std::string_view email, std::string_view remote,
                                         bool known_device) const {
  // Digests under a key: the table must not be a list of who tried to sign in from where.
  const auto digest = [&](const std::string& text) {
    return crypto::to_hex(crypto::hmac_sha256(parts_.secret, text)).substr(0, 32);
  };
  const std::string account = fold(email);
  if (known_device) return {digest("device|" + account), {}, {}};
  const std::string address = address_of(remote);
  return {digest("account|" + account + "|" + address), digest("address|" + address),
          digest("network|" + network_of(remote))};
}

Status Throttle::charge_one(store::Transaction& tx, const std::string& key, int free, Instant now) {
  const auto& sql = parts_.statements;
  const Instant until{tx.query_integer(sql["access.find_throttle"], {key})};
  if (until > now) {
    const auto seconds = (until.ms - now.ms + ms_per_second - 1) / ms_per_second;
    return Error{
        ErrorKind::too_many, "access/throttled", {}, {{"retry_after_s", std::to_string(seconds)}}};
  }
  const auto failures = tx.query_integer(sql["access.charge_throttle"],
                                         {key, now, now.plus_ms(-limits::throttle_memory_ms)});
  if (failures <= free) return {};
  const auto doublings = std::min<std::int64_t>(failures - free - 1, 20);
  const auto delay =
      std::min(limits::throttle_delay_ms_first << doublings, limits::throttle_delay_ms_max);
  tx.execute(sql["access.block_throttle"], {key, now.plus_ms(delay)});
  return {};
}

Status Throttle::charge(const Attempt& attempt) {
  const Instant now = parts_.clock.now();
  return parts_.database.write([&](store::Transaction& tx) -> Status {
    if (!attempt.network_key.empty()) {
      TRY(charge_one(tx, attempt.network_key, limits::failures_free_network, now));
      TRY(charge_one(tx, attempt.address_key, limits::failures_free_address, now));
    }
    return charge_one(tx, attempt.account_key, limits::failures_free_account, now);
  });
}

void Throttle::settle(store::Transaction& tx, const Attempt& attempt) {
  tx.execute(parts_.statements["access.clear_throttle"], {attempt.account_key});
  refund_shared(tx, attempt);
}

void Throttle::refund(store::Transaction& tx, const Attempt& attempt) {
  tx.execute(parts_.statements["access.refund_throttle"], {attempt.account_key});
  refund_shared(tx, attempt);
}

// A success of one forgives nobody else's failures: the wait of the address stays.
void Throttle::refund_shared(store::Transaction& tx, const Attempt& attempt) {
  for (const auto* key : {&attempt.address_key, &attempt.network_key})
    if (!key->empty()) tx.execute(parts_.statements["access.refund_throttle"], {*key});
}

void Throttle::remove_old(store::Transaction& tx) {
  tx.execute(parts_.statements["access.remove_old_throttles"],
             {parts_.clock.now().plus_ms(-limits::throttle_memory_ms)});
}

}  // namespace fokus::access
