// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <functional>
#include <string>
#include <vector>

#include "features/registers/register_store.hpp"

namespace fokus::registers {

// Indexes of one load: each has its own, made when the rows are there and dropped with one
// statement. The one place that knows how the engines do it. SQLite keeps the words in a full-text
// table of the load, filled with the rows; number and name are partial indexes on both engines.
// Their names and conditions hold the id of the load, a number, in the text: no parameter can stand
// there.
class RegisterIndex {
 public:
  explicit RegisterIndex(LoadId load);

  void begin(store::Transaction& tx) const;  // before the first row
  void add_words(store::Transaction& tx, std::int64_t id, std::string_view words) const;
  void index_numbers(store::Transaction& tx) const;
  void index_names(store::Transaction& tx) const;  // and words on PostgreSQL
  void drop(store::Transaction& tx) const;

  // Each returns at most `limit` entries. A prefix must be folded (names) or plain (numbers).
  std::vector<StoredEntry> by_number(store::Session& session, std::string_view prefix,
                                     int limit) const;
  std::optional<StoredEntry> get(store::Session& session, std::string_view number) const;
  std::vector<StoredEntry> by_name(store::Session& session, std::string_view prefix,
                                   int limit) const;
  // Entries that have a word beginning with each of `words`, and the word `exact` unless empty.
  std::vector<StoredEntry> by_words(store::Session& session, const std::vector<std::string>& words,
                                    std::string_view exact, int limit) const;
  // Numbers that stand there more than once, with the id of the last entry.
  std::vector<std::pair<std::string, std::int64_t>> duplicates(store::Session& session,
                                                               int limit) const;
  std::vector<std::int64_t> ids_of(store::Session& session, std::string_view number) const;

 private:
  std::vector<StoredEntry> by_match(store::Session& session, const std::string& match,
                                    int limit) const;

  std::string id_;     // in text
  std::string where_;  // "load = 17"
};

}  // namespace fokus::registers
