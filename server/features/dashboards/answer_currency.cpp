// SPDX-License-Identifier: Apache-2.0
// In which currency the amounts of a tile are: the base one, a chosen one at today's rate, or each
// record's own with one figure for each.
#include <algorithm>
#include <cmath>
#include <limits>

#include "features/dashboards/answer_writer.hpp"
#include "records/criteria_tree.hpp"
#include "records/fields/field_type.hpp"

namespace fokus::dashboards {
namespace {

using records::Measure;
using records::MeasureUnit;
using records::Node;
using records::NodePtr;

// Each figure takes two measures: its own and the number of records behind it.
constexpr std::size_t own_figures_max = records::limits::measures_max / 2;

NodePtr in_currency(const std::string& path, const std::string& currency, const Node* where) {
  auto node = std::make_unique<Node>();
  node->kind = Node::Kind::compare;
  node->path = path + ".currency";
  node->terms = {records::Term{currency}};
  if (!where) return node;
  std::vector<NodePtr> both;
  both.push_back(records::clone(*where));
  both.push_back(std::move(node));
  return records::make_group(Node::Kind::all, std::move(both));
}

// The middle of two amounts is rounded to the smallest unit, as it is in the base currency.
store::Value rounded(long double value) {
  if (std::fabs(value) >= static_cast<long double>(std::numeric_limits<std::int64_t>::max()))
    throw store::Failure(store::FailureKind::out_of_range, "an amount");
  return static_cast<std::int64_t>(std::llround(value));
}

}  // namespace

bool AnswerWriter::is_own_amount() const {
  if (d_.currency != "own" || q_.query.measures.size() != 1) return false;
  const auto& measure = q_.query.measures.front();
  if (!measure.over.empty() || measure.kind == Measure::Kind::distinct) return false;
  const auto* field = field_at(measure.path);
  return field && field->kind == records::FieldKind::money;
}

// How many records of what is measured have an amount in each currency.
Status AnswerWriter::count_currencies(const Node& criteria, const std::string& path,
                                      std::map<std::string, std::int64_t>& counts) {
  const Node* where = q_.query.measures.front().where.get();
  std::vector<NodePtr> both;
  both.push_back(records::clone(criteria));
  if (where) both.push_back(records::clone(*where));
  const NodePtr all = records::make_group(Node::Kind::all, std::move(both));
  records::AggregateQuery query;
  query.criteria = all.get();
  query.group_by = {{path + ".currency", {}}};
  query.measures.emplace_back();
  query.limit = records::limits::groups_shown_max;
  const auto found = TRY(c_.records.aggregate(c_.session, c_.scope, *q_.type, query));
  for (const auto& group : found.groups)
    if (const auto* code = std::get_if<std::string>(&group.keys.front().value))
      counts[*code] += group.count;
  return {};
}

// The one measure becomes one for each currency, those of most records first.
Status AnswerWriter::split_by_currency() {
  Measure whole = std::move(q_.query.measures.front());
  q_.query.measures.front() = Measure{whole.kind, whole.path, whole.weight, nullptr, {}};
  if (whole.where) q_.query.measures.front().where = records::clone(*whole.where);
  std::map<std::string, std::int64_t> counts;
  TRY(count_currencies(*q_.criteria, whole.path, counts));
  if (q_.compared) TRY(count_currencies(*q_.compared, whole.path, counts));
  if (counts.empty()) counts[c_.dictionary.installation.base_currency] = 0;
  std::vector<std::pair<std::int64_t, std::string>> order;
  for (const auto& [code, count] : counts) order.emplace_back(-count, code);
  std::sort(order.begin(), order.end());
  if (order.size() > own_figures_max) {
    currencies_left_out_ = order.size() - own_figures_max;
    order.resize(own_figures_max);
  }
  q_.query.measures.clear();
  for (const auto& [count, code] : order) {
    own_.push_back(code);
    q_.query.measures.push_back({whole.kind,
                                 whole.path + ".minor",
                                 whole.weight,
                                 in_currency(whole.path, code, whole.where.get()),
                                 {}});
  }
  return {};
}

void AnswerWriter::settle_units(const records::Aggregate& found) {
  stored_units_ = units_ = found.units;
  currency_ = q_.rate ? d_.currency : found.currency;
  for (std::size_t i = 0; i < units_.size(); ++i) {
    if (i < own_.size())
      units_[i] = {MeasureUnit::Kind::money, records::currency_scale(own_[i])};
    else if (q_.rate && units_[i].kind == MeasureUnit::Kind::money)
      units_[i].scale = records::currency_scale(currency_);
  }
}

// What the engine found, in minor units of the currency that is shown.
store::Value AnswerWriter::worth(std::size_t at, const store::Value& value) const {
  if (at < own_.size()) {
    const auto* real = std::get_if<double>(&value);
    return real ? rounded(static_cast<long double>(*real)) : value;
  }
  const auto* minor = std::get_if<std::int64_t>(&value);
  if (!q_.rate || !minor || units_[at].kind != MeasureUnit::Kind::money) return value;
  const int shift = units_[at].scale - stored_units_[at].scale;
  return rounded(static_cast<long double>(*minor) * *q_.rate * std::pow(10.0L, shift));
}

const std::string& AnswerWriter::currency_of(std::size_t at) const {
  return at < own_.size() ? own_[at] : currency_;
}

void AnswerWriter::write_currency() {
  json_.key("currency").begin_object();
  json_.field("rule", q_.rate ? "converted" : own_.empty() ? "base" : "own");
  json_.key("code");
  own_.empty() ? json_.value(currency_) : json_.null();
  json_.key("rate_day");
  q_.rate ? json_.value(q_.rate_day) : json_.null();
  json_.field("left_out", static_cast<std::int64_t>(currencies_left_out_)).end_object();
}

}  // namespace fokus::dashboards
