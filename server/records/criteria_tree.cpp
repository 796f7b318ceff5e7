// SPDX-License-Identifier: Apache-2.0
#include "records/criteria_tree.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "base/text.hpp"

namespace fokus::records {
namespace {

constexpr std::array<std::pair<std::string_view, Op>, 16> op_names = {{
    {"eq", Op::eq},
    {"ne", Op::ne},
    {"gt", Op::gt},
    {"ge", Op::ge},
    {"lt", Op::lt},
    {"le", Op::le},
    {"in", Op::in},
    {"between", Op::between},
    {"contains", Op::contains},
    {"startswith", Op::startswith},
    {"endswith", Op::endswith},
    {"empty", Op::empty},
    {"has_any", Op::has_any},
    {"has_all", Op::has_all},
    {"weekday", Op::weekday},
    {"hour", Op::hour},
}};

constexpr auto plain_symbols = std::to_array<std::string_view>({"me",
                                                                "my_group",
                                                                "my_groups",
                                                                "today",
                                                                "yesterday",
                                                                "tomorrow",
                                                                "now",
                                                                "this_week",
                                                                "last_week",
                                                                "next_week",
                                                                "this_month",
                                                                "last_month",
                                                                "next_month",
                                                                "this_quarter",
                                                                "last_quarter",
                                                                "next_quarter",
                                                                "this_year",
                                                                "last_year",
                                                                "next_year",
                                                                "this_fiscal_year",
                                                                "last_fiscal_year",
                                                                "next_fiscal_year",
                                                                "this_fiscal_quarter",
                                                                "last_fiscal_quarter",
                                                                "next_fiscal_quarter"});

constexpr std::array<std::string_view, 6> units = {"hours",  "days",     "weeks",
                                                   "months", "quarters", "years"};

constexpr std::array<std::string_view, 5> origin_words = {"source", "source_name", "batch",
                                                          "obtained_at", "notice"};

constexpr std::array<std::string_view, 5> reserved = {"and", "or", "not", "true", "false"};

template <class List>
bool has_word(const List& list, std::string_view word) {
  return std::find(list.begin(), list.end(), word) != list.end();
}

struct Size {
  int nodes = 0;
  std::size_t terms = 0;
};

Status measure(const Node& node, int depth, Size& size) {
  if (!node.children.empty()) ++depth;
  if (depth > limits::criteria_depth_max) return too_complex("depth", limits::criteria_depth_max);
  if (++size.nodes > limits::criteria_nodes_max)
    return too_complex("nodes", limits::criteria_nodes_max);
  size.terms += node.terms.size();
  if (size.terms > limits::criteria_terms_max)
    return too_complex("terms", limits::criteria_terms_max);
  for (const auto& child : node.children) TRY(measure(*child, depth, size));
  return {};
}

}  // namespace

std::string_view op_name(Op op) {
  for (const auto& [name, known] : op_names)
    if (known == op) return name;
  return "eq";
}

std::optional<Op> parse_op(std::string_view word) {
  for (const auto& [name, op] : op_names)
    if (name == word) return op;
  return std::nullopt;
}

Arity arity_of(Op op) {
  switch (op) {
    case Op::empty:
      return Arity::none;
    case Op::between:
      return Arity::two;
    case Op::in:
    case Op::has_any:
    case Op::has_all:
    case Op::weekday:
    case Op::hour:
      return Arity::many;
    default:
      return Arity::one;
  }
}

bool is_plain_symbol(std::string_view name) {
  return has_word(plain_symbols, name);
}
bool is_period_symbol(std::string_view name) {
  return name == "last" || name == "next";
}

std::optional<std::string> parse_unit(std::string_view word) {
  for (const auto unit : units)
    if (word == unit || word == unit.substr(0, unit.size() - 1)) return std::string(unit);
  return std::nullopt;
}

bool is_path(std::string_view text) {
  if (has_word(reserved, text)) return false;
  const auto segments = split(text, '.');
  if (segments.size() > limits::criteria_path_segments_max) return false;
  return std::all_of(segments.begin(), segments.end(), is_identifier);
}

bool is_origin_word(std::string_view word) {
  return has_word(origin_words, word);
}

std::optional<OriginPath> parse_origin_path(std::string_view path) {
  const auto open = path.find('(');
  if (open == path.npos || !path.ends_with(')')) return std::nullopt;
  const OriginPath out{path.substr(0, open), path.substr(open + 1, path.size() - open - 2)};
  if (!is_origin_word(out.about) || !is_path(out.inner)) return std::nullopt;
  return out;
}

bool is_compared_path(std::string_view text) {
  return is_path(text) || parse_origin_path(text);
}

std::string_view field_of_path(std::string_view path) {
  const auto origin = parse_origin_path(path);
  if (!origin) return path;
  if (origin->about != "notice") return origin->inner;
  const auto dot = origin->inner.rfind('.');
  return dot == path.npos ? std::string_view() : origin->inner.substr(0, dot);
}

NodePtr make_group(Node::Kind kind, std::vector<NodePtr> children) {
  auto group = std::make_unique<Node>();
  group->kind = kind;
  for (auto& child : children) {
    if (child->kind != kind) {
      group->children.push_back(std::move(child));
      continue;
    }
    for (auto& inner : child->children) group->children.push_back(std::move(inner));
  }
  if (group->children.size() == 1) return std::move(group->children.front());
  return group;
}

NodePtr make_negation(NodePtr child) {
  auto node = std::make_unique<Node>();
  node->kind = Node::Kind::negation;
  node->children.push_back(std::move(child));
  return node;
}

bool equal(const Node& a, const Node& b) {
  return a.kind == b.kind && a.path == b.path && a.op == b.op && a.terms == b.terms &&
         std::equal(a.children.begin(), a.children.end(), b.children.begin(), b.children.end(),
                    [](const NodePtr& x, const NodePtr& y) { return equal(*x, *y); });
}

NodePtr clone(const Node& node) {
  auto copy = std::make_unique<Node>();
  copy->kind = node.kind;
  copy->path = node.path;
  copy->op = node.op;
  copy->terms = node.terms;
  for (const auto& child : node.children) copy->children.push_back(clone(*child));
  return copy;
}

Status check_limits(const Node& node) {
  Size size;
  return measure(node, 0, size);
}

Error too_complex(std::string_view limit, std::int64_t max) {
  Error error = make_error(ErrorKind::invalid, "criteria/too_complex");
  error.params = {{"limit", std::string(limit)}, {"max", std::to_string(max)}};
  return error;
}

}  // namespace fokus::records
