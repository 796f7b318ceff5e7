// SPDX-License-Identifier: Apache-2.0
#include "records/custom_rules.hpp"

#include <algorithm>
#include <cctype>
#include <set>

#include "base/text.hpp"
#include "records/fields/field_type.hpp"

namespace fokus::records {
namespace {

namespace json = boost::json;

Error bad(std::string_view field, std::string_view code,
          std::map<std::string, std::string> params = {}) {
  return field_error("records/bad_model", std::string(field), std::string(code), std::move(params));
}

// Small letters only: the engines fold names of columns differently.
Status check_name(std::string_view member, std::string_view name) {
  if (!is_identifier(name) || lower_ascii(name) != name) return bad(member, "not_an_identifier");
  if (name.size() > limits::custom_name_max)
    return bad(member, "too_long", {{"max", std::to_string(limits::custom_name_max)}});
  return {};
}

Status check_labels(std::string_view member, const Labels& labels) {
  for (const auto& [language, text] : labels)
    if (!is_clean_utf8(language) || !is_clean_utf8(text) || language.size() > limits::label_max ||
        count_code_points(text) > limits::label_max)
      return bad(member, "label_too_long", {{"max", std::to_string(limits::label_max)}});
  return {};
}

// "da", "nb", "pt-BR": what can name a language, whether anybody speaks it or not.
bool is_language_tag(std::string_view text) {
  const auto parts = split(text, '-');
  const auto is_part = [](std::string_view part) {
    return !part.empty() && part.size() <= limits::language_part_max &&
           std::all_of(part.begin(), part.end(),
                       [](unsigned char c) { return c < 0x80 && std::isalnum(c) != 0; });
  };
  if (parts.empty() || parts.size() > limits::language_parts_max) return false;
  if (!std::all_of(parts.begin(), parts.end(), is_part)) return false;
  const std::string_view first = parts.front();
  return (first.size() == 2 || first.size() == 3) &&
         std::all_of(first.begin(), first.end(), [](char c) { return c >= 'a' && c <= 'z'; });
}

Status check_columns(const RecordType& type, const Field& field) {
  std::set<std::string> others{history_hash_column};
  std::size_t count = field.columns.size();
  for (const auto& other : type.fields) {
    if (other.name == field.name) continue;
    count += other.columns.size();
    for (const auto& column : other.columns) others.insert(column.name);
  }
  if (count > limits::type_columns_max) return bad(field.name, "too_many");
  for (const auto& column : field.columns)
    if (others.contains(column.name)) return bad(field.name, "taken", {{"column", column.name}});
  return {};
}

bool is_indexable(const Field& field) {
  switch (field.kind) {
    case FieldKind::links:
    case FieldKind::address:
    case FieldKind::long_text:
    case FieldKind::rich_text:
      return false;
    default:
      return !is_text_kind(field.kind) || field.length_max <= limits::indexed_length_max;
  }
}

// "{first} {last}": each name in braces is a field of one text.
bool is_template_of(const RecordType& type, const Field& field) {
  if (column_count(field.kind) != 2 || !is_clean_utf8(field.computed)) return false;
  std::string_view rest = field.computed;
  for (std::size_t open; (open = rest.find('{')) != rest.npos;) {
    const auto close = rest.find('}', open);
    if (close == rest.npos) return false;
    const Field* named = type.find(rest.substr(open + 1, close - open - 1));
    if (!named || !is_text_kind(named->kind) || named->name == field.name) return false;
    rest.remove_prefix(close + 1);
  }
  return true;
}

bool is_default_of(const Dictionary& dictionary, const Field& field) {
  if (field.default_value.empty()) return true;
  const FieldContext context{dictionary, dictionary.installation.base_currency,
                             UserId{1},  GroupId{1},
                             Instant{},  Date{2000, 1, 1}};
  return parse_field_input(context, field, json::parse(field.default_value)).ok();
}

Status check_index(const RecordType& type, const std::vector<std::string>& index) {
  if (index.empty()) return bad("indexes", "unknown_column");
  for (std::string_view name : index) {
    if (name.starts_with('-')) name.remove_prefix(1);
    const bool known = std::any_of(type.fields.begin(), type.fields.end(), [&](const Field& field) {
      return is_indexable(field) && std::any_of(field.columns.begin(), field.columns.end(),
                                                [&](const Column& c) { return c.name == name; });
    });
    if (!known) return bad("indexes", "unknown_column");
  }
  return {};
}

// The types that a kind of relation is made for.
Status check_relation_ends(const Dictionary& dictionary, const json::object& input) {
  const auto* extra = input.if_contains("extra");
  if (!extra || !extra->is_object()) return {};
  for (const std::string end : {"from", "to"}) {
    const auto* types = extra->get_object().if_contains(end);
    if (!types || types->is_null()) continue;
    const Error unknown = field_error("records/invalid", "extra." + end, "unknown_type");
    if (!types->is_array()) return unknown;
    for (const auto& type : types->get_array())
      if (!type.is_string() || !dictionary.find(std::string_view(type.get_string())))
        return unknown;
  }
  return {};
}

}  // namespace

Status check_custom_field(const Dictionary& dictionary, const RecordType& type,
                          const Field& field) {
  TRY(check_name(field.name, field.name));
  TRY(check_labels(field.name, field.label));
  TRY(check_columns(type, field));
  if (field.length_max < 1 || field.length_max > limits::text_length_max)
    return bad(field.name, "length_out_of_range",
               {{"max", std::to_string(limits::text_length_max)}});
  if (field.indexed && !is_indexable(field)) return bad(field.name, "not_indexable");
  if (!field.computed.empty() && !is_template_of(type, field))
    return bad(field.name, "bad_template");
  if (!is_default_of(dictionary, field)) return bad(field.name, "bad_default");
  const bool linked = field.kind == FieldKind::link || field.kind == FieldKind::links;
  if (linked && field.target != type.name && !dictionary.find(field.target))
    return bad(field.name, "unknown_type", {{"type", field.target}});
  return {};
}

Status check_purpose(const Dictionary& dictionary, const Field& field) {
  const std::string& purpose = field.privacy.purpose;
  if (purpose.empty()) return {};
  const auto* known = dictionary.find_item("purpose", purpose);
  if (known && !known->retired) return {};
  return field_error("records/unclassified_field", field.name, "purpose_unknown");
}

Status check_languages(std::string_view member, const json::value& labels) {
  if (!labels.is_object()) return {};
  for (const auto& [language, text] : labels.get_object()) {
    if (!is_language_tag(language))
      return field_error("records/invalid", std::string(member), "not_a_language");
    if (!text.is_string() && !text.is_null())
      return field_error("records/invalid", std::string(member), "not_a_text");
  }
  return {};
}

void say_scale(json::object& field) {
  const auto* kind = field.if_contains("kind");
  if (!kind || !kind->is_string() || kind->get_string() != "decimal") return;
  const auto* scale = field.if_contains("scale");
  if (!scale || scale->is_null()) field["scale"] = new_scale;
}

void change_labels(json::object& labels, const json::object& change) {
  for (const auto& [language, text] : change)
    if (text.is_null())
      labels.erase(language);
    else
      labels[language] = text;
}

Status check_custom_type(const Dictionary& dictionary, const RecordType& type) {
  TRY(check_name("name", type.name));
  TRY(check_name("plural", type.plural));
  // Without the prefix it could be a table of the program's own.
  if (!type.plural.starts_with("x_")) return bad("plural", "not_an_identifier");
  TRY(check_labels("label", type.label));
  TRY(check_labels("label_plural", type.label_plural));
  if (!is_clean_utf8(type.icon) || type.icon.size() > limits::label_max)
    return bad("icon", "too_long", {{"max", std::to_string(limits::label_max)}});
  for (const auto& field : type.fields)
    if (field.custom || field.name == "name") {
      TRY(check_custom_field(dictionary, type, field));
      TRY(check_purpose(dictionary, field));
    }
  for (const auto& index : type.indexes) TRY(check_index(type, index));
  if (!type.layout.is_null() && !type.layout.is_object()) return bad("layout", "not_an_object");
  if (type.list_columns.is_null()) return {};
  if (!type.list_columns.is_array()) return bad("list_columns", "not_a_list");
  for (const auto& column : type.list_columns.get_array())
    if (!column.is_string() || !type.find(column.get_string()))
      return bad("list_columns", "unknown_column");
  return {};
}

Status check_own_name(const json::object& input, std::string_view member) {
  const auto* name = input.if_contains(member);
  if (!name || name->is_null())
    return field_error("records/invalid", std::string(member), "required");
  if (!name->is_string()) return field_error("records/invalid", std::string(member), "not_a_text");
  const std::string_view text(name->get_string());
  return text.empty() || text == "x_"
             ? field_error("records/invalid", std::string(member), "required")
             : Status();
}

Status check_list_item(const Dictionary& dictionary, std::string_view list,
                       const json::object& input) {
  if (list == "relation_kind") TRY(check_relation_ends(dictionary, input));
  const auto* key = input.if_contains("key");
  const std::string name = key && key->is_string() ? std::string(key->get_string()) : "";
  const bool named = list == "currency" ? is_currency(name) : is_identifier(name);
  if (!named) return field_error("records/invalid", "key", "not_an_identifier");
  const auto* label = input.if_contains("label");
  if (!label || !label->is_object() || label->get_object().empty())
    return field_error("records/invalid", "label", "required");
  TRY(check_languages("label", *label));
  for (const auto& [language, text] : label->get_object()) {
    if (text.is_null()) continue;
    if (!is_clean_utf8(text.get_string()))
      return field_error("records/invalid", "label", "not_a_text");
    if (count_code_points(text.get_string()) > limits::label_max)
      return field_error("records/invalid", "label", "too_long",
                         {{"max", std::to_string(limits::label_max)}});
  }
  const auto* colour = input.if_contains("colour");
  if (colour && !colour->is_null() &&
      (!colour->is_string() || !is_clean_utf8(colour->get_string()) ||
       colour->get_string().size() > limits::label_max))
    return field_error("records/invalid", "colour", "not_a_text");
  const auto is_wrong = [&](const char* member, auto is_right) {
    const auto* value = input.if_contains(member);
    return value && !value->is_null() && !is_right(*value);
  };
  if (is_wrong("position", [](const json::value& value) { return value.is_int64(); }))
    return field_error("records/invalid", "position", "not_a_number");
  // The next item stands behind the last one, and must find a number there.
  if (is_wrong("position", [](const json::value& value) {
        return value.get_int64() >= 0 && value.get_int64() <= limits::position_max;
      }))
    return field_error("records/invalid", "position", "out_of_range",
                       {{"min", "0"}, {"max", std::to_string(limits::position_max)}});
  if (is_wrong("retired", [](const json::value& value) { return value.is_bool(); }))
    return field_error("records/invalid", "retired", "not_yes_or_no");
  if (is_wrong("extra", [](const json::value& value) { return value.is_object(); }))
    return field_error("records/invalid", "extra", "not_an_object");
  return {};
}

}  // namespace fokus::records
