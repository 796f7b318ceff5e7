// SPDX-License-Identifier: Apache-2.0
#include "app/openapi.hpp"

#include <algorithm>
#include <map>

#include "access/authenticator.hpp"
#include "app/record_schemas.hpp"
#include "app/schema_notation.hpp"
#include "platform/crypto.hpp"

namespace fokus::app {
namespace {

using records::Dictionary;
using records::RecordType;

constexpr std::size_t tag_digits = 32;
constexpr std::string_view version = "0.1.0";
constexpr std::string_view typed_prefix = "/api/v1/{type}";

// What many routes share.
constexpr std::pair<std::string_view, std::string_view> shared_schemas[] = {
    {"problem",
     "{type: text, title: text, status!: integer, code!: text, call: text, params: object, "
     "errors: [{field: text, code: text, params: object}]}"},
    {"criteria",
     "{and: [$criteria], or: [$criteria], not: $criteria, field: text, op: text, value: any}"},
    {"count", "{value!: integer, at_least!: boolean}"},
    {"any_record", "object"},
    {"any_changes", "object"},
    {"any_page", "{items!: [$any_record], next!: text?, count: $count}"},
    {"job", "{job!: id, batch: id}"},
};

bool has_place(const RecordType& type, const std::vector<std::string>& params) {
  return std::none_of(params.begin(), params.end(), [&](const std::string& param) {
    return (param == "link" || param == "field") && words_of_parameter(type, param).empty();
  });
}

void write_header_parameter(JsonWriter& json, const char* key, const char* name, const char* text,
                            std::string_view kind = "text") {
  json.key(key).begin_object().field("name", name).field("in", "header");
  json.field("description", text).key("schema");
  write_word_schema(json, kind);
  json.end_object();
}

// "customer_care|contract|…"
std::string purposes_of(const Dictionary& dictionary) {
  std::string out;
  if (const auto items = dictionary.lists.find("purpose"); items != dictionary.lists.end())
    for (const auto& item : items->second)
      if (!item.retired) out += (out.empty() ? "" : "|") + item.key;
  return out.empty() ? "text" : out;
}

void write_shared_parameters(JsonWriter& json, const Dictionary& dictionary) {
  json.key("parameters").begin_object();
  write_header_parameter(json, "if_match", "If-Match",
                         "The ETag that is to be changed, or several; 412 when none is there");
  write_header_parameter(json, "if_none_match", "If-None-Match",
                         "The ETag that is known; 304 when nothing is new");
  write_header_parameter(json, "idempotency_key", "Idempotency-Key",
                         "A repeated call with the same key gets the first answer again");
  write_header_parameter(json, "purpose", "X-Purpose",
                         "The purpose of the call, for the access log; customer_care when absent",
                         purposes_of(dictionary));
  json.end_object();
}

void write_shared_responses(JsonWriter& json) {
  json.key("responses").begin_object();
  const auto write = [&](const char* key, const char* text) {
    json.key(key).begin_object().field("description", text).key("content").begin_object();
    json.key("application/problem+json").begin_object().key("schema");
    write_ref(json, "schemas/problem");
    json.end_object().end_object().end_object();
  };
  write("problem", "An error (RFC 9457)");
  write("stale", "Somebody was faster; nothing was changed");
  json.end_object();
}

void write_components(JsonWriter& json, const Dictionary& dictionary) {
  json.key("components").begin_object().key("securitySchemes").begin_object().key("session");
  json.begin_object().field("type", "apiKey").field("in", "cookie");
  json.field("name", access::session_cookie_name(true)).end_object().key("api_key");
  json.begin_object().field("type", "http").field("scheme", "bearer").end_object().end_object();
  write_shared_parameters(json, dictionary);
  write_shared_responses(json);
  json.key("schemas").begin_object();
  for (const auto& [name, notation] : shared_schemas) {
    json.key(name);
    write_schema(json, notation, [](std::string_view other) { return std::string(other); });
  }
  write_record_schemas(json, dictionary);
  json.end_object().end_object();
}

std::vector<access::Route> without_handlers(std::vector<access::Route> routes) {
  for (auto& route : routes) {
    route.handler = nullptr;
    route.admit = nullptr;
  }
  return routes;
}

}  // namespace

std::vector<Operation> list_operations(const std::vector<access::Route>& routes,
                                       const Dictionary& dictionary) {
  std::map<std::pair<std::string, net::Method>, Operation> out;
  for (const auto& route : routes)
    if (!route.path.starts_with(typed_prefix))
      out.emplace(std::pair(route.path, route.method), Operation{&route, route.path});
  for (const auto& route : routes) {
    if (!route.path.starts_with(typed_prefix)) continue;
    const auto params = path_params(route.path);
    for (const auto& [name, type] : dictionary.types) {
      if (!has_place(type, params)) continue;
      const std::string path = "/api/v1/" + type.plural + route.path.substr(typed_prefix.size());
      out.emplace(std::pair(path, route.method), Operation{&route, path, &type});
    }
  }
  std::vector<Operation> all;
  for (auto& [key, operation] : out) all.push_back(std::move(operation));
  return all;
}

std::string render_openapi(const std::vector<access::Route>& routes, const Dictionary& dictionary) {
  std::string out;
  JsonWriter json(out);
  json.begin_object().field("openapi", "3.1.0").key("info").begin_object();
  json.field("title", "Fokus").field("version", version).end_object().key("paths").begin_object();
  std::string path;
  for (const auto& operation : list_operations(routes, dictionary)) {
    if (operation.path != path) {
      if (!path.empty()) json.end_object();
      path = operation.path;
      json.key(path).begin_object();
    }
    write_operation(json, operation);
  }
  if (!path.empty()) json.end_object();
  json.end_object();
  write_components(json, dictionary);
  json.end_object();
  return out;
}

OpenapiDocument::OpenapiDocument(std::vector<access::Route> routes,
                                 const records::DictionaryHolder& dictionary)
    : routes_(without_handlers(std::move(routes))), dictionary_(dictionary) {}

net::Reply OpenapiDocument::reply() {
  const auto now = dictionary_.current();
  std::lock_guard lock(mutex_);
  if (known_ != now) {
    text_ = render_openapi(routes_, *now);
    tag_ = '"' + crypto::sha256_hex(text_).substr(0, tag_digits) + '"';
    known_ = now;
  }
  net::Reply out = net::Reply::json(text_);
  out.header("ETag", tag_);
  return out;
}

}  // namespace fokus::app
