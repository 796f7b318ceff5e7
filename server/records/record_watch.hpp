// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <vector>

#include "records/contact_point.hpp"
#include "records/draft.hpp"

namespace fokus::records {

// A record as a save leaves it, or found it: its columns, and its contact points, among which are
// its own phone, e-mail, website and address. References into the save.
struct WatchedRecord {
  const Draft& draft;
  const std::vector<ContactPoint>& points;
};

// What the form says about a new record, as far as it can be read.
struct DraftedRecord {
  Draft draft;
  std::vector<ContactPoint> points;
  bool is_whole = true;  // false: create() would refuse it
};
// Never an error: values that cannot be read, or not by this actor, are left out.
DraftedRecord draft_record(const FieldContext& context, const Scope& scope, const RecordType& type,
                           const boost::json::object& values);

}  // namespace fokus::records
