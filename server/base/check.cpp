// SPDX-License-Identifier: Apache-2.0
#include "base/check.hpp"

#include <cstdio>
#include <cstdlib>

namespace fokus {

void fail_check(std::string_view condition, std::source_location where) {
  std::fprintf(stderr, "CHECK failed: %.*s (%s:%u, %s)\n", static_cast<int>(condition.size()),
               condition.data(), where.file_name(), where.line(), where.function_name());
  std::abort();
}

}  // namespace fokus
