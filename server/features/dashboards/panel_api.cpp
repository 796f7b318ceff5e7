// SPDX-License-Identifier: Apache-2.0
// /api/v1/panel_hosts: whose pages web panels may show.
#include "base/text.hpp"
#include "features/dashboards/panels.hpp"
#include "records/installation.hpp"

namespace fokus::dashboards {
namespace {

namespace json = boost::json;
using access::Right;
using access::Visit;
using net::Method;
using net::Reply;

constexpr const char* hosts_answer =
    "{items!: [{id!: id, host!: text, added_at!: instant, added_by!: {id!: id, name!: text}}]}";

Error invalid_host(std::string_view code) {
  return field_error("dashboards/invalid_panel_host", "host", std::string(code));
}

Error no_such_host() {
  return make_error(ErrorKind::not_found, "dashboards/no_such_panel_host");
}

class PanelApi {
 public:
  explicit PanelApi(Panels& panels) : panels_(panels), parts_(panels.parts()) {}

  Result<Reply> list(Visit&) const { return reply(200); }

  Result<Reply> add(Visit& visit) const {
    const auto input = TRY(records::body_object(visit.call));
    const auto* given = input.if_contains("host");
    if (!given || !given->is_string()) return invalid_host(given ? "not_text" : "required");
    const auto host = lower_ascii(trim(std::string_view(given->get_string())));
    if (!is_panel_host(host)) return invalid_host("not_a_host");
    TRY(change(visit, [&](store::Transaction& tx) -> Status {
      if (tx.query_integer(parts_.statements["dashboards.count_panel_hosts"]) >=
          limits::panel_hosts_max)
        return invalid_host("too_many");
      const auto added = tx.execute(parts_.statements["dashboards.add_panel_host"],
                                    {host, parts_.clock.now(), visit.scope.actor.user});
      if (added != 0) note(tx, visit, std::nullopt, host);
      return {};
    }));
    return reply(201);
  }

  Result<Reply> remove(Visit& visit) const {
    const auto id = TRY(id_of(visit));
    TRY(change(visit, [&](store::Transaction& tx) -> Status {
      const auto host = TRY(find(tx, id)).first;
      tx.execute(parts_.statements["dashboards.remove_panel_host"], {id});
      note(tx, visit, host, std::nullopt);
      return {};
    }));
    return reply(200);
  }

  Result<Reply> secret(Visit& visit) const {
    const auto id = TRY(id_of(visit));
    const auto host =
        TRY(parts_.database.read([&](store::Session& session) { return find(session, id); }));
    parts_.trace(visit.scope, {"reveal", "panel_host", {}, host.first});
    return Reply::json(
        json::serialize(json::object{{"secret", panels_.secret_of(host.first, host.second)}}));
  }

  Result<Reply> renew(Visit& visit) const {
    const auto id = TRY(id_of(visit));
    TRY(change(visit, [&](store::Transaction& tx) -> Status {
      TRY(find(tx, id));
      tx.execute(parts_.statements["dashboards.renew_panel_host"], {id});
      return {};
    }));
    return secret(visit);
  }

 private:
  using Found = std::pair<std::string, std::int64_t>;  // host, generation

  static Result<std::int64_t> id_of(const Visit& visit) {
    const auto id = records::id_of(visit);
    if (!id) return no_such_host();
    return id->value;
  }

  Result<Found> find(store::Session& session, std::int64_t id) const {
    auto rows = session.query(parts_.statements["dashboards.get_panel_host"], {id});
    if (!rows->next()) return no_such_host();
    return Found(rows->text(0), rows->integer(1));
  }

  template <class Change>
  Status change(Visit&, Change&& apply) const {
    TRY(parts_.database.write([&](store::Transaction& tx) -> Status {
      TRY(apply(tx));
      tx.notify("panel_hosts", "changed");
      return {};
    }));
    panels_.reload();
    return {};
  }

  void note(store::Transaction& tx, const Visit& visit, std::optional<std::string> before,
            std::optional<std::string> after) const {
    const bool is_key = visit.scope.actor.kind == access::ActorKind::api_key;
    records::note_setting_change(
        tx, parts_.statements, "panel_host", std::move(before), std::move(after),
        {parts_.clock.now().ms, visit.scope.actor.user.value, is_key ? "api_key" : "user"});
  }

  Result<Reply> reply(int status) const {
    json::array items;
    parts_.database.read([&](store::Session& session) {
      auto rows = session.query(parts_.statements["dashboards.list_panel_hosts"]);
      while (rows->next())
        items.push_back(json::object{
            {"id", rows->integer(0)},
            {"host", std::string(rows->text(1))},
            {"added_at", render_instant({rows->integer(3)})},
            {"added_by", {{"id", rows->integer(4)}, {"name", std::string(rows->text(5))}}}});
    });
    return Reply::json(json::serialize(json::object{{"items", std::move(items)}}), status);
  }

  Panels& panels_;
  const records::ApiParts& parts_;
};

}  // namespace

std::vector<access::Route> panel_routes(Panels& panels) {
  const auto api = std::make_shared<PanelApi>(panels);
  const auto to = [&](auto member) -> access::Handler {
    return [api, member](Visit& visit) { return ((*api).*member)(visit); };
  };
  const auto administer = Right::function(access::functions::administer);
  const std::string all = "/api/v1/panel_hosts", one = all + "/{id}";
  return {
      {Method::get,
       all,
       administer,
       to(&PanelApi::list),
       {"Hosts whose pages web panels may show", {.answer = hosts_answer}}},
      {Method::post,
       all,
       administer,
       to(&PanelApi::add),
       {"Allow panels of a host",
        {.body = "{host!: text}", .answer = hosts_answer, .status = 201}}},
      {Method::remove,
       one,
       administer,
       to(&PanelApi::remove),
       {"Allow them no longer", {.answer = hosts_answer}}},
      {Method::get,
       one + "/secret",
       administer,
       to(&PanelApi::secret),
       {"With what a host verifies who looks", {.answer = "{secret!: text}", .is_secret = true}}},
      {Method::post,
       one + "/secret",
       administer,
       to(&PanelApi::renew),
       {"Give a host another secret",
        {.answer = "{secret!: text}", .status = 200, .is_secret = true}}},
  };
}

}  // namespace fokus::dashboards
