// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <map>
#include <span>
#include <string>

#include "base/embedded.hpp"
#include "features/dashboards/definition.hpp"
#include "records/api.hpp"

namespace fokus::dashboards {

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

  Result<Definition> change(store::Transaction& tx, const access::Scope& scope,
                            std::string_view key, const Definition& definition) const;
  Status reset(store::Transaction& tx, std::string_view key) const;

 private:
  const records::ApiParts parts_;
  std::map<std::string, Definition, std::less<>> tiles_;
  std::vector<std::string> order_;
};

}  // namespace fokus::dashboards
