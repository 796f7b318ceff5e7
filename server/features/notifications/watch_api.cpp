// SPDX-License-Identifier: Apache-2.0
// /api/v1/{type}/{id}/watch: whether the caller is told of changes of a record; /me/watches: of
// which ones.
#include "access/handlers_of.hpp"
#include "access/keyset.hpp"
#include "features/notifications/notice.hpp"
#include "features/notifications/notifications.hpp"
#include "features/notifications/watch_list.hpp"
#include "records/criteria.hpp"

namespace fokus::notifications {
namespace {

namespace json = boost::json;
using access::Right;
using access::Visit;
using net::Method;
using net::Reply;
using records::RecordType;

constexpr const char* watch_answer = "{is_watched!: boolean, since!: instant?}";

constexpr const char* watches_answer =
    "{items!: [{record!: {type!: text, plural!: text, id!: id, title!: text?, is_archived!: "
    "boolean}, since!: instant}], next!: text?}";

Status check_visible(store::Session& session, const records::ApiParts& parts,
                     const access::Scope& scope, const RecordType& type, RecordId id) {
  const auto dictionary = parts.dictionary.current();
  const records::CriteriaContext context{*dictionary, scope, parts.clock.now(), session.engine()};
  records::SqlText sql{"SELECT 1 FROM " + type.table + " t WHERE t.archived_at IS NULL AND t.id = ",
                       {}};
  sql.text += sql.bind(id.value) + " AND ";
  if (!records::append_rights(context, type, access::Action::read, "t", sql)) sql.text += "1=1";
  const auto params = sql.params();
  return session.query(sql.text, store::Params(params))->next()
             ? Status()
             : Status(make_error(ErrorKind::not_found, "records/not_found"));
}

class WatchApi {
 public:
  explicit WatchApi(const Notifications& notifications) : parts_(notifications.parts()) {}

  Result<Reply> get(Visit& visit) const {
    const auto dictionary = parts_.dictionary.current();
    const RecordType& type = *TRY(records::type_of(*dictionary, visit));
    const RecordId id = TRY(records::id_of(visit));
    return parts_.database.read([&](store::Session& session) -> Result<Reply> {
      TRY(check_visible(session, parts_, visit.scope, type, id));
      return reply(session, visit, type, id);
    });
  }

  Result<Reply> put(Visit& visit) const {
    const auto dictionary = parts_.dictionary.current();
    const RecordType& type = *TRY(records::type_of(*dictionary, visit));
    const RecordId id = TRY(records::id_of(visit));
    const auto me = visit.scope.actor.user;
    return parts_.database.write([&](store::Transaction& tx) -> Result<Reply> {
      TRY(check_visible(tx, parts_, visit.scope, type, id));
      const bool is_full = tx.query_integer(parts_.statements["notifications.count_watches"],
                                            {me}) >= limits::watches_max;
      const bool is_watched =
          tx.query_integer(parts_.statements["notifications.find_watch"], {type.name, id, me}) != 0;
      if (is_full && !is_watched)
        return field_error("notifications/too_many_watches", "id", "too_many",
                           {{"max", std::to_string(limits::watches_max)}});
      tx.execute(parts_.statements["notifications.add_watch"],
                 {type.name, id, me, parts_.clock.now()});
      return reply(tx, visit, type, id);
    });
  }

  // Also of a record that has gone out of sight: nobody must be told of what they cannot see.
  Result<Reply> remove(Visit& visit) const {
    const auto dictionary = parts_.dictionary.current();
    const RecordType& type = *TRY(records::type_of(*dictionary, visit));
    const RecordId id = TRY(records::id_of(visit));
    parts_.database.write([&](store::Transaction& tx) {
      tx.execute(parts_.statements["notifications.remove_watch"],
                 {type.name, id, visit.scope.actor.user});
    });
    return Reply::no_content();
  }

  Result<Reply> list(Visit& visit) const {
    const auto call = TRY(records::parse_list_call(visit.call));
    std::optional<WatchPlace> after;
    if (!call.query.cursor.empty()) after = TRY(parse_watch_place(call.query.cursor));
    records::Seen seen;
    auto page = parts_.database.read([&](store::Session& session) {
      return list_watches(session, parts_, visit.scope, after, call.query.limit, seen);
    });
    const auto dictionary = parts_.dictionary.current();
    records::trace_read(parts_, visit.scope, "list", *dictionary->find("activity"), {}, "watches",
                        seen);
    const auto next = page.last ? json::value(render_watch_place(*page.last)) : json::value();
    return Reply::json(
        json::serialize(json::object{{"items", std::move(page.items)}, {"next", next}}));
  }

 private:
  Result<Reply> reply(store::Session& session, const Visit& visit, const RecordType& type,
                      RecordId id) const {
    const auto since = session.query_integer(parts_.statements["notifications.find_watch"],
                                             {type.name, id, visit.scope.actor.user});
    return Reply::json(json::serialize(
        json::object{{"is_watched", since != 0},
                     {"since", since ? json::value(render_instant({since})) : json::value()}}));
  }

  const records::ApiParts& parts_;
};

}  // namespace

std::vector<access::Route> watch_routes(const Notifications& notifications) {
  const auto to = access::handlers_of(std::make_shared<WatchApi>(notifications));
  const auto right = Right::signed_in();
  return {
      {Method::get,
       "/api/v1/me/watches",
       right,
       to(&WatchApi::list),
       {"The records that one watches, newest first",
        {.query = access::page_query, .answer = watches_answer}}},
      {Method::get,
       "/api/v1/{type}/{id}/watch",
       right,
       to(&WatchApi::get),
       {"Whether one is told of changes of a record", {.answer = watch_answer}}},
      {Method::put,
       "/api/v1/{type}/{id}/watch",
       right,
       to(&WatchApi::put),
       {"Watch a record", {.answer = watch_answer}}},
      {Method::remove,
       "/api/v1/{type}/{id}/watch",
       right,
       to(&WatchApi::remove),
       {"Watch a record no more", {}}},
  };
}

}  // namespace fokus::notifications
