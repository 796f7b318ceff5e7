// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <boost/json.hpp>
#include <set>
#include <string>
#include <vector>

#include "access/keyset.hpp"
#include "features/dashboards/change_counts.hpp"
#include "features/dashboards/tile_answers.hpp"
#include "features/dashboards/tile_library.hpp"
#include "features/selections/selections.hpp"
#include "records/api.hpp"

namespace fokus::dashboards {

using DashboardId = Id<struct DashboardTag>;

namespace limits {
constexpr int grid_columns = 12;
constexpr std::size_t tiles_max = 60;    // on one page
constexpr std::int64_t owned_max = 200;  // pages of one user
constexpr std::int64_t versions_kept = 20;
constexpr std::int64_t row_max = 1'000, height_max = 40;
}  // namespace limits

// A tile on a page: a standard tile, which follows what administrators make of it, or a definition
// of its own. A standard tile that was edited here has both: the key says what it goes back to.
struct PlacedTile {
  std::int64_t id = 0;  // within the page
  std::string standard;
  boost::json::object definition;  // empty: the standard tile's
  std::int64_t x = 0, y = 0, w = 4, h = 4;
};

struct Pinned {
  bool everyone = false;
  std::vector<std::int64_t> groups;
  std::vector<std::string> roles;
};

struct Dashboard {
  DashboardId id;
  std::int64_t version = 0;
  boost::json::value name, description;  // text, or labels by language
  UserId owner;
  std::string owner_name;
  std::string visible_for = "me";  // me, groups, everyone
  std::vector<std::int64_t> groups;
  Pinned pinned;
  std::string standard;  // the page it was seeded from
  PageFilters filters;   // what the page begins with
  std::vector<PlacedTile> tiles;
  Instant updated_at;
};

// A page in the list of a viewer, without its tiles: pinned ones first, then favourites.
struct ListedDashboard {
  Dashboard dashboard;
  bool is_pinned = false, is_favourite = false;

  int place() const { return is_pinned ? 0 : is_favourite ? 1 : 2; }
};

// Pages of tiles, within what the viewer may see. A page that is absent and one that is not visible
// are the same answer, "dashboards/not_found". Thread-safe.
class Dashboards {
 public:
  Dashboards(const records::ApiParts& parts, const selections::Selections& selections);

  // Before the first call; see TileAnswers.
  void set_neighbours(ExternalTiles& external, const Panels& panels) {
    answers_.set_neighbours(external, panels);
  }
  // At start: the pages that come with the program and are missing.
  void seed();

  Result<Dashboard> get(store::Session& session, const access::Scope& scope, DashboardId id) const;
  // One page of the list and a dashboard. Error: "records/bad_cursor" when `ask.after` is no
  // dashboard that the viewer may see.
  Result<std::vector<ListedDashboard>> list(store::Session& session, const access::Scope& scope,
                                            const access::PageAsk& ask) const;
  std::set<std::int64_t> favourites_of(store::Session& session, const access::Scope& scope) const;
  bool is_editable(const access::Scope& scope, const Dashboard& dashboard) const;
  bool is_pinned_for(store::Session& session, const access::Scope& scope,
                     const Dashboard& dashboard) const;

  // Reads members of `input` into `dashboard`. Errors: "dashboards/invalid" with the field and
  // unknown, no_such_record, required, too_long, not_text, not_a_list, too_many, out_of_range,
  // not_allowed; those of tiles with the field "tiles.3.measures".
  Status apply(const access::Scope& scope, Dashboard& dashboard,
               const boost::json::object& input) const;
  Result<DashboardId> create(store::Transaction& tx, const access::Scope& scope,
                             const Dashboard& dashboard) const;
  // Keeps what was as a version.
  void update(store::Transaction& tx, const access::Scope& scope, const Dashboard& before,
              const Dashboard& after) const;
  // Back to what it was before the last change. Errors: "dashboards/nothing_to_undo".
  Status undo(store::Transaction& tx, const access::Scope& scope, const Dashboard& now) const;
  // The page as it came with the program.
  Result<Dashboard> standard_page(std::string_view key) const;

  // The definition of a placed tile. Errors: "dashboards/no_such_tile".
  Result<Definition> definition_of(store::Session& session, const PlacedTile& tile) const;
  // Likewise by number, on a page that the viewer sees. Errors: also "dashboards/not_found".
  Result<Definition> definition_of(store::Session& session, const access::Scope& scope,
                                   DashboardId id, std::int64_t tile) const;
  // Reads and checks a definition, and turns a copied selection into criteria.
  Result<Definition> read_definition(const access::Scope& scope,
                                     const boost::json::object& input) const;

  const TileLibrary& library() const { return library_; }
  const TileAnswers& answers() const { return answers_; }
  const ChangeCounts& changes() const { return *changes_; }
  const records::ApiParts& parts() const { return parts_; }

 private:
  struct ListPlace;
  bool is_visible(store::Session& session, const access::Scope& scope,
                  const Dashboard& dashboard) const;
  void list_place(store::Session& session, const access::Scope& scope, const ListPlace& from,
                  std::vector<ListedDashboard>& out) const;
  Status apply_tiles(const access::Scope& scope, Dashboard& dashboard,
                     const boost::json::value& input) const;
  void write_page(store::Transaction& tx, const access::Scope& scope,
                  const Dashboard& dashboard) const;

  records::ApiParts parts_;
  const selections::Selections& selections_;
  std::unique_ptr<ChangeCounts> changes_;
  TileLibrary library_;
  TileAnswers answers_;
  store::Subscription subscription_;
};

// The days that a page filter's period means to the viewer at that moment; nothing for other texts.
std::optional<records::Days> days_of_period(const records::Dictionary& dictionary,
                                            const access::Scope& scope, std::string_view period,
                                            Instant now);

// The id in the path. Errors: "dashboards/not_found".
Result<DashboardId> dashboard_id_of(const access::Visit& visit);

std::vector<access::Route> dashboard_routes(const Dashboards& dashboards);
std::vector<access::Route> placed_tile_routes(const Dashboards& dashboards);
std::vector<access::Route> tile_routes(const Dashboards& dashboards);

}  // namespace fokus::dashboards
