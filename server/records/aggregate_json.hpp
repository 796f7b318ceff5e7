// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "base/json_writer.hpp"
#include "records/aggregate.hpp"

namespace fokus::records {

// A value in the form of the API: money as {"amount", "currency"}, moments as RFC 3339.
void write_value(JsonWriter& json, const MeasureUnit& unit, const std::string& currency,
                 const store::Value& value);
// A value as one draws it: money in major units. Nothing for dates, moments and what is not there.
std::optional<double> real_of(const MeasureUnit& unit, const store::Value& value);
// {groups: [{keys, values, count, filter}], others, total, truncated}
void write_aggregate(JsonWriter& json, const Aggregate& found);

// What was counted and found, without the values of any filter, for the access log:
// "count of 12, birth_date by country: owner eq me; name eq ?".
std::string render_shape(const AggregateQuery& query, std::int64_t count);

}  // namespace fokus::records
