// SPDX-License-Identifier: Apache-2.0
// Numbers that cross a value are told: once, to whoever may still see them; on both engines.
#include "features/dashboards/alert_watch.hpp"

#include <chrono>
#include <thread>

#include "features/dashboards/alerts.hpp"
#include "records/place_testing.hpp"

namespace fokus::dashboards {
namespace {

namespace json = boost::json;

class AlertsTest : public records::testing::Place {
 protected:
  void SetUp() override {
    Place::SetUp();
    if (IsSkipped()) return;
    jobs_ = work::make_jobs(**database_, *statements_, clock_, {30'000, 5});
    selections_ = std::make_unique<selections::Selections>(parts());
    dashboards_ = std::make_unique<Dashboards>(parts(), *selections_);
    group_ = create("group", {{"name", "Salg"}});
    anna_ = create("user",
                   {{"name", "Anna"}, {"email", "anna@example.org"}, {"primary_group", group_}});
    page_ = make_page();
  }

  records::ApiParts parts() {
    return {**database_,
            *statements_,
            clock_,
            holder_,
            *records_,
            *jobs_,
            [](const access::Scope&, const records::ReadTrace&) {},
            [this](const work::JobAuthor& author) { return actor_of(author.user); },
            embedded_model()};
  }
  Result<access::Actor> actor_of(UserId user) const {
    if (!is_let_in_) return make_error(ErrorKind::unauthenticated, "access/user_inactive");
    auto permissions = std::make_shared<access::Permissions>();
    if (may_read_) permissions->types["company"].fill(access::every_circle);
    access::Actor out;
    out.user = user;
    out.primary_group = GroupId{group_};
    out.permissions = permissions;
    return out;
  }
  access::Scope scope() const {
    access::Scope out;
    out.actor = actor_of(UserId{anna_}).value();
    return out;
  }

  DashboardId make_page() {
    Dashboard page;
    page.owner = UserId{anna_};
    const json::object definition{{"title", "Danske firmaer"},
                                  {"record_type", "company"},
                                  {"presentation", "number"},
                                  {"filter", "country eq 'DK'"}};
    const json::object input{{"name", "Tal"},
                             {"tiles", json::array{json::object{{"definition", definition}}}}};
    EXPECT_TRUE(dashboards_->apply(scope(), page, input).ok());
    return *(*database_)->write([&](store::Transaction& tx) {
      return dashboards_->create(tx, scope(), page);
    });
  }

  std::int64_t ask(AlertCondition condition, double value, double now) {
    Alert alert;
    alert.user = UserId{anna_};
    alert.dashboard = page_;
    alert.tile = 1;
    alert.condition = condition;
    alert.value = value;
    begin(alert, now);
    std::int64_t id = 0;
    (*database_)->write([&](store::Transaction& tx) {
      id = add_alert(tx, dashboards_->parts(), alert);
    });
    return id;
  }
  void add_companies(int count) {
    for (int i = 0; i < count; ++i)
      create("company", {{"name", "Firma " + std::to_string(++made_)}, {"country", "DK"}});
  }
  // Changes are heard of on another thread: looks until the alert was looked at by this moment.
  int told(AlertRound& round) {
    int out = 0;
    for (int i = 0; i < 1'000; ++i) {
      out += round.look();
      if (number("SELECT max(checked_at) FROM tile_alerts") == clock_.now().ms) return out;
      std::this_thread::sleep_for(std::chrono::milliseconds(5));
    }
    ADD_FAILURE() << "the change was never heard of";
    return out;
  }
  std::int64_t notices() { return number("SELECT count(*) FROM notifications"); }
  void later() { clock_.advance_ms(limits::alert_every_ms); }

  std::unique_ptr<work::Jobs> jobs_;
  std::unique_ptr<selections::Selections> selections_;
  std::unique_ptr<Dashboards> dashboards_;
  DashboardId page_;
  std::int64_t group_ = 0, anna_ = 0;
  int made_ = 0;
  bool is_let_in_ = true, may_read_ = true;
};
INSTANTIATE_EACH_ENGINE(AlertsTest);

TEST_P(AlertsTest, GoWithTheirUser) {
  ask(AlertCondition::above, 2, 0);
  const Alerts alerts(*dashboards_);
  (*database_)->write([&](store::Transaction& tx) {
    alerts.forget_record(tx, type("company"), RecordId{anna_});
  });
  EXPECT_EQ(number("SELECT count(*) FROM tile_alerts"), 1);
  (*database_)->write([&](store::Transaction& tx) {
    alerts.forget_record(tx, type("user"), RecordId{anna_});
  });
  EXPECT_EQ(number("SELECT count(*) FROM tile_alerts"), 0);
}

TEST_P(AlertsTest, AreToldOnceUntilTheNumberIsBack) {
  ask(AlertCondition::above, 2, 0);
  AlertRound round(*dashboards_);
  EXPECT_EQ(round.look(), 0);
  add_companies(3);
  EXPECT_EQ(told(round), 1);
  EXPECT_EQ(notices(), 1);
  later();
  add_companies(1);
  EXPECT_EQ(told(round), 0);
  // A new round knows nothing of the old one, as after a start.
  AlertRound other(*dashboards_);
  EXPECT_EQ(other.look(), 0);
  run("UPDATE companies SET country = 'SE', country_f = 'se'");
  later();
  add_companies(1);
  EXPECT_EQ(told(round), 0);
  later();
  add_companies(3);
  EXPECT_EQ(told(round), 1);
  EXPECT_EQ(notices(), 2);
}

TEST_P(AlertsTest, AreLookedAtOnceAMinute) {
  ask(AlertCondition::changes, 50, 0);
  AlertRound round(*dashboards_);
  round.look();
  add_companies(2);
  EXPECT_EQ(told(round), 1);
  add_companies(4);
  for (int i = 0; i < 1'000 && !round.next(); ++i) {
    EXPECT_EQ(round.look(), 0);
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
  }
  ASSERT_TRUE(round.next().has_value());
  EXPECT_EQ(round.next()->ms, clock_.now().plus_ms(limits::alert_every_ms).ms);
  later();
  EXPECT_EQ(round.look(), 1);
}

TEST_P(AlertsTest, OneOfTwoNodesTellsOfAChange) {
  ask(AlertCondition::above, 0, 0);
  AlertRound one(*dashboards_), other(*dashboards_);
  add_companies(1);
  EXPECT_EQ(one.look() + other.look(), 1);
  EXPECT_EQ(notices(), 1);
}

TEST_P(AlertsTest, WhoIsNotLetInOrMayNotReadIsToldNothing) {
  ask(AlertCondition::above, 0, 0);
  AlertRound round(*dashboards_);
  round.look();
  may_read_ = false;
  add_companies(1);
  EXPECT_EQ(round.look(), 0);
  may_read_ = true;
  is_let_in_ = false;
  EXPECT_EQ(round.look(), 0);
  EXPECT_EQ(notices(), 0);
  // Back again, and it is above still.
  is_let_in_ = true;
  later();
  EXPECT_EQ(told(round), 1);
}

TEST_P(AlertsTest, TheTurnOfTheDayIsAChange) {
  const auto id = ask(AlertCondition::above, 0, 0);
  AlertRound round(*dashboards_);
  round.look();
  const auto checked = [&] {
    return number("SELECT checked_at FROM tile_alerts WHERE id = " + std::to_string(id));
  };
  const auto before = checked();
  later();
  round.look();
  EXPECT_EQ(checked(), before) << "nothing changed";
  clock_.advance_ms(ms_per_day);
  round.look();
  EXPECT_GT(checked(), before);
}

TEST_P(AlertsTest, ASleepingOneIsLeftAlone) {
  ask(AlertCondition::above, 0, 0);
  run("UPDATE tile_alerts SET is_paused = 1");
  AlertRound round(*dashboards_);
  add_companies(1);
  EXPECT_EQ(round.look(), 0);
}

}  // namespace
}  // namespace fokus::dashboards
