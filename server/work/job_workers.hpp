// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <atomic>
#include <condition_variable>
#include <map>
#include <memory>
#include <mutex>
#include <set>
#include <thread>

#include "store/subscribers.hpp"
#include "work/job_run.hpp"

namespace fokus::work {

// The threads of one node: workers that claim jobs and run their bodies, and one heart-beat that
// renews the leases, learns of cancellations and keeps the schedules alive.
class JobWorkers {
 public:
  JobWorkers(store::Database& database, const JobStore& store, const Clock& clock,
             const JobsOptions& options);
  ~JobWorkers();

  void add_kind(std::string kind, Body body);
  void add_schedule(std::string kind, std::int64_t every_ms);
  store::Subscription on_change(std::function<void(JobId)> callback);
  void start(int workers);
  void stop();

 private:
  struct Bell {
    std::mutex mutex;
    std::condition_variable rung;
    std::uint64_t count = 0;         // of rings
    std::set<std::int64_t> changed;  // jobs whose rows changed since the last heart-beat
    store::Subscribers callbacks;    // of one channel; the payload is the job's number
    void ring(std::int64_t job);
  };

  void work();
  std::optional<Job> claim_next(const std::string& lease, Instant& lease_until);
  void run_job(Job job, const std::string& lease, Instant lease_until);
  Result<boost::json::object> run_body(JobRun& run);
  void end_run(JobRun& run, const Result<boost::json::object>& outcome);
  void store_end(store::Transaction& tx, JobRun& run, const Result<boost::json::object>& outcome);
  void store_failure(store::Transaction& tx, JobRun& run, const Error& error);

  void beat();
  void renew_leases(bool all);
  void sweep();
  std::string next_lease();
  // False when the store could not do it; it will be tried again.
  bool try_write(const std::function<void(store::Transaction&)>& body);

  store::Database& database_;
  const JobStore& store_;
  const Clock& clock_;
  const JobsOptions options_;
  const std::string node_;  // 16 hex digits, new at each start
  std::map<std::string, Body, std::less<>> bodies_;
  std::map<std::string, std::int64_t, std::less<>> schedules_;
  std::string kinds_ = ",";
  const std::unique_ptr<Bell> bell_ = std::make_unique<Bell>();
  std::atomic<bool> stopping_ = false;
  std::atomic<std::int64_t> leases_given_ = 0;
  std::mutex runs_mutex_;
  std::map<std::int64_t, JobRun*> runs_;
  std::vector<std::thread> threads_;
  std::thread heart_;
  store::Subscription subscription_;
};

}  // namespace fokus::work
