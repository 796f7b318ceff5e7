// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <stdexcept>
#include <string>
#include <vector>

namespace fokus::store {

// Why the engine could not answer. Thrown, as the call cannot continue; caught once in `net` (503
// when transient, else 422 or 500) and by callers that let a constraint decide (unique numbers).
enum class FailureKind {
  busy,         // lock or serialisation conflict after the retries; try again
  unavailable,  // connection lost, file locked or missing; try again
  full,         // no room on disk; nothing was stored
  corrupt,      // the file is damaged; an administrator must act
  unique,       // a unique index refused the row
  foreign_key,  // the row it points at is missing, or is still pointed at
  not_null,
  interrupted,   // the statement passed its time limit
  out_of_range,  // a number does not fit in 64 bits
  too_complex,   // the SQL is right, and nests deeper than the engine reads
  statement,     // the SQL is wrong: a bug
};

class Failure : public std::runtime_error {
 public:
  Failure(FailureKind kind, std::string message, std::string table = {},
          std::vector<std::string> columns = {})
      : std::runtime_error(std::move(message)),
        kind(kind),
        table(std::move(table)),
        columns(std::move(columns)) {}
  FailureKind kind;
  std::string table;                 // of a refused constraint, if the engine tells
  std::vector<std::string> columns;  // likewise
  bool transient() const {
    return kind == FailureKind::busy || kind == FailureKind::unavailable ||
           kind == FailureKind::full || kind == FailureKind::interrupted;
  }
};

}  // namespace fokus::store
