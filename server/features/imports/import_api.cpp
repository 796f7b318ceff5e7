// SPDX-License-Identifier: Apache-2.0
#include "features/imports/import_api.hpp"

#include <charconv>

#include "features/imports/column_guess.hpp"
#include "features/imports/encoding.hpp"
#include "features/imports/table_writer.hpp"

namespace fokus::imports {
namespace {

namespace json = boost::json;
using access::Right;
using access::Visit;
using net::Method;
using net::Reply;

constexpr int errors_shown = 100;
constexpr int errors_per_page = 1'000;
constexpr int list_default = 50;

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

class ImportApi {
 public:
  ImportApi(const records::ApiParts& parts, Imports& imports) : parts_(parts), imports_(imports) {}

  Result<Reply> create(Visit& visit) const {
    const auto type = visit.call.query_value("type");
    if (!type) return field_error("imports/invalid", "type", "required");
    if (visit.call.body_file.empty()) return make_error(ErrorKind::invalid, "imports/empty_file");
    const auto id = TRY(imports_.begin(visit.scope, *type,
                                       visit.call.query_value("name").value_or("import.csv"),
                                       visit.call.body_file));
    return Reply::json(json::serialize(TRY(render(visit.scope, id))), 201);
  }

  Result<Reply> list(Visit& visit) const {
    const auto limit = static_cast<int>(number(visit.call, "limit", list_default));
    json::array items;
    for (const auto& one :
         imports_.list(visit.scope, ImportId{number(visit.call, "before", 0)}, limit))
      items.push_back(head_of(one));
    return Reply::json(json::serialize(json::object{{"items", std::move(items)}}));
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
    reply.stream = [&imports = imports_, import](const auto& write) {
      write_errors(imports, import, write);
    };
    return reply;
  }

 private:
  static Reply started(const Started& started) {
    json::object body{{"job", started.job.value}};
    if (started.batch) body["batch"] = started.batch.value;
    return Reply::json(json::serialize(body), 202);
  }

  Result<json::object> render(const access::Scope& scope, ImportId id) const {
    const auto import = TRY(imports_.get(scope, id));
    auto body = head_of(import);
    body["encoding"] = import.encoding;
    body["delimiter"] = std::string(1, import.format.delimiter);
    body["columns"] = import.columns;
    for (const char* key : {"mapping", "match", "policy", "source"})
      if (const auto* value = import.definition.if_contains(key)) body[key] = *value;
    body["sample"] = import.sample;
    json::array errors;
    for (const auto& error : imports_.list_errors(id, 0, errors_shown))
      errors.push_back(
          json::object{{"row", error.row}, {"field", error.field}, {"code", error.code}});
    body["errors"] = std::move(errors);
    const auto dictionary = parts_.records.dictionary_ptr();
    json::array keys;
    if (const auto* type = dictionary->find(import.record_type))
      for (auto& key : mapping_keys(*dictionary, *type)) keys.emplace_back(key);
    body["keys"] = std::move(keys);
    return body;
  }

  // Row number, field and reason, then the row as it stood, to be mended and sent again.
  static void write_errors(const Imports& imports, const Import& import, const Sink& write) {
    const auto writer = make_csv_writer(write, {});
    std::vector<std::string> header = {"row_number", "error_field", "error_code"};
    for (auto& name : import.column_names()) header.push_back(std::move(name));
    writer->header(header);
    std::int64_t after = 0;
    for (;;) {
      const auto page = imports.list_errors(import.id, after, errors_per_page);
      for (const auto& error : page) {
        after = error.id;
        std::vector<Cell> cells = {{Cell::Kind::number, std::to_string(error.row)},
                                   {Cell::Kind::text, error.field},
                                   {Cell::Kind::text, error.code}};
        for (const auto& cell : error.cells)
          cells.push_back({Cell::Kind::text, std::string(cell.as_string())});
        if (!writer->row(cells)) return;
      }
      if (page.size() < errors_per_page) break;
    }
    (void)writer->finish();
  }

  records::ApiParts parts_;
  Imports& imports_;
};

}  // namespace

std::vector<access::Route> import_routes(const records::ApiParts& parts, Imports& imports) {
  const auto api = std::make_shared<ImportApi>(parts, imports);
  const auto to = [&](auto member) -> access::Handler {
    return [api, member](Visit& visit) { return ((*api).*member)(visit); };
  };
  const auto right = Right::function(access::functions::import);
  const std::string one = "/api/v1/imports/{id}";
  access::Route upload{Method::post,
                       "/api/v1/imports",
                       right,
                       to(&ImportApi::create),
                       "Upload a CSV file to import",
                       net::Lane::slow};
  upload.body_max = limits::file_bytes_max;
  upload.stream_body = true;
  return {
      std::move(upload),
      {Method::get, "/api/v1/imports", right, to(&ImportApi::list), "List imports"},
      {Method::get, one, right, to(&ImportApi::get), "One import with its outcome"},
      {Method::patch, one, right, to(&ImportApi::define),
       "Set mapping, match keys, policies and source"},
      {Method::post, one + "/dry-run", right, to(&ImportApi::check),
       "Count what the import would change"},
      {Method::post, one + "/run", right, to(&ImportApi::run), "Run the import"},
      {Method::post, one + "/reversal", right, to(&ImportApi::reverse), "Take the import back"},
      {Method::get, one + "/errors.csv", right, to(&ImportApi::errors),
       "The refused rows with their reasons", net::Lane::slow},
  };
}

}  // namespace fokus::imports
