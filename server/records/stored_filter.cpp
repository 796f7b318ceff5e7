// SPDX-License-Identifier: Apache-2.0
#include "records/stored_filter.hpp"

#include <algorithm>

#include "base/text.hpp"
#include "records/criteria_path.hpp"
#include "records/criteria_tree.hpp"
#include "records/rights.hpp"

namespace fokus::records {
namespace {

namespace json = boost::json;

std::string_view target_of(const Field& field) {
  if (field.kind == FieldKind::user) return "user";
  return field.kind == FieldKind::group ? "group" : std::string_view(field.target);
}

class Masker {
 public:
  Masker(const Dictionary& dictionary, const access::Scope& scope)
      : dictionary_(dictionary), scope_(scope) {}

  // `hidden`: everything in here is about something masked.
  void mask(const RecordType* type, Node& node, bool hidden) {
    if (node.kind == Node::Kind::compare) {
      const auto path = field_of_path(node.path);
      if (hidden || (!path.empty() && is_masked_path(type, path))) mask_terms(node);
      return;
    }
    if (node.kind == Node::Kind::related) hidden = enter_list(type, node.path) || hidden;
    for (auto& child : node.children) mask(type, *child, hidden);
  }

  bool has_masked() const { return has_masked_; }

 private:
  // How many values there are is told as little as what they are.
  void mask_terms(Node& node) {
    for (auto& term : node.terms) {
      if (std::holds_alternative<Symbol>(term.content)) continue;
      term.content = std::string(masked_value);
      has_masked_ = true;
    }
    if (node.op != Op::between)
      node.terms.erase(std::unique(node.terms.begin(), node.terms.end()), node.terms.end());
  }

  // Of a field that is no longer known nobody knows the class.
  bool hides_unknown() const { return is_class_masked(scope_, contact_class); }

  bool is_masked_path(const RecordType* type, std::string_view path) const {
    return walk(type, path);
  }

  // Goes on to the type at the end of the path; true when something on the way is masked.
  bool walk(const RecordType*& type, std::string_view path) const {
    for (const auto segment : split(path, '.')) {
      const Field* field = type ? type->find(segment) : nullptr;
      type = field ? dictionary_.find(target_of(*field)) : nullptr;
      if (!field) return hides_unknown();
      if (is_masked(scope_, *field)) return true;
      if (field->kind == FieldKind::address || field->kind == FieldKind::money) return false;
    }
    return false;
  }

  // Goes on to the type of the list's rows; true when the list itself is masked.
  bool enter_list(const RecordType*& type, std::string_view path) const {
    const auto dot = path.rfind('.');
    if (dot != path.npos) {
      if (walk(type, path.substr(0, dot))) return true;
      path.remove_prefix(dot + 1);
    }
    if (!type) return hides_unknown();
    if (const Backlink* backlink = type->find_backlink(path)) {
      type = dictionary_.find(backlink->type);
      const Field* field = type ? type->find(backlink->field) : nullptr;
      return field ? is_masked(scope_, *field) : hides_unknown();
    }
    if (path == "contact_points" && type->contact_points) {
      type = &contact_point_type();
      return is_class_masked(scope_, contact_class);
    }
    const Field* field = type->find(path);
    type = field ? dictionary_.find(target_of(*field)) : nullptr;
    return field ? is_masked(scope_, *field) : hides_unknown();
  }

  const Dictionary& dictionary_;
  const access::Scope& scope_;
  bool has_masked_ = false;
};

}  // namespace

Result<json::object> with_filter(json::object input) {
  const auto* criteria = input.if_contains("criteria");
  if (!criteria) return input;
  const auto* filter = input.if_contains("filter");
  if (filter && !filter->is_null() && !criteria->is_null())
    return field_error("criteria/two_forms", "criteria", "two_forms");
  if (!criteria->is_null()) {
    const NodePtr tree = TRY(criteria_from_json(*criteria));
    input["filter"] = render_filter(*tree);
  }
  input.erase("criteria");
  return input;
}

bool mask_values(const Dictionary& dictionary, const access::Scope& scope, const RecordType* type,
                 Node& node) {
  Masker masker(dictionary, scope);
  masker.mask(type, node, false);
  return masker.has_masked();
}

ShownFilter show_filter(const Dictionary& dictionary, const access::Scope& scope,
                        std::string_view record_type, const std::string& filter) {
  if (filter.empty()) return {};
  auto tree = parse_filter(filter);
  // What can no longer be read may hold anything.
  if (!tree) {
    const bool hidden = is_class_masked(scope, contact_class);
    return {hidden ? std::string() : filter, hidden};
  }
  if (!mask_values(dictionary, scope, dictionary.find(record_type), **tree)) return {filter, false};
  return {render_filter(**tree), true};
}

Status check_unmasked(const Node& node) {
  for (const auto& term : node.terms) {
    const auto* text = std::get_if<std::string>(&term.content);
    if (text && *text == masked_value) return criteria_error("masked_value", node.path);
  }
  for (const auto& child : node.children) TRY(check_unmasked(*child));
  return {};
}

}  // namespace fokus::records
