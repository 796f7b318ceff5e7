// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "records/api.hpp"

namespace fokus::connect {

namespace limits {
constexpr std::size_t logged_path_max = 500;               // bytes
constexpr std::int64_t keep_egress_ms = 400 * ms_per_day;  // a year and a month
constexpr int egress_removed_at_once = 5'000;
}  // namespace limits

// Why a call is made, and about whom.
struct Occasion {
  UserId user = {};              // 0: nobody, the program itself
  JobId job = {};                // 0: none
  std::string record_type = {};  // what it is about, when it is about one record
  std::int64_t record = 0;
  std::int64_t persons = 0;  // how many persons something is sent of
};
Occasion occasion_of(const access::Scope& scope);

// One call that left the machine, or was about to. Never holds a body, a secret, or the value of a
// parameter that its connector has not declared harmless.
struct EgressEntry {
  std::int64_t id = 0;  // given when it is stored
  Instant at = {};      // when it began; given by append() when it is 0
  std::string connector = {}, method = {};
  std::string host = {};   // with port unless it is 443
  std::string path = {};   // as logged_path() makes it
  int status = 0;          // of the answer; 0: none came
  std::string error = {};  // "timeout", "address_refused", …; empty: answered
  std::int64_t bytes_out = 0, bytes_in = 0, duration_ms = 0;
  Occasion occasion = {};
  std::string user_name = {};  // when it is read
};

struct EgressQuery {
  std::string connector;  // empty: all
  Instant from{INT64_MIN}, to{INT64_MAX};
  std::int64_t before = INT64_MAX;  // the last id of the page before
  int limit = 50;
};

// Which calls were made. Only ever added to, and removed when it is old. Thread-safe.
class EgressLog {
 public:
  explicit EgressLog(const records::ApiParts& parts) : parts_(parts) {}

  // For calls that are no HTTP; Outbound writes its own. Not from within a read() or write().
  // Throws store::Failure.
  void append(EgressEntry entry);
  // Newest first.
  std::vector<EgressEntry> list(const EgressQuery& query) const;
  // Removes what is older than keep_egress_ms; for a nightly job.
  void remove_old();

  const records::ApiParts& parts() const { return parts_; }

 private:
  records::ApiParts parts_;
};

// "/search?name=&size=20": the path as it is, the names of the parameters, and the values of those
// that are shown. Control characters and what is too long is cut.
std::string logged_path(std::string_view url, const std::vector<std::string>& shown_query);

}  // namespace fokus::connect
