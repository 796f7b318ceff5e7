// SPDX-License-Identifier: Apache-2.0
#include "features/dashboards/dependencies.hpp"

#include "base/text.hpp"

namespace fokus::dashboards {
namespace {

using records::Dictionary;
using records::Node;
using records::RecordType;

class Walk {
 public:
  Walk(const Dictionary& dictionary, Question& question) : dictionary_(dictionary), q_(question) {}

  void node(const RecordType* type, const Node& node) {
    for (const auto& term : node.terms) symbol(term);
    if (node.kind == Node::Kind::selection || node.kind == Node::Kind::members)
      q_.uses_selection = true;
    const RecordType* inside = type;
    if (node.kind == Node::Kind::compare) path(type, node.path);
    if (node.kind == Node::Kind::related) inside = path(type, node.path);
    for (const auto& child : node.children) this->node(inside, *child);
  }

  // Every type on the way, and the one at the end; null beyond what is known.
  const RecordType* path(const RecordType* type, std::string_view text) {
    for (const auto segment : split(text, '.')) {
      if (!type) return nullptr;
      type = next(*type, segment);
      if (type) q_.types.insert(type->name);
    }
    return type;
  }

 private:
  const RecordType* next(const RecordType& type, std::string_view segment) const {
    if (const auto* link = type.find_backlink(segment)) return dictionary_.find(link->type);
    const auto* field = type.find(segment);
    if (!field) return nullptr;
    if (field->kind == records::FieldKind::user) return dictionary_.find("user");
    if (field->kind == records::FieldKind::group) return dictionary_.find("group");
    return field->target.empty() ? nullptr : dictionary_.find(field->target);
  }

  void symbol(const records::Term& term) {
    const auto* one = std::get_if<records::Symbol>(&term.content);
    if (!one) return;
    if (one->name == "me" || one->name == "my_group" || one->name == "my_groups")
      q_.is_personal = true;
    if (one->name == "now" || one->unit == "hours") q_.uses_clock = true;
  }

  const Dictionary& dictionary_;
  Question& q_;
};

void walk_measure(Walk& walk, const RecordType* type, const records::Measure& measure) {
  walk.path(type, measure.path);
  if (measure.where) walk.node(type, *measure.where);
  for (const auto& below : measure.over) walk_measure(walk, type, below);
}

// Rights on a part are those on its whole.
void add_wholes(const Dictionary& dictionary, Question& q) {
  std::vector<std::string> wholes;
  for (const auto& name : q.types)
    if (const auto* type = dictionary.find(name); type && !type->part_of.empty())
      wholes.push_back(type->find(type->part_of)->target);
  q.types.insert(wholes.begin(), wholes.end());
}

void collect_fields(const Dictionary& dictionary, const Definition& d, Question& q) {
  Walk walk(dictionary, q);
  q.types.insert(q.type->name);
  walk.node(q.type, *q.criteria);
  if (q.compared) walk.node(q.type, *q.compared);
  for (const auto& measure : q.query.measures) walk_measure(walk, q.type, measure);
  for (const auto& group : q.query.group_by) walk.path(q.type, group.path);
  if (!d.is_list()) return;
  if (d.columns.empty())
    for (const auto& field : q.type->fields) walk.path(q.type, field.name);
  for (const auto& column : d.columns) walk.path(q.type, column);
  for (const auto part : split(d.sort, ','))
    walk.path(q.type, part.starts_with('-') ? part.substr(1) : part);
}

}  // namespace

void collect_dependencies(const Dictionary& dictionary, const Definition& d, Question& q) {
  collect_fields(dictionary, d, q);
  add_wholes(dictionary, q);
}

std::string rights_key(const Dictionary& dictionary, const access::Scope& scope,
                       const Question& q) {
  const auto& actor = scope.actor;
  const auto& permissions = scope.permissions();
  std::string out(scope.see_restricted ? "r" : "");
  bool personal = q.is_personal || q.uses_selection;
  const bool is_system = actor.kind == access::ActorKind::system;
  if (is_system) out += "system";
  // A selection may say anything about any type.
  const auto add = [&](const std::string& type) {
    const auto circles = permissions.circles(type, access::Action::read);
    out += type + std::to_string(circles) + ",";
    personal = personal || (!is_system && !has_circle(circles, access::Circle::all));
  };
  if (q.uses_selection)
    for (const auto& [name, type] : dictionary.types) add(name);
  else
    for (const auto& name : q.types) add(name);
  for (const auto& one : permissions.field_classes) out += one + ",";
  if (!personal) return out;
  out += "u" + std::to_string(actor.user.value) + "g" + std::to_string(actor.primary_group.value);
  for (const auto group : actor.other_groups) out += "," + std::to_string(group.value);
  if (permissions.has_function(access::functions::administer)) out += "a";
  return out;
}

}  // namespace fokus::dashboards
