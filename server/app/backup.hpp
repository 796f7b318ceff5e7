// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string>

#include "base/result.hpp"
#include "store/database.hpp"
#include "store/statements.hpp"

namespace fokus::app {

// An access log that has a database of its own, and the folder of the journals that lead there.
struct SeparateLog {
  store::Database& database;
  const store::Statements& statements;
  std::string folder;
};

// Copies the database into a new file that has its name only when it is whole: a copy that was
// killed half-way must not look like one that can be restored. With a separate log that one is in
// the file, too, up to a moment after that of the copy: whoever has seen what is in the copy is in
// the log. Errors: "store/backup_exists", "store/backup_failed", "store/client_missing".
Status make_backup(store::Database& database, const std::string& file,
                   const SeparateLog* log = nullptr);

// Gives the log the entries that a restored backup brought along in `carrier`, and takes them out
// of there. A log that goes on where they end stays as it is: who has seen what since the backup is
// not forgotten by restoring it. One that is of another installation stays as the file `kept`.
// Interrupted, it is done again by the next call. Errors: as make_backup.
Status adopt_log(store::Database& carrier, const SeparateLog& log, const std::string& kept);

// Puts an SQLite backup in the place of `target`. Until the copy is checked and whole nothing that
// is there is touched, and a crash leaves the old or the new database, never none. The old one
// stays as `kept` (empty: there was none). Nobody else may use the folder. Errors: "app/restore"
// with the field "file" ("not_found", "not_sound", "not_writable"), "store/newer_schema",
// "store/changed_migration".
Result<std::string> restore_backup(const std::string& file, const std::string& target,
                                   const std::string& kept);

// Puts a dump in the place of the PostgreSQL database behind `url`, by store::replace_database():
// checked for soundness, for being ours and of this version or an older one, and with the access
// log as adopt_log() leaves it. Nobody else may use the data folder. Returns the name of the
// database from before, empty when it held nothing. Errors: as there, and as restore_backup().
Result<std::string> restore_dump(const std::string& file, const std::string& url,
                                 const store::Statements& statements);

}  // namespace fokus::app
