// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <boost/json.hpp>
#include <vector>

#include "records/api.hpp"

namespace fokus::records {

// What a list leaves out of its rows because there are many of it: the members behind fields of
// kind `links`, and contact points.
struct PageExtras {
  std::vector<const Field*> links;
  bool contact_points = false;
};

// Adds them to the items of a page of Records::list(), in the form in which one record has them:
// members and contact points as arrays, null where the viewer may not see them at all. Members are
// those that the viewer may read; persons among them go into `seen`. A query for each of the
// extras, however many items there are.
void add_extras(const ApiParts& parts, store::Session& session, const Scope& scope,
                const RecordType& type, const PageExtras& extras, boost::json::array& items,
                Seen& seen);

}  // namespace fokus::records
