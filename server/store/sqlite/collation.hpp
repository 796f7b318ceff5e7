// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <sqlite3.h>

namespace fokus::store::sqlite {

// Registers `da`: Danish order by ICU as PostgreSQL's "da-x-icu" has it, ties decided by the bytes.
void register_danish(sqlite3* db);

}  // namespace fokus::store::sqlite
