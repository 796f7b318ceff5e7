// SPDX-License-Identifier: Apache-2.0
#include "records/undone.hpp"

namespace fokus::records {

Undone count_undone(store::Session& session, const store::Statements& statements, BatchId batch) {
  const auto rows = session.query(statements["records.count_undone"], {batch});
  Undone out;
  if (!rows->next()) return out;
  out.removed = rows->integer(1);
  out.restored = rows->integer(2);
  out.left = rows->integer(0) - out.removed - out.restored;
  return out;
}

}  // namespace fokus::records
