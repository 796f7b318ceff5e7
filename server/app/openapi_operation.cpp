// SPDX-License-Identifier: Apache-2.0
#include "app/openapi_operation.hpp"

#include <stdexcept>

#include "access/bind_route.hpp"
#include "app/record_schemas.hpp"
#include "app/schema_notation.hpp"
#include "base/text.hpp"
#include "records/records.hpp"

namespace fokus::app {
namespace {

using records::RecordType;

constexpr std::string_view api = "/api/v1";

// Behind "/api/v1" where the path begins so; addresses for other programs do not.
std::string_view path_in_api(std::string_view path) {
  if (path.starts_with(api)) path.remove_prefix(api.size());
  return path;
}

std::string operation_id(const access::Route& route, std::string_view path) {
  std::string out = lower_ascii(access::method_name(route.method));
  for (const char c : path_in_api(path))
    out += (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ? c : '_';
  return out;
}

class OperationWriter {
 public:
  OperationWriter(JsonWriter& json, const Operation& operation)
      : json_(json), operation_(operation), terms_(operation.route->contract.terms()) {}

  void write() {
    const auto& route = *operation_.route;
    json_.key(lower_ascii(access::method_name(route.method))).begin_object();
    json_.field("summary", route.contract.summary());
    json_.field("operationId", operation_id(route, operation_.path));
    json_.key("tags")
        .begin_array()
        .value(split(path_in_api(operation_.path), '/').at(1))
        .end_array();
    write_parameters();
    write_body();
    write_responses();
    json_.key("security").begin_array();
    if (route.right.kind() != access::Right::Kind::anyone)
      for (const char* way : {"session", "api_key"})
        json_.begin_object().key(way).begin_array().end_array().end_object();
    json_.end_array();
    json_.field("x-route", std::string(access::method_name(route.method)) + " " + route.path);
    if (route.right.kind() == access::Right::Kind::function)
      json_.field("x-right", route.right.name());
    json_.end_object();
  }

 private:
  void write_parameters() {
    const auto& route = *operation_.route;
    json_.key("parameters").begin_array();
    for (const auto& name : path_params(operation_.path)) write_path_parameter(name);
    for (const auto& parameter : route.contract.query()) {
      json_.begin_object().field("name", parameter.name).field("in", "query");
      if (parameter.required) json_.field("required", true);
      json_.key("schema");
      write_query_schema(parameter.kind);
      json_.end_object();
    }
    if (terms_.versioned) write_ref(json_, "parameters/if_match");
    if (terms_.is_conditional) write_ref(json_, "parameters/if_none_match");
    if (route.right.kind() != access::Right::Kind::anyone) {
      if (route.method == net::Method::post) write_ref(json_, "parameters/idempotency_key");
      write_ref(json_, "parameters/purpose");
    }
    json_.end_array();
  }

  void write_path_parameter(const std::string& name) {
    json_.begin_object().field("name", name).field("in", "path").field("required", true);
    json_.key("schema").begin_object();
    if (name == "id" || name == "record" || name == "tile")
      json_.field("type", "integer").field("format", "int64").field("minimum", 1);
    else
      json_.field("type", "string");
    if (operation_.type && (name == "link" || name == "field")) {
      json_.key("enum").begin_array();
      for (const auto& word : words_of_parameter(*operation_.type, name)) json_.value(word);
      json_.end_array();
    }
    json_.end_object().end_object();
  }

  void write_query_schema(std::string_view kind) {
    namespace limits = records::limits;
    const bool is_limit = kind == "limit";
    if (is_limit || kind == "skip") {
      json_.begin_object().field("type", "integer").field("minimum", is_limit ? 1 : 0);
      json_.field("maximum",
                  static_cast<std::int64_t>(is_limit ? limits::page_max : limits::skip_max));
      json_.end_object();
    } else if (kind == "ids") {
      json_.begin_object().field("type", "array").key("items");
      write_word_schema(json_, "id");
      json_.end_object();
    } else if (!write_word_schema(json_, kind == "count" ? "none|capped|exact" : kind)) {
      throw std::runtime_error("query parameter of kind " + std::string(kind));
    }
  }

  void write_body() {
    if (terms_.body.empty() && terms_.upload.empty()) return;
    json_.key("requestBody").begin_object().field("required", true).key("content").begin_object();
    json_.key(terms_.upload.empty() ? "application/json" : terms_.upload).begin_object();
    json_.key("schema");
    terms_.upload.empty() ? write_named(terms_.body) : write_binary();
    json_.end_object().end_object().end_object();
  }

  void write_responses() {
    const int status = operation_.route->contract.status();
    json_.key("responses").begin_object();
    json_.key(std::to_string(status)).begin_object().field("description", "Done");
    write_answer_headers(status);
    if (!terms_.answer.empty() || !terms_.media.empty()) {
      json_.key("content").begin_object();
      json_.key(terms_.media.empty() ? "application/json" : terms_.media).begin_object();
      json_.key("schema");
      terms_.media.empty() ? write_named(terms_.answer) : write_binary();
      json_.end_object().end_object();
    }
    json_.end_object();
    if (!terms_.preview.empty() && status != 200) write_preview();
    if (terms_.is_conditional && !terms_.media.empty())
      json_.key("206").begin_object().field("description", "A part, by Range").end_object();
    if (terms_.is_conditional)
      json_.key("304").begin_object().field("description", "As you have it").end_object();
    if (terms_.versioned) {
      json_.key("412");
      write_ref(json_, "responses/stale");
    }
    json_.key("default");
    write_ref(json_, "responses/problem");
    json_.end_object();
  }

  void write_preview() {
    json_.key("200").begin_object();
    json_.field("description", "A preview; nothing is changed").key("content").begin_object();
    json_.key("application/json").begin_object().key("schema");
    write_named(terms_.preview);
    json_.end_object().end_object().end_object();
  }

  void write_answer_headers(int status) {
    const bool has_tag = terms_.versioned || terms_.is_conditional;
    const bool has_place = status == 201 && terms_.answer == "$record";
    if (!has_tag && !has_place) return;
    json_.key("headers").begin_object();
    for (const char* name : {"ETag", "Location"}) {
      if (!(name[0] == 'E' ? has_tag : has_place)) continue;
      json_.key(name).begin_object().key("schema");
      write_word_schema(json_, "text");
      json_.end_object();
    }
    json_.end_object();
  }

  void write_binary() { json_.begin_object().end_object(); }

  void write_named(std::string_view notation) {
    write_schema(json_, notation,
                 [&](std::string_view name) { return record_schema_name(operation_.type, name); });
  }

  JsonWriter& json_;
  const Operation& operation_;
  const access::Terms& terms_;
};

}  // namespace

std::vector<std::string> path_params(std::string_view path) {
  std::vector<std::string> out;
  for (const auto segment : split(path, '/'))
    if (segment.starts_with('{'))
      out.emplace_back(segment.substr(1, segment.find_first_of(".}") - 1));
  return out;
}

std::vector<std::string> words_of_parameter(const RecordType& type, std::string_view param) {
  std::vector<std::string> out;
  if (param == "link")
    for (const auto& link : type.backlinks) out.push_back(link.name);
  if (param == "field")
    for (const auto& field : type.fields)
      if (field.kind == records::FieldKind::file && !field.hidden) out.push_back(field.name);
  return out;
}

void write_ref(JsonWriter& json, std::string_view place) {
  json.begin_object().field("$ref", "#/components/" + std::string(place)).end_object();
}

void write_operation(JsonWriter& json, const Operation& operation) {
  OperationWriter(json, operation).write();
}

}  // namespace fokus::app
