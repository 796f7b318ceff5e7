// SPDX-License-Identifier: Apache-2.0
#include "records/aggregate_rows.hpp"

namespace fokus::records {
namespace {

// Puts the groups in order and cuts them off at the limit.
class Ranking {
 public:
  Ranking(const AggregatePlan& plan, GroupWriter& writer, const AggregateQuery& query,
          std::vector<GroupRow> rows)
      : plan_(plan), writer_(writer), query_(query), rows_(std::move(rows)) {}

  Aggregate make(const GroupRow& total) {
    Aggregate out;
    const std::size_t wanted = query_.measures.size();
    const auto order = chosen_order();
    if (order.by_group) load_names(all());
    const auto kept = cut(ordered(order), out);
    if (!order.by_group) load_names(kept);
    for (const auto* row : kept) out.groups.push_back(group_of(*row));
    out.total = values_of(plan_, wanted, total.parts);
    out.count = total.count;
    return out;
  }

 private:
  AggregateQuery::Order chosen_order() const {
    if (query_.order) return *query_.order;
    const bool time = !query_.group_by.empty() && plan_.keys().front().by.unit;
    return {time, 0, !time};
  }

  std::vector<const GroupRow*> all() const {
    std::vector<const GroupRow*> out;
    for (const auto& row : rows_) out.push_back(&row);
    return out;
  }

  void load_names(const std::vector<const GroupRow*>& rows) {
    for (std::size_t i = 0; i < query_.group_by.size(); ++i) writer_.load_names(i, rows);
  }

  // What the groups of one first key stand for together.
  struct Leader {
    GroupRow sum;
    std::pair<std::int64_t, std::string> place;
    double weight = 0;
    bool empty = false;
    std::vector<std::pair<std::pair<std::int64_t, std::string>, const GroupRow*>> rows;
  };

  double weight_of(const GroupRow& row, int measure, bool& empty) const {
    const auto value =
        values_of(plan_, query_.measures.size(), row.parts).at(static_cast<std::size_t>(measure));
    empty = store::is_null(value);
    if (const auto* text = std::get_if<std::string>(&value))
      return static_cast<double>(days_from_epoch(parse_date(*text).value_or(Date{})));
    return as_real({}, value);
  }

  std::vector<Leader> ordered(const AggregateQuery::Order& order) {
    std::map<std::string, std::size_t> places;
    std::vector<Leader> leaders;
    for (std::size_t i = 0; i < rows_.size(); ++i) {
      const auto& row = rows_[i];
      const std::string key = row.keys.empty() ? "" : key_text({row.keys.front()});
      const auto [at, fresh] = places.try_emplace(key, leaders.size());
      if (fresh)
        leaders.push_back(
            {row,
             row.keys.empty() ? std::pair<std::int64_t, std::string>() : writer_.place(0, row, i),
             0,
             false,
             {}});
      else
        add_group(plan_, leaders[at->second].sum, row);
      leaders[at->second].rows.push_back(
          {row.keys.size() > 1 ? writer_.place(1, row, i) : std::pair<std::int64_t, std::string>(),
           &row});
    }
    for (auto& leader : leaders) leader.weight = weight_of(leader.sum, order.measure, leader.empty);
    std::stable_sort(leaders.begin(), leaders.end(), [&](const Leader& a, const Leader& b) {
      if (order.by_group) return order.descending ? b.place < a.place : a.place < b.place;
      if (a.empty != b.empty) return b.empty;
      if (a.weight != b.weight) return order.descending ? a.weight > b.weight : a.weight < b.weight;
      return a.place < b.place;
    });
    for (auto& leader : leaders)
      std::stable_sort(leader.rows.begin(), leader.rows.end(),
                       [](const auto& a, const auto& b) { return a.first < b.first; });
    return leaders;
  }

  std::vector<const GroupRow*> cut(const std::vector<Leader>& leaders, Aggregate& out) const {
    std::vector<const GroupRow*> kept;
    const auto limit =
        static_cast<std::size_t>(std::clamp(query_.limit, 1, limits::groups_shown_max));
    std::optional<GroupRow> others;
    for (std::size_t i = 0; i < leaders.size(); ++i) {
      if (i < limit) {
        for (const auto& [place, row] : leaders[i].rows) kept.push_back(row);
      } else if (!others) {
        others = leaders[i].sum;
      } else {
        add_group(plan_, *others, leaders[i].sum);
      }
    }
    out.truncated = others.has_value();
    if (!others || !query_.others) return kept;
    // One group cut off keeps what cannot be added up; that would look like chance.
    for (std::size_t i = 0; i < others->parts.size(); ++i)
      if (plan_.parts()[i].merge == Merge::none) others->parts[i] = {};
    out.others = values_of(plan_, query_.measures.size(), others->parts);
    out.others_count = others->count;
    return kept;
  }

  AggregateGroup group_of(const GroupRow& row) {
    AggregateGroup out;
    auto both = std::make_unique<Node>();
    bool sayable = true;
    for (std::size_t i = 0; i < row.keys.size(); ++i) {
      out.keys.push_back(writer_.render(i, row));
      auto one = writer_.criteria(i, row);
      sayable = sayable && one;
      if (one) both->children.push_back(std::move(one));
    }
    if (sayable)
      out.criteria =
          both->children.size() == 1 ? std::move(both->children.front()) : std::move(both);
    out.values = values_of(plan_, query_.measures.size(), row.parts);
    out.count = row.count;
    return out;
  }

  const AggregatePlan& plan_;
  GroupWriter& writer_;
  const AggregateQuery& query_;
  std::vector<GroupRow> rows_;
};

}  // namespace

Aggregate rank_groups(const AggregatePlan& plan, GroupWriter& writer, const AggregateQuery& query,
                      std::vector<GroupRow> rows, const GroupRow& total) {
  return Ranking(plan, writer, query, std::move(rows)).make(total);
}

}  // namespace fokus::records
