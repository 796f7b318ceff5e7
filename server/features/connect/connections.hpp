// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <deque>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "features/connect/connector.hpp"
#include "platform/random.hpp"
#include "records/api.hpp"

namespace fokus::connect {

namespace limits {
constexpr std::size_t url_max = 500;      // bytes of a base URL
constexpr std::size_t value_max = 4'000;  // bytes of one field: a key in PEM form fits
constexpr std::size_t hosts_max = 50;
}  // namespace limits

// What is stored of a connector, without the secrets.
struct State {
  bool is_on = false;
  std::int64_t version = 0;                   // 0: never changed
  std::string base_url;                       // empty: the connector's own
  std::vector<std::string> hosts;             // that an administrator has listed
  std::map<std::string, std::string> values;  // of the fields that are no secrets
  std::vector<std::string> secrets_set;       // names of the secret fields that have a value
  Instant switched_at, changed_at;
  std::int64_t switched_by = 0, changed_by = 0;
  std::string switched_by_name, changed_by_name;
};

// What a save changes: what is not named stays.
struct Change {
  std::optional<bool> is_on;
  std::optional<std::string> base_url;  // empty: back to the connector's own
  std::optional<std::vector<std::string>> hosts;
  std::map<std::string, std::string> values;  // of fields; an empty one takes the value away
};

// Which connectors there are, and how an administrator has set them. add() before the server
// starts; everything else is thread-safe, and blocks for one read of the database.
class Connections {
 public:
  // `secret`: 32 bytes that are not in the database. All arguments outlive this.
  Connections(const records::ApiParts& parts, Random& random, const std::string& secret);

  // In the order of the list. A name twice is a bug.
  void add(Connector connector);
  const std::deque<Connector>& all() const { return connectors_; }
  const Connector* find(std::string_view name) const;

  State state(store::Session& session, const Connector& connector) const;
  bool is_on(std::string_view name) const;
  // What a call needs. Errors: "connect/unknown" (no such connector), "connect/switched_off",
  // "connect/secrets_lost" (they were encrypted with another secret.key).
  Result<Settings> open(std::string_view name) const;

  // Errors: "records/stale" when `expected` is another version; "connect/invalid" with a field and
  // "required" (on without it), "unknown", "not_a_url", "not_a_host", "too_long", "too_many",
  // "not_changeable", "control_character". A base URL with another origin, or another value of a
  // field that says_where, drops the secrets that are not given with it, so that none is sent to
  // whom it was not given for.
  Status save(store::Transaction& tx, const access::Scope& scope, const Connector& connector,
              const Change& change, std::optional<std::int64_t> expected) const;

  const records::ApiParts& parts() const { return parts_; }

 private:
  using Values = std::map<std::string, std::string>;
  struct Stored {
    State state;
    Values secrets;
    bool secrets_lost = false;
  };
  Stored load(store::Session& session, const Connector& connector) const;
  void store_change(store::Transaction& tx, const access::Scope& scope, const Connector& connector,
                    const Stored& before, const Stored& after) const;
  std::string seal(const Values& secrets) const;
  std::optional<Values> unseal(std::string_view sealed) const;

  records::ApiParts parts_;
  Random& random_;
  std::string key_;
  std::deque<Connector> connectors_;  // a deque: pointers into it stay
};

}  // namespace fokus::connect
