// SPDX-License-Identifier: Apache-2.0
// /api/v1/dashboards/{id}/data and …/tiles/{tile}/data: what the tiles of a page show.
#include <algorithm>
#include <charconv>
#include <set>

#include "features/dashboards/dashboards.hpp"

namespace fokus::dashboards {
namespace {

using access::Right;
using access::Visit;
using net::Method;
using net::Reply;

// "1,4,7"; empty: all.
Result<std::set<std::int64_t>> chosen_tiles(const net::Call& call) {
  std::set<std::int64_t> out;
  const auto text = call.query_value("tiles");
  if (!text) return out;
  for (std::string_view rest = *text; !rest.empty();) {
    const auto one = rest.substr(0, rest.find(','));
    std::int64_t id = 0;
    const auto [end, error] = std::from_chars(one.data(), one.data() + one.size(), id);
    if (error != std::errc() || end != one.data() + one.size() || id < 1)
      return field_error("dashboards/invalid", "tiles", "not_a_list");
    out.insert(id);
    rest.remove_prefix(std::min(rest.size(), one.size() + 1));
  }
  return out;
}

class PlacedTileApi {
 public:
  explicit PlacedTileApi(const Dashboards& dashboards)
      : dashboards_(dashboards), parts_(dashboards.parts()) {}

  Result<Reply> answer(Visit& visit) const {
    const auto id = TRY(dashboard_id_of(visit));
    const auto tile = TRY(records::id_of(visit, "tile"));
    const auto filters = TRY(page_filters_of(visit.call));
    const auto definition =
        TRY(parts_.database.read([&](store::Session& session) -> Result<Definition> {
          return dashboards_.definition_of(session, visit.scope, id, tile.value);
        }));
    return Reply::json(TRY(dashboards_.answers().answer(visit.scope, definition, filters)));
  }

  // Never waits for rows: a page opens with one call, and only the tiles that are null here are
  // asked for one by one, so that a slow one holds no other up.
  Result<Reply> known(Visit& visit) const {
    const auto id = TRY(dashboard_id_of(visit));
    const auto chosen = TRY(chosen_tiles(visit.call));
    const auto filters = TRY(page_filters_of(visit.call));
    const auto definitions = TRY(definitions_of(visit.scope, id, chosen));
    std::string body = R"({"tiles":{)";
    for (const auto& [tile, definition] : definitions) {
      if (body.back() != '{') body += ',';
      body += '"' + std::to_string(tile) + "\":";
      body += dashboards_.answers().known(visit.scope, definition, filters).value_or("null");
    }
    return Reply::json(body + "}}");
  }

 private:
  using Definitions = std::vector<std::pair<std::int64_t, Definition>>;

  // Without those whose definition is gone: their own call says so.
  Result<Definitions> definitions_of(const access::Scope& scope, DashboardId id,
                                     const std::set<std::int64_t>& chosen) const {
    return parts_.database.read([&](store::Session& session) -> Result<Definitions> {
      const auto d = TRY(dashboards_.get(session, scope, id));
      Definitions out;
      for (const auto& tile : d.tiles) {
        if (!chosen.empty() && !chosen.contains(tile.id)) continue;
        if (auto definition = dashboards_.definition_of(session, tile))
          out.emplace_back(tile.id, *std::move(definition));
      }
      return out;
    });
  }

  const Dashboards& dashboards_;
  const records::ApiParts& parts_;
};

}  // namespace

Result<DashboardId> dashboard_id_of(const Visit& visit) {
  const auto id = records::id_of(visit);
  if (!id) return make_error(ErrorKind::not_found, "dashboards/not_found");
  return DashboardId{id->value};
}

std::vector<access::Route> placed_tile_routes(const Dashboards& dashboards) {
  const auto api = std::make_shared<PlacedTileApi>(dashboards);
  const auto to = [&](auto member) -> access::Handler {
    return [api, member](Visit& visit) { return ((*api).*member)(visit); };
  };
  return {
      {Method::get,
       "/api/v1/dashboards/{id}/data",
       Right::signed_in(),
       to(&PlacedTileApi::known),
       {"What the tiles of a page show, as far as it is known without asking",
        {.query = std::string(page_filters_query) + ", tiles", .answer = "{tiles!: object}"}}},
      {Method::get,
       "/api/v1/dashboards/{id}/tiles/{tile}/data",
       Right::signed_in(),
       to(&PlacedTileApi::answer),
       {"What a tile shows", {.query = page_filters_query, .answer = "object"}},
       net::Lane::slow},
  };
}

}  // namespace fokus::dashboards
