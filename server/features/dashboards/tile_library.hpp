// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <map>
#include <span>
#include <string>

#include "base/embedded.hpp"
#include "features/dashboards/definition.hpp"
#include "records/api.hpp"

namespace fokus::dashboards {

namespace limits {
constexpr std::int64_t tile_versions_kept = 20;
}

// The standard tiles: as they came with the program (tiles/*.json), and as administrators want
// them. Thread-safe. Not for other rooms.
class TileLibrary {
 public:
  struct Tile {
    std::string key;  // "sale/my_pipeline"
    Definition definition;
    bool is_changed = false;
  };

  // CHECKs that the files fit: a tile that does not is a bug that the first test finds.
  TileLibrary(const records::ApiParts& parts, std::span<const EmbeddedFile> files);

  // In the order of the files. Errors: "dashboards/no_such_tile".
  std::vector<Tile> list(store::Session& session) const;
  Result<Tile> get(store::Session& session, std::string_view key) const;
  bool has(std::string_view key) const { return tiles_.contains(key); }

  // What it was is kept as a version, unless nothing changes.
  Result<Definition> change(store::Transaction& tx, const access::Scope& scope,
                            std::string_view key, const Definition& definition) const;
  Status reset(store::Transaction& tx, const access::Scope& scope, std::string_view key) const;

  // What a tile was until somebody changed it, the newest first.
  struct Version {
    std::int64_t id = 0;
    boost::json::object definition;
    bool is_as_it_came = false;
    Instant changed_at;
    UserId changed_by;
    std::string changed_by_name;  // empty: the account is gone
  };
  Result<std::vector<Version>> versions(store::Session& session, std::string_view key) const;
  // The stored definition of a version; empty: as it came. Errors: also
  // "dashboards/no_such_version".
  Result<boost::json::object> version(store::Session& session, std::string_view key,
                                      std::int64_t id) const;

 private:
  void keep(store::Transaction& tx, const access::Scope& scope, std::string_view key,
            std::string_view next) const;

  const records::ApiParts parts_;
  std::map<std::string, Definition, std::less<>> tiles_;
  std::vector<std::string> order_;
};

}  // namespace fokus::dashboards
