// SPDX-License-Identifier: Apache-2.0
// Whether rows, their history and their links say the same. For the operator's look at a database;
// nothing is changed.
#pragma once
#include <functional>
#include <string>
#include <vector>

#include "records/dictionary.hpp"
#include "store/database.hpp"
#include "store/statements.hpp"

namespace fokus::records {

namespace limits {
constexpr std::int64_t agreement_step = 20'000;  // rows of one look, so that no snapshot grows old
constexpr std::int64_t agreement_newest = 1'000;
constexpr std::int64_t agreement_values_step = 500;  // the same where all values are read
constexpr std::size_t disagreements_max = 100;       // told of one look at one type
}  // namespace limits

// Whether rows were changed at that moment in a way that their history does not tell: a merge moves
// the links of whole tables and counts their versions up, and keeps its own journal of it.
using ChangedAside = std::function<bool(store::Session&, Instant)>;

enum class Reach {
  newest,  // agreement_newest rows of the type, and nothing that must be looked for everywhere
  all
};

// Rows whose version or chain is not that of their newest entry, or that have no entry; with
// Reach::all also entries of rows that are not there. Entries that a final removal left, without
// their payload, are as they should be. Each sentence begins with type and number of the record.
std::vector<std::string> compare_with_history(store::Database& database, const RecordType& type,
                                              Reach reach, const ChangedAside& changed_aside);

// Field values that are not what the newest entry that tells of the field says; the sentence names
// the field and no value. Not compared: what the program sets, members and contact points, which
// have rows of their own, whatever is told by entries whose payload was destroyed only, and links
// to records that are not live any more, because a merge has moved them.
struct ValueLook {
  const store::Statements& statements;
  const Dictionary& dictionary;
  Reach reach;  // newest: agreement_newest rows
};
std::vector<std::string> compare_values(store::Database& database, const RecordType& type,
                                        const ValueLook& look);

// Says once that there are more. True when nothing more is listed.
bool is_full(std::vector<std::string>& findings);

// Link fields of the type's rows, relations, contact points and merged records that lead to a
// record of which there is no row, not even in the bin.
std::vector<std::string> find_loose_links(store::Database& database, const Dictionary& dictionary,
                                          const RecordType& type);

}  // namespace fokus::records
