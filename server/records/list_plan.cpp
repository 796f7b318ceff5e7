// SPDX-License-Identifier: Apache-2.0
#include "records/list_plan.hpp"

#include "base/check.hpp"
#include "base/text.hpp"
#include "records/rights.hpp"

namespace fokus::records {
namespace {

constexpr std::size_t join_depth_max = 3;
// SQLite joins 64 tables at most. Names of links beyond these come by subqueries, which cost more;
// paths beyond them are refused.
constexpr std::size_t joins_max = 40, paths_max = 60;
constexpr std::size_t sorted_items_max = 50;
constexpr std::size_t where_bytes = 512;  // room for what most statements still get
constexpr std::size_t plans_max = 500;

Error too_many(std::size_t most) {
  return field_error("records/too_many_fields", "fields", "too_many",
                     {{"max", std::to_string(most)}});
}

Error unknown_field(std::string_view path) {
  return field_error("records/unknown_field", std::string(path), "unknown_field");
}

// List items sort in the order an administrator gave them, not by their key.
std::string choice_order(const Dictionary& dictionary, const Field& field,
                         const std::string& column, SqlText& sql) {
  const auto list = dictionary.lists.find(field.list);
  if (list == dictionary.lists.end() || list->second.empty() ||
      list->second.size() > sorted_items_max)
    return column;
  std::string out = "CASE " + column;
  int position = 0;
  for (const auto& item : list->second)
    out += " WHEN " + sql.bind(item.key) + " THEN " + std::to_string(++position);
  return out + " ELSE NULL END";
}

std::string join_text(const std::vector<std::string>& parts) {
  return fokus::join(parts, ", ");
}

std::string order_column(const Field& field) {
  if (field.kind == FieldKind::money) return field.name + "_base";
  if (field.kind == FieldKind::address) return field.name + "_city";
  if (field.kind == FieldKind::file) return field.name + "_name";
  return field.name;
}

}  // namespace

ListPlan::ListPlan(const CriteriaContext& context, const RecordType& type)
    : context_(&context), engine_(context.engine), type_(type) {
  columns_ = {"t.id", "t.version"};
  joined_.push_back({"", {&type, "t"}});
}

int ListPlan::add_column(std::string expression) {
  columns_.push_back(std::move(expression));
  return static_cast<int>(columns_.size()) - 1;
}

ListPlan::Step ListPlan::join(const Step& from, const Field& link, const std::string& path) {
  for (const auto& [known, step] : joined_)
    if (known == path) return step;
  const RecordType* target = context_->dictionary.find(link.target);
  CHECK(target);
  Step step{target, "l" + std::to_string(joined_.size())};
  joins_.text += " LEFT JOIN " + target->table + " " + step.alias + " ON " + step.alias +
                 ".id = " + from.alias + "." + link.name;
  if (!target->system) {
    SqlText rights{"", std::move(joins_.values)};
    if (append_rights(*context_, *target, access::Action::read, step.alias, rights))
      joins_.text += " AND " + rights.text;
    joins_.values = std::move(rights.values);
  }
  joined_.emplace_back(path, step);
  return step;
}

Result<ListPlan::Step> ListPlan::walk(std::string_view path, std::string_view& last) {
  const auto parts = split(path, '.');
  if (parts.size() > join_depth_max + 1) return unknown_field(path);
  Step at = joined_.front().second;
  std::string so_far;
  for (std::size_t i = 0; i + 1 < parts.size(); ++i) {
    const Field* link = at.type->find(parts[i]);
    if (!link || !is_link_kind(link->kind) || link->hidden) return unknown_field(path);
    so_far += (so_far.empty() ? "" : ".") + std::string(parts[i]);
    at = join(at, *link, so_far);
    if (joined_.size() > paths_max) return too_many(paths_max);
  }
  last = parts.back();
  return at;
}

Status ListPlan::add_output(std::string_view path) {
  std::string_view last;
  const Step at = TRY(walk(path, last));
  const Field* field = at.type->find(last);
  if (!field || field->hidden) return unknown_field(path);
  Output out{std::string(path), field, 0, -1, is_masked(context_->scope, *field)};
  if (field->kind == FieldKind::links) return {};
  if (out.masked) {
    outputs_.push_back(std::move(out));
    return {};
  }
  bool first = true;
  for (const auto& column : columns_of(*field)) {
    const int index = add_column(at.alias + "." + column.name);
    if (first) out.column = index;
    first = false;
  }
  if (is_link_kind(field->kind) && joined_.size() >= joins_max)
    out.name_column = look_up_name(at, *field, path);
  else if (is_link_kind(field->kind))
    out.name_column = add_column(join(at, *field, std::string(path)).alias + ".name");
  note_persons(path);
  outputs_.push_back(std::move(out));
  return {};
}

// What join() does, without one. A person behind the link is noted here, because no path leads
// there.
int ListPlan::look_up_name(const Step& from, const Field& link, std::string_view path) {
  const RecordType* target = context_->dictionary.find(link.target);
  CHECK(target);
  std::string rows = " FROM " + target->table + " o WHERE o.id = " + from.alias + "." + link.name;
  SqlText rights{"", std::move(joins_.values)};
  if (!target->system && append_rights(*context_, *target, access::Action::read, "o", rights))
    rows += " AND " + rights.text;
  joins_.values = std::move(rights.values);
  if (target->about_person)
    persons_.push_back({std::string(path), target->name, add_column("(SELECT o.id" + rows + ")")});
  return add_column("(SELECT o.name" + rows + ")");
}

// Whatever is put out of a person, or of a record behind one, tells of that person. The id is that
// of the joined row, which is none for whom the viewer may not see.
void ListPlan::note_persons(std::string_view path) {
  for (const auto& [known, step] : joined_) {
    const bool passed = !known.empty() && step.type->about_person && path.starts_with(known) &&
                        (path.size() == known.size() || path[known.size()] == '.');
    const auto noted = [&](const Persons& one) { return one.path == known; };
    if (passed && std::none_of(persons_.begin(), persons_.end(), noted))
      persons_.push_back({known, step.type->name, add_column(step.alias + ".id")});
  }
}

Status ListPlan::add_order(const SortKey& key) {
  std::string_view last;
  const Step at = TRY(walk(key.path, last));
  const Field* field = at.type->find(last);
  if (!field || field->hidden || field->kind == FieldKind::links) return unknown_field(key.path);
  if (is_masked(context_->scope, *field))
    return field_error("criteria/masked_field", key.path, "masked");
  OrderKey out;
  out.descending = key.descending;
  out.nullable = !(at.alias == "t" && field->read_only && field->name != "archived_at" &&
                   field->name != "quality_score");
  const std::string column = at.alias + "." + order_column(*field);
  out.expression = column;
  if (is_link_kind(field->kind))
    out.expression = join(at, *field, key.path).alias + ".name";
  else if (field->kind == FieldKind::choice)
    out.expression = choice_order(context_->dictionary, *field, column, joins_);
  const bool in_list_order = field->kind == FieldKind::choice && out.expression != column;
  out.textual = is_link_kind(field->kind) || field->kind == FieldKind::file ||
                (!in_list_order && columns_of(*field).front().ddl != "BIGINT");
  out.column = add_column(out.expression);
  order_.push_back(std::move(out));
  return {};
}

void ListPlan::finish_order() {
  const bool descending = !order_.empty() && order_.back().descending;
  order_.push_back({"t.id", descending, false, 0});
}

int ListPlan::column_of(std::string_view key) const {
  for (const auto& out : outputs_)
    if (out.key == key) return out.masked ? -1 : out.column;
  return -1;
}

void ListPlan::seal() {
  select_ = "SELECT " + join_text(columns_) + " FROM " + type_.table + " t" + joins_.text;
  context_ = nullptr;
}

void ListPlan::append_select(SqlText& sql) const {
  CHECK(sql.values.empty() && !select_.empty());  // the placeholders of the joins count from 1
  sql.values = joins_.values;
  sql.text.reserve(select_.size() + where_bytes);
  sql.text = select_;
}

void ListPlan::append_order(SqlText& sql) const {
  const bool postgres = engine_ == store::Engine::postgres;
  sql.text += " ORDER BY ";
  for (std::size_t i = 0; i < order_.size(); ++i) {
    const auto& key = order_[i];
    if (i > 0) sql.text += ", ";
    sql.text += key.expression + (key.descending ? " DESC" : "");
    // Empty values are the smallest on both engines. An index on the id has no such word.
    if (postgres && key.expression != "t.id")
      sql.text += key.descending ? " NULLS LAST" : " NULLS FIRST";
  }
}

void ListPlan::collect_seen(const store::Rows& rows, Seen& seen) const {
  for (const auto& one : persons_)
    if (!rows.is_null(one.column)) seen.add(one.type, rows.integer(one.column));
}

void ListPlan::write_row(JsonWriter& json, const store::Rows& rows) const {
  json.begin_object().field("id", rows.integer(0)).field("version", rows.integer(1));
  for (const auto& out : outputs_) {
    if (out.key == "id" || out.key == "version") continue;
    json.key(out.key);
    if (out.masked) {
      json.null();
    } else if (out.name_column < 0) {
      write_field(json, *out.field, rows, out.column);
    } else if (rows.is_null(out.column)) {
      json.null();
    } else {
      json.begin_object().field("id", rows.integer(out.column)).key("name");
      rows.is_null(out.name_column) ? json.null() : json.value(rows.text(out.name_column));
      json.end_object();
    }
  }
  json.end_object();
}

namespace {

// What the text of a plan depends on besides the dictionary.
std::string cache_key(const CriteriaContext& context, const PlanCache::Wish& wish) {
  const auto& actor = context.scope.actor;
  std::string key =
      fmt::format("{}|{}|{}|{}|{}|{}|{}", wish.type.name, wish.whole,
                  static_cast<const void*>(actor.permissions.get()), static_cast<int>(actor.kind),
                  actor.user.value, actor.primary_group.value, context.scope.see_restricted);
  for (const auto group : actor.other_groups) key += ',' + std::to_string(group.value);
  for (const auto& field : wish.fields) key.append("|").append(field);
  key += '|';
  for (const auto& sort : wish.sort) key.append(sort.descending ? "|-" : "|").append(sort.path);
  return key;
}

Result<std::shared_ptr<const ListPlan>> make_plan(const CriteriaContext& context,
                                                  const PlanCache::Wish& wish) {
  auto plan = std::make_shared<ListPlan>(context, wish.type);
  if (wish.whole) {
    for (const auto& field : wish.type.fields)
      if (!field.hidden && field.name != "id" && field.name != "version")
        TRY(plan->add_output(field.name));
  } else {
    for (const auto& field : wish.fields.empty() ? default_columns(wish.type) : wish.fields)
      TRY(plan->add_output(field));
    const std::vector<SortKey> newest{{"created_at", true}};
    for (const auto& key : wish.sort.empty() ? newest : wish.sort) TRY(plan->add_order(key));
    plan->finish_order();
  }
  plan->seal();
  return std::shared_ptr<const ListPlan>(std::move(plan));
}

}  // namespace

Result<std::shared_ptr<const ListPlan>> PlanCache::plan(const CriteriaContext& context,
                                                        const Wish& wish) {
  // A call that began before the dictionary was replaced has the type of the one before.
  if (wish.dictionary->find(wish.type.name) != &wish.type) return make_plan(context, wish);
  const std::string key = cache_key(context, wish);
  {
    std::lock_guard lock(mutex_);
    turn_to(wish.dictionary);
    const auto found = entries_.find(key);
    if (found != entries_.end()) return found->second.plan;
  }
  auto made = TRY(make_plan(context, wish));
  std::lock_guard lock(mutex_);
  turn_to(wish.dictionary);
  if (entries_.size() >= plans_max) entries_.clear();
  entries_.insert_or_assign(key, Entry{context.scope.actor.permissions, made});
  return made;
}

void PlanCache::turn_to(const DictionaryPtr& dictionary) {
  if (dictionary_ == dictionary) return;
  entries_.clear();
  dictionary_ = dictionary;
}

std::vector<std::string> default_columns(const RecordType& type) {
  std::vector<std::string> out;
  if (type.list_columns.is_array())
    for (const auto& column : type.list_columns.get_array()) out.emplace_back(column.as_string());
  if (out.empty()) out.emplace_back("name");
  return out;
}

}  // namespace fokus::records
