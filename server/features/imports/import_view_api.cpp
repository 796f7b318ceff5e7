// SPDX-License-Identifier: Apache-2.0
// What is shown of an import beside itself, rows that wait for a decision, and remembered mappings.
#include <algorithm>
#include <array>
#include <charconv>

#include "access/handlers_of.hpp"
#include "features/imports/import_api.hpp"
#include "features/imports/import_traces.hpp"
#include "features/imports/remembered.hpp"

namespace fokus::imports {
namespace {

namespace json = boost::json;
using access::Right;
using access::Visit;
using net::Method;
using net::Reply;

constexpr std::array<std::string_view, 5> diff_actions = {"create", "update", "unchanged", "error",
                                                          "skip"};
constexpr std::size_t decided_rows_max = 1'000;  // named in one call

Result<ImportId> import_id(const Visit& visit) {
  const auto id = records::id_of(visit);
  if (!id) return make_error(ErrorKind::not_found, "imports/not_found");
  return ImportId{id->value};
}

// Of the bodies below, whose members are known to be of these kinds.
std::string_view text_of(const json::object& body, std::string_view name) {
  const auto* value = body.if_contains(name);
  return value && value->is_string() ? std::string_view(value->get_string()) : std::string_view();
}

class ImportViewApi {
 public:
  ImportViewApi(const records::ApiParts& parts, Imports& imports)
      : parts_(parts), imports_(imports), remembered_(parts, imports) {}

  Result<Reply> diff(Visit& visit) const {
    const auto id = TRY(import_id(visit));
    const auto import = TRY(imports_.get(visit.scope, id));
    const auto call = TRY(records::parse_list_call(visit.call));
    const auto action = visit.call.query_value("action").value_or("");
    const bool is_known = action.empty() || action == "ask" ||
                          std::count(diff_actions.begin(), diff_actions.end(), action) > 0;
    if (!is_known) return field_error("imports/invalid", "action", "unknown");
    const auto page =
        TRY(imports_.list_diff(visit.scope, id, call.query.cursor, call.query.limit, action));
    trace_file(visit, id, "diff");
    trace_rows(parts_, visit.scope, import.record_type, page.at("items").as_array(), "import diff");
    return Reply::json(json::serialize(page));
  }

  Result<Reply> preview(Visit& visit) const {
    const auto id = TRY(import_id(visit));
    auto rows = TRY(imports_.preview(visit.scope, id));
    trace_file(visit, id, "preview");
    return Reply::json(json::serialize(json::object{{"items", std::move(rows)}}));
  }

  Result<Reply> values(Visit& visit) const {
    const auto id = TRY(import_id(visit));
    const auto key = visit.call.query_value("key").value_or("");
    const auto values = TRY(imports_.list_values(visit.scope, id, key));
    trace_file(visit, id, "values of a column");
    return Reply::json(json::serialize(values));
  }

  Result<Reply> questions(Visit& visit) const {
    const auto id = TRY(import_id(visit));
    const auto import = TRY(imports_.get(visit.scope, id));
    const auto call = TRY(records::parse_list_call(visit.call));
    std::int64_t after = 0;
    const auto& cursor = call.query.cursor;
    const auto end = std::from_chars(cursor.data(), cursor.data() + cursor.size(), after);
    if (end.ptr != cursor.data() + cursor.size() || after < 0)
      return field_error("imports/invalid", "cursor", "unknown");
    const auto page = TRY(imports_.list_questions(visit.scope, id, after, call.query.limit));
    trace_file(visit, id, "rows put aside");
    json::array met;
    for (const auto& one : page.at("items").as_array())
      for (const auto& record : one.at("records").as_array())
        met.push_back(json::object{{"id", record.at("id")}});
    trace_rows(parts_, visit.scope, import.record_type, met, "import questions");
    return Reply::json(json::serialize(page));
  }

  Result<Reply> decide(Visit& visit) const {
    const auto id = TRY(import_id(visit));
    const auto body = TRY(records::body_object(visit.call));
    const auto word = text_of(body, "decision");
    std::optional<OnMatch> decision;
    if (!word.empty()) {
      decision = parse_on_match(word);
      if (!decision) return field_error("imports/invalid", "decision", "unknown");
    }
    std::optional<std::vector<std::int64_t>> rows;
    if (const auto* said = body.if_contains("rows"); said && said->is_array()) {
      if (said->get_array().size() > decided_rows_max)
        return field_error("imports/invalid", "rows", "too_many");
      rows.emplace();
      for (const auto& row : said->get_array())
        if (row.is_int64()) rows->push_back(row.get_int64());
    }
    TRY(imports_.decide(visit.scope, id, rows, decision));
    return Reply::no_content();
  }

  Result<Reply> run_decisions(Visit& visit) const {
    const auto started = TRY(imports_.decide_later(visit.scope, TRY(import_id(visit))));
    return Reply::json(
        json::serialize(json::object{{"job", started.job.value}, {"batch", started.batch.value}}),
        202);
  }

  Result<Reply> apply_remembered(Visit& visit) const {
    const auto id = TRY(import_id(visit));
    const auto body = TRY(records::body_object(visit.call));
    const auto* which = body.if_contains("remembered");
    if (!which || !which->is_int64())
      return field_error("imports/invalid", "remembered", "required");
    const auto missing = TRY(remembered_.apply(visit.scope, id, RememberedId{which->get_int64()}));
    json::array names(missing.begin(), missing.end());
    return Reply::json(json::serialize(json::object{{"missing_columns", std::move(names)}}));
  }

  Result<Reply> list_remembered(Visit& visit) const {
    json::array items;
    for (const auto& one :
         remembered_.list(visit.scope, visit.call.query_value("type").value_or("")))
      items.push_back(json::object{{"id", one.id.value},
                                   {"type", one.record_type},
                                   {"name", one.name},
                                   {"shared", one.is_shared},
                                   {"mine", one.created_by == visit.scope.actor.user},
                                   {"created_at", render_instant(one.created_at)},
                                   {"used_at", render_instant(one.used_at)}});
    return Reply::json(
        json::serialize(json::object{{"items", std::move(items)}, {"next", nullptr}}));
  }

  Result<Reply> keep(Visit& visit) const {
    const auto body = TRY(records::body_object(visit.call));
    const auto* import = body.if_contains("import");
    if (!import || !import->is_int64()) return field_error("imports/invalid", "import", "required");
    const auto* shared = body.if_contains("shared");
    const auto id =
        TRY(remembered_.keep(visit.scope, ImportId{import->get_int64()}, text_of(body, "name"),
                             shared && shared->is_bool() && shared->get_bool()));
    return Reply::json(json::serialize(json::object{{"id", id.value}}), 201);
  }

  Result<Reply> remove(Visit& visit) const {
    const auto id = records::id_of(visit);
    if (!id) return make_error(ErrorKind::not_found, "imports/not_found");
    TRY(remembered_.remove(visit.scope, RememberedId{id->value}));
    return Reply::no_content();
  }

 private:
  // The file may hold anything about anybody.
  void trace_file(const Visit& visit, ImportId id, std::string_view what) const {
    parts_.trace(visit.scope, {"read", "import", std::array{id.value}, what});
  }

  records::ApiParts parts_;
  Imports& imports_;
  RememberedMappings remembered_;
};

}  // namespace

// tidy: table
std::vector<access::Route> import_view_routes(const records::ApiParts& parts, Imports& imports) {
  const auto to = access::handlers_of(std::make_shared<ImportViewApi>(parts, imports));
  const auto right = Right::function(access::functions::import);
  const std::string one = "/api/v1/imports/{id}", kept = "/api/v1/import-mappings";
  return {
      {Method::get,
       one + "/diff",
       right,
       to(&ImportViewApi::diff),
       {"What a run would do, row by row; nothing is stored",
        {.query = "limit: limit, cursor, action: create|update|unchanged|error|skip|ask",
         .answer = "{items!: [{row!: integer, action!: text, name: any, id: id, changes: any, "
                   "errors: any}], next!: text?}"}},
       net::Lane::slow},
      {Method::get,
       one + "/preview",
       right,
       to(&ImportViewApi::preview),
       {"The first rows as their fields get them",
        {.answer = "{items!: [{row!: integer, cells!: object}]}"}}},
      {Method::get,
       one + "/values",
       right,
       to(&ImportViewApi::values),
       {"The different values of a mapped column, the commonest first",
        {.query = "key!",
         .answer = "{values!: [{value!: text, count!: integer, is_known!: boolean}], "
                   "is_whole!: boolean}"}},
       net::Lane::slow},
      {Method::get,
       one + "/questions",
       right,
       to(&ImportViewApi::questions),
       {"Rows that were put aside because their record is there",
        {.query = "limit: limit, cursor",
         .answer = "{items!: [{row!: integer, records!: [{id!: id, name: any}], cells!: object, "
                   "decision!: text?}], next!: text?, open!: integer, decided!: integer}"}}},
      {Method::post,
       one + "/decisions",
       right,
       to(&ImportViewApi::decide),
       {"Decide about these rows, or about all that were put aside",
        {.body = "{rows: [integer], decision: text?}"}}},
      {Method::post,
       one + "/decisions/run",
       right,
       to(&ImportViewApi::run_decisions),
       {"Do what was decided about rows that were put aside", {.answer = "$job", .status = 202}}},
      {Method::post,
       one + "/mapping",
       right,
       to(&ImportViewApi::apply_remembered),
       {"Take over a remembered mapping",
        {.body = "{remembered!: id}", .answer = "{missing_columns!: [text]}"}}},
      {Method::get,
       kept,
       right,
       to(&ImportViewApi::list_remembered),
       {"Remembered mappings, mine and shared ones",
        {.query = "type",
         .answer = "{items!: [{id!: id, type!: text, name!: text, shared!: boolean, "
                   "mine!: boolean, created_at: instant, used_at: instant}], next!: text?}"}}},
      {Method::post,
       kept,
       right,
       to(&ImportViewApi::keep),
       {"Remember the mapping of an import under the name of its source",
        {.body = "{import!: id, name!: text, shared: boolean}",
         .answer = "{id!: id}",
         .status = 201}}},
      {Method::remove, kept + "/{id}", right, to(&ImportViewApi::remove), {"Forget a mapping", {}}},
  };
}

}  // namespace fokus::imports
