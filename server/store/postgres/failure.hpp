// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <libpq-fe.h>

#include "store/database.hpp"

namespace fokus::store::postgres {

// Two transactions got into each other's way: the whole body may run again.
class Conflict : public Failure {
 public:
  using Failure::Failure;
};

// The result of a statement planned before a column changed; it must be prepared anew.
bool is_stale_plan(const PGresult* result);

[[noreturn]] void throw_failure(const PGresult* result);
[[noreturn]] void throw_unavailable(const PGconn* connection);

}  // namespace fokus::store::postgres
