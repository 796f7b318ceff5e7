// SPDX-License-Identifier: Apache-2.0
#include "store/session_limit.hpp"

#include "base/check.hpp"
#include "store/sqlite/session.hpp"

namespace fokus::store {

void limit_session(Session& session, std::int64_t limit_ms) {
  if (session.engine() == Engine::postgres) {
    session.execute("SET LOCAL statement_timeout = " + std::to_string(limit_ms));
    return;
  }
  auto* sqlite = dynamic_cast<sqlite::SqliteSession*>(&session);
  CHECK(sqlite != nullptr);
  sqlite->limit(std::chrono::milliseconds(limit_ms));
}

}  // namespace fokus::store
