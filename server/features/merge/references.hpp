// SPDX-License-Identifier: Apache-2.0
// What in the database points at a record, so that a merge takes all of it along.
#pragma once
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "records/dictionary.hpp"
#include "store/database.hpp"

namespace fokus::merge {

// A link field of some type that leads to the type that is merged.
struct LinkPlace {
  const records::RecordType* type = nullptr;
  const records::Field* field = nullptr;
  std::string name;  // "activity.company": as the journal has it
};
std::vector<LinkPlace> link_places(const records::Dictionary& dictionary,
                                   const records::RecordType& target);
// Nothing when the type or the field is no longer there.
std::optional<LinkPlace> find_place(const records::Dictionary& dictionary, std::string_view name);

// How the columns of this kind are taken along.
enum class FieldWay {
  own,   // the record's own value: chosen field by field
  link,  // points at a record: moved
  rows   // lies in `relations`: moved
};
FieldWay way_of(records::FieldKind kind);

// A table that is not a record type's own. Whoever adds a table or a column says here what a merge
// does with it; the test of this list fails until then.
struct KnownTable {
  std::string_view table;
  std::string_view pointing;  // columns that say which record
  std::string_view way;       // what becomes of them; empty when none points
  std::string_view others;    // columns that point at no record
};
std::span<const KnownTable> known_tables();

// "table.column" of everything in the database that the list and the dictionary do not know.
std::vector<std::string> unknown_columns(store::Session& session,
                                         const records::Dictionary& dictionary);

}  // namespace fokus::merge
