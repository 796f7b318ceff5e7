// SPDX-License-Identifier: Apache-2.0
// /api/v1/me/dav: where a phone finds the user's diary and contacts, and which selections it gets.
#include <boost/json.hpp>

#include "access/handlers_of.hpp"
#include "features/dav/books.hpp"

namespace fokus::dav {
namespace {

namespace json = boost::json;
using access::Right;
using access::Visit;
using net::Method;
using net::Reply;

constexpr const char* dav_answer =
    "{path!: text, user_name!: text, entries_max!: integer, books_max!: integer, books!: "
    "[{selection!: id?, name!: text, type!: person|company, count!: integer, is_too_large!: "
    "boolean}]}";

class DavApi {
 public:
  explicit DavApi(const Dav& dav) : dav_(dav) {}

  Result<Reply> get(Visit& visit) const {
    const auto books = TRY(dav_.parts().database.read(
        [&](store::Session& session) { return books_of(session, visit.scope); }));
    return Reply::json(json::serialize(json::object{{"path", "/dav/"},
                                                    {"user_name", visit.scope.actor.email},
                                                    {"entries_max", dav_.cards_max()},
                                                    {"books_max", limits::books_max},
                                                    {"books", books}}));
  }

  Result<Reply> add(Visit& visit) const {
    const auto id = TRY(records::id_of(visit));
    const auto& sql = dav_.parts().statements;
    TRY(dav_.parts().database.write([&](store::Transaction& tx) -> Status {
      const auto selection =
          TRY(dav_.selections().get(tx, visit.scope, selections::SelectionId{id.value}));
      if (selection.record_type != "person" && selection.record_type != "company")
        return field_error("dav/invalid", "selection", "wrong_type");
      const auto user = visit.scope.actor.user;
      if (tx.query_integer(sql["dav.has_book"], {user, id}) == 0 &&
          tx.query_integer(sql["dav.count_books"], {user}) >= limits::books_max)
        return field_error("dav/invalid", "selection", "too_many",
                           {{"max", std::to_string(limits::books_max)}});
      tx.execute(sql["dav.add_book"], {user, id, dav_.parts().clock.now()});
      return {};
    }));
    return get(visit);
  }

  // Also of a selection that is gone, or visible no more.
  Result<Reply> remove(Visit& visit) const {
    const auto id = TRY(records::id_of(visit));
    dav_.parts().database.write([&](store::Transaction& tx) {
      tx.execute(dav_.parts().statements["dav.remove_book"], {visit.scope.actor.user, id});
    });
    return get(visit);
  }

 private:
  Result<json::array> books_of(store::Session& session, const access::Scope& scope) const {
    json::array out;
    for (const auto& name : list_book_names(dav_, session, scope)) {
      const auto book = find_book(dav_, session, scope, name);
      if (!book) continue;
      const auto count = TRY(list_book(dav_, session, scope, *book, dav_.cards_max())).size();
      const auto id = book->selection.value;
      out.push_back({{"selection", id ? json::value(id) : json::value()},
                     {"name", book->title},
                     {"type", book->type},
                     {"count", std::min<std::size_t>(count, dav_.cards_max())},
                     {"is_too_large", count > static_cast<std::size_t>(dav_.cards_max())}});
    }
    return out;
  }

  const Dav& dav_;
};

}  // namespace

std::vector<access::Route> dav_routes(const Dav& dav) {
  const auto to = access::handlers_of(std::make_shared<DavApi>(dav));
  return {
      {Method::get,
       "/api/v1/me/dav",
       Right::signed_in(),
       to(&DavApi::get),
       {"What of the diary and the contacts a phone can fetch, and how", {.answer = dav_answer}}},
      {Method::put,
       "/api/v1/me/dav/books/{id}",
       Right::signed_in(),
       to(&DavApi::add),
       {"Carry a selection along as an address book", {.answer = dav_answer}}},
      {Method::remove,
       "/api/v1/me/dav/books/{id}",
       Right::signed_in(),
       to(&DavApi::remove),
       {"Carry a selection along no more", {.answer = dav_answer}}},
  };
}

}  // namespace fokus::dav
