// SPDX-License-Identifier: Apache-2.0
// What is wrong with a record, as data: rules that come with the program (rules/*.json), and those
// of administrators.
#pragma once
#include <boost/json.hpp>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "records/dictionary.hpp"

namespace fokus::quality {

enum class Severity { error, warning, advice };  // in this order; stored as 0, 1, 2
std::string_view severity_name(Severity severity);

// How a finding is put right. `suggestion`: what the named check proposes; the others change the
// field of the rule.
enum class Fix { none, suggestion, trim, proper_case, lower_case, upper_case, clear, set };
std::string_view fix_name(Fix fix);

namespace limits {
constexpr std::size_t key_bytes_max = 60;
constexpr std::size_t message_bytes_max = 500;
constexpr int weight_max = 100;
constexpr std::size_t own_rules_max = 500;
constexpr std::size_t params_max = 10;
constexpr std::size_t param_fields_max = 20;
constexpr std::int64_t param_days_max = 36'500;
}  // namespace limits

struct Rule {
  std::int64_t id = 0;  // row of quality_rules; 0: not stored yet
  std::string key, type;
  bool is_shipped = false, is_changed = false, is_on = true;
  std::int64_t version = 1;
  Severity severity = Severity::warning;
  int weight = 0;
  std::string check;   // a named check (checks.hpp), or empty
  std::string filter;  // which records have the problem, in the text form of criteria, or empty
  std::string field;   // which field is looked at, or shown with the finding; may be empty
  boost::json::object params;
  Fix fix = Fix::none;
  boost::json::value fix_value;  // of Fix::set
  records::Labels message;

  // In the reader's language, else in English, else in any.
  std::string text(const std::string& language) const;
};

// A rule from the form that files, API and database share; every member but key and type may be
// absent and has a default. Only the form is checked. Errors: "quality/invalid_rule" with the
// member.
Result<Rule> parse_rule(const boost::json::object& form);
// The same members again; without id, version and flags but is_on.
boost::json::object rule_to_json(const Rule& rule);

// Whether the rule fits the type: fields there and of the right kind, the check known with these
// parameters, the filter one that the type can be asked. Errors as above.
Status check_rule(const records::Dictionary& dictionary, const Rule& rule);

// Those that come with the program, in the order of their files.
const std::vector<Rule>& shipped_rules();

}  // namespace fokus::quality
