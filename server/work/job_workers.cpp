// SPDX-License-Identifier: Apache-2.0
#include "work/job_workers.hpp"

#include <fmt/format.h>

#include <charconv>
#include <random>

namespace fokus::work {
namespace {

constexpr auto stop_check_every = std::chrono::milliseconds(20);
constexpr int beats_per_lease = 3;  // a beat may fail twice before the lease is lost

std::string random_node() {
  std::random_device source;
  const std::uint64_t high = source(), low = source();
  return fmt::format("{:016x}", high << 32 | low);
}

std::int64_t retry_delay_ms(int attempts) {
  std::int64_t delay = limits::retry_first_ms;
  for (int i = 1; i < attempts && delay < limits::retry_longest_ms; ++i) delay *= 2;
  return std::min(delay, limits::retry_longest_ms);
}

JobId job_of(std::string_view number) {
  std::int64_t id = 0;
  std::from_chars(number.data(), number.data() + number.size(), id);
  return JobId{id};
}

}  // namespace

void JobWorkers::Bell::ring(std::int64_t job) {
  {
    std::lock_guard lock(mutex);
    ++count;
    if (job != 0) changed.insert(job);
  }
  rung.notify_all();
  if (job != 0) callbacks.call(jobs_channel, std::to_string(job));
}

JobWorkers::JobWorkers(store::Database& database, const JobStore& store, const Clock& clock,
                       const JobsOptions& options)
    : database_(database), store_(store), clock_(clock), options_(options), node_(random_node()) {
  subscription_ = database_.subscribe(std::string(jobs_channel), [this](std::string_view payload) {
    bell_->ring(job_of(payload).value);
  });
}

JobWorkers::~JobWorkers() {
  stop();
}

void JobWorkers::add_kind(std::string kind, Body body) {
  CHECK(threads_.empty());
  kinds_ += kind + ",";
  CHECK(bodies_.emplace(std::move(kind), std::move(body)).second);
}

void JobWorkers::add_schedule(std::string kind, std::int64_t every_ms) {
  CHECK(threads_.empty() && bodies_.contains(kind) && every_ms > 0);
  schedules_[std::move(kind)] = every_ms;
}

store::Subscription JobWorkers::on_change(std::function<void(JobId)> callback) {
  return bell_->callbacks.add(
      std::string(jobs_channel),
      [callback = std::move(callback)](std::string_view number) { callback(job_of(number)); });
}

void JobWorkers::start(int workers) {
  CHECK(threads_.empty());
  stopping_ = false;
  try_write([&](store::Transaction& tx) {
    for (const auto& [kind, every_ms] : schedules_)
      store_.create_schedule(tx, kind, clock_.now(), clock_.now());
  });
  for (int i = 0; i < workers; ++i) threads_.emplace_back([this] { work(); });
  heart_ = std::thread([this] { beat(); });
}

void JobWorkers::stop() {
  stopping_ = true;
  bell_->ring(0);
  for (auto& thread : threads_) thread.join();
  threads_.clear();
  // Last: while a body is finishing its step, its lease must stay alive.
  bell_->ring(0);
  if (heart_.joinable()) heart_.join();
}

// ---- workers

void JobWorkers::work() {
  while (!stopping_) {
    std::uint64_t heard = 0;
    {
      std::lock_guard lock(bell_->mutex);
      heard = bell_->count;
    }
    const std::string lease = next_lease();
    Instant lease_until;
    if (auto job = claim_next(lease, lease_until)) {
      run_job(std::move(*job), lease, lease_until);
      continue;
    }
    std::unique_lock lock(bell_->mutex);
    bell_->rung.wait_for(lock, std::chrono::milliseconds(options_.poll_ms),
                         [&] { return stopping_ || bell_->count != heard; });
  }
}

// Looks before it claims: an idle worker must not queue for the writer once a second.
std::optional<Job> JobWorkers::claim_next(const std::string& lease, Instant& lease_until) {
  const Instant now = clock_.now();
  lease_until = now.plus_ms(options_.lease_ms);
  std::optional<Job> job;
  try {
    if (!database_.read([&](store::Session& s) { return store_.has_due(s, now, kinds_); }))
      return std::nullopt;
  } catch (const store::Failure&) {
    return std::nullopt;
  }
  const bool stored = try_write([&](store::Transaction& tx) {
    job = store_.claim(tx, now, kinds_, lease, lease_until);
    if (job) notify_changed(tx, job->id);
  });
  return stored ? std::move(job) : std::nullopt;
}

void JobWorkers::run_job(Job job, const std::string& lease, Instant lease_until) {
  JobRun run(std::move(job), lease, lease_until, store_, clock_, stopping_);
  const std::int64_t id = run.job().id.value;
  {
    std::lock_guard lock(runs_mutex_);
    // An older run of the same job may still be returning; it has lost its lease.
    if (const auto it = runs_.find(id); it != runs_.end()) it->second->lose();
    runs_[id] = &run;
  }
  const auto outcome = run_body(run);
  end_run(run, outcome);
  std::lock_guard lock(runs_mutex_);
  if (const auto it = runs_.find(id); it != runs_.end() && it->second == &run) runs_.erase(it);
}

Result<boost::json::object> JobWorkers::run_body(JobRun& run) {
  // A job that takes its node down with it is claimed again and again without getting further.
  if (run.job().attempts > limits::attempts_max)
    return make_error(ErrorKind::conflict, "work/gave_up");
  try {
    return bodies_.at(run.job().kind)(run);
  } catch (const LeaseLost&) {
    run.lose();
    return make_error(ErrorKind::conflict, "work/lease_lost");
  } catch (const store::Failure& failure) {
    return make_error(failure.transient() ? ErrorKind::unavailable : ErrorKind::conflict,
                      failure.transient() ? "work/store_unavailable" : "work/store_refused");
  } catch (const std::exception&) {
    return make_error(ErrorKind::conflict, "work/broken");
  }
}

void JobWorkers::end_run(JobRun& run, const Result<boost::json::object>& outcome) {
  if (run.lost()) return;
  // When the store is gone for longer than this, the lease runs out and the job is taken up again.
  while (!try_write([&](store::Transaction& tx) { store_end(tx, run, outcome); })) {
    if (stopping_ || run.should_stop()) return;
    std::unique_lock lock(bell_->mutex);
    bell_->rung.wait_for(lock, std::chrono::milliseconds(options_.poll_ms),
                         [&] { return stopping_.load(); });
  }
}

void JobWorkers::store_end(store::Transaction& tx, JobRun& run,
                           const Result<boost::json::object>& outcome) {
  const JobId id = run.job().id;
  const auto schedule = schedules_.find(run.job().kind);
  const Instant now = clock_.now();
  if (run.told_to_stop()) {
    store_.release(tx, id, run.lease());
  } else if (schedule != schedules_.end() &&
             (outcome.ok() || outcome.error().kind != ErrorKind::unavailable) &&
             store_.repeat(tx, id, run.lease(), now.plus_ms(schedule->second),
                           outcome.ok() ? *outcome : boost::json::object(),
                           outcome.ok() ? "" : outcome.error().code)) {
    // It waits for its next time.
  } else if (outcome.ok()) {
    store_.end(tx, id, run.lease(), JobStatus::done, *outcome, "", now);
  } else {
    store_failure(tx, run, outcome.error());
  }
  store_.drop_lease(tx, id, run.lease());  // of one that was paused or cancelled meanwhile
  notify_changed(tx, id);
}

void JobWorkers::store_failure(store::Transaction& tx, JobRun& run, const Error& error) {
  const Instant now = clock_.now();
  const auto current = store_.find(tx, run.job().id);
  // Read again: a body that saved its state since the claim has got further.
  const int attempts = current ? current->attempts : run.job().attempts;
  const bool again = error.kind == ErrorKind::unavailable &&
                     (attempts < limits::attempts_max || schedules_.contains(run.job().kind));
  if (again) {
    store_.retry(tx, run.job().id, run.lease(), now.plus_ms(retry_delay_ms(attempts)), error.code);
  } else {
    store_.end(tx, run.job().id, run.lease(), JobStatus::failed, {}, error.code, now);
  }
}

// ---- heart-beat

void JobWorkers::beat() {
  using Clk = std::chrono::steady_clock;
  const auto every = std::chrono::milliseconds(options_.lease_ms / beats_per_lease);
  auto next = Clk::now() + every;
  const auto idle = [&] {
    std::lock_guard lock(runs_mutex_);
    return runs_.empty();
  };
  while (!stopping_ || !idle()) {
    {
      std::unique_lock lock(bell_->mutex);
      // While the node stops, the last bodies return one by one and nobody rings for that.
      const auto until = stopping_ ? std::min(next, Clk::now() + stop_check_every) : next;
      const bool leaving = stopping_;
      bell_->rung.wait_until(lock, until,
                             [&] { return !bell_->changed.empty() || (stopping_ && !leaving); });
    }
    const bool due = Clk::now() >= next;
    renew_leases(due);
    if (!due) continue;
    next = Clk::now() + every;
    if (!stopping_) sweep();
  }
}

// All runs of this node when the beat is due, otherwise those whose row somebody changed.
void JobWorkers::renew_leases(bool all) {
  std::set<std::int64_t> changed;
  {
    std::lock_guard lock(bell_->mutex);
    changed.swap(bell_->changed);
  }
  std::vector<std::pair<std::int64_t, std::string>> leases;
  {
    std::lock_guard lock(runs_mutex_);
    for (const auto& [id, run] : runs_)
      if (all || changed.contains(id)) leases.emplace_back(id, run->lease());
  }
  for (const auto& [id, lease] : leases) {
    const Instant until = clock_.now().plus_ms(options_.lease_ms);
    std::optional<std::string> status;
    if (!try_write([&, id = id, &lease = lease](store::Transaction& tx) {
          status = store_.renew(tx, JobId{id}, lease, until);
        }))
      continue;
    std::lock_guard lock(runs_mutex_);
    const auto it = runs_.find(id);
    if (it == runs_.end() || it->second->lease() != lease) continue;
    if (!status) it->second->lose();
    if (status && *status != "running") it->second->set_unwanted();
    if (status) it->second->renewed(until);
  }
}

void JobWorkers::sweep() {
  const Instant now = clock_.now();
  try_write([&](store::Transaction& tx) {
    for (const auto& [kind, every_ms] : schedules_)
      store_.create_schedule(tx, kind, now, now.plus_ms(every_ms));
    store_.erase_ended(tx, now.plus_ms(-limits::keep_ended_ms));
  });
}

std::string JobWorkers::next_lease() {
  return fmt::format("{}:{}", node_, leases_given_.fetch_add(1) + 1);
}

bool JobWorkers::try_write(const std::function<void(store::Transaction&)>& body) {
  try {
    database_.write([&](store::Transaction& tx) { body(tx); });
    return true;
  } catch (const store::Failure&) {
    return false;
  }
}

}  // namespace fokus::work
