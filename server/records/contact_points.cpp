// SPDX-License-Identifier: Apache-2.0
// Several phones, e-mails, addresses and URLs per record, each with a label, one primary per kind.
#include <set>

#include "base/text.hpp"
#include "platform/locale.hpp"
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
// The record's own fields that are contact points too. The first of a kind is the primary one.
constexpr std::array<Mirror, 4> mirrors = {{{"phone", "phone", "work", true},
                                            {"mobile", "phone", "mobile", false},
                                            {"email", "email", "work", true},
                                            {"website", "url", "work", true}}};

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

Result<ContactPoint> parse_point(const json::value& v) {
  const auto refuse = [](std::string code) {
    return field_error("records/invalid", "contact_points", std::move(code));
  };
  if (!v.is_object()) return refuse("not_a_contact_point");
  const auto& o = v.get_object();
  ContactPoint point{text_of(o, "kind"), text_of(o, "label"), text_of(o, "value"), {}, false};
  if (point.kind != "phone" && point.kind != "email" && point.kind != "url" &&
      point.kind != "address")
    return refuse("unknown_kind");
  if (point.value.empty()) return refuse("required");
  if (point.label.size() > label_max || point.value.size() > value_max) return refuse("too_long");
  Field field;
  field.kind = kind_of(point.kind);
  field.length_max = static_cast<std::int64_t>(value_max);
  static const Dictionary no_lists;
  auto columns =
      field_type(field.kind).parse({no_lists, {}, {}, {}, {}, {}}, field, json::value(point.value));
  if (!columns) return refuse(columns.error().errors.at(0).code);
  point.value = std::get<std::string>(columns->at(0));
  point.folded = std::get<std::string>(columns->at(1));
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

ContactPoint* find_primary(std::vector<ContactPoint>& points, std::string_view kind) {
  for (auto& point : points)
    if (point.kind == kind && point.primary) return &point;
  return nullptr;
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
    ContactPoint* found = mirror.primary ? find_primary(points, mirror.kind) : nullptr;
    for (auto& point : points)
      if (!mirror.primary && point.kind == mirror.kind && point.label == mirror.label)
        found = &point;
    const bool form_names_field = input.contains(mirror.field);
    if (found && !form_names_field) {
      columns = {found->value, found->folded};
    } else if (!form_names_field && points_given) {
      columns = {store::Value(), store::Value()};  // the list is the whole of it
    } else if (store::is_null(columns[0])) {
      if (found && form_names_field) std::erase_if(points, [&](auto& p) { return &p == found; });
    } else if (found) {
      found->value = std::get<std::string>(columns[0]);
      found->folded = std::get<std::string>(columns[1]);
    } else {
      points.push_back({std::string(mirror.kind), std::string(mirror.label),
                        std::get<std::string>(columns[0]), std::get<std::string>(columns[1]),
                        mirror.primary});
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
    out.push_back(std::move(point));
  }
  return out;
}

void save_contact_points(store::Transaction& tx, const store::Statements& sql,
                         const RecordType& type, RecordId id,
                         const std::vector<ContactPoint>& points) {
  std::int64_t position = 0;
  for (const auto& point : points)
    tx.execute(sql["records.add_contact_point"],
               {type.name, id, point.kind, point.label, point.value, point.folded, point.primary,
                ++position});
}

}  // namespace fokus::records
