// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <sqlite3.h>

#include <string_view>

#include "store/database.hpp"

namespace fokus::store::sqlite {

// Throws the Failure that an extended result code and its message stand for; bad_alloc for NOMEM.
[[noreturn]] void throw_failure(int extended_code, std::string_view message);
// The last error of the connection.
[[noreturn]] void throw_failure(sqlite3* db);
inline void check(sqlite3* db, int code) {
  if (code != SQLITE_OK) throw_failure(db);
}

}  // namespace fokus::store::sqlite
