// SPDX-License-Identifier: Apache-2.0
#include "store/postgres/failure.hpp"

#include "base/text.hpp"

namespace fokus::store::postgres {
namespace {

std::string field(const PGresult* result, int code) {
  const char* text = PQresultErrorField(result, code);
  return text == nullptr ? std::string() : std::string(text);
}

FailureKind kind_of(std::string_view state) {
  if (state == "23505") return FailureKind::unique;
  if (state == "23503" || state == "23001") return FailureKind::foreign_key;
  if (state == "23502") return FailureKind::not_null;
  if (state == "22003") return FailureKind::out_of_range;
  if (state == "57014") return FailureKind::interrupted;
  if (state == "40001" || state == "40P01" || state == "55P03") return FailureKind::busy;
  if (state == "53100" || state == "53200") return FailureKind::full;
  // Class 58 are errors of the server's files, XX001 and XX002 damaged pages and indexes.
  if (state == "XX001" || state == "XX002") return FailureKind::corrupt;
  if (state.empty() || state.starts_with("08") || state.starts_with("57P") ||
      state.starts_with("53") || state.starts_with("58") || state.starts_with("25P03")) {
    return FailureKind::unavailable;
  }
  return FailureKind::statement;
}

// 'Key (email, team)=(…) already exists.' → {email, team}. The values are not read: they are
// people's.
std::vector<std::string> columns_of(const PGresult* result) {
  std::vector<std::string> columns;
  const std::string column = field(result, PG_DIAG_COLUMN_NAME);
  if (!column.empty()) return {column};
  const std::string detail = field(result, PG_DIAG_MESSAGE_DETAIL);
  const std::size_t start = detail.find('(');
  const std::size_t end = detail.find(")=(");
  if (start == std::string::npos || end == std::string::npos || end < start) return columns;
  for (std::string_view part :
       split(std::string_view(detail).substr(start + 1, end - start - 1), ',')) {
    part = trim(part);
    if (part.size() > 2 && part.front() == '"') part = part.substr(1, part.size() - 2);
    columns.emplace_back(part);
  }
  return columns;
}

}  // namespace

bool is_stale_plan(const PGresult* result) {
  return field(result, PG_DIAG_SQLSTATE) == "0A000" &&
         field(result, PG_DIAG_SOURCE_FUNCTION) == "RevalidateCachedQuery";
}

void throw_failure(const PGresult* result) {
  const std::string state = field(result, PG_DIAG_SQLSTATE);
  std::string message = field(result, PG_DIAG_MESSAGE_PRIMARY);
  if (message.empty()) message = PQresultErrorMessage(result);
  if (state == "40001" || state == "40P01" || is_stale_plan(result)) {
    throw Conflict(FailureKind::busy, message);
  }
  throw Failure(kind_of(state), state + " " + message, field(result, PG_DIAG_TABLE_NAME),
                columns_of(result));
}

void throw_unavailable(const PGconn* connection) {
  throw Failure(FailureKind::unavailable,
                std::string("no connection to PostgreSQL: ") + PQerrorMessage(connection));
}

}  // namespace fokus::store::postgres
