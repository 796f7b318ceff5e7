// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <boost/json.hpp>
#include <limits>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "features/registers/check_digits.hpp"
#include "features/registers/company_fill.hpp"
#include "features/registers/field_origins.hpp"
#include "features/registers/online.hpp"
#include "features/registers/register_store.hpp"
#include "records/api.hpp"

namespace fokus::registers {

namespace limits {
constexpr std::int64_t file_bytes_max = 4LL << 30;  // as uploaded, packed
constexpr int rows_per_chunk = 5'000;               // stored in one transaction
constexpr std::size_t query_bytes_max = 200;
constexpr std::size_t query_bytes_min = 2;
constexpr int found_max = 50;
constexpr int loads_max = 100;  // listed of one provider
}  // namespace limits

// An entry that a search or look-up found.
struct Found {
  const Provider* provider = nullptr;
  Entry entry;
  std::string obtained_on;
  std::optional<RecordId> company;  // of ours, with this number, that the viewer may read
};

struct OwnCompany {
  RecordId id;
  std::string name, org_number, city, country;
};

struct SearchOutcome {
  std::vector<OwnCompany> companies;
  std::vector<Found> entries;
};

// Local copies of public registers: loading, look-up, and companies made or filled from them.
// No call of this class leaves the machine but those that say so. Thread-safe. Loading and removing
// want the functional right `administer`; searching the right to create companies. Errors:
// "registers/not_found" (no such provider, load or entry), "registers/loading" (a load of the
// provider is under way), "registers/no_file" (the provider has none to load), "registers/invalid"
// with the field, and those of open_unpacked() and RowReader::open().
class Registers {
 public:
  struct Places {
    // Where the registers are kept: on SQLite a file of its own, on PostgreSQL the one database.
    store::Database& database;
    std::string folder;                     // keeps files until they are loaded; all nodes share it
    connect::Outbound* outbound = nullptr;  // none: providers are never asked over the network
  };
  Registers(const records::ApiParts& parts, Places places);

  struct Upload {
    std::string provider, name, path;
    std::string obtained_on;    // YYYY-MM-DD; empty: today
    bool is_temporary = false;  // nobody else writes into the file: it need not be copied
  };
  struct Started {
    LoadId load;
    JobId job;
  };
  // Takes a copy of the file and loads it; the entries that are there stay until it is done.
  Result<Started> load_later(const access::Scope& scope, const Upload& upload);
  // The entries of the provider are no longer found, and go.
  Status remove(const access::Scope& scope, std::string_view provider);

  // Newest first, those before that number.
  std::vector<Load> list_loads(std::string_view provider, int limit,
                               LoadId before = LoadId{
                                   std::numeric_limits<std::int64_t>::max()}) const;
  std::optional<Load> find_load(LoadId id) const;
  std::optional<Load> current_load(std::string_view provider) const;

  // Companies of ours first, then entries that are found by number, start of the name, or the
  // starts of words in any order; country "": all.
  Result<SearchOutcome> search(const access::Scope& scope, std::string_view q,
                               std::string_view country, int limit) const;
  Result<Found> look_up(const access::Scope& scope, std::string_view provider,
                        std::string_view number) const;

  // Asks the provider itself, over the network; see OnlineCalls for what it refuses besides. Not
  // from within a read() or write().
  Result<Found> look_up_online(const access::Scope& scope, std::string_view provider,
                               std::string_view number) const;
  Result<std::vector<Found>> search_online(const access::Scope& scope, std::string_view provider,
                                           std::string_view q, int limit) const;
  // Nothing without a way out of the machine.
  const OnlineCalls* online() const { return online_ ? &*online_ : nullptr; }

  // The entry of the file that is loaded, without asking who wants it.
  std::optional<Found> find_loaded(const Provider& provider, std::string_view number) const;

  // Fills order.company within the caller's transaction, as make_company() does. A preview is not
  // for it.
  Result<FillOutcome> fill_company(store::Transaction& tx, const access::Scope& scope,
                                   const Found& found, const FillOrder& order) const;

  // A company made of the entry, or one filled with it: one change set, with the register as the
  // source of every value.
  Result<FillOutcome> make_company(const access::Scope& scope, const Found& found,
                                   const FillOrder& order) const;

  // The bodies of the jobs "register_load" and "register_removal"; before jobs.start().
  void add_jobs();

  const records::ApiParts& parts() const { return parts_; }

 private:
  using Object = boost::json::object;
  Result<Object> run_load(work::Run& run);
  Result<Object> load_file(work::Run& run, Load& load);
  void finish_load(work::Run& run, Load& load);
  Result<Object> run_removal(work::Run& run);
  void settle(Load& load) const;
  void remove_later();
  std::string path_of(const Load& load) const { return places_.folder + "/" + load.file; }
  std::vector<Found> find_entries(std::string_view q, std::string_view country, int limit) const;
  std::vector<OwnCompany> find_companies(const access::Scope& scope, std::string_view q,
                                         int limit) const;
  void mark_ours(const access::Scope& scope, std::vector<Found>& found) const;

  records::ApiParts parts_;
  Places places_;
  RegisterStore store_;
  std::optional<OnlineCalls> online_;
};

// /api/v1/registers: providers, loads, search, look-up, companies made of entries.
std::vector<access::Route> register_routes(Registers& registers);
// Look-ups, searches and companies by asking a provider over the network.
std::vector<access::Route> online_routes(Registers& registers);

// The migrations of the file that SQLite keeps the registers in.
std::vector<EmbeddedFile> register_migrations(std::span<const EmbeddedFile> all);

}  // namespace fokus::registers
