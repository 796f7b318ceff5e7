// SPDX-License-Identifier: Apache-2.0
#include "work/job_run.hpp"

namespace fokus::work {

// Progress is for people: more often than this nobody can read it.
constexpr auto progress_notice_every = std::chrono::milliseconds(250);

JobRun::JobRun(Job job, std::string lease, Instant lease_until, const JobStore& store,
               const Clock& clock, const std::atomic<bool>& node_stops)
    : job_(std::move(job)),
      lease_(std::move(lease)),
      store_(store),
      clock_(clock),
      node_stops_(node_stops),
      lease_until_(lease_until.ms) {}

void JobRun::save_state(store::Transaction& tx, const boost::json::object& state, std::int64_t done,
                        std::int64_t total) {
  if (!store_.save_state(tx, job_.id, lease_, state, done, total)) {
    lost_ = true;
    throw LeaseLost();
  }
  const auto now = std::chrono::steady_clock::now();
  if (now - told_others_at_ < progress_notice_every) return;
  told_others_at_ = now;
  notify_changed(tx, job_.id);
}

bool JobRun::should_stop() {
  const bool expired = clock_.now().ms >= lease_until_;
  if (!expired && !lost_ && !unwanted_ && !node_stops_) return false;
  told_ = true;
  return true;
}

}  // namespace fokus::work
