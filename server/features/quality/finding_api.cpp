// SPDX-License-Identifier: Apache-2.0
#include "features/quality/api_parts.hpp"
#include "features/quality/finding_call.hpp"
#include "features/quality/finding_json.hpp"

namespace fokus::quality {
namespace {

namespace json = boost::json;
using access::Action;
using access::Right;
using access::Visit;
using net::Method;
using net::Reply;

Reply reply(const json::object& body, int status = 200) {
  return Reply::json(json::serialize(body), status);
}

Error no_such_finding() {
  return make_error(ErrorKind::not_found, "quality/no_such_finding");
}

class FindingApi {
 public:
  explicit FindingApi(Quality& quality) : quality_(quality), parts_(quality.parts()) {}

  Result<Reply> list(Visit& visit) const {
    const auto dictionary = parts_.dictionary.current();
    quality_.try_catch_up(limits::catch_up_max);
    const FindingQuery query(quality_, visit.scope, dictionary);
    const FindingWriter writer(query);
    const auto filter = TRY(parse_finding_filter(visit, *dictionary, query.rules()));
    const auto page = TRY(parse_page(visit.call));
    return parts_.database.read([&](store::Session& session) -> Result<Reply> {
      auto rows = TRY(query.list(session, filter, page));
      const bool has_more = rows.size() > static_cast<std::size_t>(page.limit);
      if (has_more) rows.pop_back();
      const json::value next =
          has_more ? json::value(render_place(rows.back().place())) : json::value();
      if (page.backwards) std::reverse(rows.begin(), rows.end());
      return reply({{"items", writer.describe(session, rows)}, {"next", next}});
    });
  }

  Result<Reply> counts(Visit& visit) const {
    const auto dictionary = parts_.dictionary.current();
    quality_.try_catch_up(limits::catch_up_max);
    const FindingQuery query(quality_, visit.scope, dictionary);
    const auto filter = TRY(parse_finding_filter(visit, *dictionary, query.rules()));
    const std::string by(visit.call.query_value("by").value_or(""));
    if (by.empty()) return invalid("by", "required");
    const auto limit =
        TRY(parse_count(visit.call, "limit", limits::groups_max, limits::groups_max));
    return parts_.database.read([&](store::Session& session) -> Result<Reply> {
      return reply(TRY(query.group(session, filter, by, static_cast<int>(limit))));
    });
  }

  Result<Reply> get(Visit& visit) const {
    const auto dictionary = parts_.dictionary.current();
    const FindingQuery query(quality_, visit.scope, dictionary);
    return shown(visit, query);
  }

  Result<Reply> neighbours(Visit& visit) const {
    const auto dictionary = parts_.dictionary.current();
    const FindingQuery query(quality_, visit.scope, dictionary);
    const auto filter = TRY(parse_finding_filter(visit, *dictionary, query.rules()));
    return parts_.database.read([&](store::Session& session) -> Result<Reply> {
      const FindingRow row = TRY(find(session, visit, query, Action::read));
      const auto beside = [&](bool backwards) -> Result<json::value> {
        const auto rows = TRY(query.list(session, filter, {row.place(), backwards, 1}));
        return rows.empty() ? json::value() : json::value(rows.front().id);
      };
      json::object out{{"previous", TRY(beside(true))}};
      out["next"] = TRY(beside(false));
      return reply(out);
    });
  }

  Result<Reply> dismiss(Visit& visit) const {
    const auto body = TRY(records::body_object(visit.call));
    const auto* said = body.if_contains("reason");
    if (said && !said->is_null() && !said->is_string()) return invalid("reason", "not_a_text");
    const std::string reason(said && said->is_string() ? std::string_view(said->get_string())
                                                       : std::string_view());
    if (reason.size() > limits::reason_bytes_max) return invalid("reason", "too_long");
    return settle(visit, parts_.clock.now().ms, reason);
  }

  Result<Reply> restore(Visit& visit) const { return settle(visit, 0, {}); }

  Result<Reply> fix(Visit& visit) const {
    const auto dictionary = parts_.dictionary.current();
    const FindingQuery query(quality_, visit.scope, dictionary);
    const FindingWriter writer(query);
    const auto body =
        visit.call.body.empty() ? json::object() : TRY(records::body_object(visit.call));
    const auto* given = body.if_contains("changes");
    if (given && !given->is_null() && !given->is_object())
      return invalid("changes", "not_an_object");
    FindingRow row;
    const auto saved = TRY(records::save_if_match(
        parts_.database, visit.call,
        [&](store::Transaction& tx, std::optional<std::int64_t> version) -> Result<records::Saved> {
          row = TRY(find(tx, visit, query, Action::update));
          const json::object changes =
              given && given->is_object() ? given->get_object() : writer.changes_of(tx, row);
          if (changes.empty()) return make_error(ErrorKind::conflict, "quality/nothing_to_fix");
          return parts_.records.update(tx, visit.scope, *row.type, RecordId{row.record}, changes,
                                       version, {0, {}, "update"});
        }));
    quality_.try_catch_up(*row.type, saved.id);
    const std::int64_t ids[] = {row.record};
    records::trace_read(parts_, visit.scope, "change", *row.type, ids, "quality fix");
    Reply out = reply({{"type", row.type->name},
                       {"id", row.record},
                       {"version", saved.version},
                       {"changed", saved.changed}});
    out.header("ETag", "\"v" + std::to_string(saved.version) + "\"");
    return out;
  }

 private:
  static Result<FindingQuery::Page> parse_page(const net::Call& call) {
    FindingQuery::Page out;
    out.limit =
        static_cast<int>(TRY(parse_count(call, "limit", limits::page_max, limits::page_default)));
    const auto direction = call.query_value("direction").value_or("");
    if (!direction.empty() && direction != "back" && direction != "forward")
      return invalid("direction", "unknown");
    out.backwards = direction == "back";
    if (const auto cursor = call.query_value("cursor").value_or(""); !cursor.empty()) {
      out.after = parse_place(cursor);
      if (!out.after) return make_error(ErrorKind::malformed, "records/bad_cursor");
    }
    return out;
  }

  // The finding of the path, when the actor may do that to its record.
  Result<FindingRow> find(store::Session& session, const Visit& visit, const FindingQuery& query,
                          Action action) const {
    const RecordId id = TRY(records::id_of(visit));
    std::string type_name;
    {
      auto rows = session.query(parts_.statements["quality.get_finding"], {id});
      if (!rows->next()) return no_such_finding();
      type_name = std::string(rows->text(0));
    }
    FindingFilter filter;
    const auto type = named_type(query.dictionary(), visit.scope, type_name);
    if (!type) return no_such_finding();
    filter.types = {*type};
    filter.only = id.value;
    filter.dismissed.reset();
    auto seen = TRY(query.list_after(session, filter, 0, 1, Action::read));
    if (seen.empty()) return no_such_finding();
    if (action == Action::read) return std::move(seen.front());
    TRY(records_check(visit.scope, **type, action));
    if (TRY(query.list_after(session, filter, 0, 1, action)).empty())
      return make_error(ErrorKind::forbidden, "records/forbidden");
    return std::move(seen.front());
  }

  static Status records_check(const access::Scope& scope, const records::RecordType& type,
                              Action action) {
    const bool may =
        scope.actor.kind == access::ActorKind::system || scope.permissions().may(type.name, action);
    return may ? Status() : make_error(ErrorKind::forbidden, "records/forbidden");
  }

  Result<Reply> shown(Visit& visit, const FindingQuery& query) const {
    const FindingWriter writer(query);
    return parts_.database.read([&](store::Session& session) -> Result<Reply> {
      const FindingRow row = TRY(find(session, visit, query, Action::read));
      const auto described = writer.describe(session, {row});
      if (described.empty()) return no_such_finding();
      return reply(described.front().as_object());
    });
  }

  Result<Reply> settle(Visit& visit, std::int64_t at, const std::string& reason) const {
    const auto dictionary = parts_.dictionary.current();
    const FindingQuery query(quality_, visit.scope, dictionary);
    FindingRow row;
    TRY(parts_.database.write([&](store::Transaction& tx) -> Status {
      row = TRY(find(tx, visit, query, Action::update));
      const std::int64_t by = at == 0 ? 0 : visit.scope.actor.user.value;
      tx.execute(parts_.statements["quality.dismiss"], {row.id, at, by, reason});
      // The score of the record becomes another.
      const auto version = tx.query_integer(
          "SELECT version FROM " + row.type->table + " WHERE id = $1", {row.record});
      tx.execute(parts_.statements["quality.queue_record"], {row.type->name, row.record, version});
      return {};
    }));
    quality_.try_catch_up(*row.type, RecordId{row.record});
    return shown(visit, query);
  }

  Quality& quality_;
  const records::ApiParts& parts_;
};

}  // namespace

std::vector<access::Route> finding_routes(Quality& quality) {
  const auto api = std::make_shared<FindingApi>(quality);
  const auto to = [&](auto member) -> access::Handler {
    return [api, member](Visit& visit) { return ((*api).*member)(visit); };
  };
  const std::string base = "/api/v1/quality/findings", filter = finding_query;
  return {
      {Method::get,
       base,
       Right::signed_in(),
       to(&FindingApi::list),
       {"What is wrong with records, errors first",
        {.query = filter + ", limit, cursor, direction: back|forward",
         .answer = "{items!: [object], next!: text?}"}},
       net::Lane::slow},
      {Method::get,
       base + "/counts",
       Right::signed_in(),
       to(&FindingApi::counts),
       {"How many findings there are, by what they have in common",
        {.query = filter + ", by, limit",
         .answer = "{total!: integer, records!: integer, groups!: [object]}"}},
       net::Lane::slow},
      {Method::get,
       base + "/{id}",
       Right::signed_in(),
       to(&FindingApi::get),
       {"One finding", {.answer = "object"}}},
      {Method::get,
       base + "/{id}/neighbours",
       Right::signed_in(),
       to(&FindingApi::neighbours),
       {"The findings before and after it",
        {.query = filter, .answer = "{previous!: integer?, next!: integer?}"}},
       net::Lane::slow},
      {Method::post,
       base + "/{id}/dismiss",
       Right::signed_in(),
       to(&FindingApi::dismiss),
       {"Leave the value as it is", {.body = "{reason: text?}", .answer = "object"}}},
      {Method::post,
       base + "/{id}/restore",
       Right::signed_in(),
       to(&FindingApi::restore),
       {"Take \"leave as it is\" back", {.answer = "object"}}},
      {Method::post,
       base + "/{id}/fix",
       Right::signed_in(),
       to(&FindingApi::fix),
       {"Put the record right as suggested",
        {.body = "{changes: object?}",
         .answer = "{type!: text, id!: id, version!: integer, changed!: boolean}",
         .versioned = true}}},
  };
}

}  // namespace fokus::quality
