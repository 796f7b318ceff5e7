// SPDX-License-Identifier: Apache-2.0
#include "records/rights.hpp"

#include <algorithm>

namespace fokus::records {

using access::Circle;

bool may_touch(const access::Scope& scope, const RecordType& type, access::Action action,
               UserId owner, GroupId owner_group) {
  const auto& actor = scope.actor;
  if (actor.kind == access::ActorKind::system) return true;
  const auto circles = scope.permissions().circles(type.name, action);
  if (has_circle(circles, Circle::all)) return true;
  if (!type.owned || !owner) return false;
  if (has_circle(circles, Circle::mine) && owner == actor.user) return true;
  if (has_circle(circles, Circle::primary_group) && owner_group &&
      owner_group == actor.primary_group)
    return true;
  return has_circle(circles, Circle::other_groups) &&
         std::find(actor.other_groups.begin(), actor.other_groups.end(), owner_group) !=
             actor.other_groups.end();
}

access::Action action_on_whole(access::Action action) {
  using access::Action;
  return action == Action::read || action == Action::export_out ? action : Action::update;
}

bool is_masked_class(std::string_view data_class) {
  return data_class == "contact" || data_class == "special" || data_class == "national_id" ||
         data_class == "credential";
}

bool is_class_masked(const access::Scope& scope, std::string_view data_class) {
  return is_masked_class(data_class) && scope.actor.kind != access::ActorKind::system &&
         !scope.permissions().sees(data_class);
}

bool is_masked(const access::Scope& scope, const Field& field) {
  return is_class_masked(scope, field.privacy.data_class);
}

Status check_type_right(const access::Scope& scope, const RecordType& type, access::Action action) {
  if (scope.actor.kind == access::ActorKind::system) return {};
  const bool writing = action != access::Action::read && action != access::Action::export_out;
  if (type.system && writing && !scope.permissions().has_function(access::functions::administer))
    return make_error(ErrorKind::forbidden, "records/forbidden");
  if (!scope.permissions().may(type.name, action))
    return make_error(ErrorKind::forbidden, "records/forbidden");
  return {};
}

}  // namespace fokus::records
