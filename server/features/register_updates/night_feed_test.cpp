// SPDX-License-Identifier: Apache-2.0
// Nights with a provider that lists its changes, on both engines, over a network that is none.
#include <filesystem>

#include "features/register_updates/register_updates.hpp"
#include "platform/http_out_testing.hpp"
#include "records/place_testing.hpp"

namespace fokus::register_updates {
namespace {

using boost::json::object;

const std::string base = "https://data.brreg.no/enhetsregisteret/api";
const std::string begin_of_list = base + "/oppdateringer/enheter?dato=";
const std::string rest_of_list = base + "/oppdateringer/enheter?oppdateringsid=";

class TestRun : public work::Run {
 public:
  const work::Job& job() const override { return job_; }
  void save_state(store::Transaction&, const object& state, std::int64_t, std::int64_t) override {
    state_ = state;
  }
  bool should_stop() override { return false; }
  work::Job job_;
  object state_;
};

class NightFeedTest : public records::testing::Place {
 protected:
  void SetUp() override {
    Place::SetUp();
    if (IsSkipped()) return;
    char name[] = "/tmp/fokus-nights-XXXXXX";
    folder_ = ::mkdtemp(name);
    jobs_ = work::make_jobs(**database_, *statements_, clock_, {30'000, 5});
    connections_ = std::make_unique<connect::Connections>(parts(), random_, secret_);
    log_ = std::make_unique<connect::EgressLog>(parts());
    outbound_ = std::make_unique<connect::Outbound>(*connections_, *log_, http_, random_);
    registers::OnlineCalls::declare(*connections_);
    registers_ = std::make_unique<registers::Registers>(
        parts(),
        registers::Registers::Places{**database_, folder_ + "/registers", outbound_.get()});
    updates_ = std::make_unique<RegisterUpdates>(parts(), *registers_);
    switch_on();
  }
  void TearDown() override {
    if (jobs_) jobs_->stop();
    if (!folder_.empty()) std::filesystem::remove_all(folder_);
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
  void switch_on() {
    access::Scope admin = system_;
    const auto group = create("group", {{"name", "Salg"}});
    admin.actor.user = UserId{create(
        "user", {{"name", "Anna"}, {"email", "anna@example.org"}, {"primary_group", group}})};
    connect::Change change;
    change.is_on = true;
    write([&](store::Transaction& tx) -> Status {
      TRY(updates_->change(tx, system_, *registers::find_provider("brreg"), {{"is_nightly", true}},
                           0));
      return connections_->save(tx, admin, *connections_->find("register_brreg"), change, {});
    });
  }

  void add_company(const std::string& number) {
    create("company", {{"name", "N" + number}, {"org_number", number}, {"country", "NO"}});
  }
  void answer(const std::string& url, int status, const std::string& body = "{}") {
    http_.answer(url, {status, {}, body, ""});
  }
  void answer_entry(const std::string& number) {
    answer(base + "/enheter/" + number, 200,
           R"({"organisasjonsnummer":")" + number + R"(","navn":"N)" + number + R"("})");
  }
  static std::string list(int cursor, const std::string& number) {
    return R"({"_embedded":{"oppdaterteEnheter":[{"oppdateringsid":)" + std::to_string(cursor) +
           R"(,"organisasjonsnummer":")" + number + R"("}]}})";
  }
  // The counts of brreg's night.
  object night() {
    clock_.advance_ms(21 * ms_per_hour);
    TestRun run;
    const auto told = updates_->run_night(run);
    EXPECT_TRUE(told.ok());
    return told->at("brreg").as_object();
  }
  std::string cursor() {
    return (*database_)->read([&](store::Session& session) {
      auto rows = session.query("SELECT feed_cursor FROM register_update_runs");
      return rows->next() ? std::string(rows->text(0)) : std::string();
    });
  }
  // How many of the calls began so.
  std::int64_t asked(const std::string& url) {
    std::int64_t out = 0;
    for (const auto& request : http_.requests()) out += request.url.starts_with(url) ? 1 : 0;
    return out;
  }

  std::string folder_;
  const std::string secret_ = std::string(32, 'k');
  std::unique_ptr<work::Jobs> jobs_;
  FakeRandom random_;
  outgoing::FakeHttp http_;
  std::unique_ptr<connect::Connections> connections_;
  std::unique_ptr<connect::EgressLog> log_;
  std::unique_ptr<connect::Outbound> outbound_;
  std::unique_ptr<registers::Registers> registers_;
  std::unique_ptr<RegisterUpdates> updates_;
};

TEST_P(NightFeedTest, LooksAtAllFirstAndThenAtWhatTheListNames) {
  add_company("923609016"), add_company("974760673");
  answer_entry("923609016"), answer_entry("974760673");
  answer(begin_of_list + "*", 200, list(7, "985615616"));
  answer(rest_of_list + "7*", 200, list(8, "974760673"));
  EXPECT_EQ(night().at("checked"), 2);
  EXPECT_EQ(cursor(), "7");
  EXPECT_EQ(night().at("checked"), 1);
  EXPECT_EQ(cursor(), "8");
  EXPECT_EQ(asked(base + "/enheter/923609016"), 1);
  EXPECT_EQ(asked(base + "/enheter/974760673"), 2);
  EXPECT_EQ(asked(begin_of_list), 1);
}

TEST_P(NightFeedTest, GoesOnBehindANumberThatIsRefused) {
  add_company("923609016"), add_company("974760673");
  answer(base + "/enheter/923609016", 400);
  answer_entry("974760673");
  answer(begin_of_list + "*", 200, list(7, "985615616"));
  const auto counts = night();
  EXPECT_EQ(counts.at("failed"), 1);
  EXPECT_EQ(counts.at("checked"), 1);
  EXPECT_FALSE(counts.contains("error"));
  EXPECT_EQ(cursor(), "7");
}

TEST_P(NightFeedTest, BeginsAgainWhatEndedHalfway) {
  for (int i = 0; i < limits::failures_max; ++i) add_company("90000000" + std::to_string(i));
  answer(base + "/enheter/*", 401);
  answer(begin_of_list + "*", 200, list(7, "985615616"));
  EXPECT_EQ(night().at("error"), "registers/online_failed");
  EXPECT_EQ(cursor(), "");
  night();
  EXPECT_EQ(asked(begin_of_list), 2);
  EXPECT_EQ(asked(rest_of_list), 0);
  EXPECT_EQ(asked(base + "/enheter/900000000"), 2);
}

INSTANTIATE_EACH_ENGINE(NightFeedTest);

}  // namespace
}  // namespace fokus::register_updates
