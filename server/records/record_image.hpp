// SPDX-License-Identifier: Apache-2.0
// What images are made of. Not for other rooms.
#pragma once
#include "records/inner.hpp"
#include "records/merging.hpp"

namespace fokus::records {

boost::json::array columns_to_json(const ColumnValues& columns);
ColumnValues columns_from_json(const boost::json::array& columns);
boost::json::object fields_of(const Draft& draft);
void apply_fields(const boost::json::object& fields, Draft& draft);
boost::json::array points_to_json(const std::vector<ContactPoint>& points);
std::vector<ContactPoint> points_from_json(const boost::json::array& points);

}  // namespace fokus::records
