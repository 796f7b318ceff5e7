// SPDX-License-Identifier: Apache-2.0
#include "features/imports/match_lookup.hpp"

#include <algorithm>
#include <array>

#include "base/text.hpp"

namespace fokus::imports {
namespace {

using records::Field;
using records::FieldKind;

constexpr char key_separator = '\x1f';
constexpr std::array<std::string_view, 5> address_parts = {"street", "postcode", "city", "region",
                                                           "country"};

std::string render(const store::Value& value) {
  if (const auto* n = std::get_if<std::int64_t>(&value)) return std::to_string(*n);
  if (const auto* s = std::get_if<std::string>(&value)) return *s;
  return {};
}

std::string match_column(const MappedField& mapped) {
  if (!mapped.part.empty()) return mapped.field->name + "_" + mapped.part + "_f";
  const auto columns = records::columns_of(*mapped.field);
  return columns.size() == 2 ? columns[1].name : columns[0].name;
}

bool is_contact(const records::RecordType& type, const MappedField& mapped) {
  const auto kind = mapped.field->kind;
  return type.contact_points && (kind == FieldKind::phone || kind == FieldKind::email);
}

bool is_indexed(const records::RecordType& type, const MappedField& mapped,
                const std::string& column) {
  if (mapped.field->indexed || mapped.field->unique || mapped.field->name == "id") return true;
  return std::any_of(type.indexes.begin(), type.indexes.end(),
                     [&](const auto& index) { return !index.empty() && index.front() == column; });
}

}  // namespace

std::string_view cell_at(const Cells& cells, std::size_t column) {
  if (column >= cells.size()) return {};
  return trim(without_guard(cells[column]));
}

MatchLookup::MatchLookup(const records::CriteriaContext& context,
                         const records::FieldContext& fields, const TargetPlan& plan,
                         const CellStyle& style)
    : context_(context), fields_(fields), plan_(plan), style_(style) {
  bool lead_is_fast = false;
  for (const std::size_t i : plan.match) {
    const auto& mapped = plan.fields[i];
    matches_.push_back({&mapped, match_column(mapped), is_contact(*plan.type, mapped)});
    const bool fast =
        matches_.back().contact || is_indexed(*plan.type, mapped, matches_.back().column);
    if (fast && !lead_is_fast) lead_ = matches_.size() - 1, lead_is_fast = true;
  }
  // Contact points are looked up through their own index only as the lead.
  for (std::size_t i = 0; i < matches_.size(); ++i) matches_[i].contact &= i == lead_;
}

std::optional<store::Value> MatchLookup::folded(const MappedField& mapped,
                                                std::string_view cell) const {
  if (cell.empty()) return std::nullopt;
  Field field = *mapped.field;
  if (!mapped.part.empty())
    field.kind = mapped.part == "country" ? FieldKind::country : FieldKind::text;
  if (field.name == "id") field.kind = FieldKind::integer;
  const auto parsed = records::parse_field_input(
      fields_, field, cell_to_value(fields_.dictionary, field, cell, style_));
  if (!parsed) return std::nullopt;
  const auto& value = parsed->size() == 2 ? parsed->at(1) : parsed->at(0);
  if (store::is_null(value)) return std::nullopt;
  return value;
}

std::optional<MatchKey> MatchLookup::key_of(const Cells& cells) const {
  if (matches_.empty()) return std::nullopt;
  MatchKey key;
  for (std::size_t i = 0; i < matches_.size(); ++i) {
    const auto value = folded(*matches_[i].mapped, cell_at(cells, matches_[i].mapped->column));
    if (!value) return std::nullopt;
    key.text += render(*value) + key_separator;
    if (i == lead_) key.lead = *value;
  }
  return key;
}

std::vector<std::pair<std::string, std::string>> MatchLookup::state_columns() const {
  std::map<std::string, std::string> columns;
  for (const auto& mapped : plan_.fields) {
    const auto& name = mapped.field->name;
    // Of many: they are no columns of the record.
    if (mapped.is_points() || mapped.field->kind == FieldKind::links) continue;
    if (mapped.field->kind == FieldKind::money)
      columns[name + ".currency"] = records::columns_of(*mapped.field)[1].name;
    if (mapped.field->kind != FieldKind::address) {
      columns[name] = records::columns_of(*mapped.field)[0].name;
      continue;
    }
    for (const auto part : address_parts)
      columns[name + "." + std::string(part)] = name + "_" + std::string(part);
  }
  return {columns.begin(), columns.end()};
}

std::string MatchLookup::select_text(records::SqlText& sql,
                                     const std::vector<store::Value>& leads) const {
  const auto& type = *plan_.type;
  std::string columns = "t.id";
  for (std::size_t i = 0; i < matches_.size(); ++i)
    columns += matches_[i].contact ? ", p.value_f" : ", t." + matches_[i].column;
  for (const auto& [name, column] : state_columns()) columns += ", t." + column;
  std::string where = " WHERE ";
  std::string from = " FROM " + type.table + " t";
  if (matches_[lead_].contact) {
    from = " FROM contact_points p JOIN " + type.table + " t ON t.id = p.record_id";
    where += "p.record_type = " + sql.bind(type.name) + " AND p.value_f IN (";
  } else {
    where += "t." + matches_[lead_].column + " IN (";
  }
  // Always the same number of places, so that the statement stays prepared.
  for (std::size_t i = 0; i < limits::rows_per_look_up; ++i)
    where += (i ? ", " : "") + sql.bind(leads[std::min(i, leads.size() - 1)]);
  return "SELECT " + columns + from + where + ") AND t.archived_at IS NULL";
}

std::map<std::string, std::vector<Existing>> MatchLookup::find(
    store::Session& session, const std::vector<store::Value>& leads) const {
  std::map<std::string, std::vector<Existing>> found;
  if (leads.empty() || matches_.empty()) return found;
  CHECK(leads.size() <= limits::rows_per_look_up);
  records::SqlText sql;
  const std::string select = select_text(sql, leads);
  append_rights(sql);
  const std::string text = select + sql.text + " ORDER BY t.id";
  const auto params = sql.params();
  const auto rows = session.query(text, store::Params(params));
  const auto states = state_columns();
  while (rows->next()) {
    Existing one;
    one.id = rows->integer(0);
    std::string key;
    for (std::size_t i = 0; i < matches_.size(); ++i)
      key += render(rows->value(static_cast<int>(i + 1))) + key_separator;
    for (std::size_t i = 0; i < states.size(); ++i) {
      const int column = static_cast<int>(1 + matches_.size() + i);
      if (!rows->is_null(column)) one.current[states[i].first] = render(rows->value(column));
    }
    auto& all = found[key];
    // A phone may stand twice with one record.
    if (all.empty() || all.back().id != one.id) all.push_back(std::move(one));
  }
  return found;
}

void MatchLookup::append_rights(records::SqlText& sql) const {
  if (plan_.type->system) return;
  records::SqlText rights{"", sql.values};
  if (!records::append_rights(context_, *plan_.type, access::Action::read, "t", rights)) return;
  sql.text = " AND " + rights.text;
  sql.values = std::move(rights.values);
}

std::vector<Existing> MatchLookup::of_ids(store::Session& session,
                                          const std::vector<std::int64_t>& ids) const {
  std::vector<Existing> out;
  const auto states = state_columns();
  for (const auto id : ids) {
    records::SqlText sql;
    std::string text = "SELECT t.id";
    for (const auto& [name, column] : states) text += ", t." + column;
    text += " FROM " + plan_.type->table + " t WHERE t.id = " + sql.bind(id) +
            " AND t.archived_at IS NULL";
    append_rights(sql);
    const auto params = sql.params();
    const auto rows = session.query(text + sql.text, store::Params(params));
    if (!rows->next()) continue;
    Existing one;
    one.id = rows->integer(0);
    for (std::size_t i = 0; i < states.size(); ++i) {
      const int column = static_cast<int>(i + 1);
      if (!rows->is_null(column)) one.current[states[i].first] = render(rows->value(column));
    }
    out.push_back(std::move(one));
  }
  return out;
}

}  // namespace fokus::imports
