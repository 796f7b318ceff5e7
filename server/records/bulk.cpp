// SPDX-License-Identifier: Apache-2.0
#include "records/bulk.hpp"

#include <set>

namespace fokus::records {
namespace {

namespace json = boost::json;
using access::Action;

Result<std::vector<std::int64_t>> parse_ids(const json::value& input) {
  if (!input.is_array() || input.get_array().size() > limits::bulk_ids_max)
    return field_error("records/invalid", "ids", "too_many",
                       {{"max", std::to_string(limits::bulk_ids_max)}});
  std::set<std::int64_t> out;
  for (const auto& id : input.get_array()) {
    if (!id.is_int64()) return field_error("records/invalid", "ids", "not_an_id");
    out.insert(id.get_int64());
  }
  return std::vector<std::int64_t>(out.begin(), out.end());
}

}  // namespace

Result<BulkEdit> parse_bulk_edit(const Dictionary&, const RecordType& type,
                                 const json::object& input) {
  BulkEdit edit;
  edit.type = &type;
  if (const auto* ids = input.if_contains("ids"); ids && !ids->is_null()) {
    edit.ids = TRY(parse_ids(*ids));
  } else if (const auto* criteria = input.if_contains("criteria");
             criteria && !criteria->is_null()) {
    edit.criteria = TRY(criteria_from_json(*criteria));
  } else if (const auto* filter = input.if_contains("filter"); filter && filter->is_string()) {
    // An empty filter is said on purpose ("all that I may change"); a missing one is a mistake.
    edit.criteria = filter->get_string().empty() ? std::make_unique<Node>()
                                                 : TRY(parse_filter(filter->get_string()));
  } else {
    return field_error("records/invalid", "criteria", "required");
  }
  const auto* action = input.if_contains("action");
  edit.archiving = action && action->is_string() && action->get_string() == "archive";
  if (const auto* changes = input.if_contains("changes"); changes && changes->is_object())
    edit.changes = changes->get_object();
  if (!edit.archiving && edit.changes.empty())
    return field_error("records/invalid", "changes", "required");
  return edit;
}

json::object bulk_edit_to_json(const BulkEdit& edit) {
  json::object out;
  out["type"] = edit.type->name;
  if (edit.criteria)
    out["criteria"] = criteria_to_json(*edit.criteria);
  else
    out["ids"] = json::array(edit.ids.begin(), edit.ids.end());
  out["action"] = edit.archiving ? "archive" : "edit";
  out["changes"] = edit.changes;
  return out;
}

Result<std::vector<std::int64_t>> next_ids(const Records& records, store::Session& session,
                                           const Scope& scope, const BulkEdit& edit,
                                           std::int64_t after) {
  const auto action = edit.archiving ? Action::archive : Action::update;
  if (edit.criteria)
    return records.list_ids(session, scope, *edit.type, action, edit.criteria.get(), after,
                            limits::bulk_step);
  std::vector<std::int64_t> out;
  for (auto at = std::upper_bound(edit.ids.begin(), edit.ids.end(), after);
       at != edit.ids.end() && out.size() < static_cast<std::size_t>(limits::bulk_step); ++at)
    out.push_back(*at);
  return out;
}

}  // namespace fokus::records
