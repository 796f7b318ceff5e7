// SPDX-License-Identifier: Apache-2.0
#include "store/sqlite/failure.hpp"

#include <new>

#include "base/text.hpp"

namespace fokus::store::sqlite {
namespace {

FailureKind kind_of_constraint(int extended_code, std::string_view message) {
  // ON DELETE RESTRICT is a trigger to SQLite; only its message tells.
  if (message.starts_with("FOREIGN KEY")) return FailureKind::foreign_key;
  switch (extended_code) {
    case SQLITE_CONSTRAINT_UNIQUE:
    case SQLITE_CONSTRAINT_PRIMARYKEY:
    case SQLITE_CONSTRAINT_ROWID:
      return FailureKind::unique;
    case SQLITE_CONSTRAINT_FOREIGNKEY:
      return FailureKind::foreign_key;
    case SQLITE_CONSTRAINT_NOTNULL:
      return FailureKind::not_null;
    default:
      return FailureKind::statement;
  }
}

FailureKind kind_of(int extended_code, std::string_view message) {
  switch (extended_code & 0xff) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return FailureKind::busy;
    case SQLITE_FULL:
      return FailureKind::full;
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
      return FailureKind::corrupt;
    case SQLITE_CONSTRAINT:
      return kind_of_constraint(extended_code, message);
    case SQLITE_INTERRUPT:
      return FailureKind::interrupted;
    case SQLITE_READONLY:
      // Without a detail it is a write in a read body, that is a bug; with one the file is at
      // fault.
      return extended_code == SQLITE_READONLY ? FailureKind::statement : FailureKind::unavailable;
    case SQLITE_ERROR:
      // Only the messages tell these from wrong SQL.
      if (message == "integer overflow") return FailureKind::out_of_range;
      if (message == "parser stack overflow") return FailureKind::too_complex;
      return FailureKind::statement;
    case SQLITE_IOERR:
    case SQLITE_CANTOPEN:
    case SQLITE_PERM:
    case SQLITE_AUTH:
    case SQLITE_PROTOCOL:
      return FailureKind::unavailable;
    default:
      return FailureKind::statement;
  }
}

// "UNIQUE constraint failed: people.email, people.team" → people, {email, team}
void read_columns(std::string_view message, std::string& table, std::vector<std::string>& columns) {
  constexpr std::string_view mark = "constraint failed: ";
  const std::size_t start = message.find(mark);
  if (start == std::string_view::npos) return;
  for (std::string_view part : split(message.substr(start + mark.size()), ',')) {
    part = trim(part);
    const std::size_t dot = part.find('.');
    if (dot == std::string_view::npos) continue;  // "index 'name'", of an index on an expression
    table = part.substr(0, dot);
    columns.emplace_back(part.substr(dot + 1));
  }
}

}  // namespace

void throw_failure(int extended_code, std::string_view message) {
  if ((extended_code & 0xff) == SQLITE_NOMEM || extended_code == SQLITE_IOERR_NOMEM) {
    throw std::bad_alloc();
  }
  std::string table;
  std::vector<std::string> columns;
  if ((extended_code & 0xff) == SQLITE_CONSTRAINT) read_columns(message, table, columns);
  throw Failure(kind_of(extended_code, message), std::string(message), std::move(table),
                std::move(columns));
}

void throw_failure(sqlite3* db) {
  throw_failure(sqlite3_extended_errcode(db), sqlite3_errmsg(db));
}

}  // namespace fokus::store::sqlite
