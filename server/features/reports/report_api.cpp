// SPDX-License-Identifier: Apache-2.0
// /api/v1/reports: what is sent regularly, and /api/v1/dashboards/{id}/pdf: the same at once.
#include <algorithm>

#include "features/reports/delivery.hpp"
#include "features/reports/reports.hpp"
#include "features/reports/subscription.hpp"
#include "records/file_rules.hpp"

namespace fokus::reports {
namespace {

namespace json = boost::json;
using access::Right;
using access::Scope;
using access::Visit;
using net::Method;
using net::Reply;

constexpr int previewed = 3;

constexpr const char* report_body =
    "{dashboard: id, tile: id?, filters: object, paper: portrait|landscape, subject: text?, "
    "message: text?, frequency: daily|weekdays|weekly|monthly, days: [integer], time: text, "
    "zone: text, is_on: boolean, receivers: [id]}";
constexpr const char* report_answer =
    "{id!: id, version!: integer, dashboard!: {id!: id, name!: text?}, tile!: id?, filters!: "
    "object, "
    "paper!: portrait|landscape, subject!: text, message!: text, "
    "frequency!: daily|weekdays|weekly|monthly, days!: [integer], time!: text, zone!: text, "
    "is_on!: boolean, next_at!: instant?, owner!: {id!: id, name!: text}, editable!: boolean, "
    "is_receiver!: boolean, unsubscribed!: boolean, receivers: [{id!: id, name!: text, "
    "unsubscribed!: boolean, is_active!: boolean}], last!: {state!: text, occasion!: instant, "
    "error!: text?}?}";

Error not_found() {
  return make_error(ErrorKind::not_found, "reports/not_found");
}

json::array days_json(const std::vector<int>& days) {
  return json::array(days.begin(), days.end());
}

bool is_editable(const Scope& scope, const Subscription& s) {
  return s.owner == scope.actor.user ||
         scope.permissions().has_function(access::functions::administer);
}

class ReportApi {
 public:
  explicit ReportApi(const Reports& reports) : reports_(reports), parts_(reports.parts()) {}

  Result<Reply> list(Visit& visit) const {
    const auto ask = TRY(access::parse_page(visit.call));
    std::int64_t dashboard = 0;
    if (const auto text = visit.call.query_value("dashboard"); text && !text->empty())
      dashboard = std::stoll("0" + std::string(text->substr(0, 18)));
    auto items = parts_.database.read([&](store::Session& session) {
      json::array out;
      for (const auto& one : list_subscriptions(session, parts_.statements, visit.scope.actor.user,
                                                dashboard, ask.after, ask.rows_to_read()))
        out.push_back(render(session, visit.scope, one));
      return out;
    });
    return Reply::json(json::serialize(TRY(access::page_of(visit.call, std::move(items)))));
  }

  Result<Reply> create(Visit& visit) const {
    const auto input = TRY(records::body_object(visit.call));
    const auto* dashboard = input.if_contains("dashboard");
    if (!dashboard || !dashboard->is_int64())
      return invalid("dashboard", dashboard ? "not_an_id" : "required");
    if (!input.contains("frequency")) return invalid("frequency", "required");
    Subscription s;
    s.owner = visit.scope.actor.user;
    s.ask.dashboard = dashboards::DashboardId{dashboard->get_int64()};
    s.schedule.zone = visit.scope.actor.time_zone;
    TRY(apply_input(input, s));
    TRY(check_page(visit.scope, s));
    plan(s);
    const auto id =
        TRY(parts_.database.write([&](store::Transaction& tx) -> Result<SubscriptionId> {
          const auto& sql = parts_.statements;
          if (tx.query_integer(sql["reports.count_owned"], {s.owner}) >= limits::owned_max)
            return make_error(ErrorKind::conflict, "reports/too_many");
          const auto given = TRY(parse_receivers(tx, sql, input, {}));
          const auto made = insert_subscription(tx, sql, s, parts_.clock.now());
          set_receivers(tx, sql, made, given.value_or(std::vector{s.owner.value}));
          return made;
        }));
    return answer(visit, id, 201);
  }

  Result<Reply> get(Visit& visit) const { return answer(visit, TRY(id_of(visit)), 200); }

  Result<Reply> update(Visit& visit) const {
    const auto id = TRY(id_of(visit));
    const auto input = TRY(records::body_object(visit.call));
    if (input.contains("dashboard")) return invalid("dashboard", "not_changeable");
    auto s = TRY(find_editable(visit, id));
    TRY(records::check_if_match(visit.call, s.version, "reports/stale"));
    const Subscription before = s;
    TRY(apply_input(input, s));
    if (s.ask.tile != before.ask.tile) TRY(check_page(visit.scope, s));
    if (s.schedule != before.schedule || s.is_on != before.is_on) plan(s);
    TRY(parts_.database.write([&](store::Transaction& tx) -> Status {
      const auto& sql = parts_.statements;
      const auto now = find_subscription(tx, sql, visit.scope, id);
      if (!now) return not_found();
      if (now->version != before.version) return make_error(ErrorKind::stale, "reports/stale");
      // Due by now and planned by a node meanwhile: what that node has planned stays.
      if (s.next_at == before.next_at) s.next_at = now->next_at;
      const auto given = TRY(parse_receivers(tx, sql, input, list_receivers(tx, sql, id)));
      if (given) set_receivers(tx, sql, id, *given);
      update_subscription(tx, sql, s, parts_.clock.now());
      return {};
    }));
    return answer(visit, id, 200);
  }

  Result<Reply> remove(Visit& visit) const {
    const auto id = TRY(id_of(visit));
    const auto s = TRY(find_editable(visit, id));
    TRY(records::check_if_match(visit.call, s.version, "reports/stale"));
    parts_.database.write(
        [&](store::Transaction& tx) { tx.execute(parts_.statements["reports.remove"], {id}); });
    return Reply::no_content();
  }

  Result<Reply> preview(Visit& visit) const {
    const auto input = TRY(records::body_object(visit.call));
    if (!input.contains("frequency")) return invalid("frequency", "required");
    Schedule schedule;
    schedule.zone = visit.scope.actor.time_zone;
    TRY(apply_schedule(input, schedule));
    json::array times;
    for (const auto at : next_occasions(schedule, parts_.clock.now(), previewed))
      times.push_back(json::value(render_instant(at)));
    return Reply::json(json::serialize(json::object{{"times", std::move(times)}}));
  }

  Result<Reply> unsubscribe(Visit& visit) const { return set_unsubscribed(visit, true); }
  Result<Reply> subscribe(Visit& visit) const { return set_unsubscribed(visit, false); }

  Result<Reply> pdf(Visit& visit) const {
    DocumentAsk ask;
    ask.dashboard = TRY(dashboards::dashboard_id_of(visit));
    ask.filters = TRY(dashboards::page_filters_of(visit.call));
    const auto paper = visit.call.query_value("paper");
    if (paper == "landscape") ask.paper = pdf::Paper::landscape;
    if (const auto tile = visit.call.query_value("tile"); tile && !tile->empty()) {
      ask.tile = std::stoll("0" + std::string(tile->substr(0, 18)));
      if (ask.tile == 0) return make_error(ErrorKind::not_found, "dashboards/no_such_tile");
    }
    const auto document = TRY(make_document(reports_.dashboards(), visit.scope, ask));
    Reply out;
    out.type = "application/pdf";
    out.compressible = false;
    out.body = document.bytes;
    out.header(
        "Content-Disposition",
        records::content_disposition(false, file_name_of(document, visit.scope.actor.time_zone)));
    out.header("X-Content-Type-Options", "nosniff");
    return out;
  }

 private:
  static Result<SubscriptionId> id_of(const Visit& visit) {
    const auto id = records::id_of(visit);
    if (!id) return not_found();
    return SubscriptionId{id->value};
  }

  // That the page is there for whoever sets it up, and the tile on it.
  Status check_page(const Scope& scope, const Subscription& s) const {
    return parts_.database.read([&](store::Session& session) -> Status {
      const auto page = reports_.dashboards().get(session, scope, s.ask.dashboard);
      if (!page) return invalid("dashboard", "no_such_record");
      const auto& tiles = page->tiles;
      const bool has_tile = std::any_of(tiles.begin(), tiles.end(),
                                        [&](const auto& tile) { return tile.id == s.ask.tile; });
      return s.ask.tile == 0 || has_tile ? Status() : Status(invalid("tile", "no_such_record"));
    });
  }

  void plan(Subscription& s) const {
    s.next_at = std::nullopt;
    if (s.is_on) s.next_at = next_occasion(s.schedule, parts_.clock.now());
  }

  Result<Subscription> find(const Visit& visit, SubscriptionId id) const {
    const auto found = parts_.database.read([&](store::Session& session) {
      return find_subscription(session, parts_.statements, visit.scope, id);
    });
    if (!found) return not_found();
    return *found;
  }

  Result<Subscription> find_editable(const Visit& visit, SubscriptionId id) const {
    auto found = TRY(find(visit, id));
    if (!is_editable(visit.scope, found))
      return make_error(ErrorKind::forbidden, "reports/not_allowed");
    return found;
  }

  Result<Reply> set_unsubscribed(Visit& visit, bool wanted) const {
    const auto id = TRY(id_of(visit));
    const auto at = wanted ? std::optional(parts_.clock.now()) : std::nullopt;
    TRY(parts_.database.write([&](store::Transaction& tx) -> Status {
      return tx.execute(parts_.statements["reports.set_unsubscribed"],
                        {id, visit.scope.actor.user, at}) == 0
                 ? Status(not_found())
                 : Status();
    }));
    return answer(visit, id, 200);
  }

  json::value last_of(store::Session& session, const Scope& scope, const Subscription& s) const {
    auto rows = session.query(parts_.statements["reports.last_delivery"],
                              {s.id, scope.actor.user, is_editable(scope, s) ? 1 : 0});
    if (!rows->next()) return nullptr;
    const auto error = rows->text(2);
    return json::object{{"state", std::string(rows->text(0))},
                        {"occasion", render_instant({rows->integer(1)})},
                        {"error", error.empty() ? json::value() : json::value(std::string(error))}};
  }

  json::object render(store::Session& session, const Scope& scope, const Subscription& s) const {
    const auto page = reports_.dashboards().get(session, scope, s.ask.dashboard);
    json::value name;
    if (page) name = json::value(dashboards::in_language(&page->name, scope.actor.language));
    json::object out{
        {"id", s.id.value},
        {"version", s.version},
        {"dashboard", json::object{{"id", s.ask.dashboard.value}, {"name", name}}},
        {"tile", s.ask.tile == 0 ? json::value() : json::value(s.ask.tile)},
        {"filters", dashboards::render_page_filters(s.ask.filters)},
        {"paper", json::value(std::string(paper_name(s.ask.paper)))},
        {"subject", s.subject},
        {"message", s.message},
        {"frequency", json::value(std::string(frequency_name(s.schedule.frequency)))},
        {"days", days_json(s.schedule.days)},
        {"time", render_time_of_day(s.schedule.minute)},
        {"zone", s.schedule.zone},
        {"is_on", s.is_on},
        {"next_at", s.next_at ? json::value(render_instant(*s.next_at)) : json::value()},
        {"owner", json::object{{"id", s.owner.value}, {"name", s.owner_name}}},
        {"editable", is_editable(scope, s)}};
    out["last"] = last_of(session, scope, s);
    add_receivers(session, scope, s, out);
    return out;
  }

  // Whoever receives it does not see who else does.
  void add_receivers(store::Session& session, const Scope& scope, const Subscription& s,
                     json::object& out) const {
    json::array receivers;
    bool is_receiver = false, is_unsubscribed = false;
    for (const auto& one : list_receivers(session, parts_.statements, s.id)) {
      if (one.user == scope.actor.user) is_receiver = true, is_unsubscribed = one.is_unsubscribed;
      receivers.push_back(json::object{{"id", one.user.value},
                                       {"name", one.name},
                                       {"unsubscribed", one.is_unsubscribed},
                                       {"is_active", one.is_active}});
    }
    out["is_receiver"] = is_receiver;
    out["unsubscribed"] = is_unsubscribed;
    if (is_editable(scope, s)) out["receivers"] = std::move(receivers);
  }

  Result<Reply> answer(const Visit& visit, SubscriptionId id, int status) const {
    const auto found = TRY(find(visit, id));
    const auto body = parts_.database.read(
        [&](store::Session& session) { return render(session, visit.scope, found); });
    Reply reply = Reply::json(json::serialize(body), status);
    reply.header("ETag", "\"v" + std::to_string(found.version) + "\"");
    return reply;
  }

  const Reports& reports_;
  const records::ApiParts& parts_;
};

}  // namespace

// tidy: table
std::vector<access::Route> report_routes(const Reports& reports) {
  const auto api = std::make_shared<ReportApi>(reports);
  const auto to = [&](auto member) -> access::Handler {
    return [api, member](Visit& visit) { return ((*api).*member)(visit); };
  };
  const auto right = Right::signed_in();
  return {
      {Method::get,
       "/api/v1/reports",
       right,
       to(&ReportApi::list),
       {"What one sends or receives regularly",
        {.query = std::string(access::page_query) + ", dashboard: integer",
         .answer = "{items!: [" + std::string(report_answer) + "], next!: text?}"}}},
      {Method::post,
       "/api/v1/reports",
       right,
       to(&ReportApi::create),
       {"Send a dashboard regularly",
        {.body = report_body, .answer = report_answer, .status = 201}}},
      {Method::post,
       "/api/v1/reports/preview",
       right,
       to(&ReportApi::preview),
       {"When it would be sent",
        {.body = "{frequency!: daily|weekdays|weekly|monthly, days: [integer], time: text, "
                 "zone: text}",
         .answer = "{times!: [instant]}",
         .only_asks = true}}},
      {Method::get,
       "/api/v1/reports/{id}",
       right,
       to(&ReportApi::get),
       {"One regular delivery", {.answer = report_answer}}},
      {Method::patch,
       "/api/v1/reports/{id}",
       right,
       to(&ReportApi::update),
       {"Change a regular delivery",
        {.body = report_body, .answer = report_answer, .versioned = true}}},
      {Method::remove,
       "/api/v1/reports/{id}",
       right,
       to(&ReportApi::remove),
       {"Send a dashboard no more", {.versioned = true}}},
      {Method::put,
       "/api/v1/reports/{id}/unsubscribed",
       right,
       to(&ReportApi::unsubscribe),
       {"Receive a dashboard no more", {.answer = report_answer}}},
      {Method::remove,
       "/api/v1/reports/{id}/unsubscribed",
       right,
       to(&ReportApi::subscribe),
       {"Receive a dashboard again", {.answer = report_answer}}},
      {Method::get,
       "/api/v1/dashboards/{id}/pdf",
       right,
       to(&ReportApi::pdf),
       {"A dashboard, or one of its tiles, as a PDF",
        {.query = std::string(dashboards::page_filters_query) +
                  ", tile: integer, paper: portrait|landscape",
         .media = "application/pdf"}},
       net::Lane::slow},
  };
}

}  // namespace fokus::reports
