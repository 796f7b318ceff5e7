// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <span>

#include "base/embedded.hpp"
#include "platform/clock.hpp"
#include "records/dictionary.hpp"
#include "store/database.hpp"
#include "store/statements.hpp"

namespace fokus::records {

// The dictionary of this installation: model/*.json, then the administrators' types, fields and
// list items out of the database.
Result<Dictionary> load_dictionary(store::Session& session, const store::Statements& statements,
                                   std::span<const EmbeddedFile> model);

// Puts the list items of the model that the database has not met into it. Before load_dictionary().
Status seed_lists(store::Transaction& tx, const store::Statements& statements,
                  std::span<const EmbeddedFile> model);

// Ends a transaction that changed types, fields, lists, settings or rates: makes the columns that
// the new dictionary needs and lets it become the current one with the commit, here and, by the
// notification "dictionary" with its revision, on every other node.
Status publish_dictionary(store::Transaction& tx, const store::Statements& statements,
                          std::span<const EmbeddedFile> model, DictionaryHolder& holder,
                          Instant now);

// Lets the dictionary as it is stored become the current one here. For who has been told of a
// revision, or cannot wait for being told. Errors: those of load_dictionary().
Status refresh_dictionary(store::Database& database, const store::Statements& statements,
                          std::span<const EmbeddedFile> model, DictionaryHolder& holder);

// Makes tables, columns and indexes so that the database can hold the dictionary. Only ever adds
// columns: a field that is gone from the model keeps its own until a maintenance window. Returns
// the number of things added. Runs in the caller's transaction.
int apply_schema(store::Transaction& tx, const Dictionary& dictionary);
// The part of it that is indexes; those that the dictionary no longer asks for go.
int apply_indexes(store::Transaction& tx, const Dictionary& dictionary);

// Once per database: the records' own addresses become contact points, and the other way round, so
// that both say the same. After apply_schema().
void adopt_addresses(store::Transaction& tx, const store::Statements& statements,
                     const Dictionary& dictionary, Instant now);

// "table.column" of all that the database has, without the engines' own tables, the full-text index
// and the migrations' record of themselves.
std::vector<std::string> stored_columns(store::Session& session);

// Every column of the database that neither the dictionary nor a *.columns.json classifies, as
// "table.column". The program refuses to start unless this is empty.
std::vector<std::string> unclassified_columns(store::Session& session, const Dictionary& dictionary,
                                              std::span<const EmbeddedFile> embedded);

}  // namespace fokus::records
