// SPDX-License-Identifier: Apache-2.0
// /api/v1/tiles: the standard tiles, and what a tile in the making would show.
#include "features/dashboards/dashboards.hpp"
#include "features/dashboards/shown_definition.hpp"

namespace fokus::dashboards {
namespace {

namespace json = boost::json;
using access::Right;
using access::Scope;
using access::Visit;
using net::Method;
using net::Reply;

std::string key_of(const Visit& visit) {
  return std::string(visit.call.param("category")) + "/" + std::string(visit.call.param("name"));
}

json::object render(const records::Dictionary& dictionary, const Scope& scope,
                    const TileLibrary::Tile& tile) {
  const auto& d = tile.definition;
  auto shown = show_definition(dictionary, scope, d.json);
  return {{"key", tile.key},
          {"category", d.json.at("category")},
          {"title", title_of(d, scope.actor.language)},
          {"description", in_language(d.json.if_contains("description"), scope.actor.language)},
          {"is_changed", tile.is_changed},
          {"definition", std::move(shown.json)},
          {"is_masked", shown.is_masked}};
}

json::object render_version(const records::Dictionary& dictionary, const Scope& scope,
                            const TileLibrary::Version& version) {
  auto shown = show_definition(dictionary, scope, version.definition);
  json::value by;
  if (version.changed_by)
    by = {{"id", version.changed_by.value}, {"name", version.changed_by_name}};
  return {{"id", version.id},
          {"title", in_language(version.definition.if_contains("title"), scope.actor.language)},
          {"is_as_it_came", version.is_as_it_came},
          {"changed_at", render_instant(version.changed_at)},
          {"changed_by", std::move(by)},
          {"definition", std::move(shown.json)},
          {"is_masked", shown.is_masked}};
}

constexpr const char* versions_answer =
    "{items!: [{id!: id, title!: text, is_as_it_came!: boolean, changed_at!: instant, "
    "changed_by: {id!: id, name!: text}, definition!: object, is_masked: boolean}], next: text?}";

constexpr const char* tile_answer =
    "{key!: text, category!: text, title!: text, description: text, is_changed: boolean, "
    "definition!: object, is_masked: boolean}";

class TileApi {
 public:
  explicit TileApi(const Dashboards& dashboards)
      : dashboards_(dashboards), parts_(dashboards.parts()) {}

  // Those about types that the viewer may read.
  Result<Reply> list(Visit& visit) const {
    const auto tiles = parts_.database.read(
        [&](store::Session& session) { return dashboards_.library().list(session); });
    const auto dictionary = parts_.dictionary.current();
    json::array items;
    for (const auto& tile : tiles)
      if (tile.definition.is_web() || tile.definition.is_external() ||
          visit.scope.permissions().may(tile.definition.record_type, access::Action::read))
        items.push_back(render(*dictionary, visit.scope, tile));
    return Reply::json(
        json::serialize(json::object{{"items", std::move(items)}, {"next", nullptr}}));
  }

  Result<Reply> get(Visit& visit) const {
    const auto tile = TRY(find(visit));
    return Reply::json(json::serialize(render(*parts_.dictionary.current(), visit.scope, tile)));
  }

  Result<Reply> change(Visit& visit) const {
    const auto input = TRY(records::body_object(visit.call));
    TRY(find(visit));
    const auto definition = TRY(dashboards_.read_definition(visit.scope, input));
    TRY(parts_.database.write([&](store::Transaction& tx) {
      return dashboards_.library().change(tx, visit.scope, key_of(visit), definition);
    }));
    return get(visit);
  }

  Result<Reply> reset(Visit& visit) const {
    TRY(parts_.database.write([&](store::Transaction& tx) {
      return dashboards_.library().reset(tx, visit.scope, key_of(visit));
    }));
    return get(visit);
  }

  Result<Reply> versions(Visit& visit) const {
    const auto found = TRY(parts_.database.read([&](store::Session& session) {
      return dashboards_.library().versions(session, key_of(visit));
    }));
    const auto dictionary = parts_.dictionary.current();
    json::array items;
    for (const auto& one : found) items.push_back(render_version(*dictionary, visit.scope, one));
    return Reply::json(
        json::serialize(json::object{{"items", std::move(items)}, {"next", nullptr}}));
  }

  // A version that no longer fits is refused like any definition, and names the member.
  Result<Reply> restore(Visit& visit) const {
    const auto version = records::id_of(visit, "version");
    if (!version) return make_error(ErrorKind::not_found, "dashboards/no_such_version");
    const auto form = TRY(parts_.database.read([&](store::Session& session) {
      return dashboards_.library().version(session, key_of(visit), version->value);
    }));
    std::optional<Definition> definition;
    if (!form.empty()) definition = TRY(dashboards_.read_definition(visit.scope, form));
    TRY(parts_.database.write([&](store::Transaction& tx) -> Status {
      if (!definition) return dashboards_.library().reset(tx, visit.scope, key_of(visit));
      TRY(dashboards_.library().change(tx, visit.scope, key_of(visit), *definition));
      return {};
    }));
    return get(visit);
  }

  Result<Reply> answer(Visit& visit) const {
    const auto tile = TRY(find(visit));
    const auto filters = TRY(page_filters_of(visit.call));
    return Reply::json(TRY(dashboards_.answers().answer(visit.scope, tile.definition, filters)));
  }

  // {definition, filters}: nothing is stored.
  Result<Reply> preview(Visit& visit) const {
    const auto input = TRY(records::body_object(visit.call));
    const auto* form = input.if_contains("definition");
    if (!form || !form->is_object()) return invalid_tile("definition", "required");
    const auto definition = TRY(dashboards_.read_definition(visit.scope, form->get_object()));
    PageFilters filters;
    if (const auto* chosen = input.if_contains("filters"); chosen && !chosen->is_null()) {
      if (!chosen->is_object()) return invalid_tile("filters", "not_an_object");
      filters = TRY(parse_page_filters(chosen->get_object()));
    }
    return Reply::json(TRY(dashboards_.answers().answer(visit.scope, definition, filters)));
  }

 private:
  Result<TileLibrary::Tile> find(Visit& visit) const {
    return parts_.database.read(
        [&](store::Session& session) { return dashboards_.library().get(session, key_of(visit)); });
  }

  const Dashboards& dashboards_;
  const records::ApiParts& parts_;
};

}  // namespace

std::vector<access::Route> tile_routes(const Dashboards& dashboards) {
  const auto api = std::make_shared<TileApi>(dashboards);
  const auto to = [&](auto member) -> access::Handler {
    return [api, member](Visit& visit) { return ((*api).*member)(visit); };
  };
  const auto administer = Right::function(access::functions::administer);
  return {
      {Method::get,
       "/api/v1/tiles",
       Right::signed_in(),
       to(&TileApi::list),
       {"List the standard tiles",
        {.answer = "{items!: [" + std::string(tile_answer) + "], next: text?}"}}},
      {Method::post,
       "/api/v1/tiles/preview",
       Right::signed_in(),
       to(&TileApi::preview),
       {"What a tile in the making would show",
        {.body = "{definition!: object, filters: object}", .answer = "object", .only_asks = true}},
       net::Lane::slow},
      {Method::get,
       "/api/v1/tiles/{category}/{name}",
       Right::signed_in(),
       to(&TileApi::get),
       {"One standard tile", {.answer = tile_answer}}},
      {Method::put,
       "/api/v1/tiles/{category}/{name}",
       administer,
       to(&TileApi::change),
       {"Change a standard tile for everyone", {.body = "object", .answer = tile_answer}}},
      {Method::remove,
       "/api/v1/tiles/{category}/{name}",
       administer,
       to(&TileApi::reset),
       {"Make a standard tile what it was", {.answer = tile_answer}}},
      {Method::get,
       "/api/v1/tiles/{category}/{name}/versions",
       administer,
       to(&TileApi::versions),
       {"What a standard tile was before its last changes", {.answer = versions_answer}}},
      {Method::post,
       "/api/v1/tiles/{category}/{name}/versions/{version}/restore",
       administer,
       to(&TileApi::restore),
       {"Make a standard tile what it was then", {.answer = tile_answer}}},
      {Method::get,
       "/api/v1/tiles/{category}/{name}/data",
       Right::signed_in(),
       to(&TileApi::answer),
       {"What a standard tile shows", {.query = page_filters_query, .answer = "object"}},
       net::Lane::slow},
  };
}

}  // namespace fokus::dashboards
