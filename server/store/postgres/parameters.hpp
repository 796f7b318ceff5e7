// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <libpq-fe.h>

#include <string>
#include <vector>

#include "store/database.hpp"

namespace fokus::store::postgres {

constexpr Oid oid_bool = 16, oid_bytea = 17, oid_int8 = 20, oid_int2 = 21, oid_int4 = 23,
              oid_oid = 26, oid_float4 = 700, oid_float8 = 701, oid_numeric = 1700;

// Parameters as libpq wants them: terminated text, and raw bytes where the server expects bytea.
class Parameters {
 public:
  Parameters(Params params, const std::vector<Oid>& types);
  int count() const { return static_cast<int>(values_.size()); }
  const char* const* values() const { return values_.data(); }
  const int* lengths() const { return lengths_.data(); }
  const int* formats() const { return formats_.data(); }

 private:
  std::string arena_;
  std::vector<const char*> values_;
  std::vector<int> lengths_, formats_;
};

}  // namespace fokus::store::postgres
