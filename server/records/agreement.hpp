// SPDX-License-Identifier: Apache-2.0
// Whether rows, their history and their links say the same. For the operator's look at a database;
// nothing is changed.
#pragma once
#include <functional>
#include <string>
#include <vector>

#include "records/dictionary.hpp"
#include "store/database.hpp"

namespace fokus::records {

namespace limits {
constexpr std::int64_t agreement_step = 20'000;  // rows of one look, so that no snapshot grows old
constexpr std::int64_t agreement_newest = 1'000;
constexpr std::size_t disagreements_max = 100;  // told of one look at one type
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

// Link fields of the type's rows, relations, contact points and merged records that lead to a
// record of which there is no row, not even in the bin.
std::vector<std::string> find_loose_links(store::Database& database, const Dictionary& dictionary,
                                          const RecordType& type);

}  // namespace fokus::records
