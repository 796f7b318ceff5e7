// SPDX-License-Identifier: Apache-2.0
// Tiles of other systems' numbers, fetched through features/connect. Not for other rooms.
#pragma once
#include <map>
#include <memory>
#include <mutex>
#include <string>

#include "features/connect/connect.hpp"
#include "features/dashboards/definition.hpp"
#include "records/api.hpp"

namespace fokus::dashboards {

namespace limits {
constexpr std::size_t external_kept_max = 200;  // answers in memory
constexpr std::int64_t external_retry_ms = ms_per_minute;
constexpr std::int64_t external_total_ms = 8'000;  // less than a tile may take
}  // namespace limits

// The name under which administrators switch it on, and list the hosts that may be called.
constexpr const char* external_connector = "external_data";
void declare_external_data(connect::Connections& connections);

// An answer is kept on this node for as long as its tile says, and shown as old when a later one
// cannot be had; whoever sees the tile sees the same. Thread-safe; answer() blocks.
class ExternalTiles {
 public:
  ExternalTiles(const records::ApiParts& parts, connect::Outbound& outbound)
      : parts_(parts), outbound_(outbound) {}

  // JSON. Errors: those of the call ("connect/switched_off", "connect/timeout", …) and of
  // read_rows(), when there is nothing older to show.
  Result<std::string> answer(const access::Scope& scope, const Definition& definition);
  // The same without a call; nothing when one is due.
  std::optional<std::string> known(const access::Scope& scope, const Definition& definition);
  // Whether its host may be called, and whoever asks may make such a tile: whoever writes the
  // address chooses what is read with the house's key. Errors: "dashboards/invalid_tile" with
  // "source" and not_allowed, "source.url" and host_not_allowed; those of Connections::open().
  Status check(const access::Scope& scope, const Definition& definition) const;

 private:
  struct Kept {
    ExternalRows rows;
    Instant fetched_at, tried_at;
    std::string problem;                // of the last try
    std::optional<Error> failure = {};  // of the last try, when nothing has come yet
  };
  using KeptPtr = std::shared_ptr<const Kept>;  // shared with calls that are being answered

  KeptPtr find(const Definition& definition) const;
  bool is_fresh(const Kept& kept, const Definition& definition) const;
  Result<ExternalRows> fetch(const access::Scope& scope, const Definition& definition);
  void keep(const Definition& definition, KeptPtr kept);
  std::string render(const access::Scope& scope, const Definition& definition,
                     const Kept& kept) const;

  records::ApiParts parts_;
  connect::Outbound& outbound_;
  mutable std::mutex mutex_;
  std::map<std::string, KeptPtr, std::less<>> kept_;
};

}  // namespace fokus::dashboards
