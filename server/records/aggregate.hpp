// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "records/criteria.hpp"

namespace fokus::records {

// Numbers about many records: counts, sums, medians, ratios, grouped by up to two fields. The
// criteria engine makes the WHERE, the viewer's rights inside; what may not be read counts nowhere,
// and what lies behind a link that may not be read is empty. Time buckets are those of the viewer's
// time zone.
//
// Errors: those of criteria, and "aggregates/wrong_kind" (this field cannot be grouped or measured
// so), "aggregates/too_many_groups", "aggregates/invalid", each with the field's path. A sum that
// does not fit in 64 bits throws store::Failure of the kind out_of_range, which the API shows as
// "aggregates/out_of_range".
//
// Fiscal years and their quarters begin with the month that the installation says.
enum class TimeUnit { day, week, month, quarter, year, weekday, hour, fiscal_quarter, fiscal_year };
std::optional<TimeUnit> parse_time_unit(std::string_view name);
std::string_view time_unit_name(TimeUnit unit);

struct GroupBy {
  std::string path;              // "stage", "company.country", "closed_on"
  std::optional<TimeUnit> unit;  // required for instants; dates without one are grouped by day
  int first_month = 1;           // of fiscal years; the plan takes it from the installation
};

struct Measure {
  enum class Kind { count, distinct, sum, average, minimum, maximum, median, weighted };
  Kind kind = Kind::count;
  std::string path;           // not for count
  std::string weight;         // weighted: a whole-number field of percent
  NodePtr where;              // only the rows that also match this
  std::vector<Measure> over;  // one: the value is this measure divided by that one
};

struct AggregateQuery {
  const Node* criteria = nullptr;
  std::string q;
  std::vector<GroupBy> group_by;  // at most limits::group_fields_max
  std::vector<Measure> measures;  // 1 … limits::measures_max
  // By a measure, or by the group's own order (time, list order, name). Time comes in order of time
  // unless asked otherwise, the rest by the first measure, largest first.
  struct Order {
    bool by_group = false;
    int measure = 0;
    bool descending = true;
  };
  std::optional<Order> order;
  int limit = 100;      // groups (of the first field, when there are two)
  bool others = false;  // add up the groups that the limit cut off
};

// What a measure's values are. Whole numbers are kept exactly until they are written.
struct MeasureUnit {
  enum class Kind { whole, scaled, money, real, date, instant } kind = Kind::whole;
  int scale = 0;  // scaled, money
};

struct GroupKey {
  // id, list key, "2026-11", "2026-Q4", "2026/27-Q1", 1 … 7 for weekdays, null for empty
  store::Value value;
  std::string label;  // in the viewer's language; empty when there is none or it may not be read
  bool is_boolean = false;
};

struct AggregateGroup {
  std::vector<GroupKey> keys;
  std::vector<store::Value> values;  // one per measure, null when there is none
  std::int64_t count = 0;            // rows
  // Which of the rows these are, as criteria beside the query's.
  NodePtr criteria;
};

struct Aggregate {
  std::vector<AggregateGroup> groups;
  // Medians and distinct counts cannot be added up: null among the others.
  std::optional<std::vector<store::Value>> others;
  std::vector<store::Value> total;
  std::int64_t count = 0, others_count = 0;
  bool truncated = false;  // the limit cut groups off
  std::vector<MeasureUnit> units;
  std::string currency;  // of money
};

namespace limits {
constexpr std::size_t group_fields_max = 2;
constexpr std::size_t measures_max = 10;
constexpr std::size_t groups_max = 100'000;  // that a query may make
constexpr int groups_shown_max = 1'000;      // that an answer holds
}  // namespace limits

// The JSON form of the API: measures [{kind, field, weight, filter, over}], group_by [{field, by}],
// order, limit, others. filter or criteria and q are read by the caller.
Result<AggregateQuery> parse_aggregate(const boost::json::object& input);
// What parse_aggregate() would pass over in silence. Error: "aggregates/invalid", "unknown_member",
// with the place, as "measures.colour".
Status check_aggregate_members(const boost::json::object& input);
Result<Measure> parse_measure(const boost::json::value& input);

}  // namespace fokus::records
