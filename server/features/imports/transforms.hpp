// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <boost/json.hpp>
#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"

namespace fokus::imports {

namespace limits {
constexpr std::size_t steps_max = 10;  // of one column
constexpr std::size_t replaced_values_max = 2'000;
constexpr std::size_t step_text_bytes_max = 1'000;
}  // namespace limits

// One change of a cell on its way into its field.
struct Step {
  enum class Kind { trim, upper, lower, title, split, replace, date, constant } kind = Kind::trim;
  std::string text;  // what divides, the form of dates, the constant
  int part = 0;      // of split: 1 is the first, -1 the last
  std::map<std::string, std::string, std::less<>> values = {};  // of replace
  bool operator==(const Step&) const = default;
};

// Reads [{"op": "trim" | "upper" | "lower" | "title"}, {"op": "split", "by": ",", "part": 2},
// {"op": "replace", "values": {"Kunde": "customer"}}, {"op": "date", "format": "MM/DD/YYYY"},
// {"op": "constant", "value": "DK"}]. Errors: "imports/invalid" with `field` and not_a_list,
// unknown_step, too_many_steps, required (by, format, values), out_of_range (part), too_long,
// not_utf8.
Result<std::vector<Step>> parse_steps(const std::string& field, const boost::json::value& steps);

// Pure. Split: trimmed; empty where there is no such part. Replace: whole cells, without regard to
// case or blanks around them; others stay. Date: YYYY, YY, MM, M, DD, D are parts of a day, all
// else stands for itself; what is not written so stays. Title: "ANNE-MARIE O'BRIEN" is
// "Anne-Marie O'Brien".
std::string transformed(const std::vector<Step>& steps, std::string_view cell);

// A cell that the file does not have: made of one that it has, or of nothing.
struct DerivedCell {
  std::optional<std::size_t> column;
  std::vector<Step> steps;
};
// Puts the derived cells behind the first `columns` ones.
void add_derived(const std::vector<DerivedCell>& derived, std::size_t columns,
                 std::vector<std::string>& cells);

}  // namespace fokus::imports
