// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>

#include "store/database.hpp"

namespace fokus::store {

// What is left of this read is interrupted after `limit_ms` (FailureKind::interrupted), whatever
// the limit of the database is; the next one on the connection knows nothing of it. Called first
// thing in a read body.
void limit_session(Session& session, std::int64_t limit_ms);

}  // namespace fokus::store
