// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <boost/json.hpp>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/id.hpp"
#include "base/time.hpp"
#include "features/registers/mapping.hpp"
#include "features/registers/row_reader.hpp"
#include "store/database.hpp"
#include "store/statements.hpp"

namespace fokus::registers {

using LoadId = Id<struct LoadTag>;

// loading → ready → retired → removed, or failed. At most one load of a provider is ready.
enum class LoadStatus { loading, ready, retired, removed, failed };
std::string_view status_name(LoadStatus status);

namespace limits {
constexpr std::size_t problem_rows_max = 20;  // row numbers kept for each reason
}  // namespace limits

// Why rows were refused: for each reason how many, and the first of them.
struct Problems {
  struct Reason {
    std::int64_t count = 0;
    std::vector<std::int64_t> rows;
  };
  std::map<std::string, Reason, std::less<>> reasons;
  void add(std::string_view reason, std::int64_t row);
  boost::json::object to_json() const;
  static Problems from_json(std::string_view text);
};

// A row of `register_loads`.
struct Load {
  LoadId id;
  std::string provider;
  LoadStatus status = LoadStatus::loading;
  std::string name, file;
  std::int64_t size_bytes = 0;
  std::string obtained_on;
  UserId created_by;
  Instant created_at, ended_at;
  JobId job;
  Position next;
  std::int64_t rows = 0, bad_rows = 0;
  Problems problems;
  std::string error;
};

// A row of `register_entries`, ready to be stored.
struct StoredEntry {
  std::int64_t id = 0;
  std::string number, name, name_f, country, city, status, details, words;
};
StoredEntry to_stored(const Provider& provider, LoadId load, std::int64_t row, Entry&& entry);
// Every value of the entry, as it was mapped.
Entry from_stored(const StoredEntry& stored);

// The words of a text by which entries are found: letters and digits of the folded text, without
// legal forms ("A/S", "Ltd") and single letters, which would find half of the register.
std::vector<std::string> entry_words(std::string_view text);
// Stands for the country among the words of an entry.
std::string country_word(std::string_view country);

constexpr std::int64_t ids_per_load = std::int64_t{1} << 32;

class RegisterStore {
 public:
  explicit RegisterStore(const store::Statements& statements) : statements_(statements) {}

  LoadId create(store::Transaction& tx, const Load& load) const;
  void set_job(store::Transaction& tx, LoadId id, JobId job) const;
  std::optional<Load> find(store::Session& session, LoadId id) const;
  // Newest first; provider "": of all.
  std::vector<Load> list(store::Session& session, std::string_view provider, int limit,
                         LoadId before) const;
  std::vector<Load> list_with_status(store::Session& session, LoadStatus status) const;
  // False when the load does not stand at next_row any more: somebody else goes on with it.
  bool advance(store::Transaction& tx, const Load& load, std::int64_t next_row) const;
  void add(store::Transaction& tx, LoadId load, const std::vector<StoredEntry>& entries) const;
  // Of entries with one number the last stays; returns how many went.
  std::int64_t remove_duplicates(store::Transaction& tx, Load& load) const;
  // The load becomes the one that is read; those before it are retired.
  void publish(store::Transaction& tx, const Load& load, Instant now) const;
  void fail(store::Transaction& tx, LoadId id, std::string_view error, Instant now) const;
  void retire(store::Transaction& tx, LoadId id) const;
  // Takes some entries of a load out; false when none was left.
  bool remove_some(store::Transaction& tx, LoadId load) const;
  void mark_removed(store::Transaction& tx, LoadId id) const;

 private:
  const store::Statements& statements_;
};

}  // namespace fokus::registers
