// SPDX-License-Identifier: Apache-2.0
#include "records/dictionary.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "base/check.hpp"
#include "base/text.hpp"

namespace fokus::records {
namespace {

constexpr std::array<std::pair<std::string_view, FieldKind>, 23> kind_names = {{
    {"text", FieldKind::text},           {"long_text", FieldKind::long_text},
    {"rich_text", FieldKind::rich_text}, {"integer", FieldKind::integer},
    {"decimal", FieldKind::decimal},     {"money", FieldKind::money},
    {"boolean", FieldKind::boolean},     {"date", FieldKind::date},
    {"instant", FieldKind::instant},     {"choice", FieldKind::choice},
    {"choices", FieldKind::choices},     {"link", FieldKind::link},
    {"links", FieldKind::links},         {"phone", FieldKind::phone},
    {"email", FieldKind::email},         {"url", FieldKind::url},
    {"address", FieldKind::address},     {"registration_number", FieldKind::registration_number},
    {"country", FieldKind::country},     {"language", FieldKind::language},
    {"user", FieldKind::user},           {"group", FieldKind::group},
    {"file", FieldKind::file},
}};

void add_text_columns(std::vector<Column>& out, const std::string& name) {
  out.push_back({name, "{sorted}"});
  out.push_back({name + "_f", "{exact}"});
}

template <class T>
const T* find_by_name(const std::vector<T>& all, std::string_view name) {
  for (const auto& one : all)
    if (one.name == name) return &one;
  return nullptr;
}

}  // namespace

std::optional<FieldKind> parse_field_kind(std::string_view name) {
  for (const auto& [text, kind] : kind_names)
    if (text == name) return kind;
  return std::nullopt;
}

std::string_view field_kind_name(FieldKind kind) {
  for (const auto& [text, known] : kind_names)
    if (known == kind) return text;
  return "text";
}

bool is_text_kind(FieldKind kind) {
  switch (kind) {
    case FieldKind::text:
    case FieldKind::long_text:
    case FieldKind::rich_text:
    case FieldKind::phone:
    case FieldKind::email:
    case FieldKind::url:
    case FieldKind::registration_number:
    case FieldKind::country:
    case FieldKind::language:
      return true;
    default:
      return false;
  }
}

std::size_t column_count(FieldKind kind) {
  switch (kind) {
    case FieldKind::links:
      return 0;
    case FieldKind::money:
      return 3;
    case FieldKind::file:
      return 4;
    case FieldKind::address:
      return 10;
    default:
      return is_text_kind(kind) ? 2 : 1;
  }
}

bool is_link_kind(FieldKind kind) {
  return kind == FieldKind::link || kind == FieldKind::user || kind == FieldKind::group;
}

namespace {

std::vector<Column> make_columns(const Field& field) {
  std::vector<Column> out;
  switch (field.kind) {
    case FieldKind::long_text:
    case FieldKind::rich_text:
      return {{field.name, "TEXT"}, {field.name + "_f", "TEXT"}};
    case FieldKind::money:
      return {{field.name, "BIGINT"},
              {field.name + "_currency", "{exact}"},
              {field.name + "_base", "BIGINT"}};
    case FieldKind::date:
    case FieldKind::choice:
    case FieldKind::choices:
      return {{field.name, "{exact}"}};
    case FieldKind::links:
      return {};
    case FieldKind::file:
      return {{field.name, "BIGINT"},
              {field.name + "_name", "{sorted}"},
              {field.name + "_size", "BIGINT"},
              {field.name + "_type", "{exact}"}};
    case FieldKind::address:
      for (const char* part : {"_street", "_postcode", "_city", "_region", "_country"})
        add_text_columns(out, field.name + part);
      return out;
    default:
      break;
  }
  if (is_text_kind(field.kind)) {
    add_text_columns(out, field.name);
    return out;
  }
  return {{field.name, "BIGINT"}};
}

void make_statements(RecordType& type) {
  std::vector<std::string> read, written, places;
  for (const auto& field : type.fields)
    for (const auto& column : field.columns) {
      read.push_back("t." + column.name);
      if (column.name != "id") written.push_back(column.name);
    }
  read.push_back(std::string("t.") + history_hash_column);
  written.emplace_back(history_hash_column);
  for (std::size_t i = 1; i <= written.size(); ++i) places.push_back("$" + std::to_string(i));
  type.draft_columns = join(read, ", ");
  type.insert = "INSERT INTO " + type.table + "(" + join(written, ", ") + ") VALUES (" +
                join(places, ", ") + ")";
}

}  // namespace

Field finish_field(Field field) {
  field.columns = make_columns(field);
  CHECK(field.columns.size() == column_count(field.kind));
  return field;
}

const Field* RecordType::find(std::string_view field) const {
  return find_by_name(fields, field);
}

const Backlink* RecordType::find_backlink(std::string_view name) const {
  return find_by_name(backlinks, name);
}

const RecordType* Dictionary::find(std::string_view singular) const {
  const auto at = types.find(singular);
  return at == types.end() ? nullptr : &at->second;
}

const RecordType* Dictionary::find_plural(std::string_view plural) const {
  for (const auto& [name, type] : types)
    if (type.plural == plural) return &type;
  return nullptr;
}

std::vector<const RecordType*> Dictionary::in_order() const {
  std::vector<const RecordType*> out;
  for (const auto& [name, type] : types) out.push_back(&type);
  std::stable_sort(out.begin(), out.end(), [](const RecordType* a, const RecordType* b) {
    return a->position < b->position;
  });
  return out;
}

const ListItem* Dictionary::find_item(std::string_view list, std::string_view key) const {
  const auto at = lists.find(list);
  if (at == lists.end()) return nullptr;
  for (const auto& item : at->second)
    if (item.key == key) return &item;
  return nullptr;
}

namespace {

bool is_number_kind(FieldKind kind) {
  return kind == FieldKind::integer || kind == FieldKind::decimal || kind == FieldKind::money;
}

// Fields that are about other fields must find them, of a kind that fits. The form of an
// administrator's field passes here too.
Status check_references(const RecordType& type, const Field& field) {
  const auto wrong = [&](std::string code, const std::string& name) {
    return field_error("records/bad_model", type.name + "." + field.name, std::move(code),
                       {{"field", name}});
  };
  for (const auto& name : field.follows)
    if (const auto* other = type.find(name); !other || other->kind != FieldKind::choice)
      return wrong("not_a_choice_field", name);
  std::size_t amounts = 0;
  for (const auto& name : field.product.factors) {
    const auto* other = type.find(name);
    if (!other || !is_number_kind(other->kind) || other == &field)
      return wrong("not_a_number_field", name);
    amounts += other->kind == FieldKind::money;
  }
  const auto& percent = field.product.less_percent;
  if (const auto* other = type.find(percent);
      !percent.empty() &&
      (!other || !is_number_kind(other->kind) || other->kind == FieldKind::money))
    return wrong("not_a_number_field", percent);
  if (!field.product.factors.empty() && (field.kind != FieldKind::money || amounts != 1))
    return wrong("not_an_amount", field.name);
  if (field.hierarchy && (field.kind != FieldKind::link || field.target != type.name))
    return wrong("not_a_link_upwards", field.name);
  return {};
}

// "sale_lines.total": tells the far end's type that it is summed up.
Status link_sum(Dictionary& dictionary, const RecordType& type, const Field& field) {
  const auto dot = field.sum_of.find('.');
  const auto* link = type.find_backlink(field.sum_of.substr(0, dot));
  const auto wrong = [&] {
    return field_error("records/bad_model", type.name + "." + field.name, "not_a_sum",
                       {{"field", field.sum_of}});
  };
  if (!link || dot == std::string::npos || field.kind != FieldKind::money) return wrong();
  auto& summed = dictionary.types.find(link->type)->second;
  const auto* amount = summed.find(field.sum_of.substr(dot + 1));
  if (!amount || amount->kind != FieldKind::money) return wrong();
  summed.summed_links.push_back(link->field);
  return {};
}

}  // namespace

Status link_types(Dictionary& dictionary) {
  for (auto& [name, type] : dictionary.types) {
    type.backlinks.clear();
    type.summed_links.clear();
    make_statements(type);
  }
  for (auto& [name, type] : dictionary.types) {
    for (const auto& field : type.fields) {
      if (!field.list.empty() && !dictionary.lists.contains(field.list))
        return field_error("records/bad_model", name + "." + field.name, "unknown_list",
                           {{"list", field.list}});
      if (field.target.empty() || field.kind != FieldKind::link) continue;
      const auto target = dictionary.types.find(field.target);
      if (target == dictionary.types.end())
        return field_error("records/bad_model", name + "." + field.name, "unknown_type",
                           {{"type", field.target}});
      auto& links = target->second.backlinks;
      // A second link from the same type is told apart by the field: "companies_by_parent".
      const bool taken =
          target->second.find_backlink(type.plural) != nullptr || field.target == name;
      links.push_back({taken ? type.plural + "_by_" + field.name : type.plural, name, field.name});
    }
  }
  for (const auto& [name, type] : dictionary.types)
    for (const auto& field : type.fields) {
      TRY(check_references(type, field));
      if (!field.sum_of.empty()) TRY(link_sum(dictionary, type, field));
    }
  return {};
}

}  // namespace fokus::records
