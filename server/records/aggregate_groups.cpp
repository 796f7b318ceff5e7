// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "base/text.hpp"
#include "records/aggregate_rows.hpp"
#include "records/number_forms.hpp"

namespace fokus::records {
namespace {

std::optional<std::int64_t> integer_of(const store::Value& value) {
  const auto* n = std::get_if<std::int64_t>(&value);
  return n ? std::optional(*n) : std::nullopt;
}

bool is_bucket(TimeUnit unit) {
  return unit != TimeUnit::weekday && unit != TimeUnit::hour;
}

std::string target_of(const KeyPlan& key) {
  if (key.field.kind == FieldKind::user) return "user";
  if (key.field.kind == FieldKind::group) return "group";
  return key.field.field->target;
}

// What SQL wrote: text, or a number that means another thing for dates than for moments.
std::int64_t start_of(const KeyPlan& key, const store::Value& value) {
  if (key.field.kind == FieldKind::date) return date_bucket_start(key.buckets(), value);
  return std::get<std::int64_t>(value);
}

std::string bucket_text(const KeyPlan& key, const store::Value& value) {
  if (const auto* text = std::get_if<std::string>(&value)) return *text;
  return render_bucket(key.buckets(), start_of(key, value));
}

std::string render_decimal(std::int64_t value, int scale) {
  std::string digits = std::to_string(std::abs(value));
  const auto width = static_cast<std::size_t>(scale);
  if (digits.size() <= width) digits.insert(0, width + 1 - digits.size(), '0');
  if (scale > 0) digits.insert(digits.size() - width, ".");
  return (value < 0 ? "-" : "") + digits;
}

// Of moments: what lies before and after the known years is in buckets of its own.
void keep_within_known_years(BucketDays& days) {
  days.first = std::max(days.first, Date{bucket_first_year, 1, 1});
  days.last = std::min(days.last, plus_days({bucket_end_year, 1, 1}, -1));
}

NodePtr time_criteria(const KeyPlan& key, const store::Value& value, NodePtr node) {
  const std::int64_t start = start_of(key, value);
  if (start == bucket_before || start == bucket_after) {
    node->op = start == bucket_before ? Op::lt : Op::ge;
    const int year = start == bucket_before ? bucket_first_year : bucket_end_year;
    node->terms = {Term{render_date({year, 1, 1})}};
    return node;
  }
  if (!is_bucket(*key.by.unit)) {
    node->op = *key.by.unit == TimeUnit::hour ? Op::hour : Op::weekday;
    node->terms = {Term{start}};
    return node;
  }
  auto days = bucket_days(key.buckets(), start);
  if (key.field.kind == FieldKind::instant) keep_within_known_years(days);
  node->op = Op::between;
  node->terms = {Term{render_date(days.first)}, Term{render_date(days.last)}};
  return node;
}

}  // namespace

GroupWriter::Place GroupWriter::place(std::size_t at, const GroupRow& row, std::size_t arrival) {
  const auto& key = plan_.keys()[at];
  const store::Value& value = row.keys[at];
  constexpr std::int64_t last = std::numeric_limits<std::int64_t>::max();
  if (store::is_null(value)) return {last, {}};
  if (key.field.kind == FieldKind::choice) return {list_position(key, value), {}};
  if (is_link_kind(key.field.kind)) return {name_position(key, value), {}};
  if (!key.label.empty()) return {static_cast<std::int64_t>(arrival), {}};
  if (const auto n = integer_of(value)) return {*n, {}};
  return {0, std::get<std::string>(value)};
}

void GroupWriter::load_names(std::size_t at, const std::vector<const GroupRow*>& rows) {
  const auto& key = plan_.keys()[at];
  if (!is_link_kind(key.field.kind)) return;
  const RecordType* target = context_.dictionary.find(target_of(key));
  if (!target) return;
  std::vector<std::string> places;
  SqlText sql;
  std::map<std::int64_t, bool> seen;
  for (const auto* row : rows)
    if (const auto id = integer_of(row->keys[at]); id && seen.try_emplace(*id, true).second)
      places.push_back(std::to_string(*id));
  if (places.empty()) return;
  sql.text = "SELECT t.id, t.name FROM " + target->table + " t WHERE t.id IN (" +
             join(places, ", ") + ") AND ";
  if (target->system || !append_rights(context_, *target, access::Action::read, "t", sql))
    sql.text += "1=1";
  sql.text += " ORDER BY t.name, t.id";
  const auto params = sql.params();
  auto found = session_.query(sql.text, store::Params(params));
  auto& names = names_[key.by.path];
  while (found->next())
    names[found->integer(0)] = {static_cast<std::int64_t>(names.size()),
                                std::string(found->text(1))};
}

GroupKey GroupWriter::render(std::size_t at, const GroupRow& row) {
  const auto& key = plan_.keys()[at];
  const store::Value& value = row.keys[at];
  GroupKey out{value, {}, key.field.kind == FieldKind::boolean};
  if (store::is_null(value)) return out;
  if (key.by.unit && is_bucket(*key.by.unit))
    out.value = bucket_text(key, value);
  else if (!key.label.empty())
    out.value = out.label = row.labels[at];
  else if (key.field.kind == FieldKind::choice)
    out.label = item_label(key, std::get<std::string>(value));
  else if (is_link_kind(key.field.kind))
    out.label = names_[key.by.path][std::get<std::int64_t>(value)].second;
  else if (key.field.kind == FieldKind::decimal)
    out.value = as_real({MeasureUnit::Kind::scaled, key.field.scale}, value);
  return out;
}

NodePtr GroupWriter::criteria(std::size_t at, const GroupRow& row) const {
  const auto& key = plan_.keys()[at];
  const store::Value& value = row.keys[at];
  auto node = std::make_unique<Node>();
  node->kind = Node::Kind::compare;
  node->path = key.by.path;
  if (store::is_null(value)) {
    node->op = Op::empty;
    return node;
  }
  if (key.by.unit) return time_criteria(key, value, std::move(node));
  // A group is made of one form of a number, where a filter would find all.
  const std::string exactly = has_number_forms(key.field.kind) ? "=" : "";
  if (!key.label.empty())
    node->terms = {Term{exactly + row.labels[at]}};
  else if (const auto* text = std::get_if<std::string>(&value))
    node->terms = {Term{*text}};
  else if (key.field.kind == FieldKind::boolean)
    node->terms = {Term{std::get<std::int64_t>(value) != 0}};
  else if (key.field.kind == FieldKind::decimal)
    node->terms = {Term{render_decimal(std::get<std::int64_t>(value), key.field.scale)}};
  else
    node->terms = {Term{std::get<std::int64_t>(value)}};
  return node;
}

std::string GroupWriter::item_label(const KeyPlan& key, const std::string& item) const {
  const auto* found = context_.dictionary.find_item(key.field.field->list, item);
  if (!found) return item;
  const auto text = found->label.find(context_.scope.actor.language);
  if (text != found->label.end()) return text->second;
  const auto english = found->label.find("en");
  return english == found->label.end() ? item : english->second;
}

std::int64_t GroupWriter::list_position(const KeyPlan& key, const store::Value& value) const {
  const auto list = context_.dictionary.lists.find(key.field.field->list);
  std::int64_t at = 0;
  if (list != context_.dictionary.lists.end())
    for (const auto& item : list->second) {
      if (item.key == std::get<std::string>(value)) return at;
      ++at;
    }
  return at;
}

std::int64_t GroupWriter::name_position(const KeyPlan& key, const store::Value& value) {
  const auto& names = names_[key.by.path];
  const auto found = names.find(std::get<std::int64_t>(value));
  return found == names.end() ? std::numeric_limits<std::int64_t>::max() - 1 : found->second.first;
}

}  // namespace fokus::records
