// SPDX-License-Identifier: Apache-2.0
#include "records/list_plan.hpp"

#include "base/check.hpp"
#include "base/text.hpp"
#include "records/rights.hpp"

namespace fokus::records {
namespace {

constexpr std::size_t join_depth_max = 3;
constexpr std::size_t outputs_max = 100;
constexpr std::size_t sorted_items_max = 50;

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
    : context_(context), type_(type) {
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
  const RecordType* target = context_.dictionary.find(link.target);
  CHECK(target);
  Step step{target, "l" + std::to_string(joined_.size())};
  joins_.text += " LEFT JOIN " + target->table + " " + step.alias + " ON " + step.alias +
                 ".id = " + from.alias + "." + link.name;
  if (!target->system) {
    SqlText rights{"", std::move(joins_.values)};
    if (append_rights(context_, *target, access::Action::read, step.alias, rights))
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
  }
  last = parts.back();
  return at;
}

Status ListPlan::add_output(std::string_view path) {
  if (outputs_.size() >= outputs_max)
    return field_error("records/too_many_fields", "fields", "too_many", {{"max", "100"}});
  std::string_view last;
  const Step at = TRY(walk(path, last));
  const Field* field = at.type->find(last);
  if (!field || field->hidden) return unknown_field(path);
  Output out{std::string(path), field, 0, -1, is_masked(context_.scope, *field)};
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
  if (is_link_kind(field->kind)) {
    const auto other = join(at, *field, std::string(path));
    out.name_column = add_column(other.alias + ".name");
  }
  outputs_.push_back(std::move(out));
  return {};
}

Status ListPlan::add_order(const SortKey& key) {
  std::string_view last;
  const Step at = TRY(walk(key.path, last));
  const Field* field = at.type->find(last);
  if (!field || field->hidden || field->kind == FieldKind::links) return unknown_field(key.path);
  if (is_masked(context_.scope, *field))
    return field_error("criteria/masked_field", key.path, "masked");
  OrderKey out;
  out.descending = key.descending;
  out.nullable = !(at.alias == "t" && field->read_only && field->name != "archived_at");
  const std::string column = at.alias + "." + order_column(*field);
  out.expression = column;
  if (is_link_kind(field->kind))
    out.expression = join(at, *field, key.path).alias + ".name";
  else if (field->kind == FieldKind::choice)
    out.expression = choice_order(context_.dictionary, *field, column, joins_);
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

void ListPlan::append_select(SqlText& sql) const {
  CHECK(sql.values.empty());  // the placeholders of the joins count from 1
  sql.values = joins_.values;
  sql.text = "SELECT " + join_text(columns_) + " FROM " + type_.table + " t" + joins_.text;
}

void ListPlan::append_order(SqlText& sql) const {
  const bool postgres = context_.engine == store::Engine::postgres;
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

std::vector<std::string> default_columns(const RecordType& type) {
  std::vector<std::string> out;
  if (type.list_columns.is_array())
    for (const auto& column : type.list_columns.get_array()) out.emplace_back(column.as_string());
  if (out.empty()) out.emplace_back("name");
  return out;
}

}  // namespace fokus::records
