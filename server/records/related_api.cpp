// SPDX-License-Identifier: Apache-2.0
// What surrounds one record: timeline, history, relations.
#include "access/handlers_of.hpp"
#include "base/text.hpp"
#include "records/api.hpp"
#include "records/if_match.hpp"
#include "records/relations.hpp"
#include "records/visible_names.hpp"

namespace fokus::records {
namespace {

namespace json = boost::json;
using access::Right;
using access::Visit;
using net::Method;
using net::Reply;

constexpr const char* relations_answer =
    "{items!: [{id!: id, kind!: {key!: text, label: text}, sentence: text, note: text, "
    "record!: {type!: text, id!: id, name: text}}]}";
constexpr std::size_t timeline_words_bytes_max = 200;
constexpr std::size_t cursor_digits_max = 18;  // of a 64-bit id

std::string text_of(const json::object& o, std::string_view key) {
  const auto* v = o.if_contains(key);
  return v && v->is_string() ? std::string(trim(v->get_string())) : std::string();
}

class RelatedApi {
 public:
  explicit RelatedApi(const ApiParts& parts) : parts_(parts) {}

  Result<Reply> timeline(Visit& visit) const {
    const auto dictionary = parts_.dictionary.current();
    const RecordType& type = *TRY(type_of(*dictionary, visit));
    const RecordId id = TRY(id_of(visit));
    const auto call = TRY(parse_list_call(visit.call));
    TimelineQuery query{call.query.cursor, call.query.limit, {}, call.query.q};
    for (const auto kind : split(visit.call.query_value("kinds").value_or(""), ','))
      if (!trim(kind).empty()) query.kinds.emplace_back(trim(kind));
    if (query.q.size() > timeline_words_bytes_max)
      return field_error("records/invalid", "q", "too_long");
    std::string body;
    Seen seen;
    JsonWriter json(body);
    TRY(parts_.database.read([&](store::Session& session) {
      return parts_.records.write_timeline(session, visit.scope, type, id, query, json, &seen);
    }));
    trace_read(parts_, visit.scope, "read", type, std::array{id.value}, "timeline", seen);
    return Reply::json(std::move(body));
  }

  Result<Reply> history(Visit& visit) const {
    const auto dictionary = parts_.dictionary.current();
    const RecordType& type = *TRY(type_of(*dictionary, visit));
    const RecordId id = TRY(id_of(visit));
    const auto call = TRY(parse_list_call(visit.call));
    std::int64_t before = std::numeric_limits<std::int64_t>::max();
    for (const char c : call.query.cursor)
      if (c < '0' || c > '9' || call.query.cursor.size() > cursor_digits_max)
        return field_error("records/bad_cursor", "cursor", "not_a_cursor");
    if (!call.query.cursor.empty()) before = std::stoll(call.query.cursor);
    std::string body;
    Seen seen;
    JsonWriter json(body);
    TRY(parts_.database.read([&](store::Session& session) {
      return parts_.records.write_history(session, visit.scope, type, id, before, call.query.limit,
                                          json, &seen);
    }));
    trace_read(parts_, visit.scope, "read", type, std::array{id.value}, "history", seen);
    return Reply::json(std::move(body));
  }

  Result<Reply> relations(Visit& visit) const {
    const auto dictionary = parts_.dictionary.current();
    const RecordType& type = *TRY(type_of(*dictionary, visit));
    const RecordId id = TRY(id_of(visit));
    std::string body;
    Seen seen;
    TRY(parts_.database.read([&](store::Session& session) -> Status {
      TRY(check_visible(session, visit.scope, type, id));
      JsonWriter json(body);
      const CriteriaContext context{*dictionary, visit.scope, parts_.clock.now(), session.engine()};
      write_relations(session, context, type, id, json, seen);
      return {};
    }));
    trace_read(parts_, visit.scope, "read", type, std::array{id.value}, "relations", seen);
    return Reply::json(std::move(body));
  }

  Result<Reply> add_relation(Visit& visit) const {
    const auto dictionary = parts_.dictionary.current();
    const RecordType& type = *TRY(type_of(*dictionary, visit));
    const RecordId id = TRY(id_of(visit));
    const auto input = TRY(body_object(visit.call));
    const RecordType* other = dictionary->find(text_of(input, "type"));
    const auto* to = input.if_contains("id");
    if (!other || !to || !to->is_int64())
      return field_error("records/invalid", "id", "no_such_record");
    if (const auto* note = input.if_contains("note");
        note && !note->is_null() && !note->is_string())
      return field_error("records/invalid", "note", "not_a_text");
    const Relation relation{text_of(input, "kind"), *other, RecordId{to->get_int64()},
                            text_of(input, "note")};
    const auto saved =
        save_if_match(parts_.database, visit.call, [&](store::Transaction& tx, auto version) {
          return parts_.records.relate(tx, visit.scope, type, id, relation, {0, {}, "update"},
                                       version);
        });
    return saved ? relations(visit) : saved_reply(parts_, visit, type, id, saved);
  }

  Result<Reply> remove_relation(Visit& visit) const {
    const RecordId id = TRY(id_of(visit));
    const auto saved =
        save_if_match(parts_.database, visit.call, [&](store::Transaction& tx, auto version) {
          return parts_.records.unrelate(tx, visit.scope, id.value, {0, {}, "update"}, version);
        });
    if (saved) return Reply::no_content();
    if (saved.error().kind != ErrorKind::stale) return saved.error();
    const auto dictionary = parts_.dictionary.current();
    const std::string from = parts_.database.read([&](store::Session& session) {
      auto rows = session.query(parts_.statements["records.get_relation"], {id});
      return rows->next() ? std::string(rows->text(1)) : std::string();
    });
    const RecordType* type = dictionary->find(from);
    if (!type) return make_error(ErrorKind::not_found, "records/not_found");
    const RecordId start{std::stoll(saved.error().params.at("id"))};
    return saved_reply(parts_, visit, *type, start, saved);
  }

 private:
  Status check_visible(store::Session& session, const Scope& scope, const RecordType& type,
                       RecordId id) const {
    std::string unused;
    JsonWriter json(unused);
    TRY(parts_.records.get(session, scope, type, id, json));
    return {};
  }

  struct Row {
    std::int64_t id, other_id;
    std::string kind, other_type, note;
    bool reverse;
  };

  std::vector<Row> read_relations(store::Session& session, const RecordType& type,
                                  RecordId id) const {
    std::vector<Row> found;
    auto rows = session.query(parts_.statements["records.list_relations"], {type.name, id});
    while (rows->next()) {
      const bool reverse = !(rows->text(2) == type.name && rows->integer(3) == id.value);
      found.push_back({rows->integer(0), rows->integer(reverse ? 3 : 5), std::string(rows->text(1)),
                       std::string(rows->text(reverse ? 2 : 4)), std::string(rows->text(6)),
                       reverse});
    }
    return found;
  }

  void write_relations(store::Session& session, const CriteriaContext& context,
                       const RecordType& type, RecordId id, JsonWriter& json, Seen& seen) const {
    VisibleNames names(session, context);
    json.begin_object().key("items").begin_array();
    for (const auto& row : read_relations(session, type, id)) {
      const RecordType* other = context.dictionary.find(row.other_type);
      const auto* kind = context.dictionary.find_item("relation_kind", row.kind);
      if (!other || !kind || !context.scope.permissions().may(other->name, access::Action::read))
        continue;
      const auto name = names.name_of(*other, row.other_id);
      if (!name) continue;
      if (other->about_person) seen.add(other->name, row.other_id);
      const auto label = relation_wording(*kind, row.reverse, context.scope.actor.language);
      json.begin_object().field("id", row.id).key("kind");
      json.begin_object().field("key", row.kind).field("label", label).end_object();
      json.field("sentence", label + " " + *name).field("note", row.note).key("record");
      json.begin_object()
          .field("type", other->name)
          .field("id", row.other_id)
          .field("name", *name)
          .end_object();
      json.end_object();
    }
    json.end_array().end_object();
  }

  ApiParts parts_;
};

}  // namespace

std::vector<access::Route> related_routes(const ApiParts& parts) {
  const auto to = access::handlers_of(std::make_shared<RelatedApi>(parts));
  return {
      {Method::get,
       "/api/v1/{type}/{id}/timeline",
       Right::signed_in(),
       to(&RelatedApi::timeline),
       {"What happened around a record",
        {.query = "kinds, q, limit: limit, cursor",
         .answer = "{items!: [{kind!: text, type!: text, id!: id, at!: instant, record: any}], "
                   "next!: text?}"}}},
      {Method::get,
       "/api/v1/{type}/{id}/history",
       Right::signed_in(),
       to(&RelatedApi::history),
       {"Every change of a record",
        {.query = "limit: limit, cursor", .answer = "{items!: [object], next!: text?}"}}},
      {Method::get,
       "/api/v1/{type}/{id}/relations",
       Right::signed_in(),
       to(&RelatedApi::relations),
       {"Relations of a record", {.answer = relations_answer}}},
      {Method::post,
       "/api/v1/{type}/{id}/relations",
       Right::signed_in(),
       to(&RelatedApi::add_relation),
       {"Relate two records",
        {.body = "{kind!: text, type!: text, id!: id, note: text}",
         .answer = relations_answer,
         .versioned = true}}},
      {Method::remove,
       "/api/v1/relations/{id}",
       Right::signed_in(),
       to(&RelatedApi::remove_relation),
       {"Remove a relation", {.versioned = true}}},
  };
}

}  // namespace fokus::records
