// SPDX-License-Identifier: Apache-2.0
// Not for other rooms.
#pragma once
#include "records/list_plan.hpp"

namespace fokus::records {

namespace limits {
constexpr std::int64_t summed_rows_max = 1000;  // beyond it nothing is said of a sum
}

// What a read of one record says beside its values: "notices", when the type has any to give.
// [{"field": "amount", "code": "differs_from_sum", "sum_of": "sale_lines.total", "sum": money}]
// An amount is compared in its own currency when all that is summed has it, else in the base
// currency, where each of them may be a rounding off. Nothing is said of what the viewer sees only
// a part of.
void write_notices(JsonWriter& json, store::Session& session, const CriteriaContext& context,
                   const RecordType& type, const ListPlan& plan, const store::Rows& row);

}  // namespace fokus::records
