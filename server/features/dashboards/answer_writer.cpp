// SPDX-License-Identifier: Apache-2.0
#include "features/dashboards/answer_writer.hpp"

#include "base/text.hpp"
#include "records/aggregate_json.hpp"
#include "records/criteria_tree.hpp"

namespace fokus::dashboards {
namespace {

namespace json = boost::json;
using records::Aggregate;
using records::Measure;
using records::Node;
using records::NodePtr;

constexpr int groups_default = 50;
constexpr int buckets_default = 800;
constexpr int rows_default = 8;

NodePtr joined(const Node& base, std::initializer_list<const Node*> more) {
  std::vector<NodePtr> parts;
  parts.push_back(records::clone(base));
  for (const auto* one : more)
    if (one) parts.push_back(records::clone(*one));
  return records::make_group(Node::Kind::all, std::move(parts));
}

std::string label_text(const records::Labels& labels, const std::string& language,
                       const std::string& fallback) {
  for (const std::string& wanted : {language, std::string("en")})
    if (const auto text = labels.find(wanted); text != labels.end()) return text->second;
  return fallback;
}

std::string_view unit_name(records::MeasureUnit::Kind kind) {
  constexpr std::string_view names[] = {"whole", "scaled", "money", "real", "date", "instant"};
  return names[static_cast<std::size_t>(kind)];
}

std::string text_of(const json::object& o, std::string_view key) {
  const auto* v = o.if_contains(key);
  return v && v->is_string() ? std::string(v->get_string()) : std::string();
}

// The groups that are shown, by their first key; null when no filter can say it.
NodePtr shown_groups(const Aggregate& found, std::size_t keys) {
  if (!found.others) return nullptr;
  std::vector<NodePtr> shown;
  for (const auto& group : found.groups) {
    if (!group.criteria) return nullptr;
    const Node& first = keys > 1 ? *group.criteria->children.front() : *group.criteria;
    if (shown.empty() || !records::equal(*shown.back(), first))
      shown.push_back(records::clone(first));
  }
  return records::make_group(Node::Kind::any, std::move(shown));
}

bool is_time(const records::AggregateQuery& query) {
  return query.group_by.size() == 1 && query.group_by.front().unit.has_value();
}

}  // namespace

Status AnswerWriter::write() {
  json_.begin_object();
  write_head();
  TRY(d_.is_list() ? write_list() : write_chart());
  json_.end_object();
  return {};
}

void AnswerWriter::write_head() {
  json_.field("kind", d_.is_list() ? "list" : "chart").field("presentation", d_.presentation);
  json_.field("title", title_of(d_, c_.scope.actor.language));
  json_.field("record_type", q_.type->name).field("plural", q_.type->plural);
  json_.field("filter", records::render_filter(*q_.criteria));
  json_.field("as_of", render_instant(c_.now)).key("applied").begin_array();
  for (const auto& name : q_.applied) json_.value(name);
  json_.end_array().key("depends_on").begin_array();
  for (const auto& type : q_.types) json_.value(type);
  json_.end_array();
  if (const auto* target = d_.json.if_contains("target"))
    json_.key("target").raw(json::serialize(*target));
}

Status AnswerWriter::write_list() {
  records::ListQuery list;
  list.criteria = q_.criteria.get();
  if (!d_.sort.empty()) list.sort = TRY(records::parse_sort(d_.sort));
  list.fields = d_.columns;
  list.limit = d_.limit == 0 ? rows_default : static_cast<int>(d_.limit);
  json_.field("sort", d_.sort).key("columns").begin_array();
  for (const auto& column : d_.columns) json_.value(column);
  json_.end_array().key("items");
  const auto page = TRY(c_.records.list(c_.session, c_.scope, *q_.type, list, json_));
  const auto count =
      TRY(c_.records.count(c_.session, c_.scope, *q_.type, list, records::limits::count_cap));
  json_.key("count").begin_object().field("value", count.value);
  json_.field("at_least", count.at_least).end_object();
  records::Seen seen = page.seen;
  if (q_.type->about_person)
    for (const auto id : page.ids) seen.add(q_.type->name, id);
  for (auto& [type, ids] : seen.types()) out_.named.push_back({type, ids});
  return {};
}

// A measure of its own condition counts the records that fulfil it; a ratio is about those below.
void AnswerWriter::add_counts() {
  auto& measures = q_.query.measures;
  asked_ = measures.size();
  for (std::size_t i = 0; i < asked_; ++i) {
    const auto& about = measures[i].over.empty() ? measures[i] : measures[i].over.front();
    Behind behind;
    if (about.where) {
      Measure count;
      count.where = records::clone(*about.where);
      behind.count = measures.size();
      measures.push_back(std::move(count));
    }
    behind_.push_back(behind);
  }
  // Only now: the vector no longer moves.
  for (std::size_t i = 0; i < asked_; ++i)
    if (behind_[i].count) behind_[i].where = measures[*behind_[i].count].where.get();
}

Result<Aggregate> AnswerWriter::ask(const Node& criteria, bool all_groups) {
  auto& query = q_.query;
  query.criteria = &criteria;
  const auto limit = query.limit;
  const bool others = query.others;
  if (d_.limit == 0) query.limit = is_time(query) ? buckets_default : groups_default;
  if (all_groups) query.limit = records::limits::groups_shown_max, query.others = false;
  auto found = c_.records.aggregate(c_.session, c_.scope, *q_.type, query);
  query.limit = limit;
  query.others = others;
  return found;
}

Status AnswerWriter::write_chart() {
  if (is_own_amount()) TRY(split_by_currency());
  add_counts();
  Aggregate found = TRY(ask(*q_.criteria, false));
  std::optional<Aggregate> before;
  if (q_.compared) before = TRY(ask(*q_.compared, true));
  settle_units(found);
  const bool by_position = is_time(q_.query);
  NodePtr shown = shown_groups(found, q_.query.group_by.size());
  const bool in_time =
      by_position && !found.truncated &&
      (!q_.query.order || (q_.query.order->by_group && !q_.query.order->descending));
  const auto filled = [&](Aggregate& from, const std::optional<records::Days>& days) {
    auto rows = rows_of(from);
    if (!in_time) return rows;
    records::GroupBy by = q_.query.group_by.front();
    by.first_month = c_.dictionary.installation.fiscal_year_start_month;
    return without_gaps(std::move(rows), by, q_.query.measures, days);
  };
  std::optional<std::vector<ChartRow>> rows_before;
  if (before) rows_before = filled(*before, q_.compared_days);
  const auto rows = beside(filled(found, q_.days), std::move(rows_before), by_position);
  write_measures();
  write_groups_head();
  json_.key("groups").begin_array();
  for (const auto& row : rows) write_row(row);
  json_.end_array();
  write_others(found, std::move(shown));
  write_total(found, before);
  write_comparison();
  write_currency();
  json_.field("truncated", found.truncated);
  remember_names(rows);
  remember_count(found.count);
  return {};
}

void AnswerWriter::write_measures() {
  const auto* written = d_.json.if_contains("measures");
  json_.key("measures").begin_array();
  for (std::size_t i = 0; i < asked_; ++i) {
    json::object one;
    const std::size_t from = own_.empty() ? i : 0;
    if (written && from < written->get_array().size() && written->get_array()[from].is_object())
      one = written->get_array()[from].get_object();
    json_.begin_object().field("kind", one.contains("kind") ? text_of(one, "kind") : "count");
    const auto path = text_of(one, "field");
    json_.key("field");
    path.empty() ? json_.null() : json_.value(path);
    json_.key("field_label");
    path.empty() ? json_.null() : json_.value(path_label(path));
    const auto label = in_language(one.if_contains("label"), c_.scope.actor.language);
    json_.key("label");
    label.empty() ? json_.null() : json_.value(label);
    json_.field("unit", unit_name(units_[i].kind)).key("currency");
    const bool money = units_[i].kind == records::MeasureUnit::Kind::money;
    money ? json_.value(currency_of(i)) : json_.null();
    json_.end_object();
  }
  json_.end_array();
}

const records::Field* AnswerWriter::field_at(std::string_view path) const {
  const records::RecordType* type = q_.type;
  const records::Field* field = nullptr;
  for (const auto segment : split(path, '.')) {
    field = type ? type->find(segment) : nullptr;
    if (!field) return nullptr;
    type = c_.dictionary.find(field->kind == records::FieldKind::user    ? "user"
                              : field->kind == records::FieldKind::group ? "group"
                                                                         : field->target);
  }
  return field;
}

std::string AnswerWriter::path_label(std::string_view path) const {
  std::vector<std::string> words;
  for (std::size_t end = path.find('.');; end = path.find('.', end + 1)) {
    const auto* field = field_at(path.substr(0, end));
    words.push_back(field ? label_text(field->label, c_.scope.actor.language, field->name)
                          : std::string(path));
    if (end == path.npos) break;
  }
  return join(words, " · ");
}

void AnswerWriter::write_groups_head() {
  json_.key("group_by").begin_array();
  for (const auto& by : q_.query.group_by) {
    const auto* field = field_at(by.path);
    json_.begin_object().field("field", by.path).field("label", path_label(by.path));
    json_.field("kind", field ? records::field_kind_name(field->kind) : "text").key("by");
    by.unit ? json_.value(records::time_unit_name(*by.unit)) : json_.null();
    json_.key("list");
    field && !field->list.empty() ? json_.value(field->list) : json_.null();
    json_.end_object();
  }
  json_.end_array();
}

void AnswerWriter::write_key(std::size_t at, const records::GroupKey& key) {
  json_.begin_object().key("value");
  if (const auto* n = std::get_if<std::int64_t>(&key.value))
    key.is_boolean ? json_.value(*n != 0) : json_.value(*n);
  else if (const auto* real = std::get_if<double>(&key.value))
    json_.value(*real);
  else if (const auto* text = std::get_if<std::string>(&key.value))
    json_.value(*text);
  else
    json_.null();
  json_.key("label");
  key.label.empty() ? json_.null() : json_.value(key.label);
  const auto* field = field_at(q_.query.group_by[at].path);
  const auto* text = std::get_if<std::string>(&key.value);
  const auto* item = field && text ? c_.dictionary.find_item(field->list, *text) : nullptr;
  if (item && !item->colour.empty()) json_.field("colour", item->colour);
  json_.end_object();
}

// Each number with what it counts and the filter that lists it.
void AnswerWriter::write_cells(std::string_view name, const ChartRow& row, const Node& base) {
  json_.key(name).begin_array();
  for (std::size_t i = 0; i < asked_; ++i) {
    json_.begin_object().key("value");
    const auto value = worth(i, row.values[i]);
    records::write_value(json_, units_[i], currency_of(i), value);
    json_.key("number");
    const auto number = records::real_of(units_[i], value);
    number ? json_.value(*number) : json_.null();
    std::int64_t count = row.count;
    if (behind_[i].count) {
      const auto* n = std::get_if<std::int64_t>(&row.values[*behind_[i].count]);
      count = n ? *n : 0;
    }
    json_.field("count", count).key("filter");
    row.criteria
        ? json_.value(records::render_filter(*joined(base, {row.criteria.get(), behind_[i].where})))
        : json_.null();
    json_.end_object();
  }
  json_.end_array();
}

void AnswerWriter::write_row(const ComparedRow& one) {
  json_.begin_object().key("keys").begin_array();
  for (std::size_t i = 0; i < one.row.keys.size(); ++i) write_key(i, one.row.keys[i]);
  json_.end_array();
  write_cells("cells", one.row, *q_.criteria);
  if (one.before) write_cells("before", *one.before, *q_.compared);
  json_.end_object();
}

// What the limit cut off: everything but the groups that are shown.
void AnswerWriter::write_others(const Aggregate& found, NodePtr shown) {
  json_.key("others");
  if (!found.others) {
    json_.null();
    return;
  }
  ChartRow row;
  row.values = *found.others;
  row.count = found.others_count;
  if (shown) row.criteria = records::make_negation(std::move(shown));
  json_.begin_object();
  write_cells("cells", row, *q_.criteria);
  json_.end_object();
}

void AnswerWriter::write_total(const Aggregate& found, const std::optional<Aggregate>& before) {
  const auto everything = [](const Aggregate& from) {
    ChartRow row;
    row.values = from.total;
    row.count = from.count;
    row.criteria = records::make_group(Node::Kind::all, {});
    return row;
  };
  json_.key("total").begin_object();
  write_cells("cells", everything(found), *q_.criteria);
  if (before) write_cells("before", everything(*before), *q_.compared);
  json_.end_object();
}

void AnswerWriter::write_comparison() {
  json_.key("comparison");
  if (!q_.compared) {
    json_.null();
    return;
  }
  json_.begin_object().field("kind", d_.comparison).key("selection");
  if (d_.compared_selection == 0) {
    json_.null();
  } else {
    // The engine has found it, so that the viewer may see it.
    const auto name =
        c_.session.query_text(c_.statements["dashboards.selection_name"], {d_.compared_selection});
    json_.begin_object().field("id", d_.compared_selection);
    json_.field("name", name.value_or("")).end_object();
  }
  const auto& days = q_.compared_days;
  json_.key("from");
  days ? json_.value(render_date(days->first)) : json_.null();
  json_.key("to");
  days ? json_.value(render_date(days->last)) : json_.null();
  json_.end_object();
}

void AnswerWriter::remember_count(std::int64_t count) {
  if (!q_.type->about_person) return;
  q_.query.criteria = q_.criteria.get();
  out_.counted = q_.type->name;
  out_.shape = "dashboard tile, " + records::render_shape(q_.query, count);
}

// Names of persons stand in the answer when it is grouped by a link to them.
void AnswerWriter::remember_names(const std::vector<ComparedRow>& rows) {
  for (std::size_t i = 0; i < q_.query.group_by.size(); ++i) {
    const auto* field = field_at(q_.query.group_by[i].path);
    const auto* target =
        field && !field->target.empty() ? c_.dictionary.find(field->target) : nullptr;
    if (!target || !target->about_person) continue;
    NamedRecords named{target->name, {}};
    for (const auto& one : rows)
      if (const auto* id = std::get_if<std::int64_t>(&one.row.keys[i].value))
        named.ids.push_back(*id);
    if (!named.ids.empty()) out_.named.push_back(std::move(named));
  }
}

}  // namespace fokus::dashboards
