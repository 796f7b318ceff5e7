// SPDX-License-Identifier: Apache-2.0
// /api/v1/<type>: many records, by query string or by a criteria tree; and the search box.
#include <array>

#include "access/handlers_of.hpp"
#include "base/text.hpp"
#include "records/api.hpp"
#include "records/search.hpp"

namespace fokus::records {
namespace {

namespace json = boost::json;
using access::Right;
using access::Visit;
using net::Method;
using net::Reply;

// The JSON twin of list_query.
constexpr const char* query_body =
    "{criteria: $criteria?, q: text?, sort: text?, fields: [text]?, limit: integer, "
    "cursor: text?, skip: integer, count: none|capped|exact, bin: boolean, ...}";
constexpr std::array<std::string_view, 9> query_members = {
    "criteria", "q", "sort", "fields", "limit", "cursor", "skip", "count", "bin"};

Error wrong(std::string_view member, std::string_view code) {
  return field_error("records/bad_query", std::string(member), std::string(code));
}

// A misspelt member would be silently without effect: all rows instead of the wanted ones.
Status check_members(const json::object& o) {
  for (const auto& [name, value] : o)
    if (std::find(query_members.begin(), query_members.end(), name) == query_members.end())
      return wrong(name, "unknown");
  return {};
}

// Absent and null are nothing.
const json::value* member_of(const json::object& o, std::string_view key) {
  const auto* v = o.if_contains(key);
  return v && !v->is_null() ? v : nullptr;
}

Result<std::string> text_of(const json::object& o, std::string_view key) {
  const auto* v = member_of(o, key);
  if (v && !v->is_string()) return wrong(key, "not_a_text");
  return v ? std::string(v->get_string()) : std::string();
}

Result<std::vector<std::string>> fields_of(const json::object& o) {
  std::vector<std::string> out;
  const auto* fields = member_of(o, "fields");
  if (!fields) return out;
  if (!fields->is_array()) return wrong("fields", "not_a_list");
  for (const auto& field : fields->get_array()) {
    if (!field.is_string()) return wrong("fields", "not_a_text");
    out.emplace_back(field.get_string());
  }
  return out;
}

Result<std::int64_t> integer_of(const json::value& value, Error error, std::int64_t min,
                                std::int64_t max) {
  if (value.is_int64() && value.get_int64() >= min && value.get_int64() <= max)
    return value.get_int64();
  error.errors.front().params["max"] = std::to_string(max);
  return error;
}

Status read_place(const json::object& o, ListQuery& query) {
  if (const auto* limit = member_of(o, "limit"))
    query.limit = static_cast<int>(TRY(integer_of(
        *limit, field_error("records/bad_limit", "limit", "out_of_range"), 1, limits::page_max)));
  if (const auto* skip = member_of(o, "skip"))
    query.skip = TRY(integer_of(*skip, field_error("records/bad_skip", "skip", "out_of_range"), 0,
                                limits::skip_max));
  query.cursor = TRY(text_of(o, "cursor"));
  const auto* bin = member_of(o, "bin");
  if (bin && !bin->is_bool()) return wrong("bin", "not_yes_or_no");
  query.bin = bin && bin->get_bool();
  return {};
}

Result<ListCall> parse_query_body(const json::object& o) {
  TRY(check_members(o));
  ListCall out;
  out.query.limit = limits::page_default;
  if (const auto* criteria = member_of(o, "criteria")) {
    out.criteria = TRY(criteria_from_json(*criteria));
    out.query.criteria = out.criteria.get();
  }
  if (const auto sort = TRY(text_of(o, "sort")); !sort.empty())
    out.query.sort = TRY(parse_sort(sort));
  out.query.fields = TRY(fields_of(o));
  TRY(check_field_count(out.query.fields));
  TRY(read_place(o, out.query));
  out.query.q = TRY(checked_words(TRY(text_of(o, "q"))));
  out.count = TRY(parse_count_mode(TRY(text_of(o, "count"))));
  return out;
}

void write_count(JsonWriter& json, const Count& count) {
  json.key("count")
      .begin_object()
      .field("value", count.value)
      .field("at_least", count.at_least)
      .end_object();
}

class ListApi {
 public:
  explicit ListApi(const ApiParts& parts) : parts_(parts) {}

  Result<Reply> list(Visit& visit) const {
    const auto dictionary = parts_.dictionary.current();
    const RecordType& type = *TRY(type_of(*dictionary, visit));
    return answer(visit, type, TRY(parse_list_call(visit.call)));
  }

  Result<Reply> query(Visit& visit) const {
    const auto dictionary = parts_.dictionary.current();
    const RecordType& type = *TRY(type_of(*dictionary, visit));
    return answer(visit, type, TRY(parse_query_body(TRY(body_object(visit.call)))));
  }

  // The records at the other end of a link: the persons of a company.
  Result<Reply> related(Visit& visit) const {
    const auto dictionary = parts_.dictionary.current();
    const RecordType& type = *TRY(type_of(*dictionary, visit));
    const RecordId id = TRY(id_of(visit));
    const Backlink* link = type.find_backlink(visit.call.param("link"));
    if (!link) return make_error(ErrorKind::not_found, "records/no_such_link");
    const RecordType& other = *dictionary->find(link->type);
    if (!visit.scope.permissions().may(other.name, access::Action::read))
      return make_error(ErrorKind::not_found, "records/no_such_link");
    TRY(parts_.database.read([&](store::Session& session) {
      std::string unused;
      JsonWriter json(unused);
      return parts_.records.get(session, visit.scope, type, id, json);
    }));
    auto call = TRY(parse_list_call(visit.call));
    auto both = std::make_unique<Node>();
    both->kind = Node::Kind::all;
    auto same = std::make_unique<Node>();
    same->kind = Node::Kind::compare;
    same->path = link->field;
    same->terms = {Term{id.value}};
    both->children.push_back(std::move(same));
    if (call.criteria) both->children.push_back(std::move(call.criteria));
    call.criteria = std::move(both);
    call.query.criteria = call.criteria.get();
    return answer(visit, other, std::move(call));
  }

  Result<Reply> search(Visit& visit) const {
    const auto call = TRY(parse_list_call(visit.call));
    std::string body;
    JsonWriter json(body);
    const auto hits = parts_.database.read([&](store::Session& session) {
      return write_search(parts_.records, session, parts_.statements, visit.scope,
                          parts_.clock.now(), call.query.q, call.query.limit, json);
    });
    if (!hits.persons.empty()) parts_.trace(visit.scope, {"search", "person", hits.persons, {}});
    return Reply::json(std::move(body));
  }

 private:
  Result<Reply> answer(Visit& visit, const RecordType& type, ListCall call) const {
    std::string body;
    JsonWriter json(body);
    json.begin_object().key("items");
    const Page page = TRY(parts_.database.read([&](store::Session& session) -> Result<Page> {
      auto page = TRY(parts_.records.list(session, visit.scope, type, call.query, json));
      if (call.count == "capped" || call.count == "exact") {
        const auto cap = call.count == "exact" ? 0 : limits::count_cap;
        write_count(json, TRY(parts_.records.count(session, visit.scope, type, call.query, cap)));
      }
      return page;
    }));
    json.key("next");
    page.next.empty() ? json.null() : json.value(page.next);
    json.end_object();
    const std::string shape = call.criteria ? render_shape(*call.criteria) : std::string();
    trace_read(parts_, visit.scope, "list", type, page.ids, shape, page.seen);
    return Reply::json(std::move(body));
  }

  ApiParts parts_;
};

}  // namespace

std::vector<access::Route> list_routes(const ApiParts& parts) {
  const auto to = access::handlers_of(std::make_shared<ListApi>(parts));
  return {
      {Method::get,
       "/api/v1/{type}",
       Right::signed_in(),
       to(&ListApi::list),
       {"List records", {.query = list_query, .answer = "$page"}}},
      {Method::post,
       "/api/v1/{type}/query",
       Right::signed_in(),
       to(&ListApi::query),
       {"List records by a criteria tree",
        {.body = query_body, .answer = "$page", .only_asks = true}}},
      {Method::get,
       "/api/v1/{type}/{id}/related/{link}",
       Right::signed_in(),
       to(&ListApi::related),
       {"List records that link here", {.query = list_query, .answer = "$any_page"}}},
      {Method::get,
       "/api/v1/search",
       Right::signed_in(),
       to(&ListApi::search),
       {"Search everything, as one types",
        {.query = "q, limit: limit",
         .answer = "{groups!: [{type!: text, items!: [{id!: id, name: text, subtitle: text}]}]}"}}},
  };
}

}  // namespace fokus::records
