// SPDX-License-Identifier: Apache-2.0
#include "records/criteria_path.hpp"

#include <algorithm>
#include <array>

#include "base/text.hpp"
#include "records/criteria_tree.hpp"
#include "records/rights.hpp"

namespace fokus::records {
namespace {

constexpr std::array<std::string_view, 5> address_parts = {"street", "postcode", "city", "region",
                                                           "country"};

struct Walker {
  const CriteriaContext& context;
  std::string_view path;

  Result<const Field*> find(const RecordType& type, std::string_view name) const {
    const Field* field = type.find(name);
    if (!field || field->hidden) return criteria_error("unknown_field", path);
    if (is_masked(context.scope, *field)) return criteria_error("masked_field", path);
    return field;
  }

  Result<LinkStep> follow(const RecordType& type, const Field& field) const {
    std::string_view target = field.target;
    if (field.kind == FieldKind::user) target = "user";
    if (field.kind == FieldKind::group) target = "group";
    const bool leads = is_link_kind(field.kind) || field.kind == FieldKind::links;
    const RecordType* to = leads ? context.dictionary.find(target) : nullptr;
    if (!to) return criteria_error("unknown_field", path);
    return LinkStep{&type, &field, to};
  }
};

FieldPath whole_field(const RecordType& type, const Field& field) {
  const int scale = field.kind == FieldKind::decimal ? field.scale : 0;
  return {{}, field.kind, scale, field.name, &field, {}, &type};
}

Result<FieldPath> part_of(const Walker& walker, const RecordType& type, const Field& field,
                          std::string_view part) {
  FieldPath found = whole_field(type, field);
  found.part = std::string(part);
  found.column = field.name + "_" + found.part;
  if (field.kind == FieldKind::money && part == "currency") {
    found.kind = FieldKind::choice;
    return found;
  }
  if (field.kind == FieldKind::money && part == "minor") {
    found.kind = FieldKind::integer;
    found.column = field.name;
    return found;
  }
  const bool known =
      std::find(address_parts.begin(), address_parts.end(), part) != address_parts.end();
  if (field.kind != FieldKind::address || !known)
    return criteria_error("unknown_field", walker.path);
  found.kind = part == "country" ? FieldKind::country : FieldKind::text;
  return found;
}

struct ToldColumn {
  std::string_view about, column;
  FieldKind kind;
};

constexpr std::array<ToldColumn, 4> origin_columns = {
    {{"source", "kind", FieldKind::choice},
     // Long text: its names are in no order that an index has.
     {"source_name", "name", FieldKind::long_text},
     {"batch", "batch", FieldKind::integer},
     {"obtained_at", "obtained_at", FieldKind::date}}};
constexpr std::array<ToldColumn, 3> notice_columns = {{{"state", "state", FieldKind::choice},
                                                       {"since", "since", FieldKind::date},
                                                       {"due_on", "due_on", FieldKind::date}}};

template <class Columns>
std::optional<FieldPath> told_by(const Columns& columns, std::string_view about,
                                 const RecordType& owner) {
  for (const auto& one : columns)
    if (one.about == about)
      return FieldPath{{}, one.kind, 0, std::string(one.column), nullptr, {}, &owner};
  return std::nullopt;
}

// The links before the last segment, and the type that they lead to.
Result<FieldPath> resolve_owner(const CriteriaContext& context, const RecordType& type,
                                std::string_view inner) {
  const auto dot = inner.rfind('.');
  return resolve_field(
      context, type,
      dot == inner.npos ? std::string("id") : std::string(inner.substr(0, dot)) + ".id");
}

Field contact_point_field(std::string name, FieldKind kind) {
  Field field;
  field.name = std::move(name);
  field.kind = kind;
  return field;
}

RecordType make_contact_point_type() {
  RecordType type;
  type.name = "contact_point";
  type.plural = type.table = "contact_points";
  type.fields = {contact_point_field("kind", FieldKind::choice),
                 contact_point_field("label", FieldKind::choice),
                 // Compared like a phone when the term is a number, as folded text otherwise.
                 contact_point_field("value", FieldKind::phone),
                 contact_point_field("is_primary", FieldKind::boolean),
                 // The parts of an address.
                 contact_point_field("street", FieldKind::text),
                 contact_point_field("postcode", FieldKind::text),
                 contact_point_field("city", FieldKind::text),
                 contact_point_field("region", FieldKind::text),
                 contact_point_field("country", FieldKind::country)};
  return type;
}

}  // namespace

Error criteria_error(std::string_view code, std::string_view path) {
  return field_error("criteria/" + std::string(code), std::string(path), std::string(code));
}

FieldKind kind_of_ids(const FieldPath& field) {
  if (!is_link_kind(field.kind) && field.kind != FieldKind::links) return field.kind;
  if (field.field->target == "user") return FieldKind::user;
  return field.field->target == "group" ? FieldKind::group : field.kind;
}

const RecordType& contact_point_type() {
  static const RecordType type = make_contact_point_type();
  return type;
}

Result<FieldPath> resolve_field(const CriteriaContext& context, const RecordType& type,
                                std::string_view path) {
  const Walker walker{context, path};
  const auto segments = split(path, '.');
  std::vector<LinkStep> steps;
  const RecordType* at = &type;
  for (std::size_t i = 0; i < segments.size(); ++i) {
    const Field& field = *TRY(walker.find(*at, segments[i]));
    const std::size_t left = segments.size() - i - 1;
    const bool has_parts = field.kind == FieldKind::address || field.kind == FieldKind::money;
    if (left == 0 || (left == 1 && has_parts)) {
      FieldPath found =
          left == 0 ? whole_field(*at, field) : TRY(part_of(walker, *at, field, segments[i + 1]));
      found.steps = std::move(steps);
      return found;
    }
    steps.push_back(TRY(walker.follow(*at, field)));
    at = steps.back().to;
  }
  return criteria_error("unknown_field", path);
}

Result<OriginField> resolve_origin(const CriteriaContext& context, const RecordType& type,
                                   std::string_view path) {
  const auto origin = parse_origin_path(path);
  if (!origin) return criteria_error("unknown_field", path);
  const auto dot = origin->inner.rfind('.');
  const auto last = dot == path.npos ? origin->inner : origin->inner.substr(dot + 1);
  if (origin->about == "notice" || last == "contact_points") {
    FieldPath owner = TRY(resolve_owner(context, type, origin->inner));
    const bool notice = origin->about == "notice";
    if (notice ? !owner.owner->about_person : !owner.owner->contact_points)
      return criteria_error("unknown_field", path);
    if (!notice && is_class_masked(context.scope, contact_class))
      return criteria_error("masked_field", path);
    auto told = notice ? told_by(notice_columns, last, *owner.owner)
                       : told_by(origin_columns, origin->about, *owner.owner);
    if (!told) return criteria_error("unknown_field", path);
    return OriginField{std::move(owner.steps), owner.owner,
                       notice ? std::string() : std::string(last), std::move(*told)};
  }
  FieldPath field = TRY(resolve_field(context, type, origin->inner));
  return OriginField{std::move(field.steps), field.owner, field.field->name,
                     *told_by(origin_columns, origin->about, *field.owner)};
}

Result<FieldPath> resolve_compared(const CriteriaContext& context, const RecordType& type,
                                   std::string_view path) {
  if (!parse_origin_path(path)) return resolve_field(context, type, path);
  OriginField origin = TRY(resolve_origin(context, type, path));
  origin.told.steps = std::move(origin.steps);
  return std::move(origin.told);
}

Result<ListPath> resolve_list(const CriteriaContext& context, const RecordType& type,
                              std::string_view path) {
  const Walker walker{context, path};
  const auto segments = split(path, '.');
  std::vector<LinkStep> steps;
  const RecordType* at = &type;
  for (std::size_t i = 0; i + 1 < segments.size(); ++i) {
    steps.push_back(TRY(walker.follow(*at, *TRY(walker.find(*at, segments[i])))));
    at = steps.back().to;
  }
  const std::string_view name = segments.back();
  if (const Backlink* backlink = at->find_backlink(name)) {
    const RecordType* to = context.dictionary.find(backlink->type);
    if (!to) return criteria_error("unknown_field", path);
    const Field* field = TRY(walker.find(*to, backlink->field));
    return ListPath{ListPath::Kind::backlink, std::move(steps), at, to, field};
  }
  if (name == "contact_points" && at->contact_points) {
    if (is_class_masked(context.scope, contact_class)) return criteria_error("masked_field", path);
    return ListPath{ListPath::Kind::contact_points, std::move(steps), at, &contact_point_type(),
                    nullptr};
  }
  const Field* field = TRY(walker.find(*at, name));
  if (field->kind != FieldKind::links) return criteria_error("unknown_field", path);
  const LinkStep step = TRY(walker.follow(*at, *field));
  return ListPath{ListPath::Kind::links, std::move(steps), at, step.to, field};
}

}  // namespace fokus::records
