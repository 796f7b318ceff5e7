// SPDX-License-Identifier: Apache-2.0
#include "records/bulk.hpp"

#include <set>

#include "base/text.hpp"
#include "records/criteria_tree.hpp"
#include "records/search.hpp"

namespace fokus::records {
namespace {

namespace json = boost::json;
using access::Action;

// An absent list is an empty one.
Result<std::set<std::int64_t>> parse_ids(const json::object& o, const char* key, std::size_t max) {
  std::set<std::int64_t> out;
  const auto* input = o.if_contains(key);
  if (!input || input->is_null()) return out;
  if (!input->is_array()) return field_error("records/invalid", key, "not_a_list");
  if (input->get_array().size() > max)
    return field_error("records/invalid", key, "too_many", {{"max", std::to_string(max)}});
  for (const auto& id : input->get_array()) {
    if (!id.is_int64()) return field_error("records/invalid", key, "not_an_id");
    out.insert(id.get_int64());
  }
  return out;
}

Result<NodePtr> parse_tree(const json::object& input) {
  if (const auto* criteria = input.if_contains("criteria"); criteria && !criteria->is_null())
    return criteria_from_json(*criteria);
  const auto* filter = input.if_contains("filter");
  if (!filter || !filter->is_string())
    return field_error("records/invalid", "criteria", "required");
  // An empty filter is said on purpose ("all that I may change"); a missing one is a mistake.
  if (trim(filter->get_string()).empty()) return std::make_unique<Node>();
  return parse_filter(filter->get_string());
}

NodePtr without(NodePtr tree, const std::set<std::int64_t>& except) {
  if (except.empty()) return tree;
  auto these = std::make_unique<Node>();
  these->kind = Node::Kind::compare;
  these->path = "id";
  these->op = Op::in;
  for (const std::int64_t id : except) these->terms.push_back(Term{id});
  std::vector<NodePtr> both;
  both.push_back(std::move(tree));
  both.push_back(make_negation(std::move(these)));
  return make_group(Node::Kind::all, std::move(both));
}

Status parse_which(const json::object& input, BulkEdit& edit) {
  const auto except = TRY(parse_ids(input, "except", limits::bulk_except_max));
  if (const auto* ids = input.if_contains("ids"); ids && !ids->is_null()) {
    auto these = TRY(parse_ids(input, "ids", limits::bulk_ids_max));
    for (const std::int64_t id : except) these.erase(id);
    edit.ids.assign(these.begin(), these.end());
    return {};
  }
  edit.criteria = without(TRY(parse_tree(input)), except);
  TRY(check_limits(*edit.criteria));
  if (const auto* q = input.if_contains("q"); q && !q->is_null()) {
    if (!q->is_string() || q->get_string().size() > limits::search_bytes_max)
      return field_error("records/invalid", "q", "too_long",
                         {{"max", std::to_string(limits::search_bytes_max)}});
    edit.q = std::string(q->get_string());
  }
  return {};
}

bool is_said(const json::object& o, const char* key) {
  const auto* value = o.if_contains(key);
  return value && !value->is_null() && *value != json::value("");
}

// A slip of the pen must not become a change of many records: each word is one that is known.
Status check_words(const RecordType& type, const json::object& input) {
  if (is_said(input, "ids"))
    for (const char* other : {"criteria", "filter", "q"})
      if (is_said(input, other)) return field_error("records/invalid", other, "not_with_ids");
  if (is_said(input, "criteria") && is_said(input, "filter"))
    return field_error("records/invalid", "filter", "not_with_criteria");
  if (const auto* preview = input.if_contains("preview"); preview && !preview->is_bool())
    return field_error("records/invalid", "preview", "not_yes_or_no");
  if (const auto* action = input.if_contains("action");
      action && *action != "archive" && *action != "edit")
    return field_error("records/invalid", "action", "unknown");
  const auto* changes = input.if_contains("changes");
  if (!changes || changes->is_null()) return {};
  if (!changes->is_object()) return field_error("records/invalid", "changes", "not_an_object");
  for (const auto& [name, value] : changes->get_object())
    if (!type.find(name) && name != "contact_points")
      return field_error("records/invalid", std::string(name), "unknown_field");
  return {};
}

}  // namespace

Result<BulkEdit> parse_bulk_edit(const Dictionary&, const RecordType& type,
                                 const json::object& input) {
  BulkEdit edit;
  edit.type = &type;
  TRY(check_words(type, input));
  TRY(parse_which(input, edit));
  edit.archiving = input.contains("action") && input.at("action") == "archive";
  if (is_said(input, "changes")) edit.changes = input.at("changes").as_object();
  if (!edit.archiving && edit.changes.empty())
    return field_error("records/invalid", "changes", "required");
  return edit;
}

json::object bulk_edit_to_json(const BulkEdit& edit) {
  json::object out;
  out["type"] = edit.type->name;
  if (edit.criteria) {
    out["criteria"] = criteria_to_json(*edit.criteria);
    out["q"] = edit.q;
  } else {
    out["ids"] = json::array(edit.ids.begin(), edit.ids.end());
  }
  out["action"] = edit.archiving ? "archive" : "edit";
  out["changes"] = edit.changes;
  return out;
}

ListQuery bulk_query(const BulkEdit& edit) {
  ListQuery query;
  query.criteria = edit.criteria.get();
  query.q = edit.q;
  return query;
}

Result<std::vector<std::int64_t>> next_ids(const Records& records, store::Session& session,
                                           const Scope& scope, const BulkEdit& edit,
                                           std::int64_t after) {
  const auto action = edit.archiving ? Action::archive : Action::update;
  if (edit.criteria)
    return records.list_ids(session, scope, *edit.type, action, edit.criteria.get(), after,
                            limits::bulk_step, edit.q);
  std::vector<std::int64_t> out;
  for (auto at = std::upper_bound(edit.ids.begin(), edit.ids.end(), after);
       at != edit.ids.end() && out.size() < static_cast<std::size_t>(limits::bulk_step); ++at)
    out.push_back(*at);
  return out;
}

}  // namespace fokus::records
