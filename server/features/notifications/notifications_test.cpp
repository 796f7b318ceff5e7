// SPDX-License-Identifier: Apache-2.0
// Who is told of what, once, and what of it they may see; on both engines.
#include <thread>

#include "features/notifications/notice.hpp"
#include "features/notifications/notification_list.hpp"
#include "features/notifications/reminders.hpp"
#include "features/notifications/watch_list.hpp"
#include "platform/random.hpp"
#include "records/place_testing.hpp"

namespace fokus::notifications {
namespace {

namespace json = boost::json;
using access::Scope;
using json::object;
using What = diary::DiaryNews::What;

class NotificationsTest : public records::testing::Place {
 protected:
  void SetUp() override {
    Place::SetUp();
    if (IsSkipped()) return;
    jobs_ = work::make_jobs(**database_, *statements_, clock_, {30'000, 5});
    access_ = std::make_unique<access::Parts>(
        access::Parts{**database_, *statements_, clock_, random_, std::string(32, 's')});
    diary_ = std::make_unique<diary::Diary>(parts(), *access_);
    notifications_ = std::make_unique<Notifications>(parts());
    records_->set_save_rule(&diary::Diary::check_save);
    records_->set_record_watch([this](store::Transaction& tx, const records::RecordType& type,
                                      RecordId id, const records::WatchedRecord* before,
                                      const records::WatchedRecord* after) {
      diary_->follow(tx, type, id, before, after);
      notifications_->follow(tx, type, id, before, after);
    });
    group_ = create("group", {{"name", "Salg"}});
    anna_ = user("Anna", "anna@example.org");
    bo_ = user("Bo", "bo@example.org");
    carl_ = user("Carl", "carl@example.org");
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
            [](const Scope&, const records::ReadTrace&) {},
            [](const work::JobAuthor&) -> Result<access::Actor> { return access::system_actor(); },
            embedded_model()};
  }
  std::int64_t user(const char* name, const char* email) {
    return create("user", {{"name", name}, {"email", email}, {"primary_group", group_}});
  }
  Scope as(std::int64_t user, access::Circles circles = access::every_circle) {
    auto permissions = std::make_shared<access::Permissions>();
    permissions->types["activity"].fill(circles);
    permissions->types["company"].fill(circles);
    permissions->types["user"] = {access::every_circle, 0, 0, 0, 0};
    Scope out;
    out.actor.user = UserId{user};
    out.actor.primary_group = GroupId{group_};
    out.actor.permissions = permissions;
    return out;
  }

  std::int64_t make(std::int64_t by, std::string_view name, const object& values) {
    const auto saved = (*database_)->write([&](store::Transaction& tx) {
      return records_->create(tx, as(by), type(name), values, {0, {}, "create"});
    });
    EXPECT_TRUE(saved.ok()) << saved.error().code;
    return saved ? saved->id.value : 0;
  }
  std::int64_t meeting(const char* starts_at, int minutes, object more = {}) {
    object values{{"name", "Møde"}, {"starts_at", starts_at}, {"reminder_minutes", minutes}};
    for (const auto& [name, value] : more) values[name] = value;
    return make(anna_, "activity", values);
  }
  void change(std::int64_t by, std::string_view name, std::int64_t id, const object& changes) {
    const auto saved = (*database_)->write([&](store::Transaction& tx) {
      return records_->update(tx, as(by), type(name), RecordId{id}, changes, std::nullopt,
                              {0, {}, "update"});
    });
    EXPECT_TRUE(saved.ok()) << saved.error().code;
  }
  void archive(std::int64_t by, std::string_view name, std::int64_t id) {
    const auto saved = (*database_)->write([&](store::Transaction& tx) {
      return records_->archive(tx, as(by), type(name), RecordId{id}, {0, {}, "archive"});
    });
    EXPECT_TRUE(saved.ok()) << saved.error().code;
  }
  // As the diary does it, and tells of it.
  void invite(std::int64_t activity, const std::vector<std::int64_t>& users) {
    write([&](store::Transaction& tx) -> Status {
      for (const auto user : users) {
        tx.execute((*statements_)["diary.add_participant"],
                   {activity, user, "invited", nullptr, clock_.now(), anna_});
        notifications_->hear(tx, as(anna_), {What::invited, RecordId{activity}, user});
      }
      return {};
    });
  }
  void answer(std::int64_t by, std::int64_t activity, const char* text) {
    write([&](store::Transaction& tx) -> Status {
      tx.execute((*statements_)["diary.answer"], {activity, by, text, clock_.now()});
      notifications_->hear(tx, as(by), {What::answered, RecordId{activity}, anna_, text});
      return {};
    });
  }
  void leave_out(std::int64_t series, const char* at) {
    change(anna_, "activity", series, {{"recurrence_except", at}});
    write([&](store::Transaction& tx) -> Status {
      notifications_->hear(tx, as(anna_),
                           {What::left_out, RecordId{series}, 0, {}, *parse_instant(at)});
      return {};
    });
  }
  // "This one and all later ones": the id of the rest.
  std::int64_t divide(std::int64_t by, std::int64_t series, const char* at, const object& values) {
    const auto changed = (*database_)->write([&](store::Transaction& tx) {
      return diary::change_occurrence(
          *diary_, tx, as(by),
          {RecordId{series}, *parse_instant(at), diary::Reach::following, std::nullopt}, values);
    });
    EXPECT_TRUE(changed.ok()) << changed.error().code;
    return changed ? changed->record.value : 0;
  }
  void watch(std::int64_t user, std::string_view name, std::int64_t id) {
    write([&](store::Transaction& tx) -> Status {
      tx.execute((*statements_)["notifications.add_watch"], {name, id, user, clock_.now()});
      return {};
    });
  }
  int remind() {
    int told = 0;
    (*database_)->write([&](store::Transaction& tx) {
      told = remind_due(tx, notifications_->parts(), 100);
    });
    return told;
  }
  void at(const char* now) { clock_.set(*parse_instant(now)); }

  json::array list(const Scope& scope, bool only_unread = false) {
    records::Seen seen;
    return (*database_)->read([&](store::Session& session) {
      return list_notifications(session, notifications_->parts(), scope, {only_unread, 0, 100},
                                seen);
    });
  }
  std::int64_t unread(const Scope& scope) {
    return (*database_)->read([&](store::Session& session) {
      return count_unread(session, notifications_->parts(), scope);
    });
  }
  // "moved reminder": what that user was told, newest first.
  std::string told(std::int64_t user) {
    std::string out;
    for (const auto& one : list(as(user)))
      out += (out.empty() ? "" : " ") + std::string(one.at("kind").as_string());
    return out;
  }
  object newest(std::int64_t user) {
    const auto all = list(as(user));
    return all.empty() ? object() : all.front().as_object();
  }

  std::unique_ptr<work::Jobs> jobs_;
  FakeRandom random_;
  std::unique_ptr<access::Parts> access_;
  std::unique_ptr<diary::Diary> diary_;
  std::unique_ptr<Notifications> notifications_;
  std::int64_t group_ = 0, anna_ = 0, bo_ = 0, carl_ = 0;
};

TEST_P(NotificationsTest, RemindsTheOwnerAndThoseWhoAcceptedOnce) {
  const auto id = meeting("2026-11-25T11:00:00Z", 15);
  invite(id, {bo_, carl_});
  answer(bo_, id, "accepted");
  at("2026-11-25T10:44:59Z");
  EXPECT_EQ(remind(), 0);
  at("2026-11-25T10:45:00Z");
  EXPECT_EQ(remind(), 1);
  EXPECT_EQ(remind(), 0);
  EXPECT_EQ(told(anna_), "reminder answered");
  EXPECT_EQ(told(bo_), "reminder invited");
  EXPECT_EQ(told(carl_), "invited");
  const auto params = newest(anna_).at("params").as_object();
  EXPECT_EQ(params.at("starts_at").as_string(), "2026-11-25T11:00:00.000Z");
  EXPECT_EQ(params.at("minutes").as_int64(), 15);
  EXPECT_EQ(newest(bo_).at("record").at("title").as_string(), "Møde");
}

TEST_P(NotificationsTest, RemindsOnceHoweverManyLookAtTheSameTime) {
  for (int i = 0; i < 20; ++i) meeting("2026-11-25T11:00:00Z", 15);
  at("2026-11-25T10:50:00Z");
  std::vector<std::thread> lookers;
  for (int i = 0; i < 4; ++i)
    lookers.emplace_back([this] {
      while (remind() != 0) {
      }
    });
  for (auto& one : lookers) one.join();
  EXPECT_EQ(number("SELECT count(*) FROM notifications"), 20);
  EXPECT_EQ(number("SELECT count(*) FROM activity_reminders WHERE due_at IS NOT NULL"), 0);
}

TEST_P(NotificationsTest, RemindsAtOnceOfWhatBeginsSooner) {
  meeting("2026-11-25T10:05:00Z", 60);
  meeting("2026-11-25T09:55:00Z", 60);
  EXPECT_EQ(remind(), 1);
  EXPECT_EQ(told(anna_), "reminder");
}

TEST_P(NotificationsTest, DoesNotRemindOfWhatWasMovedDoneOrPutAway) {
  const auto moved = meeting("2026-11-25T11:00:00Z", 15);
  const auto done = meeting("2026-11-25T11:00:00Z", 15);
  const auto gone = meeting("2026-11-25T11:00:00Z", 15);
  const auto silent = meeting("2026-11-25T11:00:00Z", 15);
  change(anna_, "activity", moved, {{"starts_at", "2026-11-26T11:00:00Z"}});
  change(anna_, "activity", done, {{"status", "done"}});
  archive(anna_, "activity", gone);
  change(anna_, "activity", silent, {{"reminder_minutes", nullptr}});
  at("2026-11-25T10:50:00Z");
  EXPECT_EQ(remind(), 0);
  at("2026-11-26T10:50:00Z");
  EXPECT_EQ(remind(), 1);
  EXPECT_EQ(told(anna_), "reminder");
}

TEST_P(NotificationsTest, CatchesUpWhatIsNotOlderThanADay) {
  meeting("2026-11-25T11:00:00Z", 0);
  meeting("2026-11-26T09:00:00Z", 0);
  at("2026-11-26T12:00:00Z");
  EXPECT_EQ(remind(), 2);
  EXPECT_EQ(told(anna_), "reminder");
  EXPECT_EQ(remind(), 0);
}

TEST_P(NotificationsTest, RemindsOfEachOccurrence) {
  const auto id = meeting("2026-11-26T08:00:00Z", 30, {{"recurrence", "FREQ=DAILY;COUNT=3"}});
  at("2026-11-26T07:30:00Z");
  EXPECT_EQ(remind(), 1);
  leave_out(id, "2026-11-27T08:00:00Z");
  at("2026-11-27T07:30:00Z");
  EXPECT_EQ(remind(), 0);
  at("2026-11-28T07:30:00Z");
  EXPECT_EQ(remind(), 1);
  at("2026-12-05T07:30:00Z");
  EXPECT_EQ(remind(), 0);
  EXPECT_EQ(told(anna_), "reminder reminder");
}

TEST_P(NotificationsTest, RemindsNotTwiceOfAnOccurrenceThatGotARecordOfItsOwn) {
  const auto id = meeting("2026-11-26T08:00:00Z", 30, {{"recurrence", "FREQ=DAILY;COUNT=3"}});
  at("2026-11-26T07:30:00Z");
  EXPECT_EQ(remind(), 1);
  change(anna_, "activity", id, {{"recurrence_except", "2026-11-26T08:00:00Z"}});
  const auto own = meeting("2026-11-26T08:00:00Z", 30,
                           {{"recurrence_of", id}, {"occurrence_at", "2026-11-26T08:00:00Z"}});
  change(anna_, "activity", own, {{"name", "Andet navn"}});
  EXPECT_EQ(remind(), 0);
}

TEST_P(NotificationsTest, PlansWhatNoSaveHasPlanned) {
  const auto id = meeting("2026-11-25T11:00:00Z", 15);
  run("DELETE FROM activity_reminders");
  (*database_)->write([&](store::Transaction& tx) {
    EXPECT_EQ(plan_unplanned(tx, notifications_->parts(), 0, 100), id);
    EXPECT_EQ(plan_unplanned(tx, notifications_->parts(), id, 100), 0);
  });
  at("2026-11-25T10:50:00Z");
  EXPECT_EQ(remind(), 1);
  EXPECT_EQ(told(anna_), "reminder");
}

// Eight in the morning of that day in Copenhagen is 07:00, in Auckland 19:00 of the day before.
TEST_P(NotificationsTest, RemindsOfWholeDaysByTheClockOfAnOwnerWhoMoved) {
  const auto move_to = [&](const char* zone) {
    const auto moved = (*database_)->write([&](store::Transaction& tx) {
      return records_->update(tx, system_, type("user"), RecordId{anna_}, {{"time_zone", zone}},
                              std::nullopt, {0, {}, "update"});
    });
    EXPECT_TRUE(moved.ok()) << moved.error().code;
  };
  move_to("Europe/Copenhagen");
  const object whole_day{{"all_day", true}};
  meeting("2026-11-27T00:00:00Z", 0, whole_day);
  meeting("2026-11-27T07:00:00Z", 0);
  move_to("Pacific/Auckland");
  EXPECT_EQ(number("SELECT count(*) FROM jobs WHERE kind = 'reminder_plan'"), 1);
  (*database_)->write([&](store::Transaction& tx) {
    EXPECT_NE(plan_unplanned(tx, notifications_->parts(), 0, 100), 0);
  });
  at("2026-11-26T18:59:59Z");
  EXPECT_EQ(remind(), 0);
  at("2026-11-26T19:00:00Z");
  EXPECT_EQ(remind(), 1);
  at("2026-11-27T07:00:00Z");
  EXPECT_EQ(remind(), 1);  // what has a time of day stayed where it was
  EXPECT_EQ(told(anna_), "reminder reminder");
}

TEST_P(NotificationsTest, TellsOfInvitationsAnswersAndOtherTimes) {
  const auto id = meeting("2026-11-26T08:00:00Z", 15);
  invite(id, {bo_});
  EXPECT_EQ(newest(bo_).at("by").at("name").as_string(), "Anna");
  answer(bo_, id, "declined");
  EXPECT_EQ(newest(anna_).at("params").at("answer").as_string(), "declined");
  change(anna_, "activity", id, {{"starts_at", "2026-11-27T08:00:00Z"}});
  EXPECT_EQ(told(bo_), "moved invited");
  EXPECT_EQ(newest(bo_).at("params").at("to").at("starts_at").as_string(),
            "2026-11-27T08:00:00.000Z");
  archive(anna_, "activity", id);
  EXPECT_EQ(told(bo_), "cancelled moved invited");
  EXPECT_EQ(newest(bo_).at("record").at("is_archived").as_bool(), true);
  EXPECT_EQ(told(anna_), "answered");  // not of what she did herself
}

TEST_P(NotificationsTest, TellsOfAnOccurrenceThatIsLeftOut) {
  const auto id = meeting("2026-11-26T08:00:00Z", 30, {{"recurrence", "FREQ=DAILY;COUNT=3"}});
  invite(id, {bo_});
  leave_out(id, "2026-11-27T08:00:00Z");
  EXPECT_EQ(told(bo_), "cancelled invited");
}

TEST_P(NotificationsTest, TellsOnceOfASeriesThatIsDivided) {
  const auto id = meeting("2026-11-30T08:00:00Z", 30, {{"recurrence", "FREQ=DAILY;COUNT=6"}});
  invite(id, {bo_});
  const auto rest =
      divide(carl_, id, "2026-12-02T08:00:00Z", {{"starts_at", "2026-12-02T10:00:00Z"}});
  ASSERT_NE(rest, id);
  EXPECT_EQ(told(bo_), "moved invited");
  EXPECT_EQ(newest(bo_).at("record").at("id").as_int64(), rest);
  const auto params = newest(bo_).at("params").as_object();
  EXPECT_EQ(params.at("from").at("starts_at").as_string(), "2026-12-02T08:00:00.000Z");
  EXPECT_EQ(params.at("to").at("starts_at").as_string(), "2026-12-02T10:00:00.000Z");
  EXPECT_EQ(told(anna_), "moved");  // whose series it is, and no new duty
  divide(carl_, rest, "2026-12-03T10:00:00Z", {{"name", "Andet"}});
  EXPECT_EQ(told(bo_), "moved invited");
  EXPECT_EQ(told(anna_), "moved");
}

TEST_P(NotificationsTest, TellsOfASeriesThatEndsEarlier) {
  const auto id = meeting("2026-11-30T08:00:00Z", 30, {{"recurrence", "FREQ=DAILY;COUNT=6"}});
  invite(id, {bo_});
  change(anna_, "activity", id, {{"recurrence", "FREQ=DAILY;COUNT=2"}});
  EXPECT_EQ(told(bo_), "moved invited");
}

TEST_P(NotificationsTest, SaysNothingOfAppointmentsThatAreOver) {
  const auto id = meeting("2026-11-24T08:00:00Z", 15);
  invite(id, {bo_});
  change(anna_, "activity", id, {{"starts_at", "2026-11-24T09:00:00Z"}});
  archive(anna_, "activity", id);
  EXPECT_EQ(told(bo_), "invited");
}

TEST_P(NotificationsTest, TellsOfRecordsThatBecameOnesOwn) {
  const auto first = make(anna_, "company", {{"name", "Nordlys"}, {"owner", bo_}});
  EXPECT_EQ(newest(bo_).at("kind").as_string(), "assigned");
  EXPECT_EQ(newest(bo_).at("record").at("title").as_string(), "Nordlys");
  const auto second = make(anna_, "company", {{"name", "Sydvest"}});
  change(anna_, "company", second, {{"owner", bo_}});
  EXPECT_EQ(told(bo_), "assigned");  // both in one
  EXPECT_EQ(newest(bo_).at("params").at("count").as_int64(), 2);
  change(bo_, "company", first, {{"owner", anna_}});
  EXPECT_EQ(told(anna_), "assigned");
  EXPECT_EQ(told(bo_), "assigned");
}

TEST_P(NotificationsTest, TellsThoseWhoWatchWhatOthersChange) {
  const auto id = make(anna_, "company", {{"name", "Nordlys"}});
  watch(bo_, "company", id);
  watch(carl_, "company", id);
  change(bo_, "company", id, {{"name", "Nordlys ApS"}});
  EXPECT_EQ(told(bo_), "");
  EXPECT_EQ(told(carl_), "changed");
  change(bo_, "company", id, {{"employees", 12}});
  EXPECT_EQ(told(carl_), "changed");  // both in one
  EXPECT_EQ(json::serialize(newest(carl_).at("params").at("fields")), R"(["employees","name"])");
  archive(bo_, "company", id);
  EXPECT_EQ(newest(carl_).at("params").at("change").as_string(), "archived");
  write([&](store::Transaction& tx) -> Status {
    records_->remove_archived_before(tx, type("company"), clock_.now().plus_ms(1), 10);
    return {};
  });
  EXPECT_EQ(number("SELECT count(*) FROM record_watches"), 0);
  EXPECT_EQ(number("SELECT count(*) FROM notifications WHERE record_type = 'company'"), 0);
}

TEST_P(NotificationsTest, ListsWhatOneWatchesAsFarAsItIsSeen) {
  std::vector<std::int64_t> ids;
  for (const char* name : {"Nordlys", "Sydvest", "Østen"})
    ids.push_back(make(anna_, "company", {{"name", name}, {"owner", bo_}}));
  for (const auto id : ids) watch(bo_, "company", id);  // all in the same moment
  watch(carl_, "company", ids[0]);
  const auto page = [&](const Scope& scope, const std::optional<WatchPlace>& after) {
    records::Seen seen;
    return (*database_)->read([&](store::Session& session) {
      return list_watches(session, notifications_->parts(), scope, after, 2, seen);
    });
  };
  const auto first = page(as(bo_), {});
  ASSERT_EQ(first.items.size(), 2u);
  ASSERT_TRUE(first.last);
  EXPECT_EQ(first.items.at(0).at("record").at("title").as_string(), "Østen");
  const auto second = page(as(bo_), parse_watch_place(render_watch_place(*first.last)).value());
  ASSERT_EQ(second.items.size(), 1u);
  EXPECT_FALSE(second.last);
  EXPECT_EQ(second.items.at(0).at("record").at("title").as_string(), "Nordlys");
  EXPECT_EQ(page(as(carl_), {}).items.size(), 1u);
  change(anna_, "company", ids[2], {{"owner", anna_}});
  EXPECT_EQ(page(as(bo_, 1), {}).items.at(0).at("record").at("title").as_string(), "Sydvest");
  for (const char* text : {"", "1", "1.2", "1.2.", "x.2.company", "99999999999999999999.2.company"})
    EXPECT_FALSE(parse_watch_place(text)) << text;
}

TEST_P(NotificationsTest, SaysNothingOfWhatWentOutOfSight) {
  const auto id = make(anna_, "company", {{"name", "Nordlys"}, {"owner", bo_}});
  const Scope own = as(bo_, 1);  // what is his
  EXPECT_EQ(unread(own), 1);
  change(anna_, "company", id, {{"owner", anna_}});
  EXPECT_EQ(unread(own), 0);
  EXPECT_TRUE(list(own).empty());
  EXPECT_EQ(unread(as(bo_)), 1);
}

TEST_P(NotificationsTest, HeedsWhatWasSwitchedOff) {
  write([&](store::Transaction& tx) -> Status {
    tx.execute((*statements_)["notifications.save_choice"], {bo_, "assigned", false});
    return {};
  });
  make(anna_, "company", {{"name", "Nordlys"}, {"owner", bo_}});
  EXPECT_EQ(told(bo_), "");
  const auto id = make(anna_, "company", {{"name", "Sydvest"}});
  watch(carl_, "company", id);
  run("UPDATE users SET active = 0 WHERE id = " + std::to_string(carl_));
  change(anna_, "company", id, {{"name", "Sydvest ApS"}});
  EXPECT_EQ(told(carl_), "");
}

TEST_P(NotificationsTest, TellsOfEachEndedJobOnce) {
  run("INSERT INTO jobs (kind, status, created_by, created_at, run_at, ended_at, input) VALUES "
      "('import', 'done', " +
      std::to_string(anna_) + ", 1, 1, " + std::to_string(clock_.now().ms) +
      ", '{\"type\": \"person\"}'), ('import', 'failed', " + std::to_string(anna_) + ", 1, 1, " +
      std::to_string(clock_.now().ms) + ", '{}'), ('housekeeping', 'done', 0, 1, 1, " +
      std::to_string(clock_.now().ms) + ", '{}')");
  for (int look = 0; look < 2; ++look)
    tell_ended_jobs(notifications_->parts(), clock_.now().plus_ms(-ms_per_day));
  EXPECT_EQ(told(anna_), "job_failed job_done");
  EXPECT_EQ(list(as(anna_)).at(1).at("params").at("type").as_string(), "person");
}

TEST_P(NotificationsTest, ForgetsAfterNinetyDays) {
  make(anna_, "company", {{"name", "Nordlys"}, {"owner", bo_}});
  clock_.advance_ms(limits::keep_ms + 1);
  make(anna_, "company", {{"name", "Sydvest"}, {"owner", bo_}});
  EXPECT_EQ(unread(as(bo_)), 2);
  (*database_)->write([&](store::Transaction& tx) {
    remove_told_before(tx, notifications_->parts(), clock_.now().plus_ms(-limits::keep_ms), 10);
  });
  EXPECT_EQ(unread(as(bo_)), 1);
}

INSTANTIATE_EACH_ENGINE(NotificationsTest);

}  // namespace
}  // namespace fokus::notifications
