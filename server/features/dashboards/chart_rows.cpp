// SPDX-License-Identifier: Apache-2.0
#include "features/dashboards/chart_rows.hpp"

#include <algorithm>

#include "features/dashboards/period.hpp"
#include "records/aggregate_time.hpp"

namespace fokus::dashboards {
namespace {

using records::TimeUnit;

constexpr std::int64_t buckets_max = 750;  // two years of days; beyond that gaps stay

records::Buckets buckets_of(const records::GroupBy& by) {
  return {*by.unit, by.first_month};
}

std::optional<std::int64_t> start_of_row(const records::Buckets& buckets, const ChartRow& row) {
  const auto* text = std::get_if<std::string>(&row.keys.front().value);
  return text ? records::parse_bucket(buckets, *text) : std::nullopt;
}

// Nothing was counted: zero where zero is a number of things, and no value at all for averages.
std::vector<store::Value> zeros(const std::vector<records::Measure>& measures) {
  using Kind = records::Measure::Kind;
  std::vector<store::Value> out;
  for (const auto& measure : measures) {
    const bool adds_up = measure.kind == Kind::count || measure.kind == Kind::distinct ||
                         measure.kind == Kind::sum || measure.kind == Kind::weighted;
    out.push_back(adds_up && measure.over.empty() ? store::Value(std::int64_t{0}) : store::Value());
  }
  return out;
}

ChartRow empty_row(const records::GroupBy& by, std::int64_t start,
                   const std::vector<records::Measure>& measures) {
  ChartRow row;
  row.keys.push_back({records::render_bucket(buckets_of(by), start), {}, false});
  row.values = zeros(measures);
  const auto days = records::bucket_days(buckets_of(by), start);
  row.criteria = days_node(by.path, {days.first, days.last});
  return row;
}

std::string key_of(const ChartRow& row) {
  std::string out;
  for (const auto& key : row.keys) {
    if (const auto* n = std::get_if<std::int64_t>(&key.value)) out += std::to_string(*n);
    if (const auto* real = std::get_if<double>(&key.value)) out += std::to_string(*real);
    if (const auto* text = std::get_if<std::string>(&key.value)) out += "'" + *text;
    out += '\n';
  }
  return out;
}

}  // namespace

std::vector<ChartRow> rows_of(records::Aggregate& found) {
  std::vector<ChartRow> out;
  for (auto& group : found.groups)
    out.push_back(
        {std::move(group.keys), std::move(group.values), group.count, std::move(group.criteria)});
  return out;
}

std::vector<ChartRow> without_gaps(std::vector<ChartRow> rows, const records::GroupBy& by,
                                   const std::vector<records::Measure>& measures,
                                   const std::optional<records::Days>& days) {
  if (!by.unit || *by.unit == TimeUnit::weekday || *by.unit == TimeUnit::hour) return rows;
  const auto buckets = buckets_of(by);
  std::optional<std::int64_t> first, last;
  const auto reach = [&](std::int64_t day) {
    const auto start = records::bucket_start(buckets, day);
    first = std::min(first.value_or(start), start);
    last = std::max(last.value_or(start), start);
  };
  if (days) reach(days_from_epoch(days->first)), reach(days_from_epoch(days->last));
  std::vector<ChartRow> loose;
  std::map<std::int64_t, ChartRow> placed;
  for (auto& row : rows) {
    const auto start = start_of_row(buckets, row);
    if (!start) {
      loose.push_back(std::move(row));
      continue;
    }
    reach(*start);
    placed[*start] = std::move(row);
  }
  std::vector<ChartRow> out;
  std::int64_t steps = 0;
  for (auto at = first; at && *at <= *last; at = records::bucket_end(buckets, *at)) {
    const auto place = placed.find(*at);
    if (place != placed.end())
      out.push_back(std::move(place->second)), placed.erase(place);
    else if (++steps <= buckets_max)
      out.push_back(empty_row(by, *at, measures));
  }
  for (auto& row : loose) out.push_back(std::move(row));
  return out;
}

std::vector<ComparedRow> beside(std::vector<ChartRow> rows,
                                std::optional<std::vector<ChartRow>> before, bool by_position) {
  std::vector<ComparedRow> out;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    ComparedRow one{std::move(rows[i]), std::nullopt};
    if (before && by_position) {
      if (i < before->size()) one.before = std::move((*before)[i]);
    } else if (before) {
      const auto same = std::find_if(before->begin(), before->end(), [&](const ChartRow& other) {
        return key_of(other) == key_of(one.row);
      });
      if (same != before->end()) one.before = std::move(*same);
    }
    out.push_back(std::move(one));
  }
  return out;
}

}  // namespace fokus::dashboards
