// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <boost/json.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "features/imports/cell_values.hpp"
#include "features/imports/contact_cells.hpp"
#include "features/imports/transforms.hpp"
#include "records/dictionary.hpp"

namespace fokus::imports {

// What a value of the file may do to a value that is already there. An empty cell says nothing and
// never empties a field.
enum class Policy { always, if_empty, never };

// What becomes of a row whose record is there: it changes it by the policies, is left out, makes
// another record all the same, or is put aside until somebody has looked at it.
enum class OnMatch { update, skip, create, ask };
// "update", …; nothing for another word.
std::optional<OnMatch> parse_on_match(std::string_view word);
std::string_view on_match_name(OnMatch on_match);

// One column of the file and where its cells go.
struct MappedField {
  std::string key;              // as the definition says it: "address.city", "company.name"
  const records::Field* field;  // of the target's type
  std::string part;        // of an address, "currency" of money, the kind of contact points; or ""
  std::size_t column = 0;  // in the file, or behind its columns: a derived one
  Policy policy = Policy::always;

  bool is_points() const { return field->name == points_key; }
  bool is_currency() const { return field->kind == records::FieldKind::money && !part.empty(); }
};

// What becomes a record of one type.
struct TargetPlan {
  const records::RecordType* type = nullptr;
  std::vector<MappedField> fields;
  std::vector<std::size_t> match;  // into fields; empty: every row is a new record
  bool matches_by_id = false;      // match is the one field `id`
};

// A record that the row's own record links to: found by its match keys, or made.
struct LinkedPlan {
  const records::Field* link = nullptr;  // of the main type
  TargetPlan target;
  bool may_create = true;  // "company.name" makes companies, a bare "company" only finds them
  // A bare "owner" may hold names and e-mail addresses: this plan is for the one or the other.
  std::optional<bool> of_emails = {};

  bool is_for(std::string_view cell) const {
    return !of_emails || *of_emails == (cell.find('@') != cell.npos);
  }
};

struct Source {
  std::string name, legal_basis, obtained_at;
};

// A definition, checked against the record types and the columns of the file.
struct ImportPlan {
  TargetPlan main;
  std::vector<LinkedPlan> linked;
  Source source;
  CellStyle style;
  std::string time_zone;  // by whose clocks times are read; empty: those of whoever imports
  std::size_t column_count = 0;
  std::vector<DerivedCell> derived;  // of what is transformed, and of constants
  OnMatch on_match = OnMatch::update;
  bool asks_for_twins = false;  // rows that resemble a record are put aside
};

// Reads {"mapping":{key:"Column"},"match":[key],"policy":{key:"always|if_empty|never"},
// "source":{name,legal_basis,obtained_at},"date_order":"day_first|month_first",
// "decimal_mark":"comma|point", "time_zone":"Europe/Copenhagen", "transforms":{key:[step]},
// "constants":{key:"value"}, "on_match":"update|skip|create|ask",
// "duplicates":"ignore|ask"}. Errors:
// "imports/invalid" with the key and unknown_field, unknown_column, read_only, no_mapping,
// match_not_mapped, unknown_policy, not_matchable, amount_not_mapped (a currency alone),
// mapped_twice (also a constant); those of parse_steps() with "transforms.KEY"; on_match or
// duplicates and unknown. Transforms of keys that are not mapped do nothing. The plan points into
// the dictionary.
Result<ImportPlan> make_plan(const records::Dictionary& dictionary, const records::RecordType& type,
                             const std::vector<std::string>& columns,
                             const boost::json::object& definition);

}  // namespace fokus::imports
