// SPDX-License-Identifier: Apache-2.0
// For tests: an empty installation that imports files, on either engine.
#pragma once
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <chrono>
#include <filesystem>
#include <fstream>
#include <thread>
#include <utility>

#include "base/embedded.hpp"
#include "features/imports/exports.hpp"
#include "features/imports/imports.hpp"
#include "records/schema.hpp"
#include "store/migrations.hpp"
#include "store/testing.hpp"

namespace fokus::imports::testing {

using boost::json::object;

class ImportPlace : public store::testing::EachEngine {
 protected:
  void SetUp() override {
    EachEngine::SetUp();
    if (IsSkipped()) return;
    char name[] = "/tmp/fokus-imports-XXXXXX";
    folder_ = ::mkdtemp(name);
    store::Options options;
    options.durable = false;
    database_ = std::make_unique<store::testing::ScratchDatabase>(GetParam(), options);
    statements_ = std::make_unique<store::Statements>(embedded_sql(), GetParam());
    ASSERT_TRUE(store::migrate(**database_, embedded_sql(), [] { return Status(); }).ok());
    (*database_)->write([&](store::Transaction& tx) {
      ASSERT_TRUE(records::seed_lists(tx, *statements_, embedded_model()).ok());
      auto loaded = records::load_dictionary(tx, *statements_, embedded_model());
      ASSERT_TRUE(loaded.ok());
      records::apply_schema(tx, *loaded);
      holder_.replace(std::make_shared<const records::Dictionary>(std::move(loaded).value()));
    });
    records_ =
        std::make_unique<records::Records>(records::Records::Parts{*statements_, clock_, holder_});
    jobs_ = work::make_jobs(**database_, *statements_, clock_, {30'000, 5});
    imports_ = std::make_unique<Imports>(parts(), folder_ + "/files");
    imports_->add_jobs();
    scope_.actor = access::system_actor();
  }
  void TearDown() override {
    if (jobs_) jobs_->stop();
    imports_.reset();
    jobs_.reset();
    if (!folder_.empty()) std::filesystem::remove_all(folder_);
  }

  records::ApiParts parts() {
    return {**database_,
            *statements_,
            clock_,
            holder_,
            *records_,
            *jobs_,
            [this](const access::Scope&, const records::ReadTrace& trace) {
              traced_ += trace.action == "export" ? trace.ids.size() : 0;
            },
            [](const work::JobAuthor&) -> Result<access::Actor> { return access::system_actor(); },
            embedded_model()};
  }

  ImportId begin(std::string_view type, std::string_view text, object definition = {}) {
    std::ofstream(folder_ + "/upload", std::ios::binary) << text;
    const auto id = imports_->begin(scope_, type, "test.csv", folder_ + "/upload");
    EXPECT_TRUE(id.ok()) << (id.ok() ? "" : id.error().code);
    if (!definition.empty()) {
      const auto defined = imports_->define(scope_, *id, definition);
      EXPECT_TRUE(defined.ok()) << explain(defined);
    }
    return *id;
  }
  static std::string explain(const Status& status) {
    if (status.ok()) return "";
    std::string out = status.error().code;
    for (const auto& e : status.error().errors) out += " " + e.field + ":" + e.code;
    return out;
  }
  void finish(const Result<Started>& started) {
    ASSERT_TRUE(started.ok()) << started.error().code;
    if (!running_) jobs_->start(1), running_ = true;
    // A slow machine may take its time, but a job that gets no further for a minute hangs.
    std::int64_t done = -1;
    for (int still = 0; still < 12'000; ++still) {
      const auto job =
          (*database_)->read([&](store::Session& s) { return jobs_->get(s, started->job); });
      if (job->status == work::JobStatus::done) return;
      ASSERT_NE(job->status, work::JobStatus::failed) << job->error_code;
      if (std::exchange(done, job->progress_done) != done) still = 0;
      std::this_thread::sleep_for(std::chrono::milliseconds(5));
    }
    FAIL() << "the job got no further";
  }
  Import run(ImportId id) {
    finish(imports_->run_later(scope_, id));
    return get(id);
  }
  Import check(ImportId id) {
    finish(imports_->check_later(scope_, id));
    return get(id);
  }
  Import get(ImportId id) { return imports_->get(scope_, id).value(); }
  Import run(std::string_view type, std::string_view text, object definition = {}) {
    return run(begin(type, text, std::move(definition)));
  }
  std::string counts(const Import& import) {
    const auto c = Counts::from_json(import.counts);
    return fmt::format("{} rows: {} created, {} updated, {} unchanged, {} failed", c.rows,
                       c.created, c.updated, c.unchanged, c.failed);
  }
  std::string reversal(const Import& import) {
    const auto result =
        (*database_)
            ->read([&](store::Session& s) { return jobs_->get(s, get(import.id).job); })
            ->result;
    const auto n = [&](const char* name) { return result.at(name).as_int64(); };
    return fmt::format("{} removed, {} restored, {} left", n("removed"), n("restored"), n("left"));
  }
  std::string errors(const Import& import) {
    std::string out;
    for (const auto& e : imports_->list_errors(import.id, 0, 100))
      out += fmt::format("{} {} {}; ", e.row, e.field, e.code);
    return out;
  }
  std::string rows(const std::string& sql) {
    return (*database_)->read([&](store::Session& session) {
      std::string out;
      const auto rows = session.query(sql);
      while (rows->next()) {
        for (int i = 0; i < rows->column_count(); ++i)
          out += (i ? "," : "") + std::string(rows->text(i));
        out += "|";
      }
      return out;
    });
  }
  std::int64_t number(const std::string& sql) {
    return (*database_)->read([&](store::Session& s) { return s.query_integer(sql); });
  }

  FakeClock clock_{Instant{1'795'435'200'000}};
  std::string folder_;
  std::unique_ptr<store::testing::ScratchDatabase> database_;
  std::unique_ptr<store::Statements> statements_;
  records::DictionaryHolder holder_;
  std::unique_ptr<records::Records> records_;
  std::unique_ptr<work::Jobs> jobs_;
  std::unique_ptr<Imports> imports_;
  access::Scope scope_;
  bool running_ = false;
  std::size_t traced_ = 0;
};

}  // namespace fokus::imports::testing
