// SPDX-License-Identifier: Apache-2.0
#include "records/aggregate_plan.hpp"

namespace fokus::records {
namespace {

using K = FieldKind;

bool is_groupable(K kind) {
  switch (kind) {
    case K::long_text:
    case K::rich_text:
    case K::money:
    case K::choices:
    case K::links:
    case K::address:
    case K::file:
      return false;
    default:
      return true;
  }
}

bool is_number(K kind) {
  return kind == K::integer || kind == K::decimal || kind == K::money;
}

bool is_time(K kind) {
  return kind == K::date || kind == K::instant;
}

// Equal values of the field have the same key, and equality is that of `eq`: folded for text.
std::string plain_key(const FieldPath& field, const std::string& column) {
  if (is_text_kind(field.kind))
    return "CASE WHEN " + column + " IS NULL OR " + column + " = '' THEN NULL ELSE " + column +
           "_f END";
  if (field.kind == K::choice) return "NULLIF(" + column + ", '')";
  return column;
}

}  // namespace

Error aggregate_error(std::string_view code, std::string_view path) {
  return field_error("aggregates/" + std::string(code), std::string(path), std::string(code));
}

// Links that may not be read join nothing: their fields are empty.
Result<std::string> AggregatePlan::alias_of(const FieldPath& field, std::string_view path) {
  std::string at = "t", so_far;
  for (const auto& step : field.steps) {
    if (step.field->kind == K::links) return aggregate_error("wrong_kind", path);
    so_far += step.field->name + ".";
    const auto known = std::find_if(joined_.begin(), joined_.end(),
                                    [&](const auto& one) { return one.first == so_far; });
    if (known != joined_.end()) {
      at = known->second;
      continue;
    }
    const std::string alias = "l" + std::to_string(joined_.size() + 1);
    SqlText rights{"", std::move(sql_.values)};
    const bool limited = append_rights(context_, *step.to, access::Action::read, alias, rights);
    sql_.values = std::move(rights.values);
    joins_ += " LEFT JOIN " + step.to->table + " " + alias + " ON " + alias + ".id = " + at + "." +
              step.field->name + (limited ? " AND " + rights.text : "");
    joined_.emplace_back(so_far, alias);
    at = alias;
  }
  return at;
}

Result<std::string> AggregatePlan::column_of(std::string_view path, FieldPath& field) {
  field = TRY(resolve_field(context_, type_, path));
  const std::string column = TRY(alias_of(field, path)) + "." + field.column;
  return field.kind == K::money ? column + "_base" : column;
}

Status AggregatePlan::add_keys(const std::vector<GroupBy>& fields) {
  if (fields.size() > limits::group_fields_max) return aggregate_error("too_many", "group_by");
  for (const auto& by : fields) TRY(add_key(by));
  return {};
}

Status AggregatePlan::add_key(const GroupBy& by) {
  KeyPlan key{by, {}, {}, {}, {}};
  key.column = TRY(column_of(by.path, key.field));
  const K kind = key.field.kind;
  if (!is_groupable(kind)) return aggregate_error("wrong_kind", by.path);
  if (is_time(kind) && !by.unit) key.by.unit = TimeUnit::day;
  key.by.first_month = context_.dictionary.installation.fiscal_year_start_month;
  if (by.unit && (!is_time(kind) || (kind == K::date && *by.unit == TimeUnit::hour)))
    return aggregate_error("wrong_kind", by.path);
  if (is_text_kind(kind)) key.label = "min(" + key.column + ")";
  keys_.push_back(std::move(key));
  return {};
}

void AggregatePlan::finish_keys(const RangeOf& range_of) {
  const auto zone = TimeZone::find(context_.scope.actor.time_zone).value_or(TimeZone::utc());
  for (auto& key : keys_) {
    if (key.field.kind == K::instant)
      key.expression =
          instant_bucket(key.column, key.buckets(), zone, range_of(key.field, key.column), sql_);
    else if (key.field.kind == K::date)
      key.expression = date_bucket(key.column, key.buckets(), context_.engine);
    else
      key.expression = plain_key(key.field, key.column);
  }
}

// Denominators follow all that was asked for, so that the answer's first values are the question's.
Status AggregatePlan::add_measures(const std::vector<Measure>& measures) {
  if (measures.empty() || measures.size() > limits::measures_max)
    return aggregate_error("invalid", "measures");
  for (const auto& measure : measures) TRY(add_measure(measure));
  for (std::size_t i = 0; i < measures.size(); ++i) {
    if (measures[i].over.empty()) continue;
    if (!measures[i].over.front().over.empty()) return aggregate_error("invalid", "measures");
    TRY(add_measure(measures[i].over.front()));
    measures_[i].over = measures_.size() - 1;
  }
  return {};
}

Status AggregatePlan::measure_unit(const Measure& measure, const FieldPath& field,
                                   MeasurePlan& plan) {
  using M = Measure::Kind;
  using U = MeasureUnit::Kind;
  const bool extreme = measure.kind == M::minimum || measure.kind == M::maximum;
  const bool fits = measure.kind == M::distinct   ? is_groupable(field.kind)
                    : measure.kind == M::weighted ? field.kind == K::money || field.part == "minor"
                    : extreme                     ? is_number(field.kind) || is_time(field.kind)
                                                  : is_number(field.kind);
  if (!fits) return aggregate_error("wrong_kind", measure.path);
  if (measure.kind == M::distinct) return {};
  if (field.kind == K::money)
    plan.unit = {U::money, context_.base_scale};
  else if (field.kind == K::decimal)
    plan.unit = {U::scaled, field.scale};
  else if (is_time(field.kind))
    plan.unit = {field.kind == K::date ? U::date : U::instant, 0};
  const bool middle = measure.kind == M::average || measure.kind == M::median;
  if (middle && plan.unit.kind == U::whole) plan.unit.kind = U::real;
  return {};
}

Status AggregatePlan::add_measure(const Measure& measure) {
  MeasurePlan plan;
  plan.kind = measure.kind;
  plan.first_part = parts_.size();
  TRY(add_parts(measure, plan));
  measures_.push_back(std::move(plan));
  return {};
}

Status AggregatePlan::add_parts(const Measure& measure, MeasurePlan& plan) {
  using M = Measure::Kind;
  std::string value = "1";
  if (measure.kind != M::count) {
    FieldPath field;
    value = TRY(column_of(measure.path, field));
    TRY(measure_unit(measure, field, plan));
    if (measure.kind == M::distinct) value = plain_key(field, value);
  }
  if (measure.kind == M::weighted) {
    FieldPath field;
    const std::string weight = TRY(column_of(measure.weight, field));
    if (field.kind != K::integer) return aggregate_error("wrong_kind", measure.weight);
    value = "(" + value + " * " + weight + ")";
  }
  if (measure.where) {
    SqlText condition{"", std::move(sql_.values)};
    const auto written = append_criteria(context_, type_, "t", *measure.where, condition);
    sql_.values = std::move(condition.values);
    TRY(written);
    value = "CASE WHEN " + condition.text + " THEN " + value + " END";
  }
  const std::string sum = "CAST(COALESCE(sum(" + value + "), 0) AS BIGINT)";
  const std::string number = "count(" + value + ")";
  switch (measure.kind) {
    case M::count:
      add_part(measure.where ? number : "count(*)", Merge::add);
      break;
    case M::distinct:
      add_part("count(DISTINCT " + value + ")", Merge::none);
      break;
    case M::sum:
    case M::weighted:
      add_part(sum, Merge::add);
      break;
    case M::average:
      add_part(sum, Merge::add);
      add_part(number, Merge::add);
      break;
    case M::minimum:
      add_part("min(" + value + ")", Merge::least);
      break;
    case M::maximum:
      add_part("max(" + value + ")", Merge::greatest);
      break;
    case M::median:
      plan.median_of = value;
      add_part({}, Merge::none);
      add_part({}, Merge::none);
      break;
  }
  return {};
}

}  // namespace fokus::records
