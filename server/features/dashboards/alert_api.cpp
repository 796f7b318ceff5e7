// SPDX-License-Identifier: Apache-2.0
// /api/v1/me/alerts: what the caller wants to be told of.
#include "features/dashboards/alert.hpp"
#include "features/dashboards/alerts.hpp"

namespace fokus::dashboards {
namespace {

namespace json = boost::json;
using access::Right;
using access::Scope;
using access::Visit;
using net::Method;
using net::Reply;

constexpr const char* alert_answer =
    "{id!: id, dashboard!: id, tile!: id, page!: text?, title!: text?, measure!: integer, "
    "condition!: text, value!: any, filters!: object, is_paused!: boolean, is_beyond!: boolean, "
    "number!: any, fired_at!: instant?, fired_count!: integer, problem!: text?}";

Error not_found() {
  return make_error(ErrorKind::not_found, "dashboards/no_such_alert");
}

Result<std::int64_t> id_in(const json::object& input, std::string_view name) {
  const auto* value = input.if_contains(name);
  if (!value || value->is_null()) return invalid_alert(name, "required");
  if (!value->is_int64() || value->get_int64() < 1) return invalid_alert(name, "not_an_id");
  return value->get_int64();
}

Status take_measure(const json::object& input, Alert& alert) {
  const auto* value = input.if_contains("measure");
  if (!value || value->is_null()) return {};
  if (!value->is_int64() || value->get_int64() < 0 ||
      value->get_int64() >= static_cast<std::int64_t>(limits::tile_measures_max))
    return invalid_alert("measure", "out_of_range");
  alert.measure = static_cast<std::size_t>(value->get_int64());
  return {};
}

json::value number_or_null(std::optional<double> number) {
  return number ? json::value(*number) : json::value();
}

class AlertApi {
 public:
  explicit AlertApi(const Dashboards& dashboards)
      : dashboards_(dashboards), parts_(dashboards.parts()) {}

  Result<Reply> list(Visit& visit) const {
    const auto page = TRY(access::parse_page(visit.call));
    return parts_.database.read([&](store::Session& session) -> Result<Reply> {
      const auto alerts =
          list_alerts(session, parts_, visit.scope.actor.user, page.after, page.rows_to_read());
      json::array items;
      for (const auto& alert : alerts) items.push_back(render(session, visit.scope, alert));
      return Reply::json(json::serialize(TRY(access::page_of(visit.call, std::move(items)))));
    });
  }

  Result<Reply> create(Visit& visit) const {
    const auto input = TRY(records::body_object(visit.call));
    Alert alert;
    alert.user = visit.scope.actor.user;
    alert.dashboard = DashboardId{TRY(id_in(input, "dashboard"))};
    alert.tile = TRY(id_in(input, "tile"));
    for (const auto* member : {"condition", "value"})
      if (!input.contains(member)) return invalid_alert(member, "required");
    TRY(take_measure(input, alert));
    TRY(apply_alert(alert, input));
    if (const auto* filters = input.if_contains("filters"); filters && !filters->is_null()) {
      if (!filters->is_object()) return invalid_alert("filters", "not_an_object");
      alert.filters = TRY(parse_page_filters(filters->get_object()));
    }
    begin(alert, TRY(number_of(visit.scope, alert)).number);
    alert.id = TRY(parts_.database.write([&](store::Transaction& tx) -> Result<std::int64_t> {
      const auto kept =
          tx.query_integer(parts_.statements["dashboards.count_alerts"], {alert.user});
      if (kept >= limits::alerts_max)
        return make_error(ErrorKind::conflict, "dashboards/too_many_alerts");
      return add_alert(tx, parts_, alert);
    }));
    return reply(visit.scope, alert.id, 201);
  }

  // Condition, value, sleep. It counts from now on: what is beyond already is not told.
  Result<Reply> change(Visit& visit) const {
    const auto input = TRY(records::body_object(visit.call));
    auto alert = TRY(find(visit));
    TRY(apply_alert(alert, input));
    // Of a tile that is gone, or of a page that is, one may still be sent to sleep.
    const auto number = number_of(visit.scope, alert);
    if (!number && !alert.is_paused) return number.error();
    begin(alert, number ? number->number : std::nullopt);
    parts_.database.write([&](store::Transaction& tx) { change_alert(tx, parts_, alert); });
    return reply(visit.scope, alert.id, 200);
  }

  Result<Reply> remove(Visit& visit) const {
    const auto id = records::id_of(visit);
    TRY(parts_.database.write([&](store::Transaction& tx) -> Status {
      if (!id || tx.execute(parts_.statements["dashboards.remove_alert"],
                            {visit.scope.actor.user, *id}) == 0)
        return not_found();
      return {};
    }));
    return Reply::no_content();
  }

 private:
  Result<Alert> find(const Visit& visit) const {
    const auto id = records::id_of(visit);
    auto found = parts_.database.read([&](store::Session& session) {
      return find_alert(session, parts_, visit.scope.actor.user, id ? id->value : 0);
    });
    if (!found) return not_found();
    return *std::move(found);
  }

  Result<TileNumber> number_of(const Scope& scope, const Alert& alert) const {
    const auto definition = TRY(parts_.database.read([&](store::Session& session) {
      return dashboards_.definition_of(session, scope, alert.dashboard, alert.tile);
    }));
    if (!is_watchable(definition)) return invalid_alert("tile", "wrong_kind");
    return number_in(TRY(dashboards_.answers().answer(scope, definition, alert.filters)),
                     alert.measure);
  }

  // What the page and the tile are called by now; `problem` when they are not there for the user.
  json::object render(store::Session& session, const Scope& scope, const Alert& alert) const {
    const auto page = dashboards_.get(session, scope, alert.dashboard);
    const auto definition = dashboards_.definition_of(session, scope, alert.dashboard, alert.tile);
    const std::string language = scope.actor.language;
    json::object out{{"id", alert.id},
                     {"dashboard", alert.dashboard.value},
                     {"tile", alert.tile},
                     {"measure", alert.measure},
                     {"condition", alert_condition_name(alert.condition)},
                     {"value", alert.value},
                     {"filters", render_page_filters(alert.filters)},
                     {"is_paused", alert.is_paused},
                     {"is_beyond", alert.is_beyond},
                     {"fired_count", alert.fired_count}};
    out["page"] = page ? json::value(in_language(&page->name, language)) : json::value();
    out["title"] = definition ? json::value(title_of(*definition, language)) : json::value();
    // A number is not shown to whom it would no longer be told.
    out["number"] = definition ? number_or_null(alert.number) : json::value();
    out["fired_at"] = alert.fired_at ? json::value(render_instant(*alert.fired_at)) : json::value();
    out["problem"] = nullptr;
    if (!definition) out["problem"] = page ? "no_such_tile" : "not_found";
    if (definition && !is_watchable(*definition)) out["problem"] = "wrong_kind";
    return out;
  }

  Result<Reply> reply(const Scope& scope, std::int64_t id, int status) const {
    return parts_.database.read([&](store::Session& session) -> Result<Reply> {
      const auto alert = find_alert(session, parts_, scope.actor.user, id);
      if (!alert) return not_found();
      return Reply::json(json::serialize(render(session, scope, *alert)), status);
    });
  }

  const Dashboards& dashboards_;
  const records::ApiParts& parts_;
};

}  // namespace

std::vector<access::Route> alert_routes(const Dashboards& dashboards) {
  const auto api = std::make_shared<AlertApi>(dashboards);
  const auto to = [&](auto member) -> access::Handler {
    return [api, member](Visit& visit) { return ((*api).*member)(visit); };
  };
  const std::string one = "/api/v1/me/alerts/{id}";
  const auto right = Right::signed_in();
  return {
      {Method::get,
       "/api/v1/me/alerts",
       right,
       to(&AlertApi::list),
       {"Of which numbers of dashboards one wants to be told",
        {.query = access::page_query,
         .answer = "{items!: [" + std::string(alert_answer) + "], next!: text?}"}}},
      {Method::post,
       "/api/v1/me/alerts",
       right,
       to(&AlertApi::create),
       {"Ask to be told when a number of a tile crosses a value",
        {.body = "{dashboard!: id, tile!: id, measure: integer, condition!: text, value!: any, "
                 "filters: object, is_paused: boolean}",
         .answer = alert_answer,
         .status = 201}},
       net::Lane::slow},
      {Method::patch,
       one,
       right,
       to(&AlertApi::change),
       {"Change or pause an alert",
        {.body = "{condition: text, value: any, is_paused: boolean}", .answer = alert_answer}},
       net::Lane::slow},
      {Method::remove, one, right, to(&AlertApi::remove), {"Ask for it no longer", {}}},
  };
}

}  // namespace fokus::dashboards
