// SPDX-License-Identifier: Apache-2.0
// /api/v1/<type>: many records, by query string or by a criteria tree; and the search box.
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

std::string text_of(const json::object& o, std::string_view key) {
  const auto* v = o.if_contains(key);
  return v && v->is_string() ? std::string(v->get_string()) : std::string();
}

// The JSON twin of parse_list_call().
Result<ListCall> parse_query_body(const json::object& o) {
  ListCall out;
  out.query.limit = limits::page_default;
  if (const auto* criteria = o.if_contains("criteria"); criteria && !criteria->is_null()) {
    out.criteria = TRY(criteria_from_json(*criteria));
    out.query.criteria = out.criteria.get();
  }
  if (const auto sort = text_of(o, "sort"); !sort.empty()) out.query.sort = TRY(parse_sort(sort));
  if (const auto* fields = o.if_contains("fields"); fields && fields->is_array())
    for (const auto& field : fields->get_array())
      if (field.is_string()) out.query.fields.emplace_back(field.get_string());
  if (const auto* limit = o.if_contains("limit")) {
    if (!limit->is_int64() || limit->get_int64() < 1 || limit->get_int64() > limits::page_max)
      return field_error("records/bad_limit", "limit", "out_of_range",
                         {{"max", std::to_string(limits::page_max)}});
    out.query.limit = static_cast<int>(limit->get_int64());
  }
  out.query.cursor = text_of(o, "cursor");
  out.query.q = text_of(o, "q");
  const auto* bin = o.if_contains("bin");
  out.query.bin = bin && bin->is_bool() && bin->get_bool();
  out.count = TRY(parse_count_mode(text_of(o, "count")));
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
    const auto q = visit.call.query_value("q").value_or("");
    if (q.size() > limits::search_bytes_max)
      return field_error("records/bad_search", "q", "too_long",
                         {{"max", std::to_string(limits::search_bytes_max)}});
    const auto call = TRY(parse_list_call(visit.call));
    std::string body;
    JsonWriter json(body);
    const auto hits = parts_.database.read([&](store::Session& session) {
      return write_search(parts_.records, session, parts_.statements, visit.scope,
                          parts_.clock.now(), q, call.query.limit, json);
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
    const std::string shape = call.criteria ? render_filter(*call.criteria) : std::string();
    trace_read(parts_, visit.scope, "list", type, page.ids, shape);
    return Reply::json(std::move(body));
  }

  ApiParts parts_;
};

}  // namespace

std::vector<access::Route> list_routes(const ApiParts& parts) {
  const auto api = std::make_shared<ListApi>(parts);
  const auto to = [&](auto member) -> access::Handler {
    return [api, member](Visit& visit) { return ((*api).*member)(visit); };
  };
  return {
      {Method::get, "/api/v1/{type}", Right::signed_in(), to(&ListApi::list), "List records"},
      {Method::post, "/api/v1/{type}/query", Right::signed_in(), to(&ListApi::query),
       "List records by a criteria tree"},
      {Method::get, "/api/v1/{type}/{id}/related/{link}", Right::signed_in(), to(&ListApi::related),
       "List records that link here"},
      {Method::get, "/api/v1/search", Right::signed_in(), to(&ListApi::search),
       "Search everything, as one types"},
  };
}

}  // namespace fokus::records
