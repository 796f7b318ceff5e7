// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "store/database.hpp"

namespace fokus::store {

// Lets the planner see tables that have grown much since they were last counted, as after an
// import: without, it reads tables whole that it takes for small. Milliseconds, in a write
// transaction of its own. PostgreSQL does so by itself.
void refresh_statistics(Database& database);

}  // namespace fokus::store
