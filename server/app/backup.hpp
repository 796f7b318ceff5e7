// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string>

#include "base/result.hpp"
#include "store/database.hpp"

namespace fokus::app {

// Copies the database into a new file that has its name only when it is whole: a copy that was
// killed half-way must not look like one that can be restored. Errors: "store/backup_exists",
// "store/backup_failed".
Status make_backup(store::Database& database, const std::string& file);

// Puts an SQLite backup in the place of `target`. Until the copy is checked and whole nothing that
// is there is touched, and a crash leaves the old or the new database, never none. The old one
// stays as `kept` (empty: there was none). Nobody else may use the folder. Errors: "app/restore"
// with the field "file" ("not_found", "not_sound", "not_writable"), "store/newer_schema",
// "store/changed_migration".
Result<std::string> restore_backup(const std::string& file, const std::string& target,
                                   const std::string& kept);

}  // namespace fokus::app
