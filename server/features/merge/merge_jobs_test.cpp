// SPDX-License-Identifier: Apache-2.0
// Merges as jobs: large ones, and many that are stopped on the way.
#include <thread>

#include "features/merge/merge_testing.hpp"

namespace fokus::merge {
namespace {

namespace json = boost::json;

class MergeJobsTest : public testing::MergePlace {
 protected:
  // What a restart of the program does: nobody remembers anything but the database.
  void start_anew() {
    if (jobs_) jobs_->stop();
    jobs_ = work::make_jobs(**database_, *statements_, clock_, {30'000, 5});
    merges_ = std::make_unique<Merges>(parts(), [] {});
    merges_->add_jobs();
    jobs_->start(1);
  }
  JobId add_job(std::string_view kind, const json::object& input) {
    return (*database_)
        ->write([&](store::Transaction& tx) -> Result<JobId> {
          return jobs_->create(tx, kind, UserId{}, input, clock_.now());
        })
        .value();
  }
  work::Job job(JobId id) {
    return (*database_)
        ->read([&](store::Session& session) { return jobs_->get(session, id); })
        .value();
  }
  work::Job ended(JobId id) {
    const auto is_over = [&] {
      const auto status = job(id).status;
      return status != work::JobStatus::waiting && status != work::JobStatus::running;
    };
    while (!is_over()) std::this_thread::sleep_for(std::chrono::milliseconds(5));
    return job(id);
  }
};
INSTANTIATE_EACH_ENGINE(MergeJobsTest);

TEST_P(MergeJobsTest, ALargeMergeAndItsUndoRunAsJobs) {
  const auto a = create("company", {{"name", "A"}});
  const auto b = create("company", {{"name", "B"}});
  const auto call = create("activity", {{"name", "Call"}, {"company", b}});
  start_anew();
  const auto done = ended(add_job("merge", order_to_json(order("company", a, {b}))));
  ASSERT_EQ(done.status, work::JobStatus::done) << done.error_code;
  EXPECT_EQ(link_of("activities", "company", call), a);
  const auto back =
      ended(add_job("merge_undo", {{"merge", done.result.at("merge")}, {"keep_edits", true}}));
  ASSERT_EQ(back.status, work::JobStatus::done) << back.error_code;
  EXPECT_EQ(link_of("activities", "company", call), b);
}

TEST_P(MergeJobsTest, ManyMergesGoOnAfterARestartAndAreTakenBackAsAWhole) {
  constexpr std::int64_t pairs = 25;
  json::array groups;
  for (std::int64_t i = 0; i < pairs; ++i) {
    const auto a = create("company", {{"name", "A" + std::to_string(i)}});
    const auto b = create("company", {{"name", "B" + std::to_string(i)}});
    groups.push_back(order_to_json(order("company", a, {b})));
  }
  groups.push_back(order_to_json(order("company", 999'998, {999'999})));  // nobody's
  const auto batch = (*database_)
                         ->write([&](store::Transaction& tx) -> Result<BatchId> {
                           return records_->create_batch(tx, system_, "merge", "company", {});
                         })
                         .value();
  const auto before = (*database_)->read([](store::Session& s) { return testing::snapshot(s); });
  start_anew();
  const auto id =
      add_job("bulk_merge", {{"type", "company"}, {"groups", groups}, {"batch", batch.value}});
  while (job(id).progress_done < 2) std::this_thread::yield();
  start_anew();
  const auto done = ended(id);
  ASSERT_EQ(done.status, work::JobStatus::done) << done.error_code;
  EXPECT_EQ(done.result.at("merged"), pairs);
  EXPECT_EQ(done.result.at("failed"), 1);
  EXPECT_EQ(number("SELECT count(*) FROM merges"), pairs);
  EXPECT_EQ(count("company", ""), pairs);
  const auto back = ended(add_job("undo_merges", {{"batch", batch.value}}));
  ASSERT_EQ(back.status, work::JobStatus::done) << back.error_code;
  EXPECT_EQ(back.result.at("undone"), pairs);
  EXPECT_EQ(number("SELECT count(*) FROM batches WHERE undone_at IS NOT NULL"), 1);
  run("UPDATE batches SET undone_at = NULL");
  const auto after = (*database_)->read([](store::Session& s) { return testing::snapshot(s); });
  EXPECT_EQ(testing::differences(before, after), "");
}

}  // namespace
}  // namespace fokus::merge
