// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <algorithm>
#include <set>

#include "features/quality/finding_json.hpp"
#include "features/quality/fixes.hpp"
#include "features/quality/scan.hpp"
#include "records/place_testing.hpp"

// A place whose records are looked at, and a run that ends when it is told to.
namespace fokus::quality::testing {

class StepRun : public work::Run {
 public:
  explicit StepRun(boost::json::object input, int steps = 1'000'000) : steps_(steps) {
    job_.kind = "quality_scan";
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

class Watched : public records::testing::Place {
 protected:
  using object = boost::json::object;

  void SetUp() override {
    Place::SetUp();
    if (IsSkipped()) return;
    jobs_ = work::make_jobs(**database_, *statements_, clock_, {30'000, 5});
    quality_ = std::make_unique<Quality>(parts(), **database_);
    quality_->open();
    records_->set_record_watch([this](store::Transaction& tx, const records::RecordType& type,
                                      RecordId id, const records::WatchedRecord* before,
                                      const records::WatchedRecord* after) {
      quality_->follow(tx, type, id, before, after);
    });
  }
  void TearDown() override {
    if (quality_) quality_->close();
    Place::TearDown();
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

  void look() {
    while (quality_->catch_up(100) > 0) {
    }
  }
  FindingFilter filter(const char* name, std::optional<bool> dismissed = false) {
    FindingFilter out;
    out.types = {&type(name)};
    out.dismissed = dismissed;
    return out;
  }
  std::vector<FindingRow> rows(const access::Scope& scope, const FindingFilter& filter) {
    const FindingQuery query(*quality_, scope, holder_.current());
    auto found = (*database_)->read([&](store::Session& session) {
      return query.list(session, filter, {std::nullopt, false, 200});
    });
    EXPECT_TRUE(found.ok());
    return found ? std::move(*found) : std::vector<FindingRow>();
  }
  boost::json::array findings(const char* name, const access::Scope& scope,
                              std::optional<bool> dismissed = false) {
    const FindingQuery query(*quality_, scope, holder_.current());
    const FindingWriter writer(query);
    const auto found = rows(scope, filter(name, dismissed));
    return (*database_)->read([&](store::Session& session) {
      return writer.describe(session, found);
    });
  }
  // The keys of the rules that found something.
  std::set<std::string> found(const char* name, const access::Scope& scope) {
    std::set<std::string> out;
    for (const auto& one : findings(name, scope)) out.emplace(one.at("rule").as_string());
    return out;
  }
  std::set<std::string> found(const char* name) { return found(name, system_); }
  boost::json::object finding(const char* name, std::string_view rule) {
    for (const auto& one : findings(name, system_, std::nullopt))
      if (one.at("rule").as_string() == rule) return one.as_object();
    ADD_FAILURE() << rule << " found nothing";
    return {};
  }
  // Reads what `circles` say of every type, and the classes named.
  access::Scope reader(access::Circles circles, std::set<std::string, std::less<>> classes) {
    auto permissions = std::make_shared<access::Permissions>();
    permissions->types["*"] = {circles, circles, circles, circles, circles};
    permissions->field_classes = std::move(classes);
    access::Scope out;
    out.actor.user = UserId{7};
    out.actor.permissions = permissions;
    return out;
  }

  std::unique_ptr<work::Jobs> jobs_;
  std::unique_ptr<Quality> quality_;
};

}  // namespace fokus::quality::testing
