// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "features/duplicates/likeness.hpp"
#include "features/duplicates/rules.hpp"

namespace fokus::duplicates {

// One value of a field: as the database keeps it for comparison, and as it is shown.
struct Value {
  FoldedValue folded;
  std::string shown;
};

// The values of one record, for the fields that the rules name, in the order of Matcher::fields().
struct Subject {
  std::int64_t id = 0;
  std::vector<std::vector<Value>> values;
};

// A subject taken apart for every comparison.
struct Prepared {
  std::vector<std::vector<Item>> items;  // per comparison
};

// A comparison that had something to compare on both sides.
struct Reason {
  std::size_t comparison = 0;
  Likeness likeness;
  double points = 0;
  int mine_field = 0, mine_value = 0;  // place of the values in the comparison's fields
  int theirs_field = 0, theirs_value = 0;
};

struct Match {
  double points = 0;
  int score = 0;
  std::vector<Reason> reasons;  // in the order of the comparisons; only when asked for
};

// Rules made ready: what fields they need, how two records are scored, which keys a record has.
// Immutable, so safe for all threads. Keeps the rules, and nothing of the record type.
class Matcher {
 public:
  explicit Matcher(Rules rules);

  const Rules& rules() const { return rules_; }
  const std::vector<std::string>& fields() const { return fields_; }
  std::size_t index_of(std::string_view field) const;  // fields().size(): not among them

  Prepared prepare(const Subject& subject) const;
  // `is_left_out`: per comparison, empty = none; what the viewer may not see takes no part.
  Match match(const Prepared& a, const Prepared& b, const std::vector<bool>& is_left_out,
              bool with_reasons) const;
  // Texts of the blocking keys, each list for one of rules().keys; without doubles.
  std::vector<std::vector<std::string>> keys_of(const Subject& subject) const;

 private:
  Rules rules_;
  std::vector<std::string> fields_;
  std::vector<std::vector<std::size_t>> comparison_fields_;  // indexes into fields_
};

std::string_view certainty_of(const Rules& rules, int score);  // certain, likely, possible

}  // namespace fokus::duplicates
