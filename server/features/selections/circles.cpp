// SPDX-License-Identifier: Apache-2.0
// Selections that are made of selections: which ones, and that none is made of itself.
#include <algorithm>
#include <set>

#include "features/selections/selection_calls.hpp"

namespace fokus::selections {
namespace {

using records::Node;

// Also those behind a link, and in the conditions on related records.
void add_named(const Node& node, std::set<std::int64_t>& out) {
  if (node.kind == Node::Kind::selection)
    out.insert(std::get<std::int64_t>(node.terms.at(0).content));
  for (const auto& child : node.children) add_named(*child, out);
}

struct Content {
  std::string kind, filter;
  SelectionId first, second;
};

std::set<std::int64_t> parts_of(const Content& content) {
  if (content.kind == "combined") return {content.first.value, content.second.value};
  std::set<std::int64_t> out;
  if (content.kind != "dynamic" || content.filter.empty()) return out;
  // Criteria that cannot be read cannot be used either.
  if (const auto tree = records::parse_filter(content.filter)) add_named(**tree, out);
  return out;
}

// Whoever owns it: a circle is one also where it leads through selections of others.
std::set<std::int64_t> stored_parts(store::Session& session, const store::Statements& sql,
                                    std::int64_t id) {
  auto rows = session.query(sql["selections.get_content"], {id});
  if (!rows->next()) return {};
  return parts_of({std::string(rows->text(0)), std::string(rows->text(1)),
                   SelectionId{rows->integer(2)}, SelectionId{rows->integer(3)}});
}

}  // namespace

Status Selections::check_cycle(store::Session& session, const Selection& s) const {
  const std::string field = s.kind == "combined" ? "combine" : "filter";
  std::set<std::int64_t> level = parts_of({s.kind, s.filter, s.first, s.second});
  std::set<std::int64_t> seen = level;
  for (int depth = 1; !level.empty(); ++depth) {
    if (s.id && level.contains(s.id.value)) return field_error("selections/cycle", field, "circle");
    if (depth > limits::nesting_max)
      return field_error("selections/invalid", field, "too_deep",
                         {{"max", std::to_string(limits::nesting_max)}});
    std::set<std::int64_t> below;
    for (const auto id : level)
      for (const auto part : stored_parts(session, parts_.statements, id))
        if (seen.insert(part).second) below.insert(part);
    level = std::move(below);
  }
  return {};
}

std::vector<SelectionId> Selections::users_of(store::Session& session, SelectionId id) const {
  auto rows = session.query(parts_.statements["selections.list_made_of_others"], {id});
  std::vector<SelectionId> out;
  while (rows->next() && out.size() < limits::users_max)
    if (parts_of({std::string(rows->text(1)), std::string(rows->text(2)),
                  SelectionId{rows->integer(3)}, SelectionId{rows->integer(4)}})
            .contains(id.value))
      out.push_back(SelectionId{rows->integer(0)});
  return out;
}

}  // namespace fokus::selections
