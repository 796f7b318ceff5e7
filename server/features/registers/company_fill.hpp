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
  std::set<std::string, std::less<>> accepted;  // proposals that are taken
  boost::json::object values;                   // of a new company, before the register's
  bool is_preview = false;
};

// What became, or in a preview would become, of one field.
struct FieldFill {
  std::string field;
  boost::json::value before, offered;
  std::string action;  // set, propose, keep, refuse
  std::string reason;  // of keep and refuse: policy, not_empty, given_by_person, masked, or the
                       // code with which the save refuses the value
};

struct FillOutcome {
  RecordId company;
  BatchId batch;  // 0: nothing was stored
  std::vector<FieldFill> fields;
};

// Reads {"company", "policy": {field: name}, "otherwise", "accept": [field], "values", "preview"}.
// Error: "registers/invalid" with the member or field and unknown_policy, unknown_field,
// wrong_kind.
Result<FillOrder> parse_fill_order(const boost::json::object& input);

// The fields of a company that an entry of a register knows something about. Country and address
// are as the API writes them.
boost::json::object company_values(const Entry& entry);

// Decides field by field, without the database. `current` is the company as the API shows it,
// empty for a new one; `given` are fields whose value the person has given or had rectified;
// `masked` those that the viewer does not see and so may not overwrite.
struct FillCase {
  const boost::json::object& current;
  const std::set<std::string, std::less<>>& given;
  const std::set<std::string, std::less<>>& masked;
};
std::vector<FieldFill> plan_fill(const boost::json::object& offered, const FillCase& state,
                                 const FillOrder& order);

}  // namespace fokus::registers
