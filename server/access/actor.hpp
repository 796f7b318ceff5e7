// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <array>
#include <cstdint>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/id.hpp"
#include "work/job_author.hpp"

namespace fokus::access {

// Ownership circles: how near a record is to the actor. A record without an owner (a product, a
// list item) is in `all` only.
enum class Circle : std::uint8_t { mine, primary_group, other_groups, all };
constexpr int circle_count = 4;

enum class Action : std::uint8_t { read, create, update, archive, export_out };
constexpr int action_count = 5;

// The circles in which an action is allowed: bit n stands for Circle n.
using Circles = std::uint8_t;
constexpr Circles every_circle = 0b1111;
inline bool has_circle(Circles set, Circle circle) {
  return set >> static_cast<int>(circle) & 1;
}

// What the roles of an actor add up to. Immutable, shared by all calls of the actor.
struct Permissions {
  // Per record type name; "*" stands for every type that is not named (custom ones too).
  std::map<std::string, std::array<Circles, action_count>, std::less<>> types;
  std::set<std::string, std::less<>> functions;  // functional rights: "administer", "import", …
  std::set<std::string, std::less<>> field_classes;  // personal-data classes seen unmasked

  Circles circles(std::string_view type, Action action) const;
  bool may(std::string_view type, Action action) const { return circles(type, action) != 0; }
  bool has_function(std::string_view name) const { return functions.contains(name); }
  bool sees(std::string_view field_class) const { return field_classes.contains(field_class); }
};

// Functional rights. A role lists some of them.
namespace functions {
constexpr std::string_view administer =
    "administer";                              // users, roles, record types, lists, settings
constexpr std::string_view import = "import";  // import files, reverse batches
constexpr std::string_view bulk_edit = "bulk_edit";
constexpr std::string_view read_access_log = "read_access_log";
constexpr std::string_view reveal_masked = "reveal_masked";  // logged reveal of a masked field
constexpr std::string_view operate = "operate";              // jobs, health, backup
}  // namespace functions

enum class ActorKind { user, api_key, system };

// Who acts in this call. Made by `access` only; passed by value or reference, never kept in a
// global.
struct Actor {
  UserId user;
  std::string name, email;
  GroupId primary_group;
  std::vector<GroupId> other_groups;  // without the primary one
  ActorKind kind = ActorKind::user;
  std::int64_t session = 0;                     // session or key id
  std::string language = "en";                  // BCP 47: "da", "en", "nb", "sv", "de"
  std::string time_zone = "Europe/Copenhagen";  // IANA
  std::shared_ptr<const Permissions> permissions;
};

// As whom a job is made, so that it may do what the actor may.
inline work::JobAuthor author_of(const Actor& actor) {
  return {actor.user, actor.kind == ActorKind::api_key ? actor.session : 0};
}

// What work the program does for itself runs as: sees everything, is named "system" in the history.
Actor system_actor();

// The one key to the records: who, and for what. Records are read and written only through a Scope.
// `purpose` is one of the dictionary's purposes; `see_restricted` lifts the restriction flag on
// persons (GDPR Art. 18) and is set only by the routes that exist for them. `route` names the way
// in for the access log.
struct Scope {
  Actor actor;
  std::string purpose = "customer_care";
  bool see_restricted = false;
  std::string route;  // "GET /api/v1/persons/{id}", "job:import", "cli:export"
  std::string call_id;
  std::string remote;

  const Permissions& permissions() const { return *actor.permissions; }
};

}  // namespace fokus::access
