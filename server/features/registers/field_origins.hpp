// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <set>
#include <string>

#include "records/api.hpp"

namespace fokus::registers {

// Fields of a record whose present value, or emptiness, the person has given or had rectified
// (`given`), and those that somebody typed.
struct FieldOrigins {
  std::set<std::string, std::less<>> given, typed;
};
// Who gave the fields of a company, by its whole history. Errors: those of reading the company.
Result<FieldOrigins> find_origins(const records::ApiParts& parts, store::Session& session,
                                  const access::Scope& scope, RecordId company);

}  // namespace fokus::registers
