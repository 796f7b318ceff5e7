// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <boost/json.hpp>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "base/id.hpp"
#include "features/registers/mapping.hpp"
#include "records/if_match.hpp"

namespace fokus::registers {

// What a value of the register may do to a value that is already there. `propose` shows it and
// stores it only when the call accepts it.
enum class FillPolicy { always, if_empty, propose, never };
std::optional<FillPolicy> parse_fill_policy(std::string_view name);

struct FillOrder {
  RecordId company;                                         // 0: make a new one
  records::Versions expected_versions;                      // of which one must be there
  std::map<std::string, FillPolicy, std::less<>> policies;  // by field; others: `otherwise`
  FillPolicy otherwise = FillPolicy::if_empty;
  // Instead of `always`, for a value that somebody typed: no source, and not the person's own.
  FillPolicy typed = FillPolicy::always;
  std::set<std::string, std::less<>> accepted;  // proposals that are taken
  boost::json::object values;                   // of a new company, before the register's
  boost::json::object also;  // further fields of a company that is there, with the same source
  BatchId batch;             // the change set that it becomes part of; 0: one of its own
  bool is_preview = false;
};

// What became, or in a preview would become, of one field.
struct FieldFill {
  std::string field;
  boost::json::value before, offered;
  std::string action;  // set, propose, keep, refuse
  std::string reason;  // of keep and refuse: policy, not_empty, given_by_person, masked, or the
                       // code with which the save refuses the value; of propose: typed, or none
};

struct FillOutcome {
  RecordId company;
  BatchId batch;  // 0: nothing was stored
  std::vector<FieldFill> fields;
};

// {"company", "batch", "fields": [{"field", "before", "offered", "action", "reason"}]}, as the API
// answers it.
boost::json::object outcome_json(const FillOutcome& outcome);

// Reads {"company", "policy": {field: name}, "otherwise", "accept": [field], "values", "preview"}.
// Error: "registers/invalid" with the member or field and unknown_policy, unknown_field,
// wrong_kind.
Result<FillOrder> parse_fill_order(const boost::json::object& input);

// The names of all fields that a policy can be given for.
std::vector<std::string_view> company_fields();
std::string_view fill_policy_name(FillPolicy policy);
// Whether the two are one value, written in whatever way: "923 609 016" is the number 923609016.
bool is_same_value(std::string_view field, const boost::json::value& a,
                   const boost::json::value& b);

// The fields of a company that an entry of a register knows something about. Country and address
// are as the API writes them.
boost::json::object company_values(const Entry& entry);

// Decides field by field, without the database. `current` is the company as the API shows it,
// empty for a new one; `given` are fields whose value the person has given or had rectified,
// `typed` those that somebody typed; `masked` those that the viewer does not see and so may not
// overwrite.
struct FillCase {
  const boost::json::object& current;
  const std::set<std::string, std::less<>>& given;
  const std::set<std::string, std::less<>>& typed;
  const std::set<std::string, std::less<>>& masked;
};
std::vector<FieldFill> plan_fill(const boost::json::object& offered, const FillCase& state,
                                 const FillOrder& order);

}  // namespace fokus::registers
