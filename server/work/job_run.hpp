// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <atomic>
#include <chrono>
#include <string>

#include "work/job_store.hpp"

namespace fokus::work {

// One attempt at a job on this node. The body uses it as `Run`; the heart-beat of the node tells
// it, from another thread, what became of the row.
class JobRun : public Run {
 public:
  JobRun(Job job, std::string lease, Instant lease_until, const JobStore& store, const Clock& clock,
         const std::atomic<bool>& node_stops);

  const Job& job() const override { return job_; }
  void save_state(store::Transaction& tx, const boost::json::object& state, std::int64_t done,
                  std::int64_t total) override;
  bool should_stop() override;

  const std::string& lease() const { return lease_; }
  bool lost() const { return lost_; }
  // True once the body was told to return: what it returned then is not its end.
  bool told_to_stop() const { return told_; }
  bool unwanted() const { return unwanted_; }

  void renewed(Instant until) { lease_until_ = until.ms; }
  void lose() { lost_ = true; }
  void set_unwanted() { unwanted_ = true; }  // cancelled or paused

 private:
  Job job_;
  std::string lease_;
  const JobStore& store_;
  const Clock& clock_;
  const std::atomic<bool>& node_stops_;
  std::atomic<std::int64_t> lease_until_;
  std::atomic<bool> lost_ = false, unwanted_ = false, told_ = false;
  std::chrono::steady_clock::time_point told_others_at_;
};

}  // namespace fokus::work
