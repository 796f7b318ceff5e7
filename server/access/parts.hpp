// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string>

#include "platform/clock.hpp"
#include "platform/random.hpp"
#include "store/database.hpp"
#include "store/statements.hpp"

namespace fokus::access {

// What every service of this room needs; made once by the composition root and outliving them all.
struct Parts {
  store::Database& database;
  const store::Statements& statements;
  const Clock& clock;
  Random& random;
  // 32 bytes that are not in the database: seals TOTP secrets, signs device cookies, keys the
  // throttle's digests. Losing it costs every user their second factor, nothing else.
  std::string secret;
};

// Sent through Transaction::notify whenever what an actor may do has changed. The payload is not
// looked at: rights change rarely, and forgetting everything is cheap and cannot be wrong.
constexpr std::string_view access_changed_channel = "access_changed";

// The address without the part that names one machine: a.b.c.0, or the first 48 bits of IPv6.
std::string network_of(std::string_view remote);

}  // namespace fokus::access
