// SPDX-License-Identifier: Apache-2.0
// Several phones, e-mails, addresses and URLs per record, each with a label, one primary per kind.
#include <functional>
#include <set>

#include "base/text.hpp"
#include "platform/locale.hpp"
#include "records/history.hpp"
#include "records/inner.hpp"

namespace fokus::records {
namespace {

namespace json = boost::json;

constexpr std::size_t label_max = 60;
constexpr std::size_t value_max = 500;

struct Mirror {
  std::string_view field, kind, label;
  bool primary;
};
// The record's own fields that are contact points too: the primary one of a kind, and that with a
// label of its own.
constexpr std::array<Mirror, 5> mirrors = {{{"phone", "phone", "work", true},
                                            {"mobile", "phone", "mobile", false},
                                            {"email", "email", "work", true},
                                            {"website", "url", "work", true},
                                            {"address", "address", "visiting", true}}};
constexpr std::size_t first_address_column = 5;  // in list_contact_points
constexpr std::size_t address_columns = 10;      // five parts, each with its folded twin

std::string text_of(const json::object& o, std::string_view key) {
  const auto* v = o.if_contains(key);
  return v && v->is_string() ? std::string(trim(v->get_string())) : std::string();
}

FieldKind kind_of(std::string_view kind) {
  if (kind == "phone") return FieldKind::phone;
  if (kind == "email") return FieldKind::email;
  if (kind == "url") return FieldKind::url;
  return FieldKind::text;
}

bool is_blank(const ColumnValues& columns) {
  return std::all_of(columns.begin(), columns.end(),
                     [](const store::Value& value) { return store::is_null(value); });
}

// The parts in one line, as an envelope orders them: "Havnegade 1, 8000 Aarhus C, DK".
std::string one_line(const ColumnValues& address) {
  const auto part = [&](std::size_t i) {
    const auto* text = std::get_if<std::string>(&address[2 * i]);
    return text ? *text : std::string();
  };
  const std::string postcode = part(1), city = part(2);
  const std::string place = postcode + (postcode.empty() || city.empty() ? "" : " ") + city;
  std::string out;
  for (const std::string& one : {part(0), place, part(3), part(4)})
    if (!one.empty()) out += (out.empty() ? "" : ", ") + one;
  return out;
}

void set_address(ContactPoint& point, const ColumnValues& columns) {
  point.address = columns;
  point.value = one_line(columns);
  point.folded = fold(point.value);
}

using Refuse = std::function<Error(std::string)>;

// Parts, or one text, which is then the street.
Status parse_address(const json::value& given, ContactPoint& point, const Refuse& refuse) {
  json::value value = given;
  if (given.is_string()) {
    const std::string street(trim(given.get_string()));
    value = json::object{{"street", street}};
  }
  Field field;
  field.kind = FieldKind::address;
  field.length_max = static_cast<std::int64_t>(value_max);
  static const Dictionary no_lists;
  auto columns = field_type(field.kind).parse({no_lists, {}, {}, {}, {}, {}}, field, value);
  if (!columns) return refuse(columns.error().errors.at(0).code);
  if (is_blank(*columns)) return refuse("required");
  set_address(point, *columns);
  return {};
}

Status parse_value(const json::value& given, ContactPoint& point, const Refuse& refuse) {
  point.value = given.is_string() ? std::string(trim(given.get_string())) : std::string();
  if (point.value.empty()) return refuse("required");
  if (point.value.size() > value_max) return refuse("too_long");
  Field field;
  field.kind = kind_of(point.kind);
  field.length_max = static_cast<std::int64_t>(value_max);
  static const Dictionary no_lists;
  auto columns =
      field_type(field.kind).parse({no_lists, {}, {}, {}, {}, {}}, field, json::value(point.value));
  if (!columns) return refuse(columns.error().errors.at(0).code);
  point.value = std::get<std::string>(columns->at(0));
  point.folded = std::get<std::string>(columns->at(1));
  return {};
}

Result<ContactPoint> parse_point(const json::value& v) {
  const Refuse refuse = [](std::string code) {
    return field_error("records/invalid", "contact_points", std::move(code));
  };
  if (!v.is_object()) return refuse("not_a_contact_point");
  const auto& o = v.get_object();
  ContactPoint point{text_of(o, "kind"), text_of(o, "label"), {}, {}, false};
  if (point.kind != "phone" && point.kind != "email" && point.kind != "url" &&
      point.kind != "address")
    return refuse("unknown_kind");
  if (!is_clean_utf8(point.label)) return refuse("not_utf8");
  if (point.label.size() > label_max) return refuse("too_long");
  const auto* given = o.if_contains("value");
  const json::value value = given ? *given : json::value();
  if (point.kind == "address")
    TRY(parse_address(value, point, refuse));
  else
    TRY(parse_value(value, point, refuse));
  const auto* primary = o.if_contains("primary");
  point.primary = primary && primary->is_bool() && primary->get_bool();
  return point;
}

void keep_one_primary(std::vector<ContactPoint>& points) {
  std::set<std::string> with_primary;
  for (auto& point : points)
    if (point.primary) point.primary = with_primary.insert(point.kind).second;
  for (auto& point : points)
    if (!point.primary) point.primary = with_primary.insert(point.kind).second;
}

// The point that a field of the record shows. One that another field shows is not `phone` as well,
// even when it is the primary one: a number would be stored twice, and stay when one is emptied.
ContactPoint* find_mirrored(std::vector<ContactPoint>& points, const Mirror& mirror,
                            const Draft& draft) {
  const auto is_of_other = [&](const ContactPoint& point) {
    return std::any_of(mirrors.begin(), mirrors.end(), [&](const Mirror& other) {
      return !other.primary && other.kind == point.kind && other.label == point.label &&
             draft.has(other.field);
    });
  };
  ContactPoint* found = nullptr;
  for (auto& point : points) {
    if (point.kind != mirror.kind) continue;
    if (!mirror.primary && point.label == mirror.label) found = &point;
    if (mirror.primary && !is_of_other(point) && (!found || point.primary)) found = &point;
  }
  return found;
}

// What the record's own field holds of a contact point, and the other way round.
ColumnValues columns_of_point(const ContactPoint& point) {
  if (point.kind == "address") return point.address;
  return {point.value, point.folded};
}

void fill_point(ContactPoint& point, const ColumnValues& columns) {
  if (point.kind == "address") return set_address(point, columns);
  point.value = std::get<std::string>(columns[0]);
  point.folded = std::get<std::string>(columns[1]);
}

}  // namespace

Result<std::optional<std::vector<ContactPoint>>> parse_contact_points(const json::object& input,
                                                                      const RecordType& type) {
  const auto* given = input.if_contains("contact_points");
  if (!given || !type.contact_points) return std::optional<std::vector<ContactPoint>>();
  if (!given->is_array()) return field_error("records/invalid", "contact_points", "not_a_list");
  if (given->get_array().size() > limits::contact_points_max)
    return field_error("records/invalid", "contact_points", "too_many",
                       {{"max", std::to_string(limits::contact_points_max)}});
  std::vector<ContactPoint> points;
  for (const auto& one : given->get_array()) points.push_back(TRY(parse_point(one)));
  keep_one_primary(points);
  return std::optional(std::move(points));
}

void merge_contact_points(Draft& draft, const json::object& input,
                          std::vector<ContactPoint>& points) {
  const bool points_given = input.contains("contact_points");
  for (const auto& mirror : mirrors) {
    if (!draft.has(mirror.field)) continue;
    auto& columns = draft[mirror.field];
    ContactPoint* found = find_mirrored(points, mirror, draft);
    const bool form_names_field = input.contains(mirror.field);
    if (found && !form_names_field) {
      columns = columns_of_point(*found);
    } else if (!form_names_field && points_given) {
      columns = ColumnValues(columns.size());  // the list is the whole of it
    } else if (is_blank(columns)) {
      if (found && form_names_field) std::erase_if(points, [&](auto& p) { return &p == found; });
    } else if (found) {
      fill_point(*found, columns);
    } else {
      points.push_back(
          {std::string(mirror.kind), std::string(mirror.label), {}, {}, mirror.primary});
      fill_point(points.back(), columns);
    }
  }
  keep_one_primary(points);
}

std::vector<ContactPoint> read_contact_points(store::Session& session, const store::Statements& sql,
                                              const RecordType& type, RecordId id) {
  std::vector<ContactPoint> out;
  if (!type.contact_points) return out;
  auto rows = session.query(sql["records.list_contact_points"], {type.name, id});
  while (rows->next()) {
    ContactPoint point{std::string(rows->text(1)),
                       std::string(rows->text(2)),
                       std::string(rows->text(3)),
                       {},
                       rows->boolean(4)};
    point.folded = point.kind == "phone" ? fold_phone(point.value) : fold(point.value);
    if (point.kind == "address") {
      point.address.resize(address_columns);
      for (std::size_t i = 0; i < address_columns; ++i)
        point.address[i] = rows->value(static_cast<int>(first_address_column + i));
    }
    out.push_back(std::move(point));
  }
  return out;
}

void save_contact_points(store::Transaction& tx, const store::Statements& sql,
                         const RecordType& type, RecordId id,
                         const std::vector<ContactPoint>& points) {
  std::int64_t position = 0;
  for (const auto& point : points) {
    const std::int64_t place = ++position;
    std::vector<store::Param> params = {type.name,   id,           point.kind,    point.label,
                                        point.value, point.folded, point.primary, place};
    const store::Value none;
    for (std::size_t i = 0; i < address_columns; ++i)
      params.emplace_back(point.address.empty() ? none : point.address[i]);
    tx.execute(sql["records.add_contact_point"], store::Params(params));
  }
}

void write_contact_points(JsonWriter& json, const std::vector<ContactPoint>& points) {
  Field address;
  address.kind = FieldKind::address;
  json.begin_array();
  for (const auto& point : points) {
    json.begin_object().field("kind", point.kind).field("label", point.label).key("value");
    if (point.address.empty())
      json.value(point.value);
    else
      write_columns(json, address, point.address);
    json.field("primary", point.primary).end_object();
  }
  json.end_array();
}

void add_contact_point_change(std::string& payload, const std::vector<ContactPoint>* before,
                              const std::vector<ContactPoint>& after) {
  if (before ? *before == after : after.empty()) return;
  std::string change;
  JsonWriter writer(change);
  writer.begin_object().field("field", "contact_points");
  if (before) {
    writer.key("old");
    write_contact_points(writer, *before);
  }
  writer.key("new");
  write_contact_points(writer, after);
  writer.end_object();
  append_change(payload, change);
}

}  // namespace fokus::records
