// SPDX-License-Identifier: Apache-2.0
// /api/v1/dashboards: the pages.

#include "access/handlers_of.hpp"
#include "features/dashboards/page_json.hpp"
#include "features/dashboards/shown_definition.hpp"

namespace fokus::dashboards {
namespace {

namespace json = boost::json;
using access::Right;
using access::Scope;
using access::Visit;
using net::Method;
using net::Reply;

std::string tag_of(const Dashboard& d) {
  return "\"v" + std::to_string(d.version) + "\"";
}

constexpr const char* dashboard_head =
    "id!: id, version!: integer, name!: text, labels: any, description: text, visible_for: text, "
    "groups: [id], pinned: any, standard: text?, editable: boolean, updated_at: instant, "
    "owner: {id!: id, name: text}?, is_pinned: boolean, favourite: boolean";
constexpr const char* dashboard_body =
    "{copy_of: id, name: any, description: any, visible_for: text, groups: [id], pinned: any, "
    "filters: object, tiles: [{id: id, x: integer, y: integer, w: integer, h: integer, "
    "standard: text?, definition: object?}]}";

std::string dashboard_answer() {
  return "{" + std::string(dashboard_head) + ", filters: object, tiles!: [object]}";
}

class DashboardApi {
 public:
  explicit DashboardApi(const Dashboards& dashboards)
      : dashboards_(dashboards), parts_(dashboards.parts()) {}

  Result<Reply> list(Visit& visit) const {
    const auto ask = TRY(access::parse_page(visit.call));
    const auto found = TRY(parts_.database.read(
        [&](store::Session& session) { return dashboards_.list(session, visit.scope, ask); }));
    json::array items;
    for (const auto& one : found) {
      auto head = head_of(visit.scope, one.dashboard);
      head["is_pinned"] = one.is_pinned;
      head["favourite"] = one.is_favourite;
      items.push_back(std::move(head));
    }
    return Reply::json(json::serialize(TRY(access::page_of(visit.call, std::move(items)))));
  }

  Result<Reply> create(Visit& visit) const {
    const auto input = TRY(records::body_object(visit.call));
    Dashboard d;
    if (const auto* copied = input.if_contains("copy_of"); copied && !copied->is_null()) {
      if (!copied->is_int64()) return field_error("dashboards/invalid", "copy_of", "not_an_id");
      d = TRY(parts_.database.read([&](store::Session& session) {
        return dashboards_.get(session, visit.scope, DashboardId{copied->get_int64()});
      }));
      d.visible_for = "me";
      d.groups.clear();
      d.pinned = {};
      d.standard.clear();
    }
    d.owner = visit.scope.actor.user;
    TRY(dashboards_.apply(visit.scope, d, input));
    const auto id = TRY(parts_.database.write(
        [&](store::Transaction& tx) { return dashboards_.create(tx, visit.scope, d); }));
    return answer(visit.scope, id, 201);
  }

  Result<Reply> get(Visit& visit) const {
    return answer(visit.scope, TRY(dashboard_id_of(visit)), 200);
  }

  Result<Reply> update(Visit& visit) const {
    const auto input = TRY(records::body_object(visit.call));
    return change(visit, [&](Dashboard& d) { return dashboards_.apply(visit.scope, d, input); });
  }

  // The page as it came; who sees it stays as it is.
  Result<Reply> reset(Visit& visit) const {
    return change(visit, [&](Dashboard& d) -> Status {
      if (d.standard.empty()) return make_error(ErrorKind::conflict, "dashboards/not_standard");
      const auto fresh = TRY(dashboards_.standard_page(d.standard));
      d.name = fresh.name;
      d.description = fresh.description;
      d.filters = fresh.filters;
      d.tiles = fresh.tiles;
      return {};
    });
  }

  Result<Reply> undo(Visit& visit) const {
    const auto id = TRY(dashboard_id_of(visit));
    TRY(parts_.database.write([&](store::Transaction& tx) -> Status {
      const auto now = TRY(dashboards_.get(tx, visit.scope, id));
      if (!dashboards_.is_editable(visit.scope, now)) return not_allowed();
      TRY(records::check_if_match(visit.call, now.version, "dashboards/stale"));
      return dashboards_.undo(tx, visit.scope, now);
    }));
    return answer(visit.scope, id, 200);
  }

  Result<Reply> remove(Visit& visit) const {
    const auto id = TRY(dashboard_id_of(visit));
    TRY(parts_.database.write([&](store::Transaction& tx) -> Status {
      const auto now = TRY(dashboards_.get(tx, visit.scope, id));
      if (!dashboards_.is_editable(visit.scope, now)) return not_allowed();
      TRY(records::check_if_match(visit.call, now.version, "dashboards/stale"));
      // It would come back at the next start; unpinning it is what is meant.
      if (!now.standard.empty())
        return make_error(ErrorKind::conflict, "dashboards/standard_stays");
      tx.execute(parts_.statements["dashboards.remove"], {id});
      return {};
    }));
    return Reply::no_content();
  }

  Result<Reply> versions(Visit& visit) const {
    const auto id = TRY(dashboard_id_of(visit));
    json::array items;
    TRY(parts_.database.read([&](store::Session& session) -> Status {
      TRY(dashboards_.get(session, visit.scope, id));
      auto rows = session.query(parts_.statements["dashboards.list_versions"], {id});
      while (rows->next())
        items.push_back(json::object{
            {"version", rows->integer(0)},
            {"changed_at", render_instant({rows->integer(2)})},
            {"changed_by", {{"id", rows->integer(3)}, {"name", std::string(rows->text(4))}}}});
      return {};
    }));
    return Reply::json(json::serialize(json::object{{"items", std::move(items)}}));
  }

  Result<Reply> add_favourite(Visit& visit) const { return set_favourite(visit, true); }
  Result<Reply> remove_favourite(Visit& visit) const { return set_favourite(visit, false); }

 private:
  static Error not_allowed() { return make_error(ErrorKind::forbidden, "dashboards/not_allowed"); }

  template <class Change>
  Result<Reply> change(Visit& visit, Change&& apply) const {
    const auto id = TRY(dashboard_id_of(visit));
    const auto before = TRY(parts_.database.read(
        [&](store::Session& session) { return dashboards_.get(session, visit.scope, id); }));
    if (!dashboards_.is_editable(visit.scope, before)) return not_allowed();
    const auto stale = [] { return make_error(ErrorKind::stale, "dashboards/stale"); };
    TRY(records::check_if_match(visit.call, before.version, "dashboards/stale"));
    Dashboard after = before;
    TRY(apply(after));
    TRY(parts_.database.write([&](store::Transaction& tx) -> Status {
      const auto now = TRY(dashboards_.get(tx, visit.scope, id));
      if (now.version != before.version) return stale();
      dashboards_.update(tx, visit.scope, before, after);
      return {};
    }));
    return answer(visit.scope, id, 200);
  }

  Result<Reply> set_favourite(Visit& visit, bool wanted) const {
    const auto id = TRY(dashboard_id_of(visit));
    TRY(parts_.database.write([&](store::Transaction& tx) -> Status {
      TRY(dashboards_.get(tx, visit.scope, id));
      tx.execute(
          parts_.statements[wanted ? "dashboards.add_favourite" : "dashboards.remove_favourite"],
          {visit.scope.actor.user, id});
      return {};
    }));
    return Reply::no_content();
  }

  json::object head_of(const Scope& scope, const Dashboard& d) const {
    json::object out{{"id", d.id.value},
                     {"version", d.version},
                     {"name", in_language(&d.name, scope.actor.language)},
                     {"labels", d.name.is_object() ? d.name : json::value()},
                     {"description", in_language(&d.description, scope.actor.language)},
                     {"visible_for", d.visible_for},
                     {"groups", json::array(d.groups.begin(), d.groups.end())},
                     {"pinned", pinned_to_json(d.pinned)},
                     {"standard", d.standard.empty() ? json::value() : json::value(d.standard)},
                     {"editable", dashboards_.is_editable(scope, d)},
                     {"updated_at", render_instant(d.updated_at)}};
    if (d.owner)
      out["owner"] = {{"id", d.owner.value}, {"name", d.owner_name}};
    else
      out["owner"] = nullptr;
    return out;
  }

  // Each tile with what it shows, wherever that comes from.
  json::object placed_of(store::Session& session, const Scope& scope,
                         const PlacedTile& tile) const {
    json::object out{{"id", tile.id}, {"x", tile.x}, {"y", tile.y}, {"w", tile.w}, {"h", tile.h}};
    out["standard"] = tile.standard.empty() ? json::value() : json::value(tile.standard);
    out["is_own"] = !tile.definition.empty();
    const auto definition = dashboards_.definition_of(session, tile);
    out["definition"] = nullptr;
    out["is_masked"] = false;
    if (definition) {
      auto shown = show_definition(*parts_.dictionary.current(), scope, definition->json);
      out["definition"] = std::move(shown.json);
      out["is_masked"] = shown.is_masked;
    }
    out["title"] = definition ? title_of(*definition, scope.actor.language) : std::string();
    return out;
  }

  Result<Reply> answer(const Scope& scope, DashboardId id, int status) const {
    std::string tag;
    auto out = TRY(parts_.database.read([&](store::Session& session) -> Result<json::object> {
      const auto d = TRY(dashboards_.get(session, scope, id));
      tag = tag_of(d);
      json::object page = head_of(scope, d);
      page["is_pinned"] = dashboards_.is_pinned_for(session, scope, d);
      page["favourite"] = dashboards_.favourites_of(session, scope).contains(id.value);
      page["filters"] = render_page_filters(d.filters);
      json::array tiles;
      for (const auto& tile : d.tiles) tiles.push_back(placed_of(session, scope, tile));
      page["tiles"] = std::move(tiles);
      return page;
    }));
    Reply reply = Reply::json(json::serialize(out), status);
    reply.header("ETag", tag);
    return reply;
  }

  const Dashboards& dashboards_;
  const records::ApiParts& parts_;
};

}  // namespace

// tidy: table
std::vector<access::Route> dashboard_routes(const Dashboards& dashboards) {
  const auto to = access::handlers_of(std::make_shared<DashboardApi>(dashboards));
  return {
      {Method::get,
       "/api/v1/dashboards",
       Right::signed_in(),
       to(&DashboardApi::list),
       {"List dashboards",
        {.query = access::page_query,
         .answer = "{items!: [{" + std::string(dashboard_head) + "}], next: text?}"}}},
      {Method::post,
       "/api/v1/dashboards",
       Right::signed_in(),
       to(&DashboardApi::create),
       {"Create a dashboard, or copy one",
        {.body = dashboard_body, .answer = dashboard_answer(), .status = 201}}},
      {Method::get,
       "/api/v1/dashboards/{id}",
       Right::signed_in(),
       to(&DashboardApi::get),
       {"One dashboard with its tiles", {.answer = dashboard_answer()}}},
      {Method::patch,
       "/api/v1/dashboards/{id}",
       Right::signed_in(),
       to(&DashboardApi::update),
       {"Change a dashboard or its tiles",
        {.body = dashboard_body, .answer = dashboard_answer(), .versioned = true}}},
      {Method::remove,
       "/api/v1/dashboards/{id}",
       Right::signed_in(),
       to(&DashboardApi::remove),
       {"Remove a dashboard", {.versioned = true}}},
      {Method::post,
       "/api/v1/dashboards/{id}/undo",
       Right::signed_in(),
       to(&DashboardApi::undo),
       {"Take the last change of a dashboard back",
        {.answer = dashboard_answer(), .versioned = true}}},
      {Method::post,
       "/api/v1/dashboards/{id}/reset",
       Right::signed_in(),
       to(&DashboardApi::reset),
       {"Make a standard dashboard what it was",
        {.answer = dashboard_answer(), .versioned = true}}},
      {Method::get,
       "/api/v1/dashboards/{id}/versions",
       Right::signed_in(),
       to(&DashboardApi::versions),
       {"What a dashboard was before its last changes",
        {.answer = "{items!: [{version!: integer, changed_at: instant, "
                   "changed_by: {id!: id, name: text}}]}"}}},
      {Method::put,
       "/api/v1/dashboards/{id}/favourite",
       Right::signed_in(),
       to(&DashboardApi::add_favourite),
       {"Make a dashboard a favourite", {}}},
      {Method::remove,
       "/api/v1/dashboards/{id}/favourite",
       Right::signed_in(),
       to(&DashboardApi::remove_favourite),
       {"Make a dashboard no favourite", {}}},
  };
}

}  // namespace fokus::dashboards
