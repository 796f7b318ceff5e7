// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string>

#include "base/result.hpp"
#include "store/postgres/location.hpp"

namespace fokus::store::postgres {

// Runs pg_dump into a new file that only the owner may read. Removes it when that fails. Errors:
// "store/backup_exists", "store/backup_failed", "store/client_missing".
Status dump(const Location& location, const std::string& file);

}  // namespace fokus::store::postgres
