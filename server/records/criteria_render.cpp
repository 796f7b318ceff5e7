// SPDX-License-Identifier: Apache-2.0
#include <charconv>

#include "base/text.hpp"
#include "base/time.hpp"
#include "records/criteria_tree.hpp"

namespace fokus::records {
namespace {

std::string render_double(double value) {
  char buffer[40];
  const auto [end, fault] = std::to_chars(buffer, buffer + sizeof buffer, value);
  std::string text(buffer, fault == std::errc() ? end : buffer);
  // Without a point it would be read as an integer.
  if (text.find_first_of(".e") == text.npos) text += ".0";
  return text;
}

// How the values of a tree are written: as they are, or not at all.
using WriteTerm = std::string (*)(const Term&);

struct TermRenderer {
  std::string operator()(std::monostate) const { return "null"; }
  std::string operator()(bool value) const { return value ? "true" : "false"; }
  std::string operator()(std::int64_t value) const { return std::to_string(value); }
  std::string operator()(double value) const { return render_double(value); }
  std::string operator()(const std::string& value) const {
    if (parse_date(value)) return value;
    return "'" + replace_all(value, "'", "''") + "'";
  }
  std::string operator()(const Symbol& symbol) const {
    if (!is_period_symbol(symbol.name)) return symbol.name;
    return symbol.name + "(" + std::to_string(symbol.amount) + " " + symbol.unit + ")";
  }
};

std::string render_term(const Term& term) {
  return std::visit(TermRenderer{}, term.content);
}

// Words like `me` and `this_quarter` say nothing about anybody.
std::string hide_term(const Term& term) {
  return std::holds_alternative<Symbol>(term.content) ? render_term(term) : "?";
}

void append_compare(std::string& out, const Node& node, WriteTerm write) {
  out += node.path;
  out += ' ';
  out += op_name(node.op);
  switch (arity_of(node.op)) {
    case Arity::none:
      return;
    case Arity::one:
      out += ' ' + write(node.terms.at(0));
      return;
    case Arity::two:
      out += ' ' + write(node.terms.at(0)) + " and " + write(node.terms.at(1));
      return;
    case Arity::many:
      break;
  }
  const bool period =
      node.terms.size() == 1 && std::holds_alternative<Symbol>(node.terms.front().content);
  if (period) {
    out += ' ' + write(node.terms.front());
    return;
  }
  std::vector<std::string> parts;
  for (const auto& term : node.terms) {
    parts.push_back(write(term));
    // How many there are is a value too.
    if (parts.size() > 1 && parts.back() == "?" && parts[parts.size() - 2] == "?") parts.pop_back();
  }
  out += " (" + join(parts, ", ") + ")";
}

// How tightly the parent holds its children; a child that holds less tightly needs parentheses.
enum Tightness { loose, in_or, in_and, in_not };

void append_node(std::string& out, const Node& node, Tightness around, WriteTerm write);

void append_group(std::string& out, const Node& node, Tightness around, WriteTerm write) {
  const bool all = node.kind == Node::Kind::all;
  if (node.children.empty()) {
    out += all ? "true" : "false";
    return;
  }
  if (node.children.size() == 1) return append_node(out, *node.children.front(), around, write);
  const Tightness own = all ? in_and : in_or;
  const bool parentheses = around > own;
  if (parentheses) out += '(';
  for (std::size_t i = 0; i < node.children.size(); ++i) {
    if (i > 0) out += all ? " and " : " or ";
    append_node(out, *node.children[i], own, write);
  }
  if (parentheses) out += ')';
}

void append_related(std::string& out, const Node& node, std::string_view word, WriteTerm write) {
  out += word;
  out += '(';
  out += node.path;
  if (!node.children.empty()) {
    out += ": ";
    append_node(out, *node.children.front(), loose, write);
  }
  out += ')';
}

void append_node(std::string& out, const Node& node, Tightness around, WriteTerm write) {
  switch (node.kind) {
    case Node::Kind::all:
    case Node::Kind::any:
      return append_group(out, node, around, write);
    case Node::Kind::negation:
      if (node.children.at(0)->kind == Node::Kind::related)
        return append_related(out, *node.children.front(), "none", write);
      out += "not ";
      return append_node(out, *node.children.front(), in_not, write);
    case Node::Kind::compare:
      return append_compare(out, node, write);
    case Node::Kind::related:
      return append_related(out, node, "any", write);
    case Node::Kind::selection:
    case Node::Kind::members:
      if (!node.path.empty()) out += node.path + '.';
      out += "in_selection(" + write(node.terms.at(0)) + ")";
  }
}

}  // namespace

std::string render_filter(const Node& node) {
  if (node.kind == Node::Kind::all && node.children.empty()) return {};
  std::string out;
  append_node(out, node, loose, render_term);
  return out;
}

std::string render_shape(const Node& node) {
  if (node.kind == Node::Kind::all && node.children.empty()) return {};
  std::string out;
  append_node(out, node, loose, hide_term);
  return out;
}

}  // namespace fokus::records
