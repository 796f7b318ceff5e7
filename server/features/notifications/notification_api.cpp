// SPDX-License-Identifier: Apache-2.0
// /api/v1/me/notifications: what the caller was told.
#include <algorithm>
#include <map>

#include "access/handlers_of.hpp"
#include "access/keyset.hpp"
#include "features/notifications/notice.hpp"
#include "features/notifications/notification_list.hpp"
#include "records/announce.hpp"

namespace fokus::notifications {
namespace {

namespace json = boost::json;
using access::Right;
using access::Visit;
using net::Method;
using net::Reply;

Error invalid(std::string_view field, std::string_view code) {
  return field_error("notifications/invalid", std::string(field), std::string(code));
}

constexpr const char* list_answer =
    "{items!: [{id!: id, kind!: text, at!: instant, read_at!: instant?, record!: {type!: text, "
    "plural!: text, id!: id, title!: text?, may_read!: boolean, is_archived!: boolean}?, by!: "
    "{id!: id, name!: text}?, params!: object}], next!: text?, unread!: integer}";
constexpr const char* unread_answer = "{unread!: integer}";
constexpr const char* choices_answer = "{items!: [{kind!: text, in_app!: boolean}]}";

class NotificationApi {
 public:
  explicit NotificationApi(const Notifications& notifications) : parts_(notifications.parts()) {}

  Result<Reply> list(Visit& visit) const {
    const auto page = TRY(access::parse_page(visit.call));
    const bool has_limit = !visit.call.query_value("limit").value_or("").empty();
    const int limit = has_limit ? std::min(page.limit, limits::page_max) : limits::page_default;
    const ListAsk ask{visit.call.query_value("unread") == "true", page.after, limit + 1};
    records::Seen seen;
    std::int64_t unread = 0;
    auto items = parts_.database.read([&](store::Session& session) {
      unread = count_unread(session, parts_, visit.scope);
      return list_notifications(session, parts_, visit.scope, ask, seen);
    });
    json::value next;
    if (items.size() > static_cast<std::size_t>(limit)) {
      items.resize(static_cast<std::size_t>(limit));
      next = std::to_string(items.back().at("id").as_int64());
    }
    const auto dictionary = parts_.dictionary.current();
    records::trace_read(parts_, visit.scope, "list", *dictionary->find("activity"), {},
                        "notifications", seen);
    return Reply::json(json::serialize(
        json::object{{"items", std::move(items)}, {"next", next}, {"unread", unread}}));
  }

  Result<Reply> count(Visit& visit) const { return unread_reply(visit); }

  Result<Reply> mark(Visit& visit) const {
    const auto id = records::id_of(visit);
    const auto input = TRY(records::body_object(visit.call));
    const auto* read = input.if_contains("read");
    if (!read || !read->is_bool()) return invalid("read", read ? "not_yes_or_no" : "required");
    const auto me = visit.scope.actor.user;
    const auto at = read->get_bool() ? std::optional(parts_.clock.now()) : std::nullopt;
    TRY(parts_.database.write([&](store::Transaction& tx) -> Status {
      if (!id || tx.execute(parts_.statements["notifications.set_read"], {me, *id, at}) == 0)
        return make_error(ErrorKind::not_found, "notifications/not_found");
      records::tell_user(tx, me, "notifications");
      return {};
    }));
    return unread_reply(visit);
  }

  Result<Reply> mark_all(Visit& visit) const {
    const auto input = TRY(records::body_object(visit.call));
    const auto* given = input.if_contains("until");
    const auto until =
        given && given->is_string() ? parse_instant(given->get_string()) : std::nullopt;
    if (!until) return invalid("until", given ? "not_an_instant" : "required");
    const auto me = visit.scope.actor.user;
    parts_.database.write([&](store::Transaction& tx) {
      if (tx.execute(parts_.statements["notifications.set_read_until"],
                     {me, *until, parts_.clock.now()}) != 0)
        records::tell_user(tx, me, "notifications");
    });
    return unread_reply(visit);
  }

  Result<Reply> choices(Visit& visit) const {
    return parts_.database.read(
        [&](store::Session& session) { return choices_reply(session, visit.scope); });
  }

  // Kinds that are not named stay as they are.
  Result<Reply> choose(Visit& visit) const {
    const auto input = TRY(records::body_object(visit.call));
    const auto* given = input.if_contains("items");
    if (!given || !given->is_array()) return invalid("items", given ? "not_a_list" : "required");
    if (given->get_array().size() > all_kinds.size()) return invalid("items", "too_many");
    std::vector<std::pair<std::string, bool>> chosen;
    for (const auto& one : given->get_array()) {
      const auto* item = one.if_object();
      const auto* kind = item ? item->if_contains("kind") : nullptr;
      const auto* in_app = item ? item->if_contains("in_app") : nullptr;
      if (!kind || !kind->is_string() || !is_kind(kind->get_string()))
        return invalid("kind", "unknown");
      if (!in_app || !in_app->is_bool()) return invalid("in_app", "not_yes_or_no");
      chosen.emplace_back(kind->get_string(), in_app->get_bool());
    }
    return parts_.database.write([&](store::Transaction& tx) {
      for (const auto& [kind, in_app] : chosen)
        tx.execute(parts_.statements["notifications.save_choice"],
                   {visit.scope.actor.user, kind, in_app});
      return choices_reply(tx, visit.scope);
    });
  }

 private:
  Result<Reply> unread_reply(const Visit& visit) const {
    const auto unread = parts_.database.read(
        [&](store::Session& session) { return count_unread(session, parts_, visit.scope); });
    return Reply::json(json::serialize(json::object{{"unread", unread}}));
  }

  Result<Reply> choices_reply(store::Session& session, const access::Scope& scope) const {
    std::map<std::string, bool, std::less<>> chosen;
    for (auto rows =
             session.query(parts_.statements["notifications.list_choices"], {scope.actor.user});
         rows->next();)
      chosen[std::string(rows->text(0))] = rows->boolean(1);
    json::array items;
    for (const auto kind : all_kinds) {
      const auto at = chosen.find(kind);
      items.push_back({{"kind", kind}, {"in_app", at == chosen.end() || at->second}});
    }
    return Reply::json(json::serialize(json::object{{"items", std::move(items)}}));
  }

  const records::ApiParts& parts_;
};

}  // namespace

std::vector<access::Route> notification_routes(const Notifications& notifications) {
  const auto to = access::handlers_of(std::make_shared<NotificationApi>(notifications));
  const auto right = Right::signed_in();
  return {
      {Method::get,
       "/api/v1/me/notifications",
       right,
       to(&NotificationApi::list),
       {"What one was told, newest first",
        {.query = "unread: boolean, " + std::string(access::page_query), .answer = list_answer}}},
      {Method::get,
       "/api/v1/me/notifications/unread",
       right,
       to(&NotificationApi::count),
       {"How many of them one has not read", {.answer = unread_answer}}},
      {Method::put,
       "/api/v1/me/notifications/{id}",
       right,
       to(&NotificationApi::mark),
       {"Mark one as read, or as not read", {.body = "{read!: boolean}", .answer = unread_answer}}},
      {Method::post,
       "/api/v1/me/notifications/read",
       right,
       to(&NotificationApi::mark_all),
       {"Mark all as read that came until a moment",
        {.body = "{until!: instant}", .answer = unread_answer}}},
      {Method::get,
       "/api/v1/me/notification_choices",
       right,
       to(&NotificationApi::choices),
       {"Of what one wants to be told", {.answer = choices_answer}}},
      {Method::put,
       "/api/v1/me/notification_choices",
       right,
       to(&NotificationApi::choose),
       {"Choose of what one wants to be told", {.body = choices_answer, .answer = choices_answer}}},
  };
}

}  // namespace fokus::notifications
