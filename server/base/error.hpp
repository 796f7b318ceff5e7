// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <map>
#include <string>
#include <vector>

namespace fokus {

// What kind of refusal this is. `net` turns it into a status code; nothing else may depend on HTTP.
enum class ErrorKind {
  invalid,          // 422: the input is understood and wrong
  malformed,        // 400: the input cannot be read at all
  unauthenticated,  // 401
  forbidden,        // 403
  not_found,        // 404: absent or not visible; the two are never told apart
  conflict,         // 409: a rule of the data refuses it (duplicate, already closed)
  stale,            // 412: somebody changed it since it was read
  too_large,        // 413: a named limit of size
  too_many,         // 429: a named limit of rate
  unavailable,      // 503: try again later; nothing was stored
};

// One field of the input that is wrong. `code` is stable ("required", "too_long"); params fill in
// the translated text ("max": "200"). Text for people lives in the translations of the web UI.
struct FieldError {
  std::string field;
  std::string code;
  std::map<std::string, std::string> params;
};

// A refusal that an honest user can cause. `code` is stable and named after the room that says it
// ("records/invalid", "access/locked"). Never holds personal data beyond what the caller sent.
struct Error {
  ErrorKind kind = ErrorKind::invalid;
  std::string code;
  std::vector<FieldError> errors;
  std::map<std::string, std::string> params;
};

inline Error make_error(ErrorKind kind, std::string code) {
  return {kind, std::move(code), {}, {}};
}
inline Error field_error(std::string code, std::string field, std::string field_code,
                         std::map<std::string, std::string> params = {}) {
  return {ErrorKind::invalid,
          std::move(code),
          {{std::move(field), std::move(field_code), std::move(params)}},
          {}};
}

}  // namespace fokus
