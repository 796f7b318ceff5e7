// SPDX-License-Identifier: Apache-2.0
#include "work/jobs.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <filesystem>
#include <fstream>
#include <future>
#include <list>
#include <sstream>
#include <thread>

#include "store/migrations.hpp"
#include "store/testing.hpp"
#include "work/job_run.hpp"

namespace fokus::work {
namespace {

using boost::json::object;
using store::testing::EachEngine;
using store::testing::ScratchDatabase;

// The SQL of this room, read from the source: only the whole program has it embedded.
class SqlFiles {
 public:
  SqlFiles() {
    for (const char* path : {"work/sql/jobs.sql", "work/migrations/0010_jobs.sql",
                             "work/migrations/0172_job_keys.sql"}) {
      std::ifstream in(std::string(FOKUS_SOURCE_DIR "/server/") + path);
      std::stringstream text;
      text << in.rdbuf();
      texts_.push_back(text.str());
      files_.push_back({path, texts_.back()});
    }
  }
  std::span<const EmbeddedFile> files() const { return files_; }

 private:
  std::list<std::string> texts_;
  std::vector<EmbeddedFile> files_;
};

class JobsTest : public EachEngine {
 protected:
  void SetUp() override {
    EachEngine::SetUp();
    if (IsSkipped()) return;
    database_ = std::make_unique<ScratchDatabase>(GetParam());
    ASSERT_TRUE(store::migrate(**database_, sql_.files(), [] { return Status(); }).ok());
    statements_ = std::make_unique<store::Statements>(sql_.files(), GetParam());
  }

  std::unique_ptr<Jobs> make(std::int64_t lease_ms = limits::lease_ms) {
    return make_jobs(**database_, *statements_, clock_, {lease_ms, 10});
  }
  JobId add(Jobs& jobs, std::string_view kind, object input = {}, std::int64_t in_ms = 0) {
    JobId id;
    (*database_)->write([&](store::Transaction& tx) {
      id = jobs.create(tx, kind, UserId{7}, input, clock_.now().plus_ms(in_ms));
    });
    return id;
  }
  Job get(Jobs& jobs, JobId id) {
    return (*database_)->read([&](store::Session& s) { return jobs.get(s, id); }).value();
  }
  Job wait_for(Jobs& jobs, JobId id, JobStatus status) {
    Job job;
    for (int i = 0; i < 1000; ++i) {
      job = get(jobs, id);
      if (job.status == status) return job;
      std::this_thread::sleep_for(std::chrono::milliseconds(5));
    }
    ADD_FAILURE() << "job is " << status_name(job.status) << ", not " << status_name(status);
    return job;
  }
  template <class F>
  Status change(F&& f) {
    return (*database_)->write([&](store::Transaction& tx) { return f(tx); });
  }

  SqlFiles sql_;
  FakeClock clock_;
  std::unique_ptr<ScratchDatabase> database_;
  std::unique_ptr<store::Statements> statements_;
};

TEST_P(JobsTest, EveryStatementPrepares) {
  EXPECT_TRUE(statements_->check(**database_).empty());
}

TEST_P(JobsTest, RunsAndKeepsTheResult) {
  auto jobs = make();
  std::atomic<int> seen = 0;
  jobs->add_kind("count", [&](work::Run& run) -> Result<object> {
    EXPECT_EQ(run.job().input.at("to").as_int64(), 3);
    for (int i = 1; i <= 3; ++i)
      (*database_)->write([&](store::Transaction& tx) { run.save_state(tx, {{"at", i}}, i, 3); });
    return object{{"counted", 3}};
  });
  auto listening = jobs->on_change([&](JobId) { ++seen; });
  jobs->start(2);
  const JobId id = add(*jobs, "count", {{"to", 3}});
  const Job job = wait_for(*jobs, id, JobStatus::done);
  EXPECT_EQ(job.result.at("counted").as_int64(), 3);
  EXPECT_EQ(job.state.at("at").as_int64(), 3);
  EXPECT_EQ(job.progress_done, 3);
  EXPECT_EQ(job.progress_total, 3);
  EXPECT_EQ(job.created_by.user, UserId{7});
  EXPECT_GE(seen, 1);
  // Whoever listens no more may be gone.
  listening.reset();
  const int heard = seen;
  wait_for(*jobs, add(*jobs, "count", {{"to", 3}}), JobStatus::done);
  EXPECT_EQ(seen, heard);
}

TEST_P(JobsTest, WaitsUntilItIsDue) {
  auto jobs = make();
  std::atomic<int> runs = 0;
  jobs->add_kind("later", [&](work::Run&) -> Result<object> { return ++runs, object(); });
  jobs->start(1);
  const JobId id = add(*jobs, "later", {}, 60'000);
  std::this_thread::sleep_for(std::chrono::milliseconds(100));
  EXPECT_EQ(runs, 0);
  clock_.advance_ms(60'000);
  wait_for(*jobs, id, JobStatus::done);
}

TEST_P(JobsTest, LeavesKindsItDoesNotKnow) {
  auto jobs = make();
  jobs->add_kind("known", [&](work::Run&) -> Result<object> { return object(); });
  jobs->start(1);
  const JobId strange = add(*jobs, "strange"), known = add(*jobs, "known");
  wait_for(*jobs, known, JobStatus::done);
  EXPECT_EQ(get(*jobs, strange).status, JobStatus::waiting);
}

TEST_P(JobsTest, RolledBackCreationLeavesNoJob) {
  auto jobs = make();
  JobId id;
  (void)change([&](store::Transaction& tx) -> Status {
    id = jobs->create(tx, "x", UserId{1}, {}, clock_.now());
    return make_error(ErrorKind::conflict, "test/no");
  });
  auto found = (*database_)->read([&](store::Session& s) { return jobs->get(s, id); });
  EXPECT_FALSE(found.ok());
  EXPECT_EQ(found.error().code, "work/not_found");
}

TEST_P(JobsTest, RetriesWithGrowingDelayThenFails) {
  auto jobs = make(1'000'000'000);
  std::atomic<int> runs = 0;
  jobs->add_kind("flaky", [&](work::Run&) -> Result<object> {
    ++runs;
    return make_error(ErrorKind::unavailable, "test/away");
  });
  jobs->start(1);
  const JobId id = add(*jobs, "flaky");
  std::int64_t last_delay = 0;
  for (int i = 1; i < limits::attempts_max; ++i) {
    Job job;
    do job = wait_for(*jobs, id, JobStatus::waiting);
    while (job.attempts < i);
    const std::int64_t delay = job.run_at.ms - clock_.now().ms;
    EXPECT_GT(delay, last_delay);
    EXPECT_EQ(job.error_code, "test/away");
    last_delay = delay;
    clock_.advance_ms(delay);
  }
  const Job job = wait_for(*jobs, id, JobStatus::failed);
  EXPECT_EQ(job.error_code, "test/away");
  EXPECT_EQ(runs, limits::attempts_max);
}

TEST_P(JobsTest, RefusalsAndExceptionsFailAtOnce) {
  auto jobs = make();
  jobs->add_kind("refused", [&](work::Run&) -> Result<object> {
    return make_error(ErrorKind::invalid, "test/invalid");
  });
  jobs->add_kind("thrown", [&](work::Run&) -> Result<object> { throw std::runtime_error("no"); });
  jobs->start(2);
  const JobId refused = add(*jobs, "refused"), thrown = add(*jobs, "thrown");
  EXPECT_EQ(wait_for(*jobs, refused, JobStatus::failed).error_code, "test/invalid");
  EXPECT_EQ(wait_for(*jobs, thrown, JobStatus::failed).error_code, "work/broken");
  // A person may try a failed job again.
  EXPECT_TRUE(change([&](auto& tx) { return jobs->resume(tx, refused); }).ok());
}

// Counts up in steps until it is told to stop or reaches input.to.
Body counting(store::Database& database) {
  return [&database](work::Run& run) -> Result<object> {
    std::int64_t at = 0;
    if (const auto* v = run.job().state.if_contains("at")) at = v->as_int64();
    const std::int64_t to = run.job().input.at("to").as_int64();
    while (at < to && !run.should_stop()) {
      ++at;
      database.write([&](store::Transaction& tx) {
        tx.execute("INSERT INTO steps (step) VALUES ($1)", {at});
        run.save_state(tx, {{"at", at}}, at, to);
      });
      std::this_thread::sleep_for(std::chrono::milliseconds(2));
    }
    return object{{"at", at}};
  };
}

void make_steps(store::Database& database) {
  database.write(
      [](store::Transaction& tx) { tx.execute_script("CREATE TABLE steps (step BIGINT)"); });
}

std::int64_t count_steps(store::Database& database, std::string_view what) {
  return database.read([&](store::Session& s) {
    return s.query_integer("SELECT count(" + std::string(what) + ") FROM steps");
  });
}

TEST_P(JobsTest, PauseResumeCancel) {
  make_steps(**database_);
  auto jobs = make();
  jobs->add_kind("steps", counting(**database_));
  jobs->start(2);
  const JobId id = add(*jobs, "steps", {{"to", 1'000'000}});
  while (get(*jobs, id).progress_done < 3) std::this_thread::yield();
  EXPECT_TRUE(change([&](auto& tx) { return jobs->pause(tx, id); }).ok());
  wait_for(*jobs, id, JobStatus::paused);
  std::this_thread::sleep_for(std::chrono::milliseconds(100));
  const auto stood_at = get(*jobs, id).progress_done;
  std::this_thread::sleep_for(std::chrono::milliseconds(100));
  EXPECT_EQ(get(*jobs, id).progress_done, stood_at);
  EXPECT_TRUE(change([&](auto& tx) { return jobs->resume(tx, id); }).ok());
  while (get(*jobs, id).progress_done < stood_at + 3) std::this_thread::yield();
  EXPECT_TRUE(change([&](auto& tx) { return jobs->cancel(tx, id); }).ok());
  wait_for(*jobs, id, JobStatus::cancelled);
  std::this_thread::sleep_for(std::chrono::milliseconds(100));
  EXPECT_EQ(get(*jobs, id).status, JobStatus::cancelled);
  const auto refused = change([&](auto& tx) { return jobs->cancel(tx, id); });
  ASSERT_FALSE(refused.ok());
  EXPECT_EQ(refused.error().code, "work/wrong_status");
  EXPECT_EQ(count_steps(**database_, "*"), count_steps(**database_, "DISTINCT step"));
}

TEST_P(JobsTest, StopReleasesAndTheNextStartGoesOn) {
  make_steps(**database_);
  auto first = make();
  first->add_kind("steps", counting(**database_));
  first->start(1);
  const JobId id = add(*first, "steps", {{"to", 60}});
  while (get(*first, id).progress_done < 3) std::this_thread::yield();
  first->stop();
  const Job stopped = get(*first, id);
  EXPECT_EQ(stopped.status, JobStatus::waiting);
  EXPECT_LT(stopped.progress_done, 60);
  auto second = make();
  second->add_kind("steps", counting(**database_));
  second->start(1);
  wait_for(*second, id, JobStatus::done);
  EXPECT_EQ(count_steps(**database_, "*"), 60);
  EXPECT_EQ(count_steps(**database_, "DISTINCT step"), 60);
}

TEST_P(JobsTest, DeadNodeIsTakenOverAndItsLateStepIsRefused) {
  make_steps(**database_);
  const JobStore rows(*statements_);
  auto jobs = make();
  const JobId id = add(*jobs, "steps", {{"to", 5}});
  // A node that claimed the job, did two steps and fell silent.
  (*database_)->write([&](store::Transaction& tx) {
    ASSERT_TRUE(rows.claim(tx, clock_.now(), ",steps,", "dead:1", clock_.now().plus_ms(30'000)));
    tx.execute("INSERT INTO steps (step) VALUES (1)");
    tx.execute("INSERT INTO steps (step) VALUES (2)");
    ASSERT_TRUE(rows.save_state(tx, id, "dead:1", {{"at", 2}}, 2, 5));
  });
  jobs->add_kind("steps", counting(**database_));
  jobs->start(2);
  std::this_thread::sleep_for(std::chrono::milliseconds(60));
  EXPECT_EQ(get(*jobs, id).status, JobStatus::running);
  EXPECT_EQ(get(*jobs, id).progress_done, 2);
  clock_.advance_ms(30'001);
  wait_for(*jobs, id, JobStatus::done);
  EXPECT_EQ(count_steps(**database_, "*"), 5);
  EXPECT_EQ(count_steps(**database_, "DISTINCT step"), 5);

  std::atomic<bool> stops = false;
  JobRun late(get(*jobs, id), "dead:1", clock_.now().plus_ms(1), rows, clock_, stops);
  EXPECT_THROW((*database_)->write([&](store::Transaction& tx) {
    tx.execute("INSERT INTO steps (step) VALUES (3)");
    late.save_state(tx, {{"at", 3}}, 3, 5);
  }),
               LeaseLost);
  EXPECT_EQ(count_steps(**database_, "*"), 5);
}

TEST_P(JobsTest, JobThatKillsItsNodeIsGivenUp) {
  const JobStore rows(*statements_);
  auto jobs = make();
  const JobId id = add(*jobs, "poison");
  for (int i = 0; i < limits::attempts_max; ++i) {
    (*database_)->write([&](store::Transaction& tx) {
      ASSERT_TRUE(rows.claim(tx, clock_.now(), ",poison,", "dead:" + std::to_string(i),
                             clock_.now().plus_ms(30'000)));
    });
    clock_.advance_ms(30'001);
  }
  jobs->add_kind("poison", [](work::Run&) -> Result<object> {
    ADD_FAILURE() << "must not run again";
    return object();
  });
  jobs->start(1);
  EXPECT_EQ(wait_for(*jobs, id, JobStatus::failed).error_code, "work/gave_up");
}

TEST_P(JobsTest, TwoNodesNeverRunAJobTwiceAtOnce) {
  constexpr int job_count = 60;
  std::mutex mutex;
  std::map<std::int64_t, int> active, total;
  bool twice = false;
  const Body body = [&](work::Run& run) -> Result<object> {
    {
      std::lock_guard lock(mutex);
      twice |= ++active[run.job().id.value] > 1;
      ++total[run.job().id.value];
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
    std::lock_guard lock(mutex);
    --active[run.job().id.value];
    return object();
  };
  store::Options same;
  same.location = (*database_).location();
  // On PostgreSQL the second node has connections of its own.
  std::unique_ptr<store::Database> other_database;
  if (GetParam() == store::Engine::postgres) other_database = store::open_database(same);
  store::Database& second_database = other_database ? *other_database : **database_;
  auto first = make();
  auto second = make_jobs(second_database, *statements_, clock_, {limits::lease_ms, 10});
  first->add_kind("one", body);
  second->add_kind("one", body);
  first->start(3);
  second->start(3);
  std::vector<JobId> ids;
  for (int i = 0; i < job_count; ++i) ids.push_back(add(*first, "one"));
  for (const JobId id : ids) wait_for(*first, id, JobStatus::done);
  first->stop();
  second->stop();
  EXPECT_FALSE(twice);
  EXPECT_EQ(total.size(), static_cast<std::size_t>(job_count));
  for (const auto& [id, runs] : total) EXPECT_EQ(runs, 1) << id;
  second.reset();
}

TEST_P(JobsTest, HeartBeatKeepsALongJob) {
  // The lease is far shorter than the body; only the heart-beat keeps it.
  SystemClock real;
  auto first = make_jobs(**database_, *statements_, real, {150, 10});
  auto second = make_jobs(**database_, *statements_, real, {150, 10});
  std::atomic<int> runs = 0;
  const Body body = [&](work::Run& run) -> Result<object> {
    ++runs;
    for (int i = 0; i < 60 && !run.should_stop(); ++i)
      std::this_thread::sleep_for(std::chrono::milliseconds(10));
    return object{{"whole", !run.should_stop()}};
  };
  first->add_kind("long", body);
  second->add_kind("long", body);
  first->start(1);
  second->start(1);
  const JobId id = add(*first, "long");
  EXPECT_TRUE(wait_for(*first, id, JobStatus::done).result.at("whole").as_bool());
  EXPECT_EQ(runs, 1);
}

TEST_P(JobsTest, ScheduleRunsAgainAndHasOneRow) {
  auto jobs = make();
  auto other = make();
  std::atomic<int> runs = 0;
  for (Jobs* node : {jobs.get(), other.get()}) {
    node->add_kind("sweep", [&](work::Run&) -> Result<object> { return ++runs, object(); });
    node->add_schedule("sweep", 3'600'000);
    node->start(1);
  }
  const auto wait_runs = [&](int n) {
    for (int i = 0; i < 1000 && runs < n; ++i)
      std::this_thread::sleep_for(std::chrono::milliseconds(5));
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
    EXPECT_EQ(runs, n);
  };
  wait_runs(1);
  clock_.advance_ms(3'600'000);
  wait_runs(2);
  const auto all =
      (*database_)->read([&](store::Session& s) { return jobs->list(s, UserId{}, JobId{}, 50); });
  ASSERT_EQ(all.size(), 1u);
  EXPECT_EQ(all[0].status, JobStatus::waiting);
}

TEST_P(JobsTest, ListsNewestFirstByUser) {
  auto jobs = make();
  std::vector<JobId> ids;
  for (int i = 0; i < 5; ++i) ids.push_back(add(*jobs, "x"));
  (*database_)->read([&](store::Session& s) {
    const auto page = jobs->list(s, UserId{7}, JobId{}, 2);
    ASSERT_EQ(page.size(), 2u);
    EXPECT_EQ(page[0].id, ids[4]);
    EXPECT_EQ(jobs->list(s, UserId{7}, page[1].id, 50).size(), 3u);
    EXPECT_TRUE(jobs->list(s, UserId{8}, JobId{}, 50).empty());
    EXPECT_EQ(jobs->list(s, UserId{}, JobId{}, 50).size(), 5u);
  });
}

INSTANTIATE_EACH_ENGINE(JobsTest);

}  // namespace
}  // namespace fokus::work
