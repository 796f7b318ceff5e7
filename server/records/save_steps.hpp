// SPDX-License-Identifier: Apache-2.0
// Steps of the save recipe that a merge shares with it. Not for other rooms.
#pragma once
#include "records/history.hpp"
#include "records/inner.hpp"
#include "records/record_watch.hpp"

namespace fokus::records {

// The row as it is stored, with what the recipe needs beside the fields.
struct Stored {
  Draft draft;
  std::string history_hash;
};

void set(Draft& draft, std::string_view field, store::Value value);
store::Value id_or_null(std::int64_t id);

// The group of a record is its owner's primary group, kept with the row so that circles are plain
// column comparisons.
void set_owner_group(store::Session& session, const store::Statements& sql, const Scope& scope,
                     Draft& draft);
// "records/stale" with params id and current_version when another one is expected.
Status check_version(const Draft& stored, std::optional<std::int64_t> expected);
// Version, time and user of a change.
void touch(Draft& draft, const CriteriaContext& context);

// Where a row must lie to be changed.
enum class Place { live, bin };
// Reads the row for a change, locked until the end. Errors: "records/not_found" (not there or not
// to be seen), "records/merged" (conflict; into which, for whoever may see that one),
// "records/forbidden" (to be seen but not to be changed).
Result<Stored> read_checked(store::Transaction& tx, const CriteriaContext& context,
                            const store::Statements& sql, const RecordType& type, RecordId id,
                            Place place, access::Action action);
// The same right, without a lock: for previews.
Result<Stored> read_checked_quietly(store::Session& session, const CriteriaContext& context,
                                    const store::Statements& sql, const RecordType& type,
                                    RecordId id, access::Action action);
// The row wherever it lies and whoever asks, locked in a transaction.
std::optional<Stored> read_stored(store::Session& session, const RecordType& type, RecordId id,
                                  bool locked);

void update_row(store::Transaction& tx, const Draft& draft, RecordId id,
                const std::vector<std::size_t>& changed, std::string_view hash);
// History and event: what every save ends with.
void finish_save(store::Transaction& tx, const Records::Inner& inner, const Draft& draft,
                 RecordId id, const HistoryEntry& entry, const HistorySeal& seal,
                 std::string_view event);
// Tells whoever keeps something of each record: null is a record that is not there to be found.
void tell_watch(store::Transaction& tx, const Records::Inner& inner, const RecordType& type,
                RecordId id, const WatchedRecord* before, const WatchedRecord* after);
// Turns the engine's word about a unique index into the field's name.
Error unique_error(const store::Failure& failure);

}  // namespace fokus::records
