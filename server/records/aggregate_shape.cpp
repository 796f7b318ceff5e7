// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "base/text.hpp"
#include "records/aggregate_json.hpp"
#include "records/criteria.hpp"

namespace fokus::records {
namespace {

void add_new(std::vector<std::string>& words, std::string word) {
  if (word.empty() || std::find(words.begin(), words.end(), word) != words.end()) return;
  words.push_back(std::move(word));
}

void add_measure(const Measure& measure, std::vector<std::string>& paths,
                 std::vector<std::string>& conditions) {
  if (!measure.path.empty()) add_new(paths, measure.path);
  if (measure.where) add_new(conditions, render_shape(*measure.where));
  for (const auto& over : measure.over) add_measure(over, paths, conditions);
}

}  // namespace

std::string render_shape(const AggregateQuery& query, std::int64_t count) {
  std::vector<std::string> paths, groups, conditions;
  if (query.criteria) add_new(conditions, render_shape(*query.criteria));
  for (const auto& measure : query.measures) add_measure(measure, paths, conditions);
  for (const auto& by : query.group_by) groups.push_back(by.path);
  std::string out = "count of " + std::to_string(count);
  if (!paths.empty()) out += ", " + join(paths, ", ");
  if (!groups.empty()) out += " by " + join(groups, ", ");
  if (!query.q.empty()) out += ", words";
  if (!conditions.empty()) out += ": " + join(conditions, "; ");
  return out;
}

}  // namespace fokus::records
