// SPDX-License-Identifier: Apache-2.0
#include "net/router.hpp"

#include <algorithm>
#include <stdexcept>

#include "base/text.hpp"

namespace fokus::net {

struct Router::Node {
  std::map<std::string, std::unique_ptr<Node>, std::less<>> literals;
  std::unique_ptr<Node> param;
  std::unique_ptr<Node> rest;
  std::array<std::optional<Leaf>, method_count> leaves;
};

struct Router::Search {
  Method method;
  const std::vector<std::string>& segments;
  std::vector<std::string> values;  // of the parameters on the way down
  Match match;
};

std::string_view method_name(Method method) {
  constexpr std::array<std::string_view, method_count> names = {
      "GET",    "HEAD",    "POST",     "PUT",       "PATCH",
      "DELETE", "OPTIONS", "PROPFIND", "PROPPATCH", "REPORT"};
  return names[static_cast<std::size_t>(method)];
}

Router::Router() : root_(std::make_unique<Node>()) {}
Router::~Router() = default;
Router::Router(Router&&) noexcept = default;

void Router::add(Method method, std::string_view pattern, std::size_t route) {
  const auto refuse = [&](const char* why) {
    throw std::runtime_error("route " + std::string(pattern) + ": " + why);
  };
  if (!pattern.starts_with('/')) refuse("must start with '/'");
  Node* node = root_.get();
  Leaf leaf{route, {}};
  bool ended = false;
  const auto step = [](std::unique_ptr<Node>& next) {
    if (!next) next = std::make_unique<Node>();
    return next.get();
  };
  for (auto segment : split(pattern.substr(1), '/')) {
    if (ended) refuse("nothing may follow {rest...}");
    if (!segment.starts_with('{')) {
      if (segment.find_first_of("{}") != segment.npos) refuse("a parameter is a whole segment");
      node = step(node->literals[std::string(segment)]);
      continue;
    }
    if (!segment.ends_with('}')) refuse("unclosed parameter");
    auto name = segment.substr(1, segment.size() - 2);
    ended = name.ends_with("...");
    if (ended) name.remove_suffix(3);
    if (!is_identifier(name)) refuse("bad name of a parameter");
    if (std::count(leaf.names.begin(), leaf.names.end(), name)) refuse("parameter named twice");
    leaf.names.emplace_back(name);
    node = step(ended ? node->rest : node->param);
  }
  auto& slot = node->leaves[static_cast<std::size_t>(method)];
  if (slot) refuse("is there twice");
  slot = std::move(leaf);
}

Router::Match Router::find(Method method, const std::vector<std::string>& segments) const {
  Search search{method, segments, {}, {}};
  descend(*root_, 0, search);
  return std::move(search.match);
}

void Router::descend(const Node& node, std::size_t depth, Search& search) const {
  if (search.match.route) return;
  if (depth == search.segments.size()) return arrive(node, search);
  const auto& segment = search.segments[depth];
  if (const auto next = node.literals.find(segment); next != node.literals.end())
    descend(*next->second, depth + 1, search);
  if (node.param && !segment.empty() && !search.match.route) {
    search.values.push_back(segment);
    descend(*node.param, depth + 1, search);
    search.values.pop_back();
  }
  if (node.rest && !search.match.route) take_rest(*node.rest, depth, search);
}

// An encoded slash inside a segment could not be told from a real one here, so it does not match.
void Router::take_rest(const Node& node, std::size_t depth, Search& search) const {
  std::string rest;
  for (std::size_t i = depth; i < search.segments.size(); ++i) {
    if (search.segments[i].find('/') != std::string::npos) return;
    if (i > depth) rest += '/';
    rest += search.segments[i];
  }
  search.values.push_back(std::move(rest));
  arrive(node, search);
  search.values.pop_back();
}

void Router::arrive(const Node& node, Search& search) const {
  for (std::size_t i = 0; i < method_count; ++i)
    if (node.leaves[i]) search.match.allowed[i] = true;
  const auto* leaf = &node.leaves[static_cast<std::size_t>(search.method)];
  if (!*leaf && search.method == Method::head)
    leaf = &node.leaves[static_cast<std::size_t>(Method::get)];
  if (!*leaf) return;
  search.match.route = (*leaf)->route;
  for (std::size_t i = 0; i < search.values.size(); ++i)
    search.match.params[(*leaf)->names[i]] = search.values[i];
}

bool Router::Match::has_path() const {
  return std::find(allowed.begin(), allowed.end(), true) != allowed.end();
}

std::string Router::Match::allow() const {
  auto methods = allowed;
  if (methods[static_cast<std::size_t>(Method::get)])
    methods[static_cast<std::size_t>(Method::head)] = true;
  methods[static_cast<std::size_t>(Method::options)] = true;
  std::string list;
  for (std::size_t i = 0; i < method_count; ++i) {
    if (!methods[i]) continue;
    if (!list.empty()) list += ", ";
    list += method_name(static_cast<Method>(i));
  }
  return list;
}

}  // namespace fokus::net
