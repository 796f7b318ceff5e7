// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <optional>
#include <string_view>

#include "base/time.hpp"

namespace fokus::outgoing {

// When to try again what did not work. Pure.
struct RetryRule {
  int attempts_max = 3;  // all together; 1: never again
  std::int64_t first_ms = 500;
  std::int64_t longest_ms = 30'000;  // of one wait; a server that asks for more is not waited for
};

// How long to wait after so many attempts (1: the first has just failed), or nothing: give up.
// `asked` is what the server asked for (parse_retry_after). Without it the wait doubles from
// first_ms, and half of it is left to `chance` (0 … 1), so that many do not come back at once.
std::optional<std::int64_t> retry_wait_ms(const RetryRule& rule, int attempts,
                                          std::optional<std::int64_t> asked, double chance);

// Statuses that pass: 408, 425, 429, 500, 502, 503, 504.
bool is_passing_status(int status);

// Retry-After: seconds, or an HTTP date (RFC 9110, all three forms). Never negative; nothing when
// it is neither.
std::optional<std::int64_t> parse_retry_after(std::string_view text, Instant now);

}  // namespace fokus::outgoing
