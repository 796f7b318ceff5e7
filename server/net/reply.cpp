// SPDX-License-Identifier: Apache-2.0
#include "net/reply.hpp"

#include <array>
#include "base/json_writer.hpp"

namespace fokus::net {

namespace {

constexpr std::string_view problem_type = "application/problem+json";
constexpr std::string_view retry_after_default_s = "1";

void write_params(JsonWriter& json, const std::map<std::string, std::string>& params) {
  json.key("params").begin_object();
  for (const auto& [key, value] : params) json.field(key, std::string_view(value));
  json.end_object();
}

void write_errors(JsonWriter& json, const std::vector<FieldError>& errors) {
  json.key("errors").begin_array();
  for (const auto& error : errors) {
    json.begin_object();
    json.field("field", std::string_view(error.field));
    json.field("code", std::string_view(error.code));
    write_params(json, error.params);
    json.end_object();
  }
  json.end_array();
}

Reply make_problem(int status, const Error& error, std::string_view call_id) {
  Reply reply;
  reply.status = status;
  reply.type = problem_type;
  JsonWriter json(reply.body);
  json.begin_object();
  json.field("type", "about:blank");
  json.field("title", reason_phrase(status));
  json.field("status", status);
  json.field("code", std::string_view(error.code));
  write_errors(json, error.errors);
  write_params(json, error.params);
  json.field("call", call_id);
  json.end_object();
  return reply;
}

}  // namespace

Reply Reply::json(std::string body, int status) {
  Reply reply;
  reply.status = status;
  reply.body = std::move(body);
  return reply;
}

Reply Reply::text(std::string body, int status) {
  Reply reply = json(std::move(body), status);
  reply.type = "text/plain; charset=utf-8";
  return reply;
}

Reply Reply::no_content() {
  Reply reply;
  reply.status = 204;
  reply.type.clear();
  return reply;
}

Reply Reply::problem(const Error& error, std::string_view call_id) {
  Reply reply = make_problem(status_of(error.kind), error, call_id);
  if (error.kind == ErrorKind::unavailable || error.kind == ErrorKind::too_many) {
    const auto wait = error.params.find("retry_after_s");
    reply.header("Retry-After",
                 wait == error.params.end() ? std::string(retry_after_default_s) : wait->second);
  }
  return reply;
}

Reply& Reply::header(std::string name, std::string value) & {
  headers.emplace_back(std::move(name), std::move(value));
  return *this;
}

Reply refuse(int status, std::string_view code, std::string_view call_id) {
  return make_problem(status, make_error(ErrorKind::malformed, std::string(code)), call_id);
}

int status_of(ErrorKind kind) {
  switch (kind) {
    case ErrorKind::invalid:
      return 422;
    case ErrorKind::malformed:
      return 400;
    case ErrorKind::unauthenticated:
      return 401;
    case ErrorKind::forbidden:
      return 403;
    case ErrorKind::not_found:
      return 404;
    case ErrorKind::conflict:
      return 409;
    case ErrorKind::stale:
      return 412;
    case ErrorKind::too_large:
      return 413;
    case ErrorKind::too_many:
      return 429;
    case ErrorKind::unavailable:
      return 503;
  }
  return 500;
}

std::string_view reason_phrase(int status) {
  // RFC 9110 §15 and RFC 6585.
  static constexpr std::array<std::pair<int, std::string_view>, 39> reason_phrases = {{
      {100, "Continue"},
      {101, "Switching Protocols"},
      {200, "OK"},
      {201, "Created"},
      {202, "Accepted"},
      {204, "No Content"},
      {206, "Partial Content"},
      {207, "Multi-Status"},
      {301, "Moved Permanently"},
      {302, "Found"},
      {303, "See Other"},
      {304, "Not Modified"},
      {307, "Temporary Redirect"},
      {308, "Permanent Redirect"},
      {400, "Bad Request"},
      {401, "Unauthorized"},
      {403, "Forbidden"},
      {404, "Not Found"},
      {405, "Method Not Allowed"},
      {406, "Not Acceptable"},
      {408, "Request Timeout"},
      {409, "Conflict"},
      {410, "Gone"},
      {412, "Precondition Failed"},
      {413, "Content Too Large"},
      {415, "Unsupported Media Type"},
      {416, "Range Not Satisfiable"},
      {417, "Expectation Failed"},
      {422, "Unprocessable Content"},
      {426, "Upgrade Required"},
      {428, "Precondition Required"},
      {429, "Too Many Requests"},
      {431, "Request Header Fields Too Large"},
      {500, "Internal Server Error"},
      {501, "Not Implemented"},
      {502, "Bad Gateway"},
      {503, "Service Unavailable"},
      {504, "Gateway Timeout"},
      {507, "Insufficient Storage"},
  }};
  for (const auto& [code, phrase] : reason_phrases)
    if (code == status) return phrase;
  return "Unknown";
}

}  // namespace fokus::net
