// SPDX-License-Identifier: Apache-2.0
#include "features/dashboards/page_json.hpp"

namespace fokus::dashboards {
namespace {

namespace json = boost::json;

std::int64_t number_of(const json::object& o, std::string_view key, std::int64_t fallback) {
  const auto* v = o.if_contains(key);
  return v && v->is_int64() ? v->get_int64() : fallback;
}

std::string text_of(const json::object& o, std::string_view key) {
  const auto* v = o.if_contains(key);
  return v && v->is_string() ? std::string(v->get_string()) : std::string();
}

PlacedTile tile_from_json(const json::object& o) {
  PlacedTile out;
  out.id = number_of(o, "id", 0);
  out.standard = text_of(o, "standard");
  if (const auto* definition = o.if_contains("definition"); definition && definition->is_object())
    out.definition = definition->get_object();
  out.x = number_of(o, "x", 0);
  out.y = number_of(o, "y", 0);
  out.w = number_of(o, "w", 4);
  out.h = number_of(o, "h", 4);
  return out;
}

}  // namespace

json::value parse_or_null(std::string_view text) {
  boost::system::error_code ec;
  auto value = json::parse(json::string_view(text.data(), text.size()), ec);
  return ec ? json::value() : value;
}

std::vector<std::int64_t> ids_from_json(const json::value& input) {
  std::vector<std::int64_t> out;
  if (!input.is_array()) return out;
  for (const auto& one : input.get_array())
    if (one.is_int64()) out.push_back(one.get_int64());
  return out;
}

json::object pinned_to_json(const Pinned& pinned) {
  json::object out;
  if (pinned.everyone) out["everyone"] = true;
  if (!pinned.groups.empty())
    out["groups"] = json::array(pinned.groups.begin(), pinned.groups.end());
  if (!pinned.roles.empty()) out["roles"] = json::array(pinned.roles.begin(), pinned.roles.end());
  return out;
}

Pinned pinned_from_json(const json::value& input) {
  Pinned out;
  if (!input.is_object()) return out;
  const auto& o = input.get_object();
  const auto* everyone = o.if_contains("everyone");
  out.everyone = everyone && everyone->is_bool() && everyone->get_bool();
  if (const auto* groups = o.if_contains("groups")) out.groups = ids_from_json(*groups);
  if (const auto* roles = o.if_contains("roles"); roles && roles->is_array())
    for (const auto& role : roles->get_array())
      if (role.is_string()) out.roles.emplace_back(role.get_string());
  return out;
}

json::object tile_to_json(const PlacedTile& tile) {
  json::object out{{"id", tile.id}, {"x", tile.x}, {"y", tile.y}, {"w", tile.w}, {"h", tile.h}};
  if (!tile.standard.empty()) out["standard"] = tile.standard;
  if (!tile.definition.empty()) out["definition"] = tile.definition;
  return out;
}

json::object page_to_json(const Dashboard& d) {
  json::array tiles;
  for (const auto& tile : d.tiles) tiles.push_back(tile_to_json(tile));
  return {{"name", d.name},
          {"description", d.description},
          {"visible_for", d.visible_for},
          {"groups", json::array(d.groups.begin(), d.groups.end())},
          {"pinned", pinned_to_json(d.pinned)},
          {"filters", render_page_filters(d.filters)},
          {"tiles", std::move(tiles)}};
}

void page_from_json(const json::object& page, Dashboard& out) {
  if (const auto* name = page.if_contains("name")) out.name = *name;
  if (const auto* description = page.if_contains("description")) out.description = *description;
  if (page.contains("visible_for")) out.visible_for = text_of(page, "visible_for");
  if (const auto* groups = page.if_contains("groups")) out.groups = ids_from_json(*groups);
  if (const auto* pinned = page.if_contains("pinned")) out.pinned = pinned_from_json(*pinned);
  if (const auto* filters = page.if_contains("filters"); filters && filters->is_object())
    if (auto read = parse_page_filters(filters->get_object())) out.filters = std::move(*read);
  const auto* tiles = page.if_contains("tiles");
  if (!tiles || !tiles->is_array()) return;
  out.tiles.clear();
  for (const auto& tile : tiles->get_array())
    if (tile.is_object()) out.tiles.push_back(tile_from_json(tile.get_object()));
}

}  // namespace fokus::dashboards
