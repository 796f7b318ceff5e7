// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <set>

#include "features/dashboards/embedded_tiles.hpp"
#include "features/dashboards/page_json.hpp"

namespace fokus::dashboards {
namespace {

namespace json = boost::json;
using access::Scope;

constexpr std::string_view pages_folder = "pages/", tiles_folder = "tiles/";

std::vector<EmbeddedFile> files_in(std::string_view folder) {
  std::vector<EmbeddedFile> out;
  for (const auto& file : embedded_tiles())
    if (file.path.starts_with(folder)) out.push_back(file);
  return out;
}

Error not_found() {
  return make_error(ErrorKind::not_found, "dashboards/not_found");
}

// Names are kept as text when they are text, so that a page is readable in the database.
std::string label_column(const json::value& labels) {
  if (labels.is_string()) return std::string(labels.get_string());
  return labels.is_object() ? json::serialize(labels) : std::string();
}
json::value label_value(std::string_view column) {
  if (!column.starts_with('{')) return json::value(json::string_view(column.data(), column.size()));
  auto value = parse_or_null(column);
  return value.is_object() ? value : json::value(json::string_view(column.data(), column.size()));
}

Dashboard read_row(const store::Rows& rows) {
  Dashboard d;
  d.id = DashboardId{rows.integer(0)};
  d.version = rows.integer(1);
  if (const auto content = parse_or_null(rows.text(10)); content.is_object())
    page_from_json(content.get_object(), d);
  d.name = label_value(rows.text(2));
  d.description = label_value(rows.text(3));
  d.owner = UserId{rows.integer(4)};
  d.owner_name = rows.text(5);
  d.visible_for = rows.text(6);
  d.groups = ids_from_json(parse_or_null(rows.text(7)));
  d.pinned = pinned_from_json(parse_or_null(rows.text(8)));
  d.standard = rows.text(9);
  d.updated_at = {rows.integer(11)};
  return d;
}

bool is_in_group(const access::Actor& actor, const std::vector<std::int64_t>& groups) {
  return std::any_of(groups.begin(), groups.end(), [&](std::int64_t group) {
    return actor.primary_group.value == group ||
           std::find(actor.other_groups.begin(), actor.other_groups.end(), GroupId{group}) !=
               actor.other_groups.end();
  });
}

}  // namespace

Dashboards::Dashboards(const records::ApiParts& parts, const selections::Selections& selections)
    : parts_(parts),
      selections_(selections),
      changes_(std::make_unique<ChangeCounts>()),
      library_(parts, files_in(tiles_folder)),
      answers_(parts, *changes_) {
  subscription_ =
      parts_.database.subscribe("events", [this](std::string_view type) { changes_->add(type); });
}

bool Dashboards::is_editable(const Scope& scope, const Dashboard& d) const {
  return (d.owner && d.owner == scope.actor.user) ||
         scope.actor.kind == access::ActorKind::system ||
         scope.permissions().has_function(access::functions::administer);
}

bool Dashboards::is_pinned_for(store::Session& session, const Scope& scope,
                               const Dashboard& d) const {
  if (d.pinned.everyone || is_in_group(scope.actor, d.pinned.groups)) return true;
  if (d.pinned.roles.empty()) return false;
  auto rows = session.query(parts_.statements["dashboards.roles_of_user"], {scope.actor.user});
  while (rows->next())
    if (std::find(d.pinned.roles.begin(), d.pinned.roles.end(), rows->text(0)) !=
        d.pinned.roles.end())
      return true;
  return false;
}

bool Dashboards::is_visible(store::Session& session, const Scope& scope, const Dashboard& d) const {
  if (is_editable(scope, d) || d.visible_for == "everyone") return true;
  if (d.visible_for == "groups" && is_in_group(scope.actor, d.groups)) return true;
  return is_pinned_for(session, scope, d);
}

Result<Dashboard> Dashboards::get(store::Session& session, const Scope& scope,
                                  DashboardId id) const {
  std::optional<Dashboard> found;
  {
    auto rows = session.query(parts_.statements["dashboards.get"], {id});
    if (rows->next()) found = read_row(*rows);
  }
  if (!found || !is_visible(session, scope, *found)) return not_found();
  return std::move(*found);
}

std::set<std::int64_t> Dashboards::favourites_of(store::Session& session,
                                                 const Scope& scope) const {
  auto rows = session.query(parts_.statements["dashboards.favourites"], {scope.actor.user});
  std::set<std::int64_t> out;
  while (rows->next()) out.insert(rows->integer(0));
  return out;
}

// One of the places of a viewer's list: from which id on, and until how many are found in all.
struct Dashboards::ListPlace {
  const std::set<std::int64_t>& favourites;
  std::int64_t after = 0;
  int place = 0, limit = 0;
};

void Dashboards::list_place(store::Session& session, const Scope& scope, const ListPlace& from,
                            std::vector<ListedDashboard>& out) const {
  std::int64_t after = from.after;
  // Whom a page is shared with is read out of it: several reads may be needed.
  for (int read = from.limit; read == from.limit && std::ssize(out) < from.limit;) {
    auto rows = session.query(parts_.statements["dashboards.list"],
                              {after, scope.actor.user, from.limit});
    for (read = 0; rows->next(); ++read) {
      ListedDashboard one{read_row(*rows)};
      const Dashboard& d = one.dashboard;
      after = d.id.value;
      // An administrator may open everybody's pages, but does not want to see them in the list.
      const bool others_own = d.visible_for == "me" && d.owner && d.owner != scope.actor.user &&
                              pinned_to_json(d.pinned).empty();
      if (others_own || !is_visible(session, scope, d)) continue;
      one.is_pinned = is_pinned_for(session, scope, d);
      one.is_favourite = from.favourites.contains(d.id.value);
      if (one.place() == from.place && std::ssize(out) < from.limit) out.push_back(std::move(one));
    }
  }
}

Result<std::vector<ListedDashboard>> Dashboards::list(store::Session& session, const Scope& scope,
                                                      const access::PageAsk& ask) const {
  constexpr int last_place = 2;
  const auto favourites = favourites_of(session, scope);
  ListPlace from{favourites, ask.after, 0, ask.rows_to_read()};
  if (ask.after != 0) {
    const auto last = get(session, scope, DashboardId{ask.after});
    if (!last) return access::bad_cursor();
    from.place = ListedDashboard{*last, is_pinned_for(session, scope, *last),
                                 favourites.contains(ask.after)}
                     .place();
  }
  std::vector<ListedDashboard> out;
  for (; from.place <= last_place && std::ssize(out) < from.limit; ++from.place, from.after = 0)
    list_place(session, scope, from, out);
  return out;
}

void Dashboards::write_page(store::Transaction& tx, const Scope& scope, const Dashboard& d) const {
  tx.execute(parts_.statements["dashboards.update"],
             {d.id, label_column(d.name), label_column(d.description), d.owner, d.visible_for,
              json::serialize(json::array(d.groups.begin(), d.groups.end())),
              json::serialize(pinned_to_json(d.pinned)), json::serialize(page_to_json(d)),
              parts_.clock.now(), scope.actor.user});
}

Result<DashboardId> Dashboards::create(store::Transaction& tx, const Scope& scope,
                                       const Dashboard& d) const {
  const auto owned = tx.query_integer(parts_.statements["dashboards.count_owned"], {d.owner});
  if (d.owner && owned >= limits::owned_max)
    return make_error(ErrorKind::conflict, "dashboards/too_many");
  Dashboard stored = d;
  stored.id = DashboardId{tx.query_integer(
      parts_.statements["dashboards.create"],
      {label_column(d.name), d.owner, d.standard, parts_.clock.now(), scope.actor.user})};
  write_page(tx, scope, stored);
  return stored.id;
}

void Dashboards::update(store::Transaction& tx, const Scope& scope, const Dashboard& before,
                        const Dashboard& after) const {
  tx.execute(parts_.statements["dashboards.keep_version"],
             {before.id, before.version, json::serialize(page_to_json(before)), parts_.clock.now(),
              scope.actor.user});
  tx.execute(parts_.statements["dashboards.drop_old_versions"],
             {before.id, before.version - limits::versions_kept});
  write_page(tx, scope, after);
}

// An undo takes its version with it, so that the next one goes further back.
Status Dashboards::undo(store::Transaction& tx, const Scope& scope, const Dashboard& now) const {
  Dashboard before = now;
  std::int64_t version = 0;
  {
    auto rows = tx.query(parts_.statements["dashboards.list_versions"], {now.id});
    if (!rows->next()) return make_error(ErrorKind::conflict, "dashboards/nothing_to_undo");
    version = rows->integer(0);
    const auto page = parse_or_null(rows->text(1));
    if (page.is_object()) page_from_json(page.get_object(), before);
  }
  tx.execute(parts_.statements["dashboards.drop_version"], {now.id, version});
  write_page(tx, scope, before);
  return {};
}

Result<Dashboard> Dashboards::standard_page(std::string_view key) const {
  for (const auto& file : files_in(pages_folder)) {
    const auto page = parse_or_null(file.content);
    CHECK(page.is_object());
    if (std::string_view(page.at("standard").get_string()) != key) continue;
    Dashboard out;
    out.standard = key;
    page_from_json(page.get_object(), out);
    return out;
  }
  return not_found();
}

void Dashboards::seed() {
  Scope scope;
  scope.actor = access::system_actor();
  for (const auto& file : files_in(pages_folder)) {
    const auto page = parse_or_null(file.content);
    CHECK(page.is_object());
    const std::string key(page.at("standard").get_string());
    const auto standard = standard_page(key);
    CHECK(standard.ok());
    try {
      const auto made = parts_.database.write([&](store::Transaction& tx) -> Status {
        if (tx.query_integer(parts_.statements["dashboards.find_standard"], {key}) != 0) return {};
        TRY(create(tx, scope, *standard));
        return {};
      });
      CHECK(made.ok());
    } catch (const store::Failure& failure) {
      // Another node that starts at the same moment was first.
      if (failure.kind != store::FailureKind::unique) throw;
    }
  }
}

}  // namespace fokus::dashboards
