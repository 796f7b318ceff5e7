// SPDX-License-Identifier: Apache-2.0
// Rules of the save, occurrences, invitations and rights, on both engines.
#include "features/diary/appointments.hpp"
#include "features/diary/occurrences.hpp"
#include "platform/random.hpp"
#include "records/place_testing.hpp"

namespace fokus::diary {
namespace {

namespace json = boost::json;
using access::Scope;
using json::object;

class DiaryTest : public records::testing::Place {
 protected:
  void SetUp() override {
    Place::SetUp();
    if (IsSkipped()) return;
    jobs_ = work::make_jobs(**database_, *statements_, clock_, {30'000, 5});
    access_ = std::make_unique<access::Parts>(
        access::Parts{**database_, *statements_, clock_, random_, std::string(32, 's')});
    diary_ = std::make_unique<Diary>(parts(), *access_);
    records_->set_save_rule(&Diary::check_save);
    records_->set_record_watch([this](store::Transaction& tx, const records::RecordType& type,
                                      RecordId id, const records::WatchedRecord* before,
                                      const records::WatchedRecord* after) {
      diary_->follow(tx, type, id, before, after);
    });
    group_ = create("group", {{"name", "Salg"}});
    anna_ = user("Anna", "anna@example.org");
    bo_ = user("Bo", "bo@example.org");
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

  // Somebody who may do all with activities of these circles.
  Scope as(std::int64_t user, access::Circles circles = access::every_circle) {
    auto permissions = std::make_shared<access::Permissions>();
    permissions->types["activity"].fill(circles);
    permissions->types["company"].fill(circles);
    permissions->types["user"] = {access::every_circle, 0, 0, 0, 0};
    Scope out;
    out.actor.user = UserId{user};
    out.actor.permissions = permissions;
    return out;
  }
  std::int64_t weekly(object more = {}) {
    object values{{"name", "Ugemøde"},
                  {"owner", anna_},
                  {"starts_at", "2027-03-22T08:00:00Z"},
                  {"ends_at", "2027-03-22T09:00:00Z"},
                  {"recurrence", "FREQ=WEEKLY;BYDAY=MO;COUNT=6"}};
    for (const auto& [name, value] : more) values[name] = value;
    return create("activity", values);
  }
  std::string refusal(const object& values) {
    object all{{"name", "X"}, {"starts_at", "2027-03-22T08:00:00Z"}};
    for (const auto& [name, value] : values) all[name] = value;
    const auto saved = try_create("activity", all);
    if (saved) return "";
    const auto& first = saved.error().errors.at(0);
    return saved.error().code + " " + first.field + " " + first.code;
  }

  // "03-22T08:00 03-29T07:00": what stands in the diary of that user, as the scope sees it.
  std::string diary(const Scope& scope, std::int64_t user, const char* from = "2027-03-01",
                    const char* to = "2027-05-30") {
    const Date first = *parse_date(from), last = *parse_date(to);
    const auto zone = *TimeZone::find("Europe/Copenhagen");
    const Question question{{user}, zone.midnight(first), zone.midnight(last), first, last};
    return (*database_)->read([&](store::Session& session) {
      const auto found = find_appointments(*diary_, session, scope, question);
      bool is_cut = false;
      std::string out;
      for (const auto& entry : list_entries(found, question, is_cut))
        out += (out.empty() ? "" : " ") + render_instant(entry.starts_at).substr(5, 11);
      return out;
    });
  }
  std::string change(const Scope& scope, std::int64_t id, const char* at, Reach reach,
                     const object& values) {
    const auto done = (*database_)->write([&](store::Transaction& tx) {
      return change_occurrence(*diary_, tx, scope, {RecordId{id}, *parse_instant(at), reach, {}},
                               values);
    });
    if (done) last_ = *done;
    return done ? "" : done.error().code;
  }
  std::string remove(const Scope& scope, std::int64_t id, const char* at, Reach reach) {
    const auto done = (*database_)->write([&](store::Transaction& tx) {
      return remove_occurrence(*diary_, tx, scope, {RecordId{id}, *parse_instant(at), reach, {}});
    });
    if (done) last_ = *done;
    return done ? "" : done.error().code;
  }
  std::string put(const Scope& scope, std::int64_t id, const std::vector<std::int64_t>& users) {
    const auto done = (*database_)->write([&](store::Transaction& tx) {
      return invite(*diary_, tx, scope, RecordId{id}, users);
    });
    return done.ok() ? "" : done.error().code;
  }
  std::string say(const Scope& scope, std::int64_t id, const char* text) {
    const auto done = (*database_)->write([&](store::Transaction& tx) {
      return answer(*diary_, tx, scope, RecordId{id}, text);
    });
    return done.ok() ? "" : done.error().code;
  }
  std::int64_t answers(std::int64_t id, const std::string& text) {
    return number("SELECT count(*) FROM activity_participants WHERE activity = " +
                  std::to_string(id) + " AND answer = '" + text + "'");
  }
  void undo_last() {
    write([&](store::Transaction& tx) -> Status {
      const auto step = TRY(records_->undo_batch(tx, system_, last_.batch, INT64_MAX, 100));
      EXPECT_EQ(step.conflicts, 0);
      return {};
    });
  }

  std::unique_ptr<work::Jobs> jobs_;
  FakeRandom random_;
  std::unique_ptr<access::Parts> access_;
  std::unique_ptr<Diary> diary_;
  OccurrenceChange last_;
  std::int64_t group_ = 0, anna_ = 0, bo_ = 0;
};
INSTANTIATE_EACH_ENGINE(DiaryTest);

TEST_P(DiaryTest, RulesHoldForEverySave) {
  EXPECT_EQ(refusal({{"recurrence", "FREQ=HOURLY"}}),
            "diary/invalid_recurrence recurrence unknown_frequency");
  EXPECT_EQ(refusal({{"recurrence", "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29;INTERVAL=3"}}), "");
  EXPECT_EQ(refusal({{"recurrence", "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30"}}),
            "diary/invalid_recurrence recurrence never");
  EXPECT_EQ(refusal({{"recurrence", "FREQ=DAILY"}, {"recurrence_zone", "Moon"}}),
            "diary/invalid recurrence_zone unknown_zone");
  EXPECT_EQ(refusal({{"recurrence", "FREQ=DAILY"}, {"recurrence_of", weekly()}}),
            "diary/invalid_recurrence recurrence is_an_occurrence");
  EXPECT_EQ(refusal({{"reminder_minutes", -1}}), "diary/invalid reminder_minutes out_of_range");
  EXPECT_EQ(refusal({{"reminder_minutes", 40'320}}), "");
  const auto id = weekly({{"recurrence_except", "2027-04-05T09:00:00+02:00"}});
  EXPECT_EQ(get("activity", id).at("recurrence_except"), "2027-04-05T07:00:00.000Z");
  EXPECT_EQ(get("activity", id).at("recurrence_zone"), "Europe/Copenhagen");
  ASSERT_TRUE(update("activity", id, {{"recurrence", nullptr}}).ok());
  EXPECT_TRUE(get("activity", id).at("recurrence_zone").is_null());
  EXPECT_TRUE(get("activity", id).at("recurrence_except").is_null());
}

TEST_P(DiaryTest, OneOccurrenceIsMovedAndTakenBack) {
  const auto id = weekly();
  ASSERT_EQ(put(system_, id, {bo_}), "");
  ASSERT_EQ(say(as(bo_), id, "accepted"), "");
  ASSERT_EQ(change(system_, id, "2027-03-29T07:00:00Z", Reach::one,
                   {{"starts_at", "2027-03-30T10:00:00Z"}}),
            "");
  EXPECT_EQ(diary(system_, anna_, "2027-03-20", "2027-04-06"),
            "03-22T08:00 03-30T10:00 04-05T07:00");
  EXPECT_EQ(diary(system_, bo_, "2027-03-20", "2027-04-06"), "03-22T08:00 03-30T10:00 04-05T07:00");
  EXPECT_EQ(answers(id, "accepted"), 1);
  EXPECT_EQ(answers(last_.record.value, "invited"), 1) << "another time is asked about again";
  undo_last();
  EXPECT_EQ(diary(system_, anna_, "2027-03-20", "2027-04-06"),
            "03-22T08:00 03-29T07:00 04-05T07:00");
}

TEST_P(DiaryTest, TheRestBecomesASeriesOfItsOwn) {
  const auto id = weekly();
  ASSERT_EQ(change(system_, id, "2027-04-12T07:00:00Z", Reach::one, {{"name", "Særligt"}}), "");
  const auto special = last_.record.value;
  ASSERT_EQ(change(system_, id, "2027-04-05T07:00:00Z", Reach::following,
                   {{"starts_at", "2027-04-06T08:00:00Z"}}),
            "");
  const auto rest = last_.record.value;
  EXPECT_NE(rest, id);
  EXPECT_EQ(get("activity", rest).at("recurrence"), "FREQ=WEEKLY;BYDAY=TU;COUNT=4");
  EXPECT_EQ(get("activity", special).at("recurrence_of").at("id"), rest);
  EXPECT_EQ(get("activity", special).at("occurrence_at"), "2027-04-13T08:00:00.000Z");
  EXPECT_EQ(diary(system_, anna_),
            "03-22T08:00 03-29T07:00 04-06T08:00 04-12T07:00 04-20T08:00 04-27T08:00");
  undo_last();
  EXPECT_EQ(diary(system_, anna_),
            "03-22T08:00 03-29T07:00 04-05T07:00 04-12T07:00 04-19T07:00 04-26T07:00");
  EXPECT_EQ(get("activity", special).at("recurrence_of").at("id"), id);
}

TEST_P(DiaryTest, AllMoveByTheSame) {
  const auto id = weekly({{"recurrence_except", "2027-04-12T07:00:00Z"}});
  ASSERT_EQ(change(system_, id, "2027-03-29T07:00:00Z", Reach::all,
                   {{"starts_at", "2027-03-31T06:30:00Z"}, {"ends_at", "2027-03-31T06:45:00Z"}}),
            "");
  EXPECT_EQ(diary(system_, anna_), "03-24T07:30 03-31T06:30 04-07T06:30 04-21T06:30 04-28T06:30");
  EXPECT_EQ(get("activity", id).at("ends_at"), "2027-03-24T07:45:00.000Z");
  EXPECT_EQ(change(system_, id, "2027-03-29T07:00:00Z", Reach::all, {}),
            "diary/no_such_occurrence");
}

TEST_P(DiaryTest, OccurrencesAreLeftOut) {
  const auto id = weekly();
  ASSERT_EQ(remove(system_, id, "2027-03-29T07:00:00Z", Reach::one), "");
  ASSERT_EQ(change(system_, id, "2027-04-19T07:00:00Z", Reach::one, {{"name", "Flyttet"}}), "");
  ASSERT_EQ(remove(system_, id, "2027-04-12T07:00:00Z", Reach::following), "");
  EXPECT_EQ(diary(system_, anna_), "03-22T08:00 04-05T07:00");
  undo_last();
  EXPECT_EQ(diary(system_, anna_), "03-22T08:00 04-05T07:00 04-12T07:00 04-19T07:00 04-26T07:00");
  ASSERT_EQ(remove(system_, id, "2027-03-22T08:00:00Z", Reach::following), "");
  EXPECT_EQ(diary(system_, anna_), "") << "from the first on is all";
}

TEST_P(DiaryTest, ShowsWhatMayBeReadAndInvitationsOnly) {
  const auto id = weekly();
  const Scope mine = as(bo_, 0b0001);  // only what is Bo's
  EXPECT_EQ(diary(mine, anna_), "");
  EXPECT_EQ(change(mine, id, "2027-03-29T07:00:00Z", Reach::one, {}), "records/not_found");
  EXPECT_EQ(put(mine, id, {bo_}), "records/not_found");
  EXPECT_EQ(say(mine, id, "accepted"), "diary/not_invited");
  ASSERT_EQ(put(system_, id, {bo_}), "");
  EXPECT_EQ(diary(mine, bo_, "2027-03-20", "2027-03-30"), "03-22T08:00 03-29T07:00");
  EXPECT_EQ(diary(mine, anna_, "2027-03-20", "2027-03-30"), "03-22T08:00 03-29T07:00")
      << "in whosever column they look";
  EXPECT_EQ(change(mine, id, "2027-03-29T07:00:00Z", Reach::one, {}), "records/not_found");
  EXPECT_EQ(put(mine, id, {}), "records/not_found") << "an invitation is no right to change it";
  ASSERT_EQ(say(mine, id, "declined"), "");
  EXPECT_EQ(diary(mine, bo_), "");
  EXPECT_EQ(diary(system_, anna_, "2027-03-20", "2027-03-24"), "03-22T08:00");
}

TEST_P(DiaryTest, ParticipantsGoWithTheAppointment) {
  const auto id = weekly();
  ASSERT_EQ(put(system_, id, {anna_, bo_}), "");
  EXPECT_EQ(number("SELECT count(*) FROM activity_participants"), 1) << "not its owner";
  write([&](store::Transaction& tx) -> Status {
    TRY(records_->archive(tx, system_, type("activity"), RecordId{id}, {0, {}, "archive"}));
    records_->remove_archived_before(tx, type("activity"), clock_.now().plus_ms(1), 10);
    return {};
  });
  EXPECT_EQ(number("SELECT count(*) FROM activity_participants"), 0);
}

}  // namespace
}  // namespace fokus::diary
