// SPDX-License-Identifier: Apache-2.0
// Reads record types from JSON: the files in model/ and what administrators add at run time.
#include "base/text.hpp"
#include "records/dictionary.hpp"

namespace fokus::records {
namespace {

namespace json = boost::json;

std::string text_of(const json::object& o, std::string_view key, std::string fallback = {}) {
  const auto* v = o.if_contains(key);
  return v && v->is_string() ? std::string(v->get_string()) : fallback;
}

bool bool_of(const json::object& o, std::string_view key, bool fallback = false) {
  const auto* v = o.if_contains(key);
  return v && v->is_bool() ? v->get_bool() : fallback;
}

std::int64_t integer_of(const json::object& o, std::string_view key, std::int64_t fallback) {
  const auto* v = o.if_contains(key);
  return v && v->is_int64() ? v->get_int64() : fallback;
}

Labels labels_of(const json::object& o, std::string_view key) {
  Labels out;
  if (const auto* v = o.if_contains(key); v && v->is_object())
    for (const auto& [language, text] : v->get_object())
      if (text.is_string()) out[std::string(language)] = std::string(text.get_string());
  return out;
}

std::vector<std::string> texts_of(const json::object& o, std::string_view key) {
  std::vector<std::string> out;
  if (const auto* v = o.if_contains(key); v && v->is_array())
    for (const auto& text : v->get_array())
      if (text.is_string()) out.emplace_back(text.get_string());
  return out;
}

Product product_of(const json::object& o) {
  const auto* computed = o.if_contains("computed");
  if (!computed || !computed->is_object()) return {};
  return {texts_of(computed->get_object(), "multiply"),
          text_of(computed->get_object(), "less_percent")};
}

bool is_known(std::string_view word, std::initializer_list<std::string_view> words) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

Result<Privacy> privacy_of(const json::object& o, const std::string& field) {
  const auto* v = o.if_contains("privacy");
  if (!v || !v->is_object())
    return field_error("records/unclassified_field", field, "privacy_missing");
  const auto& p = v->get_object();
  Privacy out{text_of(p, "class"), text_of(p, "purpose"), text_of(p, "erasure")};
  if (!is_known(out.data_class, {"none", "identity", "contact", "content", "behaviour", "special",
                                 "national_id", "credential"}))
    return field_error("records/unclassified_field", field, "class_unknown");
  if (!is_known(out.erasure, {"keep", "null", "anonymise", "remove_row"}))
    return field_error("records/unclassified_field", field, "erasure_unknown");
  if (out.purpose.empty() && out.data_class != "none")
    return field_error("records/unclassified_field", field, "purpose_missing");
  return out;
}

Field system_field(std::string name, FieldKind kind, Labels label, std::string target = {}) {
  Field f;
  f.name = std::move(name);
  f.kind = kind;
  f.label = std::move(label);
  f.read_only = true;
  f.target = std::move(target);
  f.privacy = {"none", "", "keep"};
  return finish_field(std::move(f));
}

void add_system_fields(RecordType& type) {
  auto& f = type.fields;
  f.push_back(system_field("id", FieldKind::integer, {{"en", "Number"}, {"da", "Nummer"}}));
  f.push_back(system_field("version", FieldKind::integer, {{"en", "Version"}, {"da", "Version"}}));
  f.push_back(
      system_field("created_at", FieldKind::instant, {{"en", "Created"}, {"da", "Oprettet"}}));
  f.back().indexed = true;
  f.push_back(system_field("created_by", FieldKind::user,
                           {{"en", "Created by"}, {"da", "Oprettet af"}}, "user"));
  f.push_back(
      system_field("updated_at", FieldKind::instant, {{"en", "Changed"}, {"da", "Ændret"}}));
  f.back().indexed = true;
  f.push_back(system_field("updated_by", FieldKind::user,
                           {{"en", "Changed by"}, {"da", "Ændret af"}}, "user"));
  f.push_back(
      system_field("archived_at", FieldKind::instant, {{"en", "Archived"}, {"da", "Arkiveret"}}));
  if (type.owned) {
    Field owner =
        system_field("owner", FieldKind::user, {{"en", "Owner"}, {"da", "Ansvarlig"}}, "user");
    owner.read_only = false;
    owner.default_value = "me";
    f.push_back(owner);
    f.push_back(system_field("owner_group", FieldKind::group,
                             {{"en", "Owner's group"}, {"da", "Ansvarligs gruppe"}}, "group"));
  }
  if (type.about_person) {
    f.push_back(system_field("restricted", FieldKind::boolean,
                             {{"en", "Processing restricted"}, {"da", "Behandling begrænset"}}));
    f.push_back(system_field("source", FieldKind::integer, {{"en", "Source"}, {"da", "Kilde"}}));
  }
}

Status check_field_shape(const Field& f) {
  if (!is_identifier(f.name)) return field_error("records/bad_model", "name", "not_an_identifier");
  const bool listed = f.kind == FieldKind::choice || f.kind == FieldKind::choices;
  if (listed && f.list.empty()) return field_error("records/bad_model", f.name, "list_missing");
  const bool linked = f.kind == FieldKind::link || f.kind == FieldKind::links;
  if (linked && f.target.empty()) return field_error("records/bad_model", f.name, "target_missing");
  if (f.scale < 0 || f.scale > 6)
    return field_error("records/bad_model", f.name, "scale_out_of_range");
  return {};
}

std::int64_t default_length(FieldKind kind) {
  switch (kind) {
    case FieldKind::long_text:
    case FieldKind::rich_text:
      return 100'000;
    case FieldKind::country:
      return 2;
    case FieldKind::language:
      return 35;
    default:
      return 500;
  }
}

Result<json::object> parse_object(std::string_view text, std::string_view path) {
  boost::system::error_code ec;
  auto v = json::parse(json::string_view(text.data(), text.size()), ec);
  if (ec || !v.is_object())
    return field_error("records/bad_model", std::string(path), "not_json",
                       {{"reason", ec.message()}});
  return std::move(v.get_object());
}

std::vector<ListItem> parse_items(const json::array& items) {
  std::vector<ListItem> out;
  for (const auto& v : items) {
    const auto& o = v.as_object();
    ListItem item{
        text_of(o, "key"), labels_of(o, "label"), text_of(o, "colour"), bool_of(o, "retired"), {}};
    if (const auto* extra = o.if_contains("extra")) item.extra = extra->as_object();
    out.push_back(std::move(item));
  }
  return out;
}

Status read_indexes(const json::object& o, RecordType& type) {
  const auto* indexes = o.if_contains("indexes");
  if (!indexes) return {};
  if (!indexes->is_array()) return field_error("records/bad_model", "indexes", "not_a_list");
  for (const auto& index : indexes->get_array()) {
    std::vector<std::string>& columns = type.indexes.emplace_back();
    if (!index.is_array()) return field_error("records/bad_model", "indexes", "not_a_list");
    for (const auto& column : index.get_array()) {
      if (!column.is_string()) return field_error("records/bad_model", "indexes", "not_a_text");
      columns.emplace_back(column.get_string());
    }
  }
  return {};
}

// See retirement.hpp: the type's own switch decides, whatever a layout says.
void put_retirement(bool retired, json::value& layout) {
  if (layout.is_null()) layout = json::object();
  if (!layout.is_object()) return;  // refused by check_custom_type()
  layout.get_object().erase("retired");
  if (retired) layout.get_object()["retired"] = true;
}

}  // namespace

Result<Field> parse_field(const json::object& o, bool custom) {
  Field f;
  f.name = text_of(o, "name");
  f.custom = custom;
  if (custom && !f.name.starts_with("x_")) f.name = "x_" + f.name;
  const auto kind = parse_field_kind(text_of(o, "kind", "text"));
  if (!kind) return field_error("records/bad_model", f.name, "unknown_kind");
  f.kind = *kind;
  f.label = labels_of(o, "label");
  if (f.label.empty()) return field_error("records/bad_model", f.name, "label_missing");
  f.required = bool_of(o, "required");
  f.unique = bool_of(o, "unique");
  f.indexed = bool_of(o, "indexed") || f.unique;
  f.searchable = bool_of(o, "searchable");
  f.read_only = bool_of(o, "read_only");
  f.hidden = bool_of(o, "hidden");
  f.list = text_of(o, "list");
  f.target = text_of(o, "target");
  if (f.kind == FieldKind::user) f.target = "user";
  if (f.kind == FieldKind::group) f.target = "group";
  f.computed = text_of(o, "computed");
  f.product = product_of(o);
  if (!f.computed.empty() || !f.product.factors.empty()) f.read_only = true;
  f.follows = texts_of(o, "follows");
  f.sum_of = text_of(o, "sum_of");
  f.hierarchy = bool_of(o, "hierarchy");
  f.scale = static_cast<int>(integer_of(o, "scale", 2));
  f.length_max = integer_of(o, "length_max", default_length(f.kind));
  if (const auto* v = o.if_contains("default")) f.default_value = json::serialize(*v);
  f.privacy = TRY(privacy_of(o, f.name));
  TRY(check_field_shape(f));
  return finish_field(std::move(f));
}

// The search index knows the owner of a record and not its whole.
Status check_part_of(const RecordType& type) {
  if (type.part_of.empty()) return {};
  const Field* whole = type.find(type.part_of);
  const bool fits = whole && whole->kind == FieldKind::link && whole->required &&
                    whole->target != type.name &&
                    std::none_of(type.fields.begin(), type.fields.end(),
                                 [](const Field& field) { return field.searchable; });
  if (!fits) return field_error("records/bad_model", type.name, "part_of_unfit");
  return {};
}

Result<RecordType> parse_type(const json::object& o, bool custom) {
  RecordType type;
  type.name = text_of(o, "name");
  type.plural = text_of(o, "plural", type.name + "s");
  type.custom = custom;
  if (custom && !type.name.starts_with("x_"))
    type.name = "x_" + type.name, type.plural = "x_" + type.plural;
  if (!is_identifier(type.name) || !is_identifier(type.plural))
    return field_error("records/bad_model", "name", "not_an_identifier");
  type.table = type.plural;
  type.label = labels_of(o, "label");
  type.label_plural = labels_of(o, "label_plural");
  if (type.label.empty()) return field_error("records/bad_model", type.name, "label_missing");
  if (type.label_plural.empty()) type.label_plural = type.label;
  type.icon = text_of(o, "icon", "box");
  type.position = integer_of(o, "position", 1000);
  type.owned = bool_of(o, "owned", custom);
  type.about_person = bool_of(o, "about_person");
  type.contact_points = bool_of(o, "contact_points");
  type.timeline = bool_of(o, "timeline");
  type.part_of = text_of(o, "part_of");
  type.system = bool_of(o, "system");
  add_system_fields(type);
  if (const auto* fields = o.if_contains("fields"); fields && fields->is_array())
    for (const auto& field : fields->get_array()) {
      if (!field.is_object()) return field_error("records/bad_model", type.name, "not_an_object");
      auto parsed = TRY(
          parse_field(field.get_object(), custom && text_of(field.get_object(), "name") != "name"));
      if (type.find(parsed.name)) return field_error("records/bad_model", parsed.name, "twice");
      if (custom && parsed.name == "name" && type.part_of.empty() &&
          !field.get_object().contains("searchable"))
        parsed.searchable = true;  // what is not found by its name is not found
      type.fields.push_back(std::move(parsed));
    }
  if (!type.find("name")) return field_error("records/bad_model", type.name, "name_field_missing");
  TRY(check_part_of(type));
  if (const auto* v = o.if_contains("layout")) type.layout = *v;
  if (custom) put_retirement(bool_of(o, "retired"), type.layout);
  if (const auto* v = o.if_contains("list_columns")) type.list_columns = *v;
  TRY(read_indexes(o, type));
  type.rate_dates = texts_of(o, "rate_dates");
  return type;
}

Result<Dictionary> parse_model(std::span<const EmbeddedFile> files) {
  Dictionary out;
  for (const auto& file : files) {
    const auto object = TRY(parse_object(file.content, file.path));
    if (file.path == "lists.json") {
      for (const auto& [key, items] : object)
        out.lists[std::string(key)] = parse_items(items.as_array());
      continue;
    }
    auto type = TRY(parse_type(object, false));
    const std::string name = type.name;
    if (!out.types.emplace(name, std::move(type)).second)
      return field_error("records/bad_model", std::string(file.path), "type_twice");
  }
  TRY(link_types(out));
  return out;
}

}  // namespace fokus::records
