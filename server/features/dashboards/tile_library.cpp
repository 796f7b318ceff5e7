// SPDX-License-Identifier: Apache-2.0
#include "features/dashboards/tile_library.hpp"

namespace fokus::dashboards {
namespace {

namespace json = boost::json;

Error no_such_tile() {
  return make_error(ErrorKind::not_found, "dashboards/no_such_tile");
}

// What was stored was checked then; a member that a later version no longer knows makes the tile
// as it came.
std::optional<Definition> parse_stored(std::string_view text) {
  boost::system::error_code ec;
  const auto value = json::parse(json::string_view(text.data(), text.size()), ec);
  if (ec || !value.is_object()) return std::nullopt;
  auto definition = parse_definition(value.get_object());
  if (!definition) return std::nullopt;
  return std::move(*definition);
}

}  // namespace

TileLibrary::TileLibrary(const records::ApiParts& parts, std::span<const EmbeddedFile> files)
    : parts_(parts) {
  for (const auto& file : files) {
    const auto all = json::parse(json::string_view(file.content.data(), file.content.size()));
    const std::string category(all.at("category").get_string());
    for (const auto& one : all.at("tiles").get_array()) {
      json::object form = one.get_object();
      const std::string key = category + "/" + std::string(form.at("key").get_string());
      form.erase("key");
      form["category"] = category;
      auto definition = parse_definition(form);
      if (!definition) throw std::invalid_argument("tile " + key + " does not fit");
      CHECK(tiles_.emplace(key, std::move(*definition)).second);
      order_.push_back(key);
    }
  }
}

std::vector<TileLibrary::Tile> TileLibrary::list(store::Session& session) const {
  std::map<std::string, Definition, std::less<>> changed;
  auto rows = session.query(parts_.statements["dashboards.list_tile_changes"]);
  while (rows->next())
    if (auto stored = parse_stored(rows->text(1)))
      changed.emplace(rows->text(0), std::move(*stored));
  std::vector<Tile> out;
  for (const auto& key : order_) {
    const auto at = changed.find(key);
    out.push_back({key, at == changed.end() ? tiles_.at(key) : at->second, at != changed.end()});
  }
  return out;
}

Result<TileLibrary::Tile> TileLibrary::get(store::Session& session, std::string_view key) const {
  const auto at = tiles_.find(key);
  if (at == tiles_.end()) return no_such_tile();
  const auto text = session.query_text(parts_.statements["dashboards.get_tile_change"], {key});
  if (text)
    if (auto stored = parse_stored(*text)) return Tile{at->first, std::move(*stored), true};
  return Tile{at->first, at->second, false};
}

Result<Definition> TileLibrary::change(store::Transaction& tx, const access::Scope& scope,
                                       std::string_view key, const Definition& definition) const {
  const auto at = tiles_.find(key);
  if (at == tiles_.end()) return no_such_tile();
  Definition stored = definition;
  stored.json["category"] = at->second.json.at("category");
  const auto text = json::serialize(stored.json);
  keep(tx, scope, key, text);
  tx.execute(parts_.statements["dashboards.save_tile_change"],
             {key, text, parts_.clock.now(), scope.actor.user});
  return stored;
}

void TileLibrary::keep(store::Transaction& tx, const access::Scope& scope, std::string_view key,
                       std::string_view next) const {
  const auto now =
      tx.query_text(parts_.statements["dashboards.get_tile_change"], {key}).value_or("");
  if (now == next) return;
  tx.execute(parts_.statements["dashboards.keep_tile_version"],
             {key, now, parts_.clock.now(), scope.actor.user});
  tx.execute(parts_.statements["dashboards.drop_old_tile_versions"],
             {key, limits::tile_versions_kept});
}

Result<std::vector<TileLibrary::Version>> TileLibrary::versions(store::Session& session,
                                                                std::string_view key) const {
  const auto at = tiles_.find(key);
  if (at == tiles_.end()) return no_such_tile();
  std::vector<Version> out;
  auto rows = session.query(parts_.statements["dashboards.list_tile_versions"], {key});
  while (rows->next()) {
    const auto stored = parse_stored(rows->text(1));
    out.push_back({rows->integer(0), stored ? stored->json : at->second.json, !stored,
                   Instant{rows->integer(2)}, UserId{rows->integer(3)},
                   std::string(rows->text(4))});
  }
  return out;
}

Result<json::object> TileLibrary::version(store::Session& session, std::string_view key,
                                          std::int64_t id) const {
  if (!has(key)) return no_such_tile();
  const auto text = session.query_text(parts_.statements["dashboards.get_tile_version"], {key, id});
  if (!text) return make_error(ErrorKind::not_found, "dashboards/no_such_version");
  const auto stored = parse_stored(*text);
  return stored ? stored->json : json::object();
}

Status TileLibrary::reset(store::Transaction& tx, const access::Scope& scope,
                          std::string_view key) const {
  if (!has(key)) return no_such_tile();
  keep(tx, scope, key, "");
  tx.execute(parts_.statements["dashboards.remove_tile_change"], {key});
  return {};
}

}  // namespace fokus::dashboards
