// SPDX-License-Identifier: Apache-2.0
// From the parts of a group's row to the values of its measures.
#include "records/aggregate_rows.hpp"

#include <cmath>

namespace fokus::records {
namespace {

using Values = std::vector<store::Value>;

std::optional<std::int64_t> integer_of(const store::Value& value) {
  const auto* n = std::get_if<std::int64_t>(&value);
  return n ? std::optional(*n) : std::nullopt;
}

std::int64_t added(std::int64_t a, std::int64_t b) {
  std::int64_t sum = 0;
  if (__builtin_add_overflow(a, b, &sum))
    throw store::Failure(store::FailureKind::out_of_range, "a sum of groups");
  return sum;
}

void merge_part(Merge merge, store::Value& into, const store::Value& from) {
  if (merge == Merge::none) {
    into = {};
  } else if (store::is_null(into)) {
    into = from;
  } else if (!store::is_null(from)) {
    if (merge == Merge::add)
      into = added(std::get<std::int64_t>(into), std::get<std::int64_t>(from));
    else if (merge == Merge::least)
      into = std::min(into, from);
    else
      into = std::max(into, from);
  }
}

std::int64_t divide_rounded(std::int64_t value, std::int64_t by) {
  const std::int64_t half = by / 2;
  return value >= 0 ? (value + half) / by : -((-value + half) / by);
}

// A sum divided by a number, in the unit of the measure.
store::Value divided(const MeasurePlan& plan, std::int64_t sum, std::int64_t number) {
  if (number == 0) return {};
  if (plan.unit.kind == MeasureUnit::Kind::money) return divide_rounded(sum, number);
  if (plan.unit.kind == MeasureUnit::Kind::scaled)
    return static_cast<double>(sum) / static_cast<double>(number) / std::pow(10, plan.unit.scale);
  return static_cast<double>(sum) / static_cast<double>(number);
}

store::Value plain_value(const MeasurePlan& plan, const Values& parts) {
  using M = Measure::Kind;
  constexpr std::int64_t percent = 100;
  const store::Value& first = parts.at(plan.first_part);
  if (plan.kind == M::weighted) {
    const auto sum = integer_of(first);
    return sum ? store::Value(divide_rounded(*sum, percent)) : store::Value();
  }
  if (plan.kind != M::average && plan.kind != M::median) return first;
  const auto a = integer_of(first), b = integer_of(parts.at(plan.first_part + 1));
  if (!a || !b) return {};
  return plan.kind == M::average ? divided(plan, *a, *b) : divided(plan, added(*a, *b), 2);
}

}  // namespace

double as_real(const MeasureUnit& unit, const store::Value& value) {
  if (const auto* real = std::get_if<double>(&value)) return *real;
  const auto n = integer_of(value);
  return n ? static_cast<double>(*n) / std::pow(10, unit.scale) : 0;
}

Values values_of(const AggregatePlan& plan, std::size_t wanted, const Values& parts) {
  Values out;
  for (std::size_t i = 0; i < wanted; ++i) {
    const auto& measure = plan.measures()[i];
    store::Value value = plain_value(measure, parts);
    if (measure.over) {
      const auto& other = plan.measures()[*measure.over];
      const store::Value below = plain_value(other, parts);
      const double divisor = as_real(other.unit, below);
      value = store::is_null(value) || divisor == 0
                  ? store::Value()
                  : store::Value(as_real(measure.unit, value) / divisor);
    }
    out.push_back(std::move(value));
  }
  return out;
}

std::string key_text(const Values& keys) {
  std::string out;
  for (const auto& key : keys) {
    if (const auto* n = std::get_if<std::int64_t>(&key)) out += "n" + std::to_string(*n);
    if (const auto* s = std::get_if<std::string>(&key)) out += "s" + *s;
    out += '\x1f';
  }
  return out;
}

void add_group(const AggregatePlan& plan, GroupRow& into, const GroupRow& from) {
  for (std::size_t i = 0; i < into.parts.size(); ++i)
    merge_part(plan.parts()[i].merge, into.parts[i], from.parts[i]);
  into.count += from.count;
}

}  // namespace fokus::records
