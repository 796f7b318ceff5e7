// SPDX-License-Identifier: Apache-2.0
// The groups of an aggregate as a chart draws them: time without gaps, and beside each group what
// it is compared with. Pure. Not for other rooms.
#pragma once
#include <optional>
#include <vector>

#include "records/aggregate.hpp"
#include "records/criteria_terms.hpp"

namespace fokus::dashboards {

struct ChartRow {
  std::vector<records::GroupKey> keys;
  std::vector<store::Value> values;
  std::int64_t count = 0;
  records::NodePtr criteria;  // null when no filter can say it
};

struct ComparedRow {
  ChartRow row;
  std::optional<ChartRow> before;
};

std::vector<ChartRow> rows_of(records::Aggregate& found);

// Adds the buckets that nothing fell into, between the first and the last of `days` or, without
// days, of the rows. Rows must be grouped by one field, in the order of time; `by` says which month
// its fiscal years begin with.
std::vector<ChartRow> without_gaps(std::vector<ChartRow> rows, const records::GroupBy& by,
                                   const std::vector<records::Measure>& measures,
                                   const std::optional<records::Days>& days);

// By position for time (January beside last year's January), else by key; what is missing counts
// nothing. Without `before` every row stands alone.
std::vector<ComparedRow> beside(std::vector<ChartRow> rows,
                                std::optional<std::vector<ChartRow>> before, bool by_position);

}  // namespace fokus::dashboards
