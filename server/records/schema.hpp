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

// Makes tables, columns and indexes so that the database can hold the dictionary. Only ever adds:
// a field that is gone from the model keeps its column until a maintenance window. Returns the
// number of things added. Runs in the caller's transaction.
int apply_schema(store::Transaction& tx, const Dictionary& dictionary);

// Every column of the database that neither the dictionary nor a *.columns.json classifies, as
// "table.column". The program refuses to start unless this is empty.
std::vector<std::string> unclassified_columns(store::Session& session, const Dictionary& dictionary,
                                              std::span<const EmbeddedFile> embedded);

}  // namespace fokus::records
