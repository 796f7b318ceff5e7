// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string>

#include "records/fields/field_type.hpp"

namespace fokus::records {

// A contact point as the form gives it and the database keeps it.
struct ContactPoint {
  std::string kind, label, value, folded;  // kind: phone, email, url, address
  bool primary = false;
  // An address in parts: the columns of an address field. Empty for the other kinds; `value` is
  // then the whole in one line.
  ColumnValues address = {};
  bool operator==(const ContactPoint&) const = default;
};

}  // namespace fokus::records
