// SPDX-License-Identifier: Apache-2.0
// Who is sent what, once, and what becomes of it; on both engines, with a mail server that is none.
#include "features/reports/reports.hpp"

#include "features/reports/delivery.hpp"
#include "features/reports/document.hpp"
#include "features/reports/subscription.hpp"
#include "platform/http_out_testing.hpp"
#include "platform/mail_out_testing.hpp"
#include "records/place_testing.hpp"

namespace fokus::reports {
namespace {

using access::Scope;
using mail::Failure;
using mail::Outcome;

class ReportsTest : public records::testing::Place {
 protected:
  void SetUp() override {
    Place::SetUp();
    if (IsSkipped()) return;
    jobs_ = work::make_jobs(**database_, *statements_, clock_, {30'000, 5});
    group_ = create("group", {{"name", "Salg"}});
    anna_ = user("Anna", "anna@example.org");
    bo_ = user("Bo", "bo@example.org");
    selections_ = std::make_unique<selections::Selections>(parts());
    dashboards_ = std::make_unique<dashboards::Dashboards>(parts(), *selections_);
    dashboards_->seed();
    connections_ = std::make_unique<connect::Connections>(parts(), random_, secret_);
    log_ = std::make_unique<connect::EgressLog>(parts());
    outbound_ = std::make_unique<connect::Outbound>(*connections_, *log_, http_, random_);
    reports_ = std::make_unique<Reports>(parts(), *dashboards_, *outbound_, mail_);
    reports_->declare_connector();
    switch_mail(true);
    page_ = number("SELECT id FROM dashboards WHERE standard = 'sales'");
  }
  void TearDown() override {
    if (jobs_) jobs_->stop();
  }

  records::ApiParts parts() {
    return {**database_,
            *statements_,
            clock_,
            holder_,
            *records_,
            *jobs_,
            [this](const Scope& scope, const records::ReadTrace& trace) {
              traces_.push_back(scope.route + " " + std::string(trace.action) + " " +
                                std::string(trace.record_type));
            },
            [this](const work::JobAuthor& by) { return actor(by.user.value); },
            embedded_model()};
  }
  std::int64_t user(const char* name, const char* email) {
    return create("user", {{"name", name}, {"email", email}, {"primary_group", group_}});
  }
  Result<access::Actor> actor(std::int64_t user) {
    access::Actor out;
    out.user = UserId{user};
    out.primary_group = GroupId{group_};
    (*database_)->read([&](store::Session& session) {
      auto rows = session.query("SELECT name, email FROM users WHERE id = $1", {user});
      if (rows->next()) out.name = rows->text(0), out.email = rows->text(1);
    });
    out.language = "da";
    out.permissions = access::system_actor().permissions;
    return out;
  }
  Scope as(std::int64_t user) {
    Scope out;
    out.actor = actor(user).value();
    return out;
  }
  void switch_mail(bool is_on) {
    Scope admin = as(anna_);
    connect::Change change;
    change.is_on = is_on;
    change.values = {{"host", "mail.example.org"},
                     {"from_address", "fokus@example.org"},
                     {"page_url", "https://crm.example/"}};
    write([&](store::Transaction& tx) -> Status {
      return connections_->save(tx, admin, *connections_->find(mail_connector), change, {});
    });
  }

  // Every day at eight in Copenhagen, beginning tomorrow.
  SubscriptionId subscribe(const std::vector<std::int64_t>& receivers) {
    Subscription s;
    s.owner = UserId{anna_};
    s.ask.dashboard = dashboards::DashboardId{page_};
    s.ask.tile = 1;
    s.schedule = {Frequency::daily, {}, 8 * 60, "Europe/Copenhagen"};
    s.next_at = next_occasion(s.schedule, clock_.now());
    SubscriptionId out;
    write([&](store::Transaction& tx) -> Status {
      out = insert_subscription(tx, *statements_, s, clock_.now());
      set_receivers(tx, *statements_, out, receivers);
      return {};
    });
    return out;
  }
  void at(const char* now) { clock_.set(*parse_instant(now)); }
  int deliver() {
    int out = 0;
    reports_->plan_due();
    while (reports_->deliver_next()) ++out;
    return out;
  }
  std::string receivers() const {
    std::string out;
    for (const auto& one : mail_.sent()) out += (out.empty() ? "" : " ") + one.to;
    return out;
  }
  std::string states() {
    std::string out;
    (*database_)->read([&](store::Session& session) {
      auto rows = session.query("SELECT state, error_code FROM report_deliveries ORDER BY id");
      while (rows->next())
        out += (out.empty() ? "" : ", ") + std::string(rows->text(0)) +
               (rows->text(1).empty() ? "" : " " + std::string(rows->text(1)));
    });
    return out;
  }

  const std::string secret_ = std::string(32, 'k');
  std::unique_ptr<work::Jobs> jobs_;
  FakeRandom random_;
  outgoing::FakeHttp http_;
  mail::FakeMail mail_;
  std::vector<std::string> traces_;
  std::unique_ptr<selections::Selections> selections_;
  std::unique_ptr<dashboards::Dashboards> dashboards_;
  std::unique_ptr<connect::Connections> connections_;
  std::unique_ptr<connect::EgressLog> log_;
  std::unique_ptr<connect::Outbound> outbound_;
  std::unique_ptr<Reports> reports_;
  std::int64_t group_ = 0, anna_ = 0, bo_ = 0, page_ = 0;
};

TEST_P(ReportsTest, SendsEachReceiverOneLetterPerOccasion) {
  subscribe({anna_, bo_});
  at("2026-11-26T06:59:59Z");
  EXPECT_EQ(deliver(), 0);
  at("2026-11-26T07:00:00Z");
  EXPECT_EQ(deliver(), 2);
  EXPECT_EQ(deliver(), 0);
  EXPECT_EQ(receivers(), "anna@example.org bo@example.org");
  EXPECT_EQ(states(), "sent, sent");
  at("2026-11-27T07:00:00Z");
  EXPECT_EQ(deliver(), 2);
}

TEST_P(ReportsTest, SaysWhatItIsAndHowToStopIt) {
  const auto id = subscribe({bo_});
  at("2026-11-26T07:00:00Z");
  deliver();
  ASSERT_EQ(mail_.sent().size(), 1u);
  const auto sent = mail_.sent().front();
  EXPECT_EQ(sent.from, "fokus@example.org");
  EXPECT_EQ(sent.server.host, "mail.example.org");
  EXPECT_EQ(sent.server.port, 587);
  EXPECT_EQ(sent.server.security, mail::Security::starttls);
  const std::string link = "https://crm.example/reports?report=" + std::to_string(id.value);
  EXPECT_NE(sent.letter.find("List-Unsubscribe: <" + link + ">"), std::string::npos)
      << sent.letter.substr(0, 2000);
  EXPECT_NE(sent.letter.find("application/pdf"), std::string::npos);
}

TEST_P(ReportsTest, OfSeveralMissedOccasionsSendsTheLast) {
  subscribe({anna_});
  at("2026-11-29T12:00:00Z");
  EXPECT_EQ(deliver(), 1);
  EXPECT_EQ(number("SELECT occasion FROM report_deliveries"),
            parse_instant("2026-11-29T07:00:00Z")->ms);
}

TEST_P(ReportsTest, LeavesOutWhoUnsubscribedOrIsGone) {
  const auto id = subscribe({anna_, bo_});
  run("UPDATE report_receivers SET unsubscribed_at = 1 WHERE user_id = " + std::to_string(bo_));
  at("2026-11-26T07:00:00Z");
  EXPECT_EQ(deliver(), 1);
  EXPECT_EQ(receivers(), "anna@example.org");
  run("UPDATE report_receivers SET unsubscribed_at = NULL");
  run("UPDATE users SET active = 0 WHERE id = " + std::to_string(bo_));
  at("2026-11-27T07:00:00Z");
  EXPECT_EQ(deliver(), 1);
  // Whoever unsubscribed stays so when the receivers are set anew.
  run("UPDATE report_receivers SET unsubscribed_at = 1 WHERE user_id = " + std::to_string(bo_));
  write([&](store::Transaction& tx) -> Status {
    set_receivers(tx, *statements_, id, {anna_, bo_});
    return {};
  });
  EXPECT_EQ(number("SELECT count(*) FROM report_receivers WHERE unsubscribed_at = 1"), 1);
}

TEST_P(ReportsTest, EndsWhenWhoeverSetItUpIsGone) {
  subscribe({anna_, bo_});
  run("UPDATE users SET active = 0 WHERE id = " + std::to_string(anna_));
  at("2026-11-26T07:00:00Z");
  EXPECT_EQ(deliver(), 0);
  EXPECT_EQ(number("SELECT is_on FROM report_subscriptions"), 0);
}

TEST_P(ReportsTest, SendsNothingThatTheOwnerNoLongerWants) {
  const auto id = subscribe({anna_, bo_});
  at("2026-11-26T07:00:00Z");
  reports_->plan_due();
  EXPECT_EQ(states(), "waiting, waiting");
  write([&](store::Transaction& tx) -> Status {
    set_receivers(tx, *statements_, id, {anna_});
    return {};
  });
  EXPECT_EQ(states(), "waiting");
  write([&](store::Transaction& tx) -> Status {
    auto off = find_subscription(tx, *statements_, as(anna_), id).value();
    off.is_on = false, off.next_at = std::nullopt;
    update_subscription(tx, *statements_, off, clock_.now());
    return {};
  });
  EXPECT_EQ(deliver(), 0);
  EXPECT_EQ(states(), "");
}

TEST_P(ReportsTest, TriesAgainLaterWhatMayPass) {
  subscribe({anna_});
  mail_.answer_next({.failure = Failure::recipient_refused, .status = 451, .is_temporary = true});
  at("2026-11-26T07:00:00Z");
  EXPECT_EQ(deliver(), 1);
  EXPECT_EQ(states(), "waiting mail/recipient_refused");
  clock_.advance_ms(limits::retry_first_ms - 1);
  EXPECT_EQ(deliver(), 0);
  clock_.advance_ms(1);
  EXPECT_EQ(deliver(), 1);
  EXPECT_EQ(states(), "sent");
  EXPECT_EQ(receivers(), "anna@example.org");
}

TEST_P(ReportsTest, GivesUpAfterItsAttempts) {
  subscribe({anna_});
  at("2026-11-26T07:00:00Z");
  for (int i = 0; i < limits::attempts_max; ++i) {
    mail_.answer_next({.failure = Failure::not_connected, .is_temporary = true});
    EXPECT_EQ(deliver(), 1);
    clock_.advance_ms(limits::retry_longest_ms);
  }
  EXPECT_EQ(states(), "failed mail/not_connected");
  EXPECT_EQ(deliver(), 0);
}

TEST_P(ReportsTest, TriesNotAgainWhatIsRefusedForGood) {
  subscribe({anna_});
  mail_.answer_next({.failure = Failure::recipient_refused, .status = 550});
  at("2026-11-26T07:00:00Z");
  EXPECT_EQ(deliver(), 1);
  EXPECT_EQ(states(), "failed mail/recipient_refused");
}

TEST_P(ReportsTest, SendsNothingWhileItIsSwitchedOff) {
  subscribe({anna_});
  switch_mail(false);
  at("2026-11-26T07:00:00Z");
  EXPECT_EQ(deliver(), 1);
  EXPECT_EQ(states(), "failed connect/switched_off");
  EXPECT_TRUE(mail_.sent().empty());
}

TEST_P(ReportsTest, SendsNoSecondLetterWhenTheAnswerIsLost) {
  subscribe({anna_});
  mail_.answer_next({.failure = Failure::broken, .is_temporary = true, .may_have_arrived = true});
  at("2026-11-26T07:00:00Z");
  EXPECT_EQ(deliver(), 1);
  EXPECT_EQ(states(), "unsure mail/broken");
  clock_.advance_ms(ms_per_hour);
  EXPECT_EQ(deliver(), 0);
}

TEST_P(ReportsTest, TakesOverFromADeadNodeUnlessTheLetterWasOnItsWay) {
  subscribe({anna_});
  at("2026-11-26T07:00:00Z");
  reports_->plan_due();
  const auto leave = [&](const char* state) {
    run("UPDATE report_deliveries SET state = '" + std::string(state) +
        "', lease = 'dead', attempts = 1, next_try_at = " +
        std::to_string(clock_.now().plus_ms(limits::lease_ms).ms));
  };
  leave("preparing");
  EXPECT_FALSE(reports_->deliver_next());
  clock_.advance_ms(limits::lease_ms);
  leave("handing");
  clock_.advance_ms(limits::lease_ms);
  EXPECT_TRUE(reports_->deliver_next());
  EXPECT_EQ(states(), "unsure reports/unsure");
  leave("preparing");
  clock_.advance_ms(limits::lease_ms);
  EXPECT_TRUE(reports_->deliver_next());
  EXPECT_EQ(states(), "sent");
}

TEST_P(ReportsTest, SkipsWhoMayNotSeeTheDashboard) {
  subscribe({anna_});
  run("UPDATE report_subscriptions SET tile = 999");
  at("2026-11-26T07:00:00Z");
  EXPECT_EQ(deliver(), 1);
  EXPECT_EQ(states(), "skipped dashboards/no_such_tile");
}

TEST_P(ReportsTest, WritesDownWhatLeft) {
  subscribe({anna_});
  at("2026-11-26T07:00:00Z");
  deliver();
  EXPECT_EQ(number("SELECT count(*) FROM egress_log WHERE connector = 'smtp' AND status = 250"), 1);
}

TEST_P(ReportsTest, ForgetsAUserWhoIsErased) {
  subscribe({anna_, bo_});
  at("2026-11-26T07:00:00Z");
  deliver();
  write([&](store::Transaction& tx) -> Status {
    reports_->forget_record(tx, type("user"), RecordId{bo_});
    return {};
  });
  EXPECT_EQ(number("SELECT count(*) FROM report_receivers"), 1);
  write([&](store::Transaction& tx) -> Status {
    reports_->forget_record(tx, type("user"), RecordId{anna_});
    return {};
  });
  EXPECT_EQ(number("SELECT count(*) FROM report_deliveries"), 0);
}

TEST_P(ReportsTest, MakesTheSameDocumentTwice) {
  const DocumentAsk ask{dashboards::DashboardId{page_}, 0, {}, pdf::Paper::landscape};
  const auto first = make_document(*dashboards_, as(anna_), ask);
  const auto second = make_document(*dashboards_, as(anna_), ask);
  ASSERT_TRUE(first.ok() && second.ok());
  EXPECT_TRUE(first->bytes.starts_with("%PDF-"));
  EXPECT_EQ(first->bytes, second->bytes);
  EXPECT_EQ(file_name_of(*first, "Europe/Copenhagen"), "Salg 2026-11-25.pdf");
}

TEST(RetryWait, GrowsUpToItsLimit) {
  EXPECT_EQ(retry_wait_ms(1), 15 * ms_per_second);
  EXPECT_EQ(retry_wait_ms(2), ms_per_minute);
  EXPECT_EQ(retry_wait_ms(3), 4 * ms_per_minute);
  EXPECT_EQ(retry_wait_ms(8), limits::retry_longest_ms);
  EXPECT_EQ(retry_wait_ms(1'000), limits::retry_longest_ms);
}

INSTANTIATE_EACH_ENGINE(ReportsTest);

}  // namespace
}  // namespace fokus::reports
