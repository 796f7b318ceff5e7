// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <source_location>
#include <string_view>

namespace fokus {

// Reports a broken invariant on stderr and aborts. Never returns.
[[noreturn]] void fail_check(std::string_view condition,
                             std::source_location where = std::source_location::current());

}  // namespace fokus

// An invariant of the program, not of its input. Stays on in release builds: a wrong answer is
// worse than a restart.
#define CHECK(condition)               \
  do {                                 \
    if (!(condition)) [[unlikely]]     \
      ::fokus::fail_check(#condition); \
  } while (false)
