// SPDX-License-Identifier: Apache-2.0
// The named checks: each looks at one record and says what is wrong with which field, and what was
// probably meant. Pure; they see all fields, whoever asks: what may be shown is decided elsewhere.
#pragma once
#include <boost/json.hpp>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "features/quality/name_checks.hpp"
#include "features/quality/places.hpp"
#include "features/quality/rule.hpp"
#include "records/draft.hpp"

namespace fokus::quality {

// What checks know besides the record. Shared by many threads while it does not change.
struct Knowledge {
  Places places;
  NameCounts names;
  std::string country = "DK";  // where a record without a country is taken to be
};

// A record as checks see it.
class Subject {
 public:
  // `raw`: what a form says, for values that the field refuses; may be null. References.
  Subject(const records::Draft& draft, const boost::json::object* raw) : draft_(draft), raw_(raw) {}

  const records::Draft& draft() const { return draft_; }
  const records::RecordType& type() const { return draft_.type; }
  // The text of the first column; what the form says when the field would refuse it. Empty when
  // there is none or the type has no such field.
  std::string text(std::string_view field) const;
  std::string_view folded(std::string_view field) const;
  bool has(std::string_view field) const { return draft_.type.find(field) != nullptr; }
  bool is_empty(std::string_view field) const;
  // street, postcode, city, region, country of an address field
  std::string part(std::string_view field, int part) const;
  // As it is shown to people.
  std::string shown(std::string_view field) const;
  // Of the record, else of its address; empty when neither says.
  std::string country() const;

 private:
  const records::Draft& draft_;
  const boost::json::object* raw_;
};

// One thing that is wrong.
struct Hit {
  std::string field;
  std::vector<std::string> others;  // further fields that it depends on
  std::string value;                // what is wrong, as shown
  boost::json::object changes;      // what was meant, as a change of the record; empty: not known
  std::string shown;                // the same as shown
};

struct CheckParam {
  std::string_view name, kind;  // kind: integer, fields
  std::int64_t fallback = 0;
};

struct Check {
  std::string_view name;
  std::vector<std::string_view> kinds;  // of field that it is for; empty: of any, or of the record
  bool needs_field = false;
  bool suggests = false;
  std::vector<CheckParam> params;
  records::Labels label;
  std::vector<Hit> (*find)(const Rule& rule, const Subject& subject, const Knowledge& knowledge);
};

const Check* find_check(std::string_view name);
std::span<const Check> all_checks();

// All hits of a rule with a check; with what the rule's own fix makes of each.
std::vector<Hit> find_hits(const Rule& rule, const Subject& subject, const Knowledge& knowledge);
// The hit of a rule with a filter, for a record that the filter finds.
Hit filter_hit(const Rule& rule, const Subject& subject);

// A number that changes with the values of these fields.
std::int64_t value_hash(const records::Draft& draft, const Hit& hit);

}  // namespace fokus::quality
