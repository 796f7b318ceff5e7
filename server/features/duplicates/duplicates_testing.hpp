// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <map>
#include <set>

#include "features/duplicates/duplicates.hpp"
#include "features/duplicates/key_store.hpp"
#include "features/duplicates/pairs.hpp"
#include "features/duplicates/scan.hpp"
#include "records/place_testing.hpp"

// A place whose records are followed by duplicates, and a run that ends when it is told to.
namespace fokus::duplicates::testing {

class StepRun : public work::Run {
 public:
  explicit StepRun(boost::json::object input, int steps = 1'000'000) : steps_(steps) {
    job_.input = std::move(input);
  }
  const work::Job& job() const override { return job_; }
  void save_state(store::Transaction&, const boost::json::object& state, std::int64_t done,
                  std::int64_t total) override {
    saved_ = state;
    done_ = done, total_ = total;
    --steps_;
  }
  bool should_stop() override { return steps_ <= 0; }
  // As the next attempt at the job finds it.
  StepRun next() const {
    StepRun out(job_.input);
    out.job_.state = saved_;
    return out;
  }
  std::int64_t done_ = 0, total_ = 0;

 private:
  work::Job job_;
  boost::json::object saved_;
  int steps_;
};

class Followed : public records::testing::Place {
 protected:
  using object = boost::json::object;

  void SetUp() override {
    Place::SetUp();
    if (IsSkipped()) return;
    jobs_ = work::make_jobs(**database_, *statements_, clock_, {30'000, 5});
    duplicates_ = std::make_unique<Duplicates>(parts());
    duplicates_->open();
    run("UPDATE duplicate_slots SET is_built = 1");  // there is no record that lacks its keys
    records_->set_record_watch([this](store::Transaction& tx, const records::RecordType& type,
                                      RecordId id, const records::WatchedRecord* before,
                                      const records::WatchedRecord* after) {
      duplicates_->follow(tx, type, id, before, after);
    });
  }

  records::ApiParts parts() {
    return {**database_,
            *statements_,
            clock_,
            holder_,
            *records_,
            *jobs_,
            [](const access::Scope&, const records::ReadTrace&) {},
            [](const work::JobAuthor&) -> Result<access::Actor> { return access::system_actor(); },
            embedded_model()};
  }

  boost::json::array find(const char* name, const object& values, const access::Scope& scope,
                          std::int64_t exclude = 0) {
    return (*database_)->read([&](store::Session& session) {
      return duplicates_->find(session, scope, type(name), {values, exclude, 50});
    });
  }
  std::set<std::int64_t> found(const char* name, const object& values) {
    std::set<std::int64_t> out;
    for (const auto& one : find(name, values, system_)) out.insert(one.at("id").as_int64());
    return out;
  }
  Status check(const char* name, const object& values, const access::Scope& scope) {
    return (*database_)->read([&](store::Session& session) {
      return duplicates_->check(session, scope, type(name), values);
    });
  }
  void scan(const char* name) {
    StepRun run({{"type", name}, {"scan", ++scans_}});
    ASSERT_TRUE(Scan(*duplicates_, run).go().ok());
  }
  object pairs(const char* name, const access::Scope& scope, const PairQuery& query = {}) {
    auto listed = list_pairs(*duplicates_, scope, type(name), query);
    EXPECT_TRUE(listed.ok()) << listed.error().code;
    return listed ? *listed : object();
  }
  // Reads what `circles` say of every type, and the classes named.
  access::Scope reader(access::Circles circles, std::set<std::string, std::less<>> classes,
                       UserId user = UserId{7}) {
    auto permissions = std::make_shared<access::Permissions>();
    permissions->types["*"] = {circles, circles, circles, circles, circles};
    permissions->field_classes = std::move(classes);
    access::Scope out;
    out.actor.user = user;
    out.actor.permissions = permissions;
    return out;
  }
  void archive(const char* name, std::int64_t id) {
    write([&](store::Transaction& tx) -> Status {
      TRY(records_->archive(tx, system_, type(name), RecordId{id}, {0, {}, "archive"}));
      return {};
    });
  }

  std::unique_ptr<work::Jobs> jobs_;
  std::unique_ptr<Duplicates> duplicates_;
  std::int64_t scans_ = 0;
};

}  // namespace fokus::duplicates::testing
