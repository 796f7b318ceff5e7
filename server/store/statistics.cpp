// SPDX-License-Identifier: Apache-2.0
#include "store/statistics.hpp"

namespace fokus::store {

void refresh_statistics(Database& database) {
  if (database.engine() == Engine::postgres) return;
  database.write([](Transaction& tx) {
    tx.query("PRAGMA analysis_limit=400")->next();
    // 0x10002: all tables, also those that this connection has not asked yet.
    for (auto rows = tx.query("PRAGMA optimize=0x10002"); rows->next();) continue;
  });
}

}  // namespace fokus::store
