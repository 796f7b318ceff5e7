// SPDX-License-Identifier: Apache-2.0
#include "records/origin_api.hpp"

#include <array>

#include "records/inner.hpp"
#include "records/origins.hpp"
#include "records/rights.hpp"

namespace fokus::records {
namespace {

namespace json = boost::json;
using access::Right;
using access::Visit;
using net::Method;
using net::Reply;

// The numbers of a job or of an import in the details of a change set, for a link to it.
std::int64_t number_in(const json::object& details, std::string_view key) {
  const auto* value = details.if_contains(key);
  return value && value->is_int64() ? value->get_int64() : 0;
}

json::object parse_details(std::string_view text) {
  boost::system::error_code fault;
  auto parsed = json::parse(json::string_view(text.data(), text.size()), fault);
  return !fault && parsed.is_object() ? std::move(parsed.get_object()) : json::object();
}

class OriginApi {
 public:
  explicit OriginApi(const ApiParts& parts) : parts_(parts) {}

  Result<Reply> of_record(Visit& visit) const {
    const auto dictionary = parts_.dictionary.current();
    const RecordType& type = *TRY(type_of(*dictionary, visit));
    const RecordId id = TRY(id_of(visit));
    std::string body;
    TRY(parts_.database.read([&](store::Session& session) -> Status {
      std::string unused;
      JsonWriter record(unused);
      TRY(parts_.records.get(session, visit.scope, type, id, record));
      JsonWriter out(body);
      out.begin_object().key("items");
      write_items(session, visit.scope, type, id, out);
      out.key("duties");
      write_duties(session, type, id, out);
      out.end_object();
      return {};
    }));
    trace_read(parts_, visit.scope, "read", type, std::array{id.value}, "origins");
    return Reply::json(std::move(body));
  }

  Result<Reply> sources(Visit& visit) const {
    const auto call = TRY(parse_list_call(visit.call));
    const std::int64_t before = TRY(parse_before(call.query.cursor));
    const int limit = call.query.limit;
    std::string body;
    JsonWriter out(body);
    out.begin_object().key("items").begin_array();
    std::int64_t last = 0;
    int count = 0;
    parts_.database.read([&](store::Session& session) {
      auto rows = session.query(parts_.statements["records.list_sources"], {before, limit});
      for (; rows->next(); ++count) {
        last = rows->integer(0);
        out.begin_object().field("id", last).field("kind", rows->text(1));
        out.field("name", rows->text(2)).field("licence", rows->text(3));
        out.field("legal_basis", rows->text(4)).field("obtained_at", rows->text(5)).end_object();
      }
    });
    out.end_array().key("next");
    count == limit ? out.value(std::to_string(last)) : out.null();
    out.end_object();
    return Reply::json(std::move(body));
  }

  Result<Reply> notices(Visit& visit) const {
    const auto dictionary = parts_.dictionary.current();
    const RecordType* type = dictionary->find(visit.call.query_value("type").value_or("person"));
    if (!type || !type->about_person)
      return field_error("records/invalid", "type", "not_about_persons");
    if (!visit.scope.permissions().may(type->name, access::Action::read))
      return make_error(ErrorKind::not_found, "records/not_found");
    std::string body;
    TRY(parts_.database.read([&](store::Session& session) -> Status {
      JsonWriter out(body);
      out.begin_object().field("type", type->name);
      for (const auto& [key, filter] : counted)
        out.field(key, TRY(count(session, visit.scope, *type, filter)));
      out.key("by_source");
      write_sources(session, visit.scope, *dictionary, *type, out);
      out.end_object();
      return {};
    }));
    return Reply::json(std::move(body));
  }

 private:
  static constexpr std::array<std::pair<const char*, std::string_view>, 4> counted = {
      {{"open", "notice(state) eq 'open'"},
       {"due_7_days", "notice(due_on) between today and next(7 days)"},
       {"overdue", "notice(due_on) lt today"},
       {"informed", "notice(state) eq 'informed'"}}};

  void write_items(store::Session& session, const Scope& scope, const RecordType& type, RecordId id,
                   JsonWriter& out) const {
    const Origins origins = read_origins(session, parts_.statements, type, id);
    out.begin_array();
    for (const auto& [name, origin] : origins) {
      const Field* field = type.find(name);
      if (field ? is_masked(scope, *field) : is_class_masked(scope, contact_class)) continue;
      out.begin_object().field("field", name);
      write_entry(session, origin.entry, out);
      out.key("batch");
      write_batch(session, origin.batch, out);
      out.key("source");
      write_source(session, origin.source, out);
      out.end_object();
    }
    out.end_array();
  }

  void write_entry(store::Session& session, std::int64_t entry, JsonWriter& out) const {
    auto rows = session.query(parts_.statements["records.origin_entry"], {entry});
    if (!rows->next()) return;
    out.field("at", render_instant({rows->integer(0)})).key("actor");
    if (rows->is_null(1))
      out.null();
    else
      out.begin_object().field("id", rows->integer(1)).field("name", rows->text(2)).end_object();
    out.field("actor_kind", rows->text(3)).field("action", rows->text(4));
  }

  void write_batch(store::Session& session, std::int64_t batch, JsonWriter& out) const {
    auto rows = session.query(parts_.statements["records.batch_facts"], {batch});
    if (batch == 0 || !rows->next()) return void(out.null());
    const json::object details = parse_details(rows->text(2));
    const auto* name = details.if_contains("name");
    out.begin_object().field("id", batch).field("kind", rows->text(0));
    out.field("created_at", render_instant({rows->integer(1)}));
    out.field("is_undone", !rows->is_null(3)).key("name");
    name && name->is_string() ? out.value(std::string_view(name->get_string())) : out.null();
    out.key("import");
    const std::int64_t import = number_in(details, "import");
    import != 0 ? out.value(import) : out.null();
    out.end_object();
  }

  void write_source(store::Session& session, std::int64_t source, JsonWriter& out) const {
    auto rows = session.query(parts_.statements["records.source_facts"], {source});
    if (source == 0 || !rows->next()) return void(out.null());
    out.begin_object().field("id", source).field("kind", rows->text(0));
    out.field("name", rows->text(1)).field("licence", rows->text(2));
    out.field("legal_basis", rows->text(3)).field("obtained_at", rows->text(4)).end_object();
  }

  void write_duties(store::Session& session, const RecordType& type, RecordId id,
                    JsonWriter& out) const {
    out.begin_array();
    auto rows = session.query(parts_.statements["records.notice_duties_of"], {type.name, id});
    while (rows->next()) {
      out.begin_object().key("source").begin_object().field("id", rows->integer(0));
      out.field("kind", rows->text(1)).field("name", rows->text(2)).end_object();
      out.field("state", rows->text(3)).field("since", rows->text(4));
      out.field("due_on", rows->text(5)).key("informed_at");
      rows->is_null(6) ? out.null() : out.value(render_instant({rows->integer(6)}));
      out.end_object();
    }
    out.end_array();
  }

  Result<std::int64_t> count(store::Session& session, const Scope& scope, const RecordType& type,
                             std::string_view filter) const {
    const NodePtr criteria = TRY(parse_filter(filter));
    ListQuery query;
    query.criteria = criteria.get();
    return TRY(parts_.records.count(session, scope, type, query, 0)).value;
  }

  // Persons that the viewer may read, by where they came from.
  void write_sources(store::Session& session, const Scope& scope, const Dictionary& dictionary,
                     const RecordType& type, JsonWriter& out) const {
    const CriteriaContext context{dictionary, scope, parts_.clock.now(), session.engine()};
    const std::string today = render_date(date_from_days(context.now.ms / ms_per_day));
    SqlText sql;
    sql.text = "SELECT s.id, s.kind, s.name, s.obtained_at, count(*), sum(CASE WHEN d.due_on < " +
               sql.bind(today) + " THEN 1 ELSE 0 END), min(d.due_on) FROM notice_duties d JOIN " +
               "sources s ON s.id = d.source JOIN " + type.table +
               " t ON t.id = d.record_id WHERE d.state = 'open' AND t.archived_at IS NULL AND "
               "d.record_type = " +
               sql.bind(type.name) + " AND ";
    if (!append_rights(context, type, access::Action::read, "t", sql)) sql.text += "1=1";
    sql.text +=
        " GROUP BY s.id, s.kind, s.name, s.obtained_at ORDER BY count(*) DESC, s.id LIMIT " +
        sql.bind(std::int64_t{limits::notice_sources_max});
    const auto params = sql.params();
    auto rows = session.query(sql.text, store::Params(params));
    out.begin_array();
    while (rows->next()) {
      out.begin_object().key("source").begin_object().field("id", rows->integer(0));
      out.field("kind", rows->text(1)).field("name", rows->text(2));
      out.field("obtained_at", rows->text(3)).end_object();
      out.field("open", rows->integer(4)).field("overdue", rows->integer(5));
      out.field("due_on", rows->text(6)).end_object();
    }
    out.end_array();
  }

  ApiParts parts_;
};

constexpr const char* source_shape =
    "{id!: id, kind!: text, name!: text, licence: text, legal_basis: text, obtained_at: text}";

}  // namespace

std::vector<access::Route> origin_routes(const ApiParts& parts) {
  const auto api = std::make_shared<OriginApi>(parts);
  const auto to = [&](auto member) -> access::Handler {
    return [api, member](Visit& visit) { return ((*api).*member)(visit); };
  };
  const std::string source(source_shape);
  return {
      {Method::get,
       "/api/v1/{type}/{id}/origins",
       Right::signed_in(),
       to(&OriginApi::of_record),
       {"Where the values of a record came from, and whether the person was told",
        {.answer = "{items!: [{field!: text, at: instant, actor: object?, actor_kind: text, "
                   "action: text, batch!: object?, source!: object?}], duties!: [{source!: object, "
                   "state!: text, since!: date, due_on!: date, informed_at!: instant?}]}"}}},
      {Method::get,
       "/api/v1/provenance/sources",
       Right::signed_in(),
       to(&OriginApi::sources),
       {"What data came from, newest first",
        {.query = access::page_query, .answer = "{items!: [" + source + "], next!: text?}"}}},
      {Method::get,
       "/api/v1/provenance/notices",
       Right::signed_in(),
       to(&OriginApi::notices),
       {"How many persons must still be told that their data came from somebody else",
        {.query = "type",
         .answer = "{type!: text, open!: integer, due_7_days!: integer, overdue!: integer, "
                   "informed!: integer, by_source!: [{source!: " +
                   source + ", open!: integer, overdue!: integer, due_on!: date}]}"}}},
  };
}

}  // namespace fokus::records
