// SPDX-License-Identifier: Apache-2.0
// Pages and counts that a look at the first rows of the order answers. Not for other rooms.
#pragma once
#include "records/list_plan.hpp"

namespace fokus::records {

// A selection stands for whole criteria, and two of them combined for more than an engine plans
// well: it gathers all that fit one condition before it asks the others, and sorts the rest, where
// the first page lies among the first rows of the order. So one looks there first, row by row, and
// leaves it to the engine only when these rows do not fill the page.
namespace limits {
constexpr std::int64_t first_look_rows = 20'000;
}  // namespace limits

// Worth a look: criteria with a selection, none of whose conditions is met by a handful only.
bool fills_early(const CriteriaContext& context, const RecordType& type, const ListQuery& query);

// The first key of the row at the end of the look, after the cursor's row if there is one. Nothing
// when the order has no index, or the table is so small that the engine's own plan will do.
std::optional<store::Value> end_of_look(store::Session& session, const RecordType& type,
                                        const ListPlan& plan,
                                        const std::vector<store::Value>& after);
// "not beyond that row" as a condition.
void append_look(const OrderKey& key, const store::Value& end, SqlText& sql);

}  // namespace fokus::records
