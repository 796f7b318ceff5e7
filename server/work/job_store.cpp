// SPDX-License-Identifier: Apache-2.0
#include "work/job_store.hpp"

#include <array>
#include <limits>

namespace fokus::work {
namespace {

constexpr std::array<std::string_view, 6> status_names = {"waiting", "running", "paused",
                                                          "done",    "failed",  "cancelled"};

JobStatus parse_status(std::string_view name) {
  for (std::size_t i = 0; i < status_names.size(); ++i)
    if (status_names[i] == name) return static_cast<JobStatus>(i);
  CHECK(!"a status that this program wrote");
  return JobStatus::failed;
}

boost::json::object read_object(std::string_view text) {
  return boost::json::parse(boost::json::string_view(text.data(), text.size())).as_object();
}

Job read_job(const store::Rows& rows) {
  Job job;
  job.id = JobId{rows.integer(0)};
  job.kind = rows.text(1);
  job.status = parse_status(rows.text(2));
  job.created_by = {UserId{rows.integer(3)}, rows.integer(13)};
  job.created_at = Instant{rows.integer(4)};
  job.run_at = Instant{rows.integer(5)};
  job.attempts = static_cast<int>(rows.integer(6));
  job.progress_done = rows.integer(7);
  job.progress_total = rows.integer(8);
  job.input = read_object(rows.text(9));
  job.state = read_object(rows.text(10));
  job.result = read_object(rows.text(11));
  job.error_code = rows.text(12);
  return job;
}

}  // namespace

std::string render_about(const Job& job) {
  boost::json::object out;
  for (const char* key : {"type", "batch", "action"})
    if (const auto* value = job.input.if_contains(key)) out[key] = *value;
  return boost::json::serialize(out);
}

std::string_view status_name(JobStatus status) {
  return status_names[static_cast<std::size_t>(status)];
}

void notify_changed(store::Transaction& tx, JobId id) {
  tx.notify(jobs_channel, std::to_string(id.value));
}

JobId JobStore::create(store::Transaction& tx, std::string_view kind, JobAuthor by,
                       const boost::json::object& input, Instant now, Instant run_at) const {
  const std::string text = boost::json::serialize(input);
  return JobId{
      tx.query_integer(statements_["work.create_job"], {kind, by.user, now, run_at, text, by.key})};
}

bool JobStore::create_schedule(store::Transaction& tx, std::string_view kind, Instant now,
                               Instant run_at) const {
  return tx.execute(statements_["work.create_schedule"], {kind, now, run_at}) > 0;
}

std::optional<Job> JobStore::find(store::Session& session, JobId id) const {
  const auto rows = session.query(statements_["work.get_job"], {id});
  if (!rows->next()) return std::nullopt;
  return read_job(*rows);
}

std::vector<Job> JobStore::list(store::Session& session, UserId user, JobId before,
                                int limit) const {
  const std::int64_t below = before ? before.value : std::numeric_limits<std::int64_t>::max();
  const auto rows = user
                        ? session.query(statements_["work.list_jobs_of_user"], {below, limit, user})
                        : session.query(statements_["work.list_jobs"], {below, limit});
  std::vector<Job> jobs;
  while (rows->next()) jobs.push_back(read_job(*rows));
  return jobs;
}

bool JobStore::has_due(store::Session& session, Instant now, std::string_view kinds) const {
  return session.query(statements_["work.has_due_job"], {now, kinds})->next();
}

std::optional<Job> JobStore::claim(store::Transaction& tx, Instant now, std::string_view kinds,
                                   std::string_view lease, Instant lease_until) const {
  const auto rows = tx.query(statements_["work.claim_job"], {now, kinds, lease, lease_until});
  if (!rows->next()) return std::nullopt;
  Job job = read_job(*rows);
  // Steps to the end, so that the statement is finished before the caller writes again.
  while (rows->next()) {
  }
  return job;
}

std::optional<std::string> JobStore::renew(store::Transaction& tx, JobId id, std::string_view lease,
                                           Instant until) const {
  return tx.query_text(statements_["work.renew_lease"], {id, lease, until});
}

bool JobStore::save_state(store::Transaction& tx, JobId id, std::string_view lease,
                          const boost::json::object& state, std::int64_t done,
                          std::int64_t total) const {
  const std::string text = boost::json::serialize(state);
  return tx.execute(statements_["work.save_job_state"], {id, lease, text, done, total}) > 0;
}

bool JobStore::end(store::Transaction& tx, JobId id, std::string_view lease, JobStatus status,
                   const boost::json::object& result, std::string_view error_code,
                   Instant now) const {
  const std::string text = boost::json::serialize(result);
  return tx.execute(statements_["work.end_job"],
                    {id, lease, status_name(status), text, error_code, now}) > 0;
}

bool JobStore::retry(store::Transaction& tx, JobId id, std::string_view lease, Instant run_at,
                     std::string_view error_code) const {
  return tx.execute(statements_["work.retry_job"], {id, lease, run_at, error_code}) > 0;
}

bool JobStore::repeat(store::Transaction& tx, JobId id, std::string_view lease, Instant run_at,
                      const boost::json::object& result, std::string_view error_code) const {
  const std::string text = boost::json::serialize(result);
  return tx.execute(statements_["work.repeat_job"], {id, lease, run_at, text, error_code}) > 0;
}

bool JobStore::release(store::Transaction& tx, JobId id, std::string_view lease) const {
  return tx.execute(statements_["work.release_job"], {id, lease}) > 0;
}

void JobStore::drop_lease(store::Transaction& tx, JobId id, std::string_view lease) const {
  tx.execute(statements_["work.drop_lease"], {id, lease});
}

bool JobStore::cancel(store::Transaction& tx, JobId id, Instant now) const {
  return tx.execute(statements_["work.cancel_job"], {id, now}) > 0;
}

bool JobStore::pause(store::Transaction& tx, JobId id) const {
  return tx.execute(statements_["work.pause_job"], {id}) > 0;
}

bool JobStore::resume(store::Transaction& tx, JobId id, Instant now) const {
  return tx.execute(statements_["work.resume_job"], {id, now}) > 0;
}

void JobStore::erase_ended(store::Transaction& tx, Instant before) const {
  tx.execute(statements_["work.erase_ended_jobs"], {before});
}

}  // namespace fokus::work
