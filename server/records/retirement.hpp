// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "records/dictionary.hpp"

namespace fokus::records {

// A custom type that an administrator has retired takes no new records and is in no navigation and
// no search. What is there stays: it is read by its links, changed, exported and erased as before.
// It is part of the layout, where parse_type() puts it.
inline bool is_retired(const RecordType& type) {
  if (!type.custom || !type.layout.is_object()) return false;
  const auto* retired = type.layout.get_object().if_contains("retired");
  return retired && retired->is_bool() && retired->get_bool();
}

}  // namespace fokus::records
