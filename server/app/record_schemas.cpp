// SPDX-License-Identifier: Apache-2.0
#include "app/record_schemas.hpp"

#include "app/schema_notation.hpp"

namespace fokus::app {
namespace {

using records::Dictionary;
using records::Field;
using records::FieldKind;
using records::RecordType;

constexpr std::string_view address =
    "{street: text?, postcode: text?, city: text?, region: text?, country: text?}";
constexpr std::string_view contact_points =
    "[{kind!: phone|email|url|address, label: text?, value!: any, primary: boolean}]";

std::string same_name(std::string_view name) {
  return std::string(name);
}

// The keys of a list; those that are retired still stand in records. A list that is still empty
// takes any text.
void write_choice(JsonWriter& json, const Dictionary& dictionary, const Field& field) {
  json.begin_object().field("type", "string");
  const auto list = dictionary.lists.find(field.list);
  if (list != dictionary.lists.end() && !list->second.empty()) {
    json.key("enum").begin_array();
    for (const auto& item : list->second) json.value(item.key);
    json.end_array();
  }
  json.end_object();
}

std::string_view notation_of(FieldKind kind, bool is_input) {
  switch (kind) {
    case FieldKind::integer:
      return "integer";
    case FieldKind::decimal:
      return is_input ? "any" : "number";  // also as text, so that no digit is lost on the way
    case FieldKind::boolean:
      return "boolean";
    case FieldKind::date:
      return "date";
    case FieldKind::instant:
      return "instant";
    case FieldKind::money:
      return is_input ? "any" : "{amount!: text, currency!: text}";
    case FieldKind::link:
    case FieldKind::user:
    case FieldKind::group:
      return is_input ? "any" : "{id!: id, name: text?}";
    case FieldKind::links:
      return is_input ? "[any]" : "[{id!: id, name: text?}]";
    case FieldKind::address:
      return is_input ? "any" : address;
    case FieldKind::file:
      return is_input ? "any" : "{id!: id, name!: text, size!: integer, type!: text}";
    default:
      return "text";
  }
}

void write_value_schema(JsonWriter& json, const Dictionary& dictionary, const Field& field,
                        bool is_input) {
  if (field.kind == FieldKind::choices) {
    json.begin_object().field("type", "array").key("items");
    write_choice(json, dictionary, field);
    json.end_object();
  } else if (field.kind == FieldKind::choice) {
    write_choice(json, dictionary, field);
  } else {
    write_schema(json, notation_of(field.kind, is_input), same_name);
  }
}

// Anything may be null: when it is empty, and when the reader's roles mask it.
void write_field_schema(JsonWriter& json, const Dictionary& dictionary, const Field& field,
                        bool is_input) {
  json.begin_object().key("anyOf").begin_array();
  write_value_schema(json, dictionary, field, is_input);
  json.begin_object().field("type", "null").end_object().end_array();
  if (const auto label = field.label.find("en"); label != field.label.end())
    json.field("title", label->second);
  if (field.read_only && !is_input) json.field("readOnly", true);
  json.field("x-kind", records::field_kind_name(field.kind));
  if (!field.target.empty()) json.field("x-target", field.target);
  json.field("x-personal-data", field.privacy.data_class).end_object();
}

bool is_writable(const Field& field) {
  return !field.read_only && field.name != "id" && field.name != "version";
}

void write_type_schema(JsonWriter& json, const Dictionary& dictionary, const RecordType& type,
                       bool is_input) {
  json.key(record_schema_name(&type, is_input ? "changes" : "record")).begin_object();
  json.field("type", "object").key("properties").begin_object();
  for (const auto& field : type.fields) {
    if (field.hidden || (is_input && !is_writable(field))) continue;
    json.key(field.name);
    write_field_schema(json, dictionary, field, is_input);
  }
  if (type.contact_points) {
    json.key("contact_points");
    write_schema(json, contact_points, same_name);
  }
  if (!is_input) {
    json.key("rights");
    write_schema(json, "{update: boolean, archive: boolean, export_out: boolean}", same_name);
    json.key("masked");
    write_schema(json, "[text]", same_name);
    json.key("notices");
    write_schema(json, "[object]", same_name);
  }
  json.end_object().end_object();
}

}  // namespace

std::string record_schema_name(const RecordType* type, std::string_view name) {
  if (name == "record") return type ? type->name : "any_record";
  if (name == "page") return (type ? type->name : "any") + std::string("_page");
  if (name == "changes") return (type ? type->name : "any") + std::string("_changes");
  return std::string(name);
}

void write_record_schemas(JsonWriter& json, const Dictionary& dictionary) {
  for (const auto* type : dictionary.in_order()) {
    write_type_schema(json, dictionary, *type, false);
    write_type_schema(json, dictionary, *type, true);
    json.key(record_schema_name(type, "page"));
    write_schema(json, "{items!: [$record], next!: text?, count: $count}",
                 [&](std::string_view name) { return record_schema_name(type, name); });
  }
}

}  // namespace fokus::app
