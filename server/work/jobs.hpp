// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <boost/json.hpp>
#include <functional>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "base/id.hpp"
#include "base/result.hpp"
#include "base/time.hpp"
#include "platform/clock.hpp"
#include "store/database.hpp"
#include "store/statements.hpp"
#include "work/job_author.hpp"

namespace fokus::work {

// Work that goes on after the answer: imports, bulk edits, indexing, nightly sweeps. Jobs are rows;
// they survive a restart, run on one node at a time (SKIP LOCKED on PostgreSQL, the writer on
// SQLite) and are taken over when their node dies (lease). A job body must therefore be resumable:
// it keeps its own position in `state` and moves in steps, each one transaction together with
// save_state.
enum class JobStatus { waiting, running, paused, done, failed, cancelled };

struct Job {
  JobId id;
  std::string kind;  // "import", "bulk_edit", …
  JobStatus status = JobStatus::waiting;
  JobAuthor created_by;
  Instant created_at, run_at;
  int attempts = 0;                                    // attempts since it last got further
  std::int64_t progress_done = 0, progress_total = 0;  // rows; total 0 = unknown
  boost::json::object input;                           // fixed when the job is made
  boost::json::object state;                           // where it is
  boost::json::object result;                          // counts, set at the end
  std::string error_code;                              // of the last failed attempt
};

// The lease of a run went to somebody else: its step must not be stored. Let it pass through.
class LeaseLost : public std::runtime_error {
 public:
  LeaseLost() : std::runtime_error("the job is run by somebody else now") {}
};

namespace limits {
constexpr std::int64_t lease_ms = 30'000;           // a node silent for so long has died
constexpr int attempts_max = 8;                     // without progress, then the job fails
constexpr std::int64_t retry_first_ms = 1'000;      // doubles with each attempt …
constexpr std::int64_t retry_longest_ms = 300'000;  // … up to this
constexpr std::int64_t keep_ended_ms = 30 * ms_per_day;
constexpr int list_max = 500;
}  // namespace limits

// What a running job may do. Not for two threads at once.
class Run {
 public:
  virtual ~Run() = default;
  // As it was when this run began; save_state does not change it.
  virtual const Job& job() const = 0;
  // Within the step's transaction: where to go on after a crash. Throws LeaseLost, which rolls the
  // step back, when another node has taken over; so no step is ever stored twice.
  virtual void save_state(store::Transaction& tx, const boost::json::object& state,
                          std::int64_t done, std::int64_t total) = 0;
  // True when the user cancelled or paused, the node stops, or the lease was lost: return at once.
  virtual bool should_stop() = 0;
};

// Returns the job's result, or an Error: "unavailable" kinds are retried with growing delay
// (attempts_max), the rest fail the job. Returning while should_stop() is true leaves it resumable.
using Body = std::function<Result<boost::json::object>(Run&)>;

class Jobs {
 public:
  virtual ~Jobs() = default;
  // Before start(): which kinds this program knows.
  virtual void add_kind(std::string kind, Body body) = 0;
  // A kind that runs again `every_ms` after it ended; one waiting job of it exists at any time.
  virtual void add_schedule(std::string kind, std::int64_t every_ms) = 0;
  virtual void start(int workers) = 0;
  virtual void stop() = 0;  // running bodies see should_stop(); returns when they returned

  // In the caller's transaction; the worker wakes after the commit (all nodes).
  virtual JobId create(store::Transaction& tx, std::string_view kind, JobAuthor by,
                       const boost::json::object& input, Instant run_at) = 0;
  virtual Result<Job> get(store::Session& session, JobId id) = 0;
  // Newest first; user 0 = everyone's; before = 0 for the first page.
  virtual std::vector<Job> list(store::Session& session, UserId user, JobId before, int limit) = 0;
  virtual Status cancel(store::Transaction& tx, JobId id) = 0;
  virtual Status pause(store::Transaction& tx, JobId id) = 0;
  virtual Status resume(store::Transaction& tx, JobId id) = 0;
  // Called (any thread) whenever a job's row changed on this or another node, for the event stream;
  // until the subscription goes.
  [[nodiscard]] virtual store::Subscription on_change(std::function<void(JobId)> callback) = 0;
};

struct JobsOptions {
  std::int64_t lease_ms = limits::lease_ms;
  std::int64_t poll_ms = 1'000;  // how long a due job may wait when nobody was woken
};

// The clocks of several nodes must agree to within a few seconds. The arguments must outlive it.
std::unique_ptr<Jobs> make_jobs(store::Database& database, const store::Statements& statements,
                                const Clock& clock, const JobsOptions& options = {});

// What a job is about, as JSON for its owner: {"type": …, "batch": …, "action": …}, as far as its
// input says so. Nothing else of the input leaves the program.
std::string render_about(const Job& job);
std::string_view status_name(JobStatus status);  // "waiting", …

}  // namespace fokus::work
