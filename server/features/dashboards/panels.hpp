// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <map>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "records/api.hpp"

namespace fokus::dashboards {

namespace limits {
constexpr std::int64_t panel_hosts_max = 100;
constexpr std::size_t panel_host_max = 253;                 // letters of one
constexpr std::int64_t panel_token_ms = 5 * ms_per_minute;  // how long a host may take it as proof
}  // namespace limits

// Pages of other systems in frames: which hosts may be framed, and what their addresses say of who
// looks. Thread-safe; what is asked here is in memory, and follows the other nodes.
class Panels {
 public:
  // `secret`: 32 bytes that are not in the database. All arguments outlive this.
  Panels(const records::ApiParts& parts, const std::string& secret);

  // For the policy of the page: "https://wiki.example.org https://*.maps.example". Empty: none.
  std::string frame_sources() const;

  struct Address {
    std::string url, host;
    bool is_allowed = false;
    std::optional<Instant> expires_at;  // of the token in it
  };
  // The address with what its merge fields stand for, percent-encoded. {token} says to the host who
  // looks, signed with the host's secret: docs/dashboards.md tells how it is verified. `record`:
  // "company:17", or empty; {record.…} are empty without one that the viewer may read.
  Address address(const access::Scope& scope, std::string_view url,
                  const std::string& record = {}) const;

  // After a change of the rows.
  void reload();
  // What only an administrator and the host know.
  std::string secret_of(std::string_view host, std::int64_t generation) const;
  const records::ApiParts& parts() const { return parts_; }

 private:
  struct Host {
    std::string name;
    std::int64_t generation = 1;
  };
  // What the viewer may read of a record.
  struct Subject {
    std::string name;  // "company:17"; empty: there is none
    boost::json::object values;
  };
  std::optional<Host> find(std::string_view host) const;
  Subject read_subject(const access::Scope& scope, const std::string& record) const;
  boost::json::object claims(const access::Scope& scope, const Host& host, const Subject& subject,
                             Instant expires_at) const;

  records::ApiParts parts_;
  std::string secret_;
  mutable std::mutex mutex_;
  std::vector<Host> hosts_;
  store::Subscription subscription_;
};

// Pure: "wiki.example.org", "wiki.example.org:8443", "*.maps.example"; in small letters.
bool is_panel_host(std::string_view text);

// /api/v1/panel_hosts, for administrators.
std::vector<access::Route> panel_routes(Panels& panels);

}  // namespace fokus::dashboards
