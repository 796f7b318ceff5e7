// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "features/imports/import_plan.hpp"
#include "records/criteria.hpp"
#include "records/fields/field_type.hpp"
#include "records/records.hpp"

namespace fokus::imports {

// The cells of one row, by the column of the file. A missing cell is empty.
using Cells = std::vector<std::string>;
std::string_view cell_at(const Cells& cells, std::size_t column);

// What a row is found by: the folded values of the match fields, as the engine stores them.
struct MatchKey {
  std::string text;   // equal for equal records
  store::Value lead;  // the value that the look-up asks the index for
};

// A record that is there, with what the policies must know about it.
struct Existing {
  std::int64_t id = 0;
  // The first column of every mapped field that has one; of addresses the five parts, of money the
  // currency too. By field name, or "address.city". Empty when the record has nothing there.
  std::map<std::string, std::string, std::less<>> current;
};

// Finds the records that a chunk of rows is about in one query, within the right to read. Made for
// one chunk; values are folded exactly as the save recipe folds them.
class MatchLookup {
 public:
  MatchLookup(const records::CriteriaContext& context, const records::FieldContext& fields,
              const TargetPlan& plan, const CellStyle& style);

  // Nothing when a match field of the row is empty or unreadable: then the row matches nothing.
  std::optional<MatchKey> key_of(const Cells& cells) const;
  // Several under one key: the row cannot be told apart.
  std::map<std::string, std::vector<Existing>> find(store::Session& session,
                                                    const std::vector<store::Value>& leads) const;
  // Records by their ids, in the order of these; those that cannot be read are missing.
  std::vector<Existing> of_ids(store::Session& session, const std::vector<std::int64_t>& ids) const;

 private:
  struct Match {
    const MappedField* mapped;
    std::string column;    // of the table
    bool contact = false;  // also found among the contact points
  };
  std::optional<store::Value> folded(const MappedField& mapped, std::string_view cell) const;
  std::string select_text(records::SqlText& sql, const std::vector<store::Value>& leads) const;
  void append_rights(records::SqlText& sql) const;
  std::vector<std::pair<std::string, std::string>> state_columns() const;  // name, column

  const records::CriteriaContext& context_;
  const records::FieldContext& fields_;
  const TargetPlan& plan_;
  CellStyle style_;
  std::vector<Match> matches_;
  std::size_t lead_ = 0;
};

namespace limits {
constexpr std::size_t rows_per_chunk = 1000;      // stored together, to begin with
constexpr std::size_t rows_per_chunk_max = 4000;  // half a second, when nobody else writes
constexpr std::size_t rows_before_stop = 100;     // for somebody who does
constexpr std::size_t rows_per_look_up = 500;     // length of the look-up's IN list
}  // namespace limits

}  // namespace fokus::imports
