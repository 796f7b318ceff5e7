// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "work/jobs.hpp"

namespace fokus::work {

// The rows of `jobs`, one function per named statement. `lease` names a run; a write that carries
// one changes nothing (and returns false) when the row belongs to another run by now.
class JobStore {
 public:
  explicit JobStore(const store::Statements& statements) : statements_(statements) {}

  JobId create(store::Transaction& tx, std::string_view kind, JobAuthor by,
               const boost::json::object& input, Instant now, Instant run_at) const;
  // True when there was none yet.
  bool create_schedule(store::Transaction& tx, std::string_view kind, Instant now,
                       Instant run_at) const;
  std::optional<Job> find(store::Session& session, JobId id) const;
  std::vector<Job> list(store::Session& session, UserId user, JobId before, int limit) const;

  // `kinds` is ",import,bulk_edit,".
  bool has_due(store::Session& session, Instant now, std::string_view kinds) const;
  std::optional<Job> claim(store::Transaction& tx, Instant now, std::string_view kinds,
                           std::string_view lease, Instant lease_until) const;
  // The status the row has now, nothing when the lease is lost.
  std::optional<std::string> renew(store::Transaction& tx, JobId id, std::string_view lease,
                                   Instant until) const;
  bool save_state(store::Transaction& tx, JobId id, std::string_view lease,
                  const boost::json::object& state, std::int64_t done, std::int64_t total) const;
  bool end(store::Transaction& tx, JobId id, std::string_view lease, JobStatus status,
           const boost::json::object& result, std::string_view error_code, Instant now) const;
  bool retry(store::Transaction& tx, JobId id, std::string_view lease, Instant run_at,
             std::string_view error_code) const;
  bool repeat(store::Transaction& tx, JobId id, std::string_view lease, Instant run_at,
              const boost::json::object& result, std::string_view error_code) const;
  bool release(store::Transaction& tx, JobId id, std::string_view lease) const;
  void drop_lease(store::Transaction& tx, JobId id, std::string_view lease) const;

  bool cancel(store::Transaction& tx, JobId id, Instant now) const;
  bool pause(store::Transaction& tx, JobId id) const;
  bool resume(store::Transaction& tx, JobId id, Instant now) const;
  void erase_ended(store::Transaction& tx, Instant before) const;

 private:
  const store::Statements& statements_;
};

// Which channel of store::Database tells that a job's row changed; the payload is its id.
constexpr std::string_view jobs_channel = "jobs";
void notify_changed(store::Transaction& tx, JobId id);

}  // namespace fokus::work
