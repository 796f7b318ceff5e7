// SPDX-License-Identifier: Apache-2.0
#include "features/imports/import_api.hpp"

#include <algorithm>
#include <charconv>

#include "access/handlers_of.hpp"
#include "features/imports/column_guess.hpp"
#include "features/imports/error_file.hpp"
#include "features/imports/import_traces.hpp"
#include "features/imports/remembered.hpp"

namespace fokus::imports {
namespace {

namespace json = boost::json;
using access::Right;
using access::Visit;
using net::Method;
using net::Reply;

constexpr int errors_shown = 100;
Result<ImportId> import_id(const Visit& visit) {
  const auto id = records::id_of(visit);
  if (!id) return make_error(ErrorKind::not_found, "imports/not_found");
  return ImportId{id->value};
}

std::int64_t number(const net::Call& call, std::string_view name, std::int64_t fallback) {
  const auto text = call.query_value(name).value_or("");
  std::int64_t value = fallback;
  const auto end = std::from_chars(text.data(), text.data() + text.size(), value);
  return end.ptr == text.data() + text.size() && !text.empty() ? value : fallback;
}

Result<FileForm> form_of_call(const net::Call& call) {
  json::object said;
  for (const auto name : form_members)
    if (const auto text = call.query_value(name); text && !text->empty())
      said[name] = std::string(*text);
  return form_of(said, {});
}

json::object head_of(const Import& import) {
  return {{"id", import.id.value},
          {"type", import.record_type},
          {"name", import.name},
          {"status", status_name(import.status)},
          {"created_by", import.created_by.value},
          {"created_at", render_instant(import.created_at)},
          {"rows_estimate", import.rows_estimate},
          {"counts", import.counts},
          {"job", import.job.value},
          {"batch", import.batch.value}};
}

constexpr const char* import_head =
    "id!: id, type!: text, name!: text, status!: text, created_by: integer, created_at: instant, "
    "rows_estimate: integer, counts: any, job: integer, batch: integer";

std::string import_answer() {
  return "{" + std::string(import_head) +
         ", encoding: text, delimiter: text, header_row: any, columns: any, mapping: any, match: "
         "any, policy: any, "
         "source: any, date_order: text, decimal_mark: text, time_zone: text?, sample: any, "
         "errors: [{row!: integer, "
         "field: text, code!: text, name: text}], "
         "keys: [any], kind: text, sheet: text, sheets: [text], notes: any, transforms: any, "
         "constants: any, on_match: text, duplicates: text, remembered: [{id!: id, name!: text, "
         "fits!: boolean}]}";
}

class ImportApi {
 public:
  ImportApi(const records::ApiParts& parts, Imports& imports)
      : parts_(parts), imports_(imports), remembered_(parts, imports) {}

  Result<Reply> create(Visit& visit) const {
    const auto type = visit.call.query_value("type");
    if (!type) return field_error("imports/invalid", "type", "required");
    if (visit.call.body_file.empty()) return make_error(ErrorKind::invalid, "imports/empty_file");
    const auto id = TRY(imports_.begin(visit.scope, *type,
                                       visit.call.query_value("name").value_or("import.csv"),
                                       visit.call.body_file, TRY(form_of_call(visit.call))));
    return Reply::json(json::serialize(TRY(render(visit.scope, id))), 201);
  }

  Result<Reply> list(Visit& visit) const {
    const auto call = TRY(records::parse_list_call(visit.call));
    const int limit = std::min(call.query.limit, limits::page_max - 1);
    const auto before = call.query.cursor.empty() ? number(visit.call, "before", 0)
                                                  : TRY(records::parse_before(call.query.cursor));
    const auto found = imports_.list(visit.scope, ImportId{before}, limit + 1);
    json::object out{{"items", json::array()}, {"next", nullptr}};
    auto& items = out["items"].as_array();
    for (const auto& one : found) {
      if (items.size() == static_cast<std::size_t>(limit)) {
        out["next"] = std::to_string(items.back().at("id").as_int64());
        break;
      }
      items.push_back(head_of(one));
    }
    return Reply::json(json::serialize(out));
  }

  Result<Reply> get(Visit& visit) const {
    return Reply::json(json::serialize(TRY(render(visit.scope, TRY(import_id(visit))))));
  }

  Result<Reply> define(Visit& visit) const {
    const auto id = TRY(import_id(visit));
    TRY(imports_.define(visit.scope, id, TRY(records::body_object(visit.call))));
    return Reply::json(json::serialize(TRY(render(visit.scope, id))));
  }

  Result<Reply> check(Visit& visit) const {
    return started(TRY(imports_.check_later(visit.scope, TRY(import_id(visit)))));
  }
  Result<Reply> run(Visit& visit) const {
    return started(TRY(imports_.run_later(visit.scope, TRY(import_id(visit)))));
  }
  Result<Reply> reverse(Visit& visit) const {
    return started(TRY(imports_.reverse_later(visit.scope, TRY(import_id(visit)))));
  }

  Result<Reply> errors(Visit& visit) const {
    const auto import = TRY(imports_.get(visit.scope, TRY(import_id(visit))));
    Reply reply;
    reply.type = "text/csv; charset=utf-8";
    reply.header("Content-Disposition", "attachment; filename=\"import-" +
                                            std::to_string(import.id.value) + "-errors.csv\"");
    parts_.trace(visit.scope,
                 {"download", "import", std::array{import.id.value}, "rows that failed"});
    reply.stream = [&imports = imports_, import](const auto& write) {
      write_error_file(imports, import, write);
    };
    return reply;
  }

 private:
  static Reply started(const Started& started) {
    json::object body{{"job", started.job.value}};
    if (started.batch) body["batch"] = started.batch.value;
    return Reply::json(json::serialize(body), 202);
  }

  // The answer shows cells of the file, and records that a dry run or run has met.
  void trace_sample(const access::Scope& scope, const Import& import) const {
    if (import.columns.empty() && import.sample.empty()) return;
    parts_.trace(scope, {"read", "import", std::array{import.id.value},
                         "sample of " + std::to_string(import.rows_estimate) + " rows"});
    trace_rows(parts_, scope, import.record_type, import.sample, "import sample");
  }

  Result<json::object> render(const access::Scope& scope, ImportId id) const {
    const auto import = TRY(imports_.get(scope, id));
    auto body = head_of(import);
    body["encoding"] = import.encoding;
    body["delimiter"] = std::string(1, import.format.delimiter);
    body["header_row"] = import.has_header ? json::value(import.header.row) : json::value("none");
    body["columns"] = import.columns;
    for (const char* key : {"mapping", "match", "policy", "source", "date_order", "decimal_mark",
                            "time_zone", "transforms", "constants", "on_match", "duplicates"})
      if (const auto* value = import.definition.if_contains(key)) body[key] = *value;
    for (const char* key : {"kind", "sheet", "sheets", "notes"})
      if (const auto* value = import.form.if_contains(key)) body[key] = *value;
    body["remembered"] = remembered_.offers(scope, import);
    body["sample"] = import.sample;
    trace_sample(scope, import);
    json::array errors;
    for (const auto& error : imports_.list_errors(id, 0, errors_shown)) {
      json::object one{{"row", error.row}, {"field", error.field}, {"code", error.code}};
      if (!error.name.empty()) one["name"] = error.name;
      errors.push_back(std::move(one));
    }
    body["errors"] = std::move(errors);
    const auto dictionary = parts_.records.dictionary_ptr();
    json::array keys;
    if (const auto* type = dictionary->find(import.record_type))
      for (auto& key : mapping_keys(*dictionary, *type)) keys.emplace_back(key);
    body["keys"] = std::move(keys);
    return body;
  }

  records::ApiParts parts_;
  Imports& imports_;
  RememberedMappings remembered_;
};

}  // namespace

// tidy: table
std::vector<access::Route> import_routes(const records::ApiParts& parts, Imports& imports) {
  const auto to = access::handlers_of(std::make_shared<ImportApi>(parts, imports));
  const auto right = Right::function(access::functions::import);
  const std::string one = "/api/v1/imports/{id}";
  access::Route upload{Method::post,
                       "/api/v1/imports",
                       right,
                       to(&ImportApi::create),
                       {"Upload a file to import: CSV, XLSX or vCard",
                        {.query = "type!, name, header_row, delimiter, encoding, sheet",
                         .answer = import_answer(),
                         .status = 201,
                         .upload = "text/csv"}},
                       net::Lane::slow};
  upload.body_max = limits::file_bytes_max;
  upload.stream_body = true;
  return {
      std::move(upload),
      {Method::get,
       "/api/v1/imports",
       right,
       to(&ImportApi::list),
       {"List imports",
        {.query = "limit: limit, cursor, before: integer",
         .answer = "{items!: [{" + std::string(import_head) + "}], next!: text?}"}}},
      {Method::get,
       one,
       right,
       to(&ImportApi::get),
       {"One import with its outcome", {.answer = import_answer()}}},
      {Method::patch,
       one,
       right,
       to(&ImportApi::define),
       {"Set mapping, transforms, match keys, policies and source",
        {.body = "{mapping: object, match: [text], policy: object, source: object, "
                 "date_order: day_first|month_first, decimal_mark: comma|point, time_zone: text?, "
                 "header_row: any, delimiter: text?, encoding: text?, sheet: text?, "
                 "transforms: object, constants: object, on_match: update|skip|create|ask, "
                 "duplicates: ignore|ask}",
         .answer = import_answer()}}},
      {Method::post,
       one + "/dry-run",
       right,
       to(&ImportApi::check),
       {"Count what the import would change", {.answer = "$job", .status = 202}}},
      {Method::post,
       one + "/run",
       right,
       to(&ImportApi::run),
       {"Run the import", {.answer = "$job", .status = 202}}},
      {Method::post,
       one + "/reversal",
       right,
       to(&ImportApi::reverse),
       {"Take the import back", {.answer = "$job", .status = 202}}},
      {Method::get,
       one + "/errors.csv",
       right,
       to(&ImportApi::errors),
       {"The refused rows with their reasons", {.media = "text/csv"}},
       net::Lane::slow},
  };
}

}  // namespace fokus::imports
