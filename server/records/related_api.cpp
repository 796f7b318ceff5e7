// SPDX-License-Identifier: Apache-2.0
// What surrounds one record: timeline, history, relations.
#include "base/text.hpp"
#include "records/api.hpp"
#include "records/rights.hpp"

namespace fokus::records {
namespace {

namespace json = boost::json;
using access::Right;
using access::Visit;
using net::Method;
using net::Reply;

constexpr std::size_t note_max = 500;
constexpr std::size_t timeline_words_bytes_max = 200;
constexpr std::size_t cursor_digits_max = 18;  // of a 64-bit id

std::string text_of(const json::object& o, std::string_view key) {
  const auto* v = o.if_contains(key);
  return v && v->is_string() ? std::string(trim(v->get_string())) : std::string();
}

// The relation's wording from this record's side: the reverse one at its far end.
std::string wording(const ListItem* kind, std::string_view key, bool reverse,
                    const std::string& language) {
  if (!kind) return std::string(key);
  if (reverse)
    if (const auto* labels = kind->extra.if_contains("reverse"); labels && labels->is_object()) {
      const auto* text = labels->get_object().if_contains(language);
      if (!text) text = labels->get_object().if_contains("en");
      if (text) return std::string(text->as_string());
    }
  const auto at = kind->label.find(language);
  return at != kind->label.end() ? at->second : kind->label.begin()->second;
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
    JsonWriter json(body);
    TRY(parts_.database.read([&](store::Session& session) {
      return parts_.records.write_timeline(session, visit.scope, type, id, query, json);
    }));
    trace_read(parts_, visit.scope, "read", type, std::array{id.value}, "timeline");
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
    JsonWriter json(body);
    TRY(parts_.database.read([&](store::Session& session) {
      return parts_.records.write_history(session, visit.scope, type, id, before, call.query.limit,
                                          json);
    }));
    trace_read(parts_, visit.scope, "read", type, std::array{id.value}, "history");
    return Reply::json(std::move(body));
  }

  Result<Reply> relations(Visit& visit) const {
    const auto dictionary = parts_.dictionary.current();
    const RecordType& type = *TRY(type_of(*dictionary, visit));
    const RecordId id = TRY(id_of(visit));
    std::string body;
    TRY(parts_.database.read([&](store::Session& session) -> Status {
      TRY(check_visible(session, visit.scope, type, id));
      write_relations(session, visit.scope, *dictionary, type, id, body);
      return {};
    }));
    trace_read(parts_, visit.scope, "read", type, std::array{id.value}, "relations");
    return Reply::json(std::move(body));
  }

  Result<Reply> add_relation(Visit& visit) const {
    const auto dictionary = parts_.dictionary.current();
    const RecordType& type = *TRY(type_of(*dictionary, visit));
    const RecordId id = TRY(id_of(visit));
    const auto input = TRY(body_object(visit.call));
    const std::string kind = text_of(input, "kind");
    const RecordType* other = dictionary->find(text_of(input, "type"));
    const auto* to = input.if_contains("id");
    const std::string note = text_of(input, "note");
    if (!dictionary->find_item("relation_kind", kind))
      return field_error("records/invalid", "kind", "not_a_choice");
    if (!other || !to || !to->is_int64())
      return field_error("records/invalid", "id", "no_such_record");
    if (other == &type && to->get_int64() == id.value)
      return field_error("records/invalid", "id", "same_record");
    if (note.size() > note_max) return field_error("records/invalid", "note", "too_long");
    TRY(parts_.database.write([&](store::Transaction& tx) -> Status {
      TRY(check_writable(tx, visit.scope, type, id));
      if (!check_visible(tx, visit.scope, *other, RecordId{to->get_int64()}))
        return field_error("records/invalid", "id", "no_such_record");
      tx.execute(parts_.statements["records.add_relation"],
                 {kind, type.name, id, other->name, to->get_int64(), note, parts_.clock.now(),
                  visit.scope.actor.user});
      return {};
    }));
    return relations(visit);
  }

  Result<Reply> remove_relation(Visit& visit) const {
    const auto dictionary = parts_.dictionary.current();
    const RecordId id = TRY(id_of(visit));
    TRY(parts_.database.write([&](store::Transaction& tx) -> Status {
      auto rows = tx.query(parts_.statements["records.get_relation"], {id});
      if (!rows->next()) return make_error(ErrorKind::not_found, "records/not_found");
      const RecordType* type = dictionary->find(rows->text(1));
      const RecordId from{rows->integer(2)};
      rows.reset();
      if (!type) return make_error(ErrorKind::not_found, "records/not_found");
      TRY(check_writable(tx, visit.scope, *type, from));
      tx.execute(parts_.statements["records.remove_relation"], {id});
      return {};
    }));
    return Reply::no_content();
  }

 private:
  Status check_visible(store::Session& session, const Scope& scope, const RecordType& type,
                       RecordId id) const {
    std::string unused;
    JsonWriter json(unused);
    TRY(parts_.records.get(session, scope, type, id, json));
    return {};
  }

  Status check_writable(store::Session& session, const Scope& scope, const RecordType& type,
                        RecordId id) const {
    std::string text;
    JsonWriter json(text);
    TRY(parts_.records.get(session, scope, type, id, json));
    const auto record = json::parse(text);
    if (!record.at("rights").at("update").as_bool())
      return make_error(ErrorKind::forbidden, "records/forbidden");
    return {};
  }

  // The name at the other end, if the viewer may see that record.
  std::optional<std::string> name_of(store::Session& session, const Scope& scope,
                                     const Dictionary& dictionary, const RecordType& type,
                                     std::int64_t id) const {
    const CriteriaContext context{dictionary, scope, parts_.clock.now(), session.engine()};
    SqlText sql{"SELECT t.name FROM " + type.table + " t WHERE t.archived_at IS NULL AND t.id = ",
                {}};
    sql.text += sql.bind(id) + " AND ";
    if (!append_rights(context, type, access::Action::read, "t", sql)) sql.text += "1=1";
    const auto params = sql.params();
    auto rows = session.query(sql.text, store::Params(params));
    if (!rows->next()) return std::nullopt;
    return std::string(rows->text(0));
  }

  void write_relations(store::Session& session, const Scope& scope, const Dictionary& dictionary,
                       const RecordType& type, RecordId id, std::string& body) const {
    struct Row {
      std::int64_t id, other_id;
      std::string kind, other_type, note;
      bool reverse;
    };
    std::vector<Row> found;
    auto rows = session.query(parts_.statements["records.list_relations"], {type.name, id});
    while (rows->next()) {
      const bool reverse = !(rows->text(2) == type.name && rows->integer(3) == id.value);
      found.push_back({rows->integer(0), rows->integer(reverse ? 3 : 5), std::string(rows->text(1)),
                       std::string(rows->text(reverse ? 2 : 4)), std::string(rows->text(6)),
                       reverse});
    }
    JsonWriter json(body);
    json.begin_object().key("items").begin_array();
    for (const auto& row : found) {
      const RecordType* other = dictionary.find(row.other_type);
      const auto* kind = dictionary.find_item("relation_kind", row.kind);
      if (!other || !kind || !scope.permissions().may(other->name, access::Action::read)) continue;
      const auto name = name_of(session, scope, dictionary, *other, row.other_id);
      if (!name) continue;
      const auto label = wording(kind, row.kind, row.reverse, scope.actor.language);
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
  const auto api = std::make_shared<RelatedApi>(parts);
  const auto to = [&](auto member) -> access::Handler {
    return [api, member](Visit& visit) { return ((*api).*member)(visit); };
  };
  return {
      {Method::get, "/api/v1/{type}/{id}/timeline", Right::signed_in(), to(&RelatedApi::timeline),
       "What happened around a record"},
      {Method::get, "/api/v1/{type}/{id}/history", Right::signed_in(), to(&RelatedApi::history),
       "Every change of a record"},
      {Method::get, "/api/v1/{type}/{id}/relations", Right::signed_in(), to(&RelatedApi::relations),
       "Relations of a record"},
      {Method::post, "/api/v1/{type}/{id}/relations", Right::signed_in(),
       to(&RelatedApi::add_relation), "Relate two records"},
      {Method::remove, "/api/v1/relations/{id}", Right::signed_in(),
       to(&RelatedApi::remove_relation), "Remove a relation"},
  };
}

}  // namespace fokus::records
