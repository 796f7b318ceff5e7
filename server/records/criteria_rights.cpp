// SPDX-License-Identifier: Apache-2.0
#include "base/text.hpp"
#include "records/criteria.hpp"
#include "records/rights.hpp"

namespace fokus::records {
namespace {

using access::Circle;

// One condition per circle, joined by OR. Without an owner a row is in the circle `all` only, as
// may_touch() has it.
std::string circle_condition(const access::Actor& actor, access::Circles circles,
                             const std::string& alias, SqlText& sql) {
  std::vector<std::string> ways;
  if (has_circle(circles, Circle::mine) && actor.user)
    ways.push_back(alias + ".owner = " + sql.bind(actor.user.value));
  std::vector<std::string> groups;
  if (has_circle(circles, Circle::primary_group) && actor.primary_group)
    groups.push_back(sql.bind(actor.primary_group.value));
  if (has_circle(circles, Circle::other_groups))
    for (const auto group : actor.other_groups) groups.push_back(sql.bind(group.value));
  if (!groups.empty())
    ways.push_back("(" + alias + ".owner_group IN (" + join(groups, ", ") + ") AND " + alias +
                   ".owner IS NOT NULL)");
  if (ways.empty()) return "1=0";
  return ways.size() == 1 ? ways.front() : "(" + join(ways, " OR ") + ")";
}

// The whole may be read or changed by the actor; empty when nothing limits that.
std::string whole_condition(const CriteriaContext& context, const RecordType& type,
                            access::Action action, const std::string& alias, SqlText& sql) {
  if (type.part_of.empty()) return {};
  const RecordType* whole = context.dictionary.find(type.find(type.part_of)->target);
  const std::string inner = alias + "_whole";
  SqlText rights{"", std::move(sql.values)};
  const bool limited = append_rights(context, *whole, action_on_whole(action), inner, rights);
  sql.values = std::move(rights.values);
  if (!limited) return {};
  return "EXISTS (SELECT 1 FROM " + whole->table + " " + inner + " WHERE " + inner +
         ".id = " + alias + "." + type.part_of + " AND " + rights.text + ")";
}

}  // namespace

std::string SqlText::bind(store::Value value) {
  values.push_back(std::move(value));
  return "$" + std::to_string(values.size());
}

std::vector<store::Param> SqlText::params() const {
  return std::vector<store::Param>(values.begin(), values.end());
}

bool append_rights(const CriteriaContext& context, const RecordType& type, access::Action action,
                   std::string_view alias, SqlText& sql) {
  const auto& actor = context.scope.actor;
  if (actor.kind == access::ActorKind::system) return false;
  const std::string name(alias);
  const auto circles = context.scope.permissions().circles(type.name, action);
  const bool all = has_circle(circles, Circle::all);
  std::vector<std::string> parts;
  if (!all) parts.push_back(type.owned ? circle_condition(actor, circles, name, sql) : "1=0");
  if (type.about_person && !context.scope.see_restricted) parts.push_back(name + ".restricted = 0");
  if (auto whole = whole_condition(context, type, action, name, sql); !whole.empty())
    parts.push_back(std::move(whole));
  sql.text += join(parts, " AND ");
  return !parts.empty();
}

}  // namespace fokus::records
