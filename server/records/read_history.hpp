// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "records/records.hpp"

namespace fokus::records {

// One row of list_history or history_before as an object, without what is masked for the viewer.
void write_history_entry(JsonWriter& out, const Scope& scope, const RecordType& type,
                         const store::Rows& rows);

}  // namespace fokus::records
