// SPDX-License-Identifier: Apache-2.0
#include "app/openapi.hpp"

#include <map>

#include "access/bind_route.hpp"
#include "base/json_writer.hpp"
#include "base/text.hpp"

namespace fokus::app {
namespace {

using records::FieldKind;

std::vector<std::string> path_params(std::string_view path) {
  std::vector<std::string> out;
  for (const auto segment : split(path, '/'))
    if (segment.starts_with('{'))
      out.emplace_back(segment.substr(1, segment.find_first_of(".}") - 1));
  return out;
}

std::string operation_id(const access::Route& route) {
  std::string out = lower_ascii(access::method_name(route.method));
  for (const char c : route.path.substr(std::string_view("/api/v1").size()))
    out += (c >= 'a' && c <= 'z') ? c : '_';
  return out;
}

void write_problem(JsonWriter& json) {
  json.key("default")
      .begin_object()
      .field("description", "An error (RFC 9457)")
      .key("content")
      .begin_object();
  json.key("application/problem+json").begin_object().key("schema").begin_object();
  json.field("$ref", "#/components/schemas/problem")
      .end_object()
      .end_object()
      .end_object()
      .end_object();
}

void write_operation(JsonWriter& json, const access::Route& route) {
  json.key(lower_ascii(access::method_name(route.method))).begin_object();
  json.field("summary", route.summary)
      .field("operationId", operation_id(route))
      .key("parameters")
      .begin_array();
  for (const auto& name : path_params(route.path)) {
    json.begin_object()
        .field("name", name)
        .field("in", "path")
        .field("required", true)
        .key("schema");
    json.begin_object().field("type", "string").end_object().end_object();
  }
  json.end_array();
  const bool has_body = route.method == net::Method::post || route.method == net::Method::put ||
                        route.method == net::Method::patch;
  if (has_body) {
    json.key("requestBody").begin_object().key("content").begin_object();
    json.key(route.stream_body ? "application/octet-stream" : "application/json")
        .begin_object()
        .key("schema");
    json.begin_object();
    if (!route.stream_body) json.field("type", "object");
    json.end_object().end_object().end_object().end_object();
  }
  json.key("responses")
      .begin_object()
      .key("2XX")
      .begin_object()
      .field("description", "Done")
      .end_object();
  write_problem(json);
  json.end_object().key("security").begin_array();
  if (route.right.kind() != access::Right::Kind::anyone)
    for (const char* way : {"session", "api_key"})
      json.begin_object().key(way).begin_array().end_array().end_object();
  json.end_array();
  if (route.right.kind() == access::Right::Kind::function)
    json.field("x-right", route.right.name());
  json.end_object();
}

void write_field_schema(JsonWriter& json, const records::Field& field) {
  json.begin_object();
  switch (field.kind) {
    case FieldKind::integer:
      json.field("type", "integer");
      break;
    case FieldKind::decimal:
      json.field("type", "number");
      break;
    case FieldKind::boolean:
      json.field("type", "boolean");
      break;
    case FieldKind::choices:
    case FieldKind::links:
      json.field("type", "array");
      break;
    case FieldKind::money:
    case FieldKind::link:
    case FieldKind::user:
    case FieldKind::group:
    case FieldKind::file:
    case FieldKind::address:
      json.field("type", "object");
      break;
    case FieldKind::date:
      json.field("type", "string").field("format", "date");
      break;
    case FieldKind::instant:
      json.field("type", "string").field("format", "date-time");
      break;
    default:
      json.field("type", "string");
  }
  if (field.read_only) json.field("readOnly", true);
  json.field("x-kind", records::field_kind_name(field.kind))
      .field("x-personal-data", field.privacy.data_class);
  json.end_object();
}

void write_components(JsonWriter& json, const records::Dictionary& dictionary) {
  json.key("components").begin_object().key("securitySchemes").begin_object();
  json.key("session")
      .begin_object()
      .field("type", "apiKey")
      .field("in", "cookie")
      .field("name", "__Host-fokus_session")
      .end_object();
  json.key("api_key")
      .begin_object()
      .field("type", "http")
      .field("scheme", "bearer")
      .end_object()
      .end_object();
  json.key("schemas")
      .begin_object()
      .key("problem")
      .begin_object()
      .field("type", "object")
      .key("properties")
      .begin_object();
  for (const char* name : {"title", "code", "call"})
    json.key(name).begin_object().field("type", "string").end_object();
  json.key("status").begin_object().field("type", "integer").end_object();
  json.key("errors").begin_object().field("type", "array").end_object().end_object().end_object();
  for (const auto& [name, type] : dictionary.types) {
    json.key(name).begin_object().field("type", "object").key("properties").begin_object();
    for (const auto& field : type.fields) {
      if (field.hidden) continue;
      json.key(field.name);
      write_field_schema(json, field);
    }
    json.end_object().end_object();
  }
  json.end_object().end_object();
}

}  // namespace

std::string render_openapi(const std::vector<access::Route>& routes,
                           const records::Dictionary& dictionary, std::string_view version) {
  std::map<std::string, std::vector<const access::Route*>> paths;
  for (const auto& route : routes) paths[route.path].push_back(&route);
  std::string out;
  JsonWriter json(out);
  json.begin_object().field("openapi", "3.1.0").key("info").begin_object();
  json.field("title", "Fokus").field("version", version).end_object().key("paths").begin_object();
  for (const auto& [path, all] : paths) {
    json.key(path).begin_object();
    for (const auto* route : all) write_operation(json, *route);
    json.end_object();
  }
  json.end_object();
  write_components(json, dictionary);
  json.end_object();
  return out;
}

}  // namespace fokus::app
