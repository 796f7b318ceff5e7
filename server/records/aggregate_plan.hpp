// SPDX-License-Identifier: Apache-2.0
// The columns of an aggregate in the making. Not for other rooms.
#pragma once
#include <functional>

#include "records/aggregate_time.hpp"
#include "records/criteria_path.hpp"

namespace fokus::records {

// How two values of one column become that of both groups together.
enum class Merge { add, least, greatest, none };

// One field to group by, as SQL.
struct KeyPlan {
  GroupBy by;
  FieldPath field;
  std::string column;      // with its alias
  std::string expression;  // what rows are grouped by
  std::string label;       // text: the written form of a folded key

  Buckets buckets() const { return {*by.unit, by.first_month}; }
};

// One measure: which columns of the row it is made of.
struct MeasurePlan {
  Measure::Kind kind = Measure::Kind::count;
  MeasureUnit unit;
  std::size_t first_part = 0;       // average: sum and number; median: the two in the middle
  std::string median_of;            // SQL whose median it is; comes from a statement of its own
  std::optional<std::size_t> over;  // index of the measure that this one is divided by
};

struct PartPlan {
  std::string sql;  // empty: filled in by another statement
  Merge merge = Merge::add;
};

// Turns a query into columns and joins. The table itself has the alias "t". All text shares the
// values of `sql()`, whose numbering does not mind the order of the text.
class AggregatePlan {
 public:
  using RangeOf = std::function<InstantRange(const FieldPath&, const std::string& column)>;
  AggregatePlan(const CriteriaContext& context, const RecordType& type)
      : context_(context), type_(type) {}

  // `range_of` asks the database how far an instant column reaches.
  Status add_keys(const std::vector<GroupBy>& fields);
  void finish_keys(const RangeOf& range_of);
  Status add_measures(const std::vector<Measure>& measures);

  const std::vector<KeyPlan>& keys() const { return keys_; }
  const std::vector<MeasurePlan>& measures() const { return measures_; }  // denominators last
  const std::vector<PartPlan>& parts() const { return parts_; }
  std::string from() const { return " FROM " + type_.table + " t" + joins_; }
  SqlText& sql() { return sql_; }

 private:
  Result<std::string> alias_of(const FieldPath& field, std::string_view path);
  Status add_key(const GroupBy& by);
  Status add_measure(const Measure& measure);
  Status add_parts(const Measure& measure, MeasurePlan& plan);
  Result<std::string> column_of(std::string_view path, FieldPath& field);
  Status measure_unit(const Measure& measure, const FieldPath& field, MeasurePlan& plan);
  void add_part(std::string text, Merge merge) { parts_.push_back({std::move(text), merge}); }

  const CriteriaContext& context_;
  const RecordType& type_;
  std::vector<KeyPlan> keys_;
  std::vector<MeasurePlan> measures_;
  std::vector<PartPlan> parts_;
  std::vector<std::pair<std::string, std::string>> joined_;  // path → alias
  std::string joins_;
  SqlText sql_;
};

// Records::aggregate() without the Records: for tests that make their own tables.
Result<Aggregate> run_aggregate(const CriteriaContext& context, store::Session& session,
                                const RecordType& type, const AggregateQuery& query,
                                const std::string& currency);

Error aggregate_error(std::string_view code, std::string_view path);

}  // namespace fokus::records
