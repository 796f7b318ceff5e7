// SPDX-License-Identifier: Apache-2.0
#include "features/imports/row_values.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "base/text.hpp"
#include "features/imports/cell_instants.hpp"
#include "features/imports/contact_cells.hpp"
#include "records/fields/money_text.hpp"

namespace fokus::imports {
namespace {

namespace json = boost::json;
using records::FieldKind;

constexpr std::array<std::string_view, 5> address_parts = {"street", "postcode", "city", "region",
                                                           "country"};
constexpr std::array<std::pair<std::string_view, std::string_view>, 4> mirrors = {
    {{"phone", "phone"}, {"email", "email"}, {"url", "website"}, {"address", "address"}}};

// The full name of a person in one column: "Nielsen, Hans Peter" and "Hans Peter Nielsen".
void split_name(json::object& values, std::string_view name) {
  const auto comma = name.find(',');
  const auto space = name.rfind(' ');
  if (comma != name.npos) {
    values["first_name"] = std::string(trim(name.substr(comma + 1)));
    values["last_name"] = std::string(trim(name.substr(0, comma)));
  } else if (space != name.npos) {
    values["first_name"] = std::string(trim(name.substr(0, space)));
    values["last_name"] = std::string(name.substr(space + 1));
  } else {
    values["last_name"] = std::string(name);
  }
}

bool is_full_name(const MappedField& mapped) {
  return mapped.field->name == "name" && !mapped.field->computed.empty();
}

// What is not a value by itself: it is read with the others of its kind, or with its amount.
bool is_apart(const MappedField& mapped) {
  return mapped.is_points() || mapped.is_currency() || mapped.field->kind == FieldKind::links ||
         mapped.field->name == "id";
}

std::string state_of(const MappedField& mapped) {
  return mapped.part.empty() ? mapped.field->name : mapped.field->name + "." + mapped.part;
}

std::string state_in(const Existing& existing, std::string_view state) {
  const auto found = existing.current.find(state);
  return found == existing.current.end() ? std::string() : found->second;
}

json::object current_address(const Existing& existing, const std::string& field) {
  json::object address;
  for (const auto part : address_parts) {
    const auto found = existing.current.find(field + "." + std::string(part));
    if (found != existing.current.end()) address[part] = found->second;
  }
  return address;
}

Error refuse(const Error& error, const std::string& key) {
  const auto& first = error.errors.at(0);
  return field_error("imports/refused", key, first.code, first.params);
}

json::value member(const json::object& object, std::string_view key) {
  const auto* value = object.if_contains(key);
  return value ? *value : json::value();
}

// The point that the record's own field shows is the primary one of its kind, wherever it stands.
void mark_primary(json::array& points, const json::object& values) {
  for (auto& point : points)
    for (const auto& [kind, field] : mirrors) {
      const auto* own = values.if_contains(field);
      if (!own || point.at("kind").as_string() != std::string_view(kind)) continue;
      const auto& value = point.at("value");
      const bool same = own->is_object() && value.is_object()
                            ? address_line(own->get_object()) == address_line(value.get_object())
                            : *own == value;
      if (same) point.as_object()["primary"] = true;
    }
}

}  // namespace

Result<json::object> RowValues::of_new(store::Session& session, const Cells& cells,
                                       const TargetPlan& plan) {
  json::object values;
  json::array points;
  const Row row{session, cells, plan};
  for (const auto& mapped : plan.fields) {
    const auto cell = cell_at(cells, mapped.column);
    if (cell.empty()) continue;
    if (mapped.is_points()) points = replace_points(points, mapped.part, cell);
    if (mapped.field->kind == FieldKind::links) {
      auto ids = links_.ids_of(session, *mapped.field, cell, nullptr);
      if (!ids.ok()) return refuse(ids.error(), mapped.key);
      values[mapped.field->name] = std::move(*ids);
    }
    if (!is_apart(mapped)) TRY(put(values, row, mapped, nullptr));
  }
  mark_primary(points, values);
  if (!points.empty()) values[points_key] = std::move(points);
  return values;
}

Result<json::object> RowValues::changes(store::Session& session, const Cells& cells,
                                        const TargetPlan& plan, const Existing& existing,
                                        const ReadRecord& read) {
  json::object changes;
  const Row row{session, cells, plan};
  bool names_more = false;
  for (const auto& mapped : plan.fields) {
    const auto cell = cell_at(cells, mapped.column);
    if (mapped.policy == Policy::never || cell.empty()) continue;
    names_more |= mapped.is_points() || mapped.field->kind == FieldKind::links;
    if (is_apart(mapped)) continue;
    const std::string current = state_in(existing, state_of(mapped));
    if (mapped.policy == Policy::if_empty && !current.empty()) continue;
    if (current == cell && mapped.field->kind != FieldKind::money) continue;
    // An address is written whole: the parts that the file does not name stay.
    if (!mapped.part.empty() && !changes.contains(mapped.field->name))
      changes[mapped.field->name] = current_address(existing, mapped.field->name);
    TRY(put(changes, row, mapped, &existing));
  }
  if (names_more)
    if (const auto record = read()) TRY(put_link_changes(changes, row, *record));
  return changes;
}

// Members and contact points, where the cell says something else than the record has.
Status RowValues::put_link_changes(json::object& values, const Row& row,
                                   const json::object& record) {
  const auto given = member(record, points_key);
  json::array points = given.is_array() ? given.get_array() : json::array();
  bool has_new_points = false;
  for (const auto& mapped : row.plan.fields) {
    const auto cell = cell_at(row.cells, mapped.column);
    const bool is_links = mapped.field->kind == FieldKind::links;
    if (mapped.policy == Policy::never || cell.empty() || !(is_links || mapped.is_points()))
      continue;
    const auto members = is_links ? member(record, mapped.field->name) : json::value();
    const std::string line =
        is_links ? NamedLinks::line_of(members) : points_line(points, mapped.part);
    if (line == cell || (mapped.policy == Policy::if_empty && !line.empty())) continue;
    if (is_links) {
      auto ids = links_.ids_of(row.session, *mapped.field, cell, members);
      if (!ids.ok()) return refuse(ids.error(), mapped.key);
      values[mapped.field->name] = std::move(*ids);
    } else {
      points = replace_points(points, mapped.part, cell);
      has_new_points = true;
    }
  }
  if (has_new_points) values[points_key] = std::move(points);
  return {};
}

Status RowValues::put(json::object& values, const Row& row, const MappedField& mapped,
                      const Existing* existing) {
  const auto cell = cell_at(row.cells, mapped.column);
  const auto& name = mapped.field->name;
  if (is_full_name(mapped)) {
    split_name(values, cell);
  } else if (mapped.field->kind == FieldKind::money) {
    return put_money(values, row, mapped, existing ? state_in(*existing, name + ".currency") : "");
  } else if (mapped.field->kind == FieldKind::instant) {
    auto instant = instant_of_cell(cell, style_.date_order, zone_);
    if (!instant.ok()) return refuse(instant.error(), mapped.key);
    values[name] = *instant;
  } else if (mapped.part.empty()) {
    values[name] = cell_to_value(dictionary_, *mapped.field, cell, style_);
  } else {
    auto& address = values[name];
    if (!address.is_object()) address.emplace_object();
    address.get_object()[mapped.part] =
        mapped.part == "country" ? country_code(cell) : std::string(cell);
  }
  return {};
}

// The currency of a cell is that which stands in it or in a column of its own, else the one that
// the record has; a new one takes the base currency.
Status RowValues::put_money(json::object& values, const Row& row, const MappedField& mapped,
                            std::string_view own_currency) const {
  const auto& base = dictionary_.installation.base_currency;
  auto text = records::cut_money_text(cell_at(row.cells, mapped.column), base);
  if (!text.ok()) return refuse(text.error(), mapped.key);
  auto currency = TRY(currency_of(row.cells, row.plan, mapped, std::move(text->currency)));
  if (currency.empty()) currency = own_currency;
  const auto number = plain_number(text->number, style_.decimal_mark);
  if (currency.empty())
    values[mapped.field->name] = number;
  else
    values[mapped.field->name] = json::object{{"amount", number}, {"currency", currency}};
  return {};
}

Result<std::string> RowValues::currency_of(const Cells& cells, const TargetPlan& plan,
                                           const MappedField& amount, std::string said) const {
  for (const auto& mapped : plan.fields) {
    if (mapped.field != amount.field || !mapped.is_currency()) continue;
    const auto cell = cell_at(cells, mapped.column);
    if (cell.empty()) continue;
    auto named = records::currency_of_word(cell, dictionary_.installation.base_currency);
    if (!named.ok()) return refuse(named.error(), mapped.key);
    if (!said.empty() && said != *named)
      return field_error("imports/refused", mapped.key, "currencies_differ");
    said = std::move(*named);
  }
  return said;
}

Existing RowValues::state_after(const Cells& cells, const TargetPlan& plan, Existing state) const {
  for (const auto& mapped : plan.fields) {
    const auto cell = cell_at(cells, mapped.column);
    if (mapped.is_points() || mapped.is_currency() || mapped.field->kind == FieldKind::links)
      continue;
    auto& current = state.current[state_of(mapped)];
    const bool kept = mapped.policy == Policy::if_empty && !current.empty();
    if (cell.empty() || kept) continue;
    current = cell;
    if (mapped.field->kind != FieldKind::money) continue;
    const auto& base = dictionary_.installation.base_currency;
    const auto text = records::cut_money_text(cell, base);
    const auto said = text.ok() ? currency_of(cells, plan, mapped, text->currency) : text.error();
    auto& currency = state.current[mapped.field->name + ".currency"];
    if (said.ok() && !said->empty()) currency = *said;
    if (currency.empty()) currency = base;
  }
  return state;
}

}  // namespace fokus::imports
