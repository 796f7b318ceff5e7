// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "store/database.hpp"

namespace fokus::store {

// Lets the planner see tables that have grown much since they were last counted, and those that
// never were: without, it reads tables whole that it takes for small. Milliseconds, in a write
// transaction of its own; all connections, of other programs too, plan by the new counts from their
// next statement on. PostgreSQL does so by itself.
void refresh_statistics(Database& database);

// The same after very many rows came at once, on PostgreSQL too, which would notice after minutes.
void renew_statistics(Database& database);

}  // namespace fokus::store
