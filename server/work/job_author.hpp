// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>

#include "base/id.hpp"

namespace fokus::work {

// Who asked for a job: a user (none: the program itself), and the API key that they asked with, 0
// for none. A job does what these two may do when it runs, and never more.
struct JobAuthor {
  JobAuthor() = default;
  JobAuthor(UserId by, std::int64_t with_key = 0) : user(by), key(with_key) {}
  UserId user;
  std::int64_t key = 0;
};

}  // namespace fokus::work
