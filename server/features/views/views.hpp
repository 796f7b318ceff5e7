// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <boost/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "access/keyset.hpp"
#include "records/api.hpp"

namespace fokus::views {

using ViewId = Id<struct ViewTag>;

// How a list looks: what it shows, in which order, how wide. Empty parts mean "as the type has it".
struct ViewColumn {
  std::string path;        // "name", "company.category"
  std::int64_t width = 0;  // pixels; 0: as the field has it
};
struct Definition {
  std::string filter;    // in the text form
  std::string sort;      // "name,-created_at"
  std::string group_by;  // a path; of a month or week, the date that puts a record on its day
  std::string density;   // comfortable, compact
  std::string presentation = "table";  // table, board, month, week
  std::string sum;                     // the path of the number that groups and boards add up
  std::vector<ViewColumn> columns;
};

// A definition under a name, kept by a user and maybe shared.
struct View {
  ViewId id;
  std::int64_t version = 0;
  std::string record_type, name;
  UserId owner;
  std::string owner_name;
  std::string visible_for = "me";  // me, groups, everyone
  std::vector<std::int64_t> groups;
  Definition definition;
  Instant created_at, updated_at;
  // How the viewer has it.
  std::optional<std::int64_t> pin;  // its place among the tabs
  bool is_default = false;          // what the list opens with for the viewer
  bool is_standard = false;         // … and for everyone who has not chosen
};

namespace limits {
constexpr std::int64_t owned_max = 300;
constexpr std::size_t name_max = 200, columns_max = 50, groups_max = 200, sort_max = 1000;
constexpr std::int64_t width_min = 40, width_max = 1200;
}  // namespace limits

// Views within what the viewer may see: their own, and those shared with them. One that is absent
// and one that is not visible are the same answer, "views/not_found". Thread-safe.
class Views {
 public:
  explicit Views(const records::ApiParts& parts) : parts_(parts) {}

  Result<View> get(store::Session& session, const access::Scope& scope, ViewId id) const;
  // One page and a view, by name. Error: "records/bad_cursor" when `ask.after` is no view of the
  // type that the viewer may see.
  Result<std::vector<View>> list(store::Session& session, const access::Scope& scope,
                                 std::string_view record_type, const access::PageAsk& ask) const;
  // The owner may; an administrator may when it is shared.
  bool is_editable(const access::Scope& scope, const View& view) const;
  // "views/too_many" when the owner has limits::owned_max.
  Result<ViewId> create(store::Transaction& tx, const View& view) const;
  // "views/stale" when it is no longer in this version.
  Status update(store::Transaction& tx, const View& view) const;
  void remove(store::Transaction& tx, ViewId id) const;
  void pin(store::Transaction& tx, UserId user, ViewId id, std::optional<std::int64_t> place) const;
  // user 0: for everyone who has not chosen.
  void make_default(store::Transaction& tx, UserId user, const View& view, bool wanted) const;

  const records::ApiParts& parts() const { return parts_; }

 private:
  bool is_visible(const access::Scope& scope, const View& view) const;

  records::ApiParts parts_;
};

std::vector<access::Route> view_routes(const Views& views);

}  // namespace fokus::views
