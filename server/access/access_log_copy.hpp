// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "store/database.hpp"
#include "store/statements.hpp"

namespace fokus::access {

// On SQLite the access log has a file of its own, and the table of the same name in the main
// database is empty. A backup is one file, so there the log travels in that table.

// How the log in `from` and the one in `to` belong together.
enum class LogFit {
  nothing,  // `to` has all that `from` has, or more
  rest,     // `from` goes on where `to` ends; an empty log is the beginning of every other
  foreign,  // logs of different installations, or of two that went different ways
};
LogFit compare_logs(store::Database& from, store::Database& to, const store::Statements& names);

// Puts into `to` what it lacks, in one transaction; others may go on appending to `from`. Entries
// keep their numbers and hashes, so the chain verifies as before. Says whether the logs fit: of a
// foreign one nothing is taken.
bool extend_log(store::Database& from, store::Database& to, const store::Statements& names);

// Puts the log in `from` in the place of the one in `to`, in one transaction.
void replace_log(store::Database& from, store::Database& to, const store::Statements& names);

void clear_log(store::Database& database, const store::Statements& names);

// Waits until what other processes of this folder have appended so far is in the log's database.
// False when that takes longer than anybody should wait: the database refuses it.
bool wait_for_journals(const std::string& folder);

}  // namespace fokus::access
