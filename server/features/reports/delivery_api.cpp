// SPDX-License-Identifier: Apache-2.0
// /api/v1/reports/{id}/deliveries: what was sent, and what became of it.
#include "features/reports/delivery.hpp"
#include "features/reports/reports.hpp"
#include "features/reports/subscription.hpp"

namespace fokus::reports {
namespace {

namespace json = boost::json;
using access::Right;
using access::Visit;
using net::Method;
using net::Reply;

// Each is a letter with a computation behind it.
constexpr std::int64_t by_hand_max = 20, by_hand_ms = ms_per_hour;

constexpr const char* deliveries_answer =
    "{items!: [{id!: id, user!: {id!: id, name!: text}, occasion!: instant, state!: text, "
    "attempts!: integer, error!: text?, next_try_at!: instant?, ended_at!: instant?}], "
    "next!: text?}";

Error not_found() {
  return make_error(ErrorKind::not_found, "reports/not_found");
}

json::value instant_or_null(const store::Rows& rows, int column) {
  if (rows.is_null(column)) return nullptr;
  return json::value(render_instant({rows.integer(column)}));
}

json::object render(const store::Rows& rows) {
  const auto error = rows.text(6);
  return {{"id", rows.integer(0)},
          {"user", json::object{{"id", rows.integer(1)}, {"name", std::string(rows.text(2))}}},
          {"occasion", render_instant({rows.integer(3)})},
          {"state", std::string(rows.text(4))},
          {"attempts", rows.integer(5)},
          {"error", error.empty() ? json::value() : json::value(std::string(error))},
          {"next_try_at", instant_or_null(rows, 7)},
          {"ended_at", instant_or_null(rows, 8)}};
}

class DeliveryApi {
 public:
  explicit DeliveryApi(const Reports& reports) : parts_(reports.parts()) {}

  // Newest first. Whoever only receives it sees the own ones.
  Result<Reply> list(Visit& visit) const {
    const auto ask = TRY(access::parse_page(visit.call));
    const auto id = TRY(id_of(visit));
    auto items = TRY(parts_.database.read([&](store::Session& session) -> Result<json::array> {
      const auto found = find_subscription(session, parts_.statements, visit.scope, id);
      if (!found) return not_found();
      const auto me = visit.scope.actor.user;
      const bool sees_all = found->owner == me ||
                            visit.scope.permissions().has_function(access::functions::administer);
      const std::int64_t before = ask.after == 0 ? INT64_MAX : ask.after;
      json::array out;
      auto rows = session.query(parts_.statements["reports.list_deliveries"],
                                {id, before, me, sees_all ? 1 : 0, ask.rows_to_read()});
      while (rows->next()) out.push_back(render(*rows));
      return out;
    }));
    return Reply::json(json::serialize(TRY(access::page_of(visit.call, std::move(items)))));
  }

  // To the caller alone, at once.
  Result<Reply> send(Visit& visit) const {
    const auto id = TRY(id_of(visit));
    const auto me = visit.scope.actor.user;
    const Instant now = parts_.clock.now();
    TRY(parts_.database.write([&](store::Transaction& tx) -> Status {
      const auto& sql = parts_.statements;
      if (!find_subscription(tx, sql, visit.scope, id)) return not_found();
      if (tx.query_integer(sql["reports.is_wanted"], {id, me}) == 0)
        return make_error(ErrorKind::conflict, "reports/unsubscribed");
      if (tx.query_integer(sql["reports.count_sent_by_hand"], {id, me, now.plus_ms(-by_hand_ms)}) >=
          by_hand_max)
        return make_error(ErrorKind::too_many, "reports/too_often");
      tx.execute(sql["reports.add_delivery"], {id, me, now});
      return {};
    }));
    return Reply::json("{}", 202);
  }

 private:
  static Result<SubscriptionId> id_of(const Visit& visit) {
    const auto id = records::id_of(visit);
    if (!id) return not_found();
    return SubscriptionId{id->value};
  }

  const records::ApiParts& parts_;
};

}  // namespace

std::vector<access::Route> delivery_routes(const Reports& reports) {
  const auto api = std::make_shared<DeliveryApi>(reports);
  const auto to = [&](auto member) -> access::Handler {
    return [api, member](Visit& visit) { return ((*api).*member)(visit); };
  };
  const auto right = Right::signed_in();
  return {
      {Method::get,
       "/api/v1/reports/{id}/deliveries",
       right,
       to(&DeliveryApi::list),
       {"What was sent, to whom, and what became of it",
        {.query = access::page_query, .answer = deliveries_answer}}},
      {Method::post,
       "/api/v1/reports/{id}/send",
       right,
       to(&DeliveryApi::send),
       {"Send it to oneself now", {.answer = "object", .status = 202}}},
  };
}

}  // namespace fokus::reports
