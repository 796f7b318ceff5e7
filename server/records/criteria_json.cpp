// SPDX-License-Identifier: Apache-2.0
#include <cmath>

#include "base/text.hpp"
#include "records/criteria_tree.hpp"

namespace fokus::records {
namespace {

namespace json = boost::json;

// `at` is a JSON pointer (RFC 6901) here, where the text form gives a byte offset.
Error syntax_error(const std::string& at, std::string_view expected) {
  Error error = make_error(ErrorKind::malformed, "criteria/syntax");
  error.params = {{"at", at}, {"expected", std::string(expected)}};
  return error;
}

class JsonReader {
 public:
  Result<NodePtr> read(const json::value& value, const std::string& at, int depth) {
    if (depth > limits::criteria_depth_max) return too_complex("depth", limits::criteria_depth_max);
    if (++nodes_ > limits::criteria_nodes_max)
      return too_complex("nodes", limits::criteria_nodes_max);
    const auto* object = value.if_object();
    if (!object) return syntax_error(at, "an object");
    if (object->empty()) return make_group(Node::Kind::all, {});
    if (object->contains("in_selection")) return read_selection(*object, at);
    if (object->contains("field")) return read_compare(*object, at);
    if (object->contains("any")) return read_related(*object, "any", at, depth);
    if (object->contains("none"))
      return make_negation(TRY(read_related(*object, "none", at, depth)));
    if (object->size() != 1)
      return syntax_error(at, "one of and, or, not, field, any, none, in_selection");
    const auto& [key, content] = *object->begin();
    if (key == "not") return make_negation(TRY(read(content, at + "/not", depth + 1)));
    if (key == "and") return read_group(Node::Kind::all, content, at + "/and", depth);
    if (key == "or") return read_group(Node::Kind::any, content, at + "/or", depth);
    return syntax_error(at, "one of and, or, not, field, any, none, in_selection");
  }

 private:
  Result<NodePtr> read_selection(const json::object& object, const std::string& at) {
    const auto& id = object.at("in_selection");
    const auto* link = object.if_contains("field");
    if (object.size() != (link ? 2u : 1u) || !id.is_int64() || id.get_int64() <= 0)
      return syntax_error(at + "/in_selection", "the number of a selection");
    auto node = std::make_unique<Node>();
    node->kind = Node::Kind::selection;
    if (link) {
      if (!link->is_string() || !is_path(std::string_view(link->get_string())))
        return syntax_error(at + "/field", "a field");
      node->path = std::string(link->get_string());
    }
    node->terms.push_back(Term{id.get_int64()});
    return node;
  }

  Result<NodePtr> read_group(Node::Kind kind, const json::value& value, const std::string& at,
                             int depth) {
    const auto* array = value.if_array();
    if (!array) return syntax_error(at, "an array");
    std::vector<NodePtr> children;
    for (const auto& item : *array)
      children.push_back(TRY(read(item, at + "/" + std::to_string(children.size()), depth + 1)));
    return make_group(kind, std::move(children));
  }

  Result<NodePtr> read_related(const json::object& object, std::string_view word,
                               const std::string& at, int depth) {
    auto node = std::make_unique<Node>();
    node->kind = Node::Kind::related;
    const auto* name = object.at(word).if_string();
    if (!name || !is_path(std::string_view(*name)))
      return syntax_error(at + "/" + std::string(word), "the name of a list");
    node->path = std::string(*name);
    const auto* where = object.if_contains("where");
    if (object.size() != (where ? 2u : 1u)) return syntax_error(at, "where and nothing else");
    if (where) node->children.push_back(TRY(read(*where, at + "/where", depth + 1)));
    return node;
  }

  Result<NodePtr> read_compare(const json::object& object, const std::string& at) {
    auto node = std::make_unique<Node>();
    node->kind = Node::Kind::compare;
    const auto* field = object.at("field").if_string();
    if (!field || !is_compared_path(std::string_view(*field)))
      return syntax_error(at + "/field", "a field");
    node->path = std::string(*field);
    const auto* word = object.if_contains("op");
    const auto op =
        word && word->is_string() ? parse_op(std::string_view(word->get_string())) : std::nullopt;
    if (!op) return syntax_error(at + "/op", "an operator");
    node->op = *op;
    const auto* value = object.if_contains("value");
    if (object.size() != (value ? 3u : 2u)) return syntax_error(at, "field, op and value");
    TRY(read_terms(*node, value, at + "/value"));
    return node;
  }

  Status read_terms(Node& node, const json::value* value, const std::string& at) {
    const Arity arity = arity_of(node.op);
    if (arity == Arity::none) return value ? Status(syntax_error(at, "no value")) : Status();
    if (!value) return syntax_error(at, "a value");
    if (arity == Arity::one || (arity == Arity::many && !value->is_array())) {
      node.terms.push_back(TRY(read_term(*value, at)));
      return {};
    }
    const auto* array = value->if_array();
    if (!array || (arity == Arity::two && array->size() != 2) || array->empty())
      return syntax_error(at, arity == Arity::two ? "two values" : "an array of values");
    for (const auto& item : *array)
      node.terms.push_back(TRY(read_term(item, at + "/" + std::to_string(node.terms.size()))));
    return {};
  }

  Result<Term> read_term(const json::value& value, const std::string& at) {
    if (++terms_ > limits::criteria_terms_max)
      return too_complex("terms", limits::criteria_terms_max);
    switch (value.kind()) {
      case json::kind::null:
        return Term{};
      case json::kind::bool_:
        return Term{value.get_bool()};
      case json::kind::int64:
        return Term{value.get_int64()};
      case json::kind::uint64:
        return Term{static_cast<double>(value.get_uint64())};
      case json::kind::double_:
        if (!std::isfinite(value.get_double())) return syntax_error(at, "a number");
        return Term{value.get_double()};
      case json::kind::string:
        if (!is_clean_utf8(value.get_string())) return syntax_error(at, "UTF-8 text");
        return Term{std::string(value.get_string())};
      case json::kind::object:
        return read_symbol(value.get_object(), at);
      case json::kind::array:
        break;
    }
    return syntax_error(at, "a value");
  }

  // {"symbol": "me"} or {"symbol": "last", "amount": 30, "unit": "days"}
  Result<Term> read_symbol(const json::object& object, const std::string& at) {
    const auto* name = object.if_contains("symbol");
    if (!name || !name->is_string()) return syntax_error(at, "a symbol");
    Symbol symbol{std::string(name->get_string()), 0, {}};
    if (is_plain_symbol(symbol.name) && object.size() == 1) return Term{std::move(symbol)};
    if (!is_period_symbol(symbol.name) || object.size() != 3) return syntax_error(at, "a symbol");
    const auto* amount = object.if_contains("amount");
    const auto* unit = object.if_contains("unit");
    if (!amount || !amount->is_int64() || amount->get_int64() < 1 ||
        amount->get_int64() > limits::criteria_period_amount_max)
      return syntax_error(at + "/amount", "a number");
    const auto known = unit && unit->is_string() ? parse_unit(unit->get_string()) : std::nullopt;
    if (!known) return syntax_error(at + "/unit", "hours, days, weeks, months, quarters or years");
    symbol.amount = amount->get_int64();
    symbol.unit = *known;
    return Term{std::move(symbol)};
  }

  int nodes_ = 0, terms_ = 0;
};

struct TermWriter {
  json::value operator()(std::monostate) const { return nullptr; }
  json::value operator()(bool value) const { return value; }
  json::value operator()(std::int64_t value) const { return value; }
  json::value operator()(double value) const { return value; }
  json::value operator()(const std::string& value) const { return json::string(value); }
  json::value operator()(const Symbol& symbol) const {
    json::object out{{"symbol", symbol.name}};
    if (is_period_symbol(symbol.name)) {
      out["amount"] = symbol.amount;
      out["unit"] = symbol.unit;
    }
    return out;
  }
};

json::value write_term(const Term& term) {
  return std::visit(TermWriter{}, term.content);
}

json::value write_compare(const Node& node) {
  json::object out{{"field", node.path}, {"op", op_name(node.op)}};
  const Arity arity = arity_of(node.op);
  if (arity == Arity::none) return out;
  if (arity == Arity::one) {
    out["value"] = write_term(node.terms.at(0));
    return out;
  }
  json::array terms;
  for (const auto& term : node.terms) terms.push_back(write_term(term));
  out["value"] = std::move(terms);
  return out;
}

json::value write_selection(const Node& node) {
  json::object out{{"in_selection", std::get<std::int64_t>(node.terms.at(0).content)}};
  if (!node.path.empty()) out["field"] = node.path;
  return out;
}

json::value write_related(const Node& node, std::string_view word) {
  json::object out{{word, node.path}};
  if (!node.children.empty()) out["where"] = criteria_to_json(*node.children.front());
  return out;
}

}  // namespace

Result<NodePtr> criteria_from_json(const boost::json::value& value) {
  NodePtr tree = TRY(JsonReader().read(value, "", 0));
  TRY(check_limits(*tree));
  return tree;
}

boost::json::value criteria_to_json(const Node& node) {
  switch (node.kind) {
    case Node::Kind::compare:
      return write_compare(node);
    case Node::Kind::related:
      return write_related(node, "any");
    case Node::Kind::negation:
      if (node.children.at(0)->kind == Node::Kind::related)
        return write_related(*node.children.front(), "none");
      return json::object{{"not", criteria_to_json(*node.children.front())}};
    case Node::Kind::selection:
    case Node::Kind::members:
      return write_selection(node);
    case Node::Kind::all:
    case Node::Kind::any:
      break;
  }
  json::array children;
  for (const auto& child : node.children) children.push_back(criteria_to_json(*child));
  return json::object{{node.kind == Node::Kind::all ? "and" : "or", std::move(children)}};
}

}  // namespace fokus::records
