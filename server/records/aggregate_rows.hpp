// SPDX-License-Identifier: Apache-2.0
// What an aggregate is between the engine's rows and the answer. Not for other rooms.
#pragma once
#include <map>

#include "records/aggregate_plan.hpp"

namespace fokus::records {

// One group as the engine gives it.
struct GroupRow {
  std::vector<store::Value> keys;
  std::vector<std::string> labels;
  std::vector<store::Value> parts;
  std::int64_t count = 0;
};

// Adds a group to another; what cannot be added up becomes null.
void add_group(const AggregatePlan& plan, GroupRow& into, const GroupRow& from);
// The first `wanted` measures of a group.
std::vector<store::Value> values_of(const AggregatePlan& plan, std::size_t wanted,
                                    const std::vector<store::Value>& parts);
// Equal for equal keys.
std::string key_text(const std::vector<store::Value>& keys);
double as_real(const MeasureUnit& unit, const store::Value& value);

// Names, order and criteria of groups.
class GroupWriter {
 public:
  using Place = std::pair<std::int64_t, std::string>;
  GroupWriter(const CriteriaContext& context, store::Session& session, const AggregatePlan& plan)
      : context_(context), session_(session), plan_(plan) {}

  // Where a key stands in its field's own order; empty comes last.
  Place place(std::size_t at, const GroupRow& row, std::size_t arrival);
  // Fetches the names of linked records that the viewer may read, in their order.
  void load_names(std::size_t at, const std::vector<const GroupRow*>& rows);
  GroupKey render(std::size_t at, const GroupRow& row);
  // "stage eq 'offer'", "closed_on between 2026-11-01 and 2026-11-30", "starts_at hour (14)".
  NodePtr criteria(std::size_t at, const GroupRow& row) const;

 private:
  std::string item_label(const KeyPlan& key, const std::string& item) const;
  std::int64_t list_position(const KeyPlan& key, const store::Value& value) const;
  std::int64_t name_position(const KeyPlan& key, const store::Value& value);

  const CriteriaContext& context_;
  store::Session& session_;
  const AggregatePlan& plan_;
  std::map<std::string, std::map<std::int64_t, Place>> names_;
};

// Puts the groups in order, cuts them off at the limit and describes what is left.
Aggregate rank_groups(const AggregatePlan& plan, GroupWriter& writer, const AggregateQuery& query,
                      std::vector<GroupRow> rows, const GroupRow& total);

}  // namespace fokus::records
