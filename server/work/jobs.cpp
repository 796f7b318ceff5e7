// SPDX-License-Identifier: Apache-2.0
#include "work/jobs.hpp"

#include "work/job_workers.hpp"

namespace fokus::work {
namespace {

// The door that features use; the threads behind it are JobWorkers.
class StoredJobs : public Jobs {
 public:
  StoredJobs(store::Database& database, const store::Statements& statements, const Clock& clock,
             const JobsOptions& options)
      : store_(statements), clock_(clock), workers_(database, store_, clock, options) {}
  ~StoredJobs() override { workers_.stop(); }

  void add_kind(std::string kind, Body body) override {
    workers_.add_kind(std::move(kind), std::move(body));
  }
  void add_schedule(std::string kind, std::int64_t every_ms) override {
    workers_.add_schedule(std::move(kind), every_ms);
  }
  void start(int workers) override { workers_.start(workers); }
  void stop() override { workers_.stop(); }

  JobId create(store::Transaction& tx, std::string_view kind, JobAuthor by,
               const boost::json::object& input, Instant run_at) override {
    const JobId id = store_.create(tx, kind, by, input, clock_.now(), run_at);
    notify_changed(tx, id);
    return id;
  }

  Result<Job> get(store::Session& session, JobId id) override {
    auto job = store_.find(session, id);
    if (!job) return make_error(ErrorKind::not_found, "work/not_found");
    return std::move(*job);
  }

  std::vector<Job> list(store::Session& session, UserId user, JobId before, int limit) override {
    return store_.list(session, user, before, std::clamp(limit, 1, limits::list_max + 1));
  }

  Status cancel(store::Transaction& tx, JobId id) override {
    return changed(tx, id, store_.cancel(tx, id, clock_.now()));
  }
  Status pause(store::Transaction& tx, JobId id) override {
    return changed(tx, id, store_.pause(tx, id));
  }
  Status resume(store::Transaction& tx, JobId id) override {
    return changed(tx, id, store_.resume(tx, id, clock_.now()));
  }

  store::Subscription on_change(std::function<void(JobId)> callback) override {
    return workers_.on_change(std::move(callback));
  }

 private:
  Status changed(store::Transaction& tx, JobId id, bool happened) {
    if (happened) {
      notify_changed(tx, id);
      return {};
    }
    if (!store_.find(tx, id)) return make_error(ErrorKind::not_found, "work/not_found");
    return make_error(ErrorKind::conflict, "work/wrong_status");
  }

  JobStore store_;
  const Clock& clock_;
  JobWorkers workers_;
};

}  // namespace

std::unique_ptr<Jobs> make_jobs(store::Database& database, const store::Statements& statements,
                                const Clock& clock, const JobsOptions& options) {
  return std::make_unique<StoredJobs>(database, statements, clock, options);
}

}  // namespace fokus::work
