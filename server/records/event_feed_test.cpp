// SPDX-License-Identifier: Apache-2.0
#include "records/event_feed.hpp"

#include <chrono>
#include <map>
#include <thread>

#include "records/place_testing.hpp"

namespace fokus::records {
namespace {

// Keeps what it was sent.
class Ear : public net::Socket {
 public:
  bool send(std::string message) override {
    std::lock_guard lock(mutex_);
    heard_.push_back(std::move(message));
    return true;
  }
  void close(int, std::string_view) override {}
  std::size_t queued_bytes() const override { return 0; }
  std::vector<std::string> heard() {
    std::lock_guard lock(mutex_);
    return heard_;
  }

 private:
  std::mutex mutex_;
  std::vector<std::string> heard_;
};

class EventFeedGaps : public testing::Place {
 protected:
  void SetUp() override {
    Place::SetUp();
    if (IsSkipped()) return;
    for (const char* name : {"First ApS", "Second ApS", "Third ApS"})
      create("company", {{"name", name}});
    jobs_ = work::make_jobs(**database_, *statements_, clock_);
    feed_ = std::make_unique<EventFeed>(**database_, *statements_, holder_, *jobs_);
  }
  void TearDown() override {
    feed_.reset();
    jobs_.reset();
    Place::TearDown();
  }
  std::vector<std::string> open(EventFeed::Start start) {
    const auto ear = std::make_shared<Ear>();
    const auto events = feed_->open(
        system_, start, [this] { return Result<access::Actor>(system_.actor); }, ear);
    auto heard = ear->heard();
    events.closed();
    return heard;
  }
  std::unique_ptr<work::Jobs> jobs_;
  std::unique_ptr<EventFeed> feed_;
};
INSTANTIATE_EACH_ENGINE(EventFeedGaps);

TEST_P(EventFeedGaps, WhatIsKeptIsMadeGood) {
  const auto oldest = number("SELECT min(id) FROM events");
  for (const auto since : {oldest - 1, oldest, number("SELECT max(id) FROM events")}) {
    if (since == 0) continue;
    const auto start = feed_->start_after(since);
    EXPECT_FALSE(start.has_gap) << since;
    EXPECT_EQ(start.after, since);
  }
  EXPECT_FALSE(feed_->start_after(0).has_gap);
}

TEST_P(EventFeedGaps, WhatIsGoneIsTold) {
  const auto oldest = number("SELECT min(id) FROM events");
  run("UPDATE events SET at = 1 WHERE id <= " + std::to_string(oldest + 1));
  (*database_)->write([&](store::Transaction& tx) {
    tx.execute((*statements_)["records.remove_events_before"], {2});
  });
  EXPECT_FALSE(feed_->start_after(oldest + 1).has_gap);
  const auto start = feed_->start_after(oldest);
  EXPECT_TRUE(start.has_gap);
  const auto heard = open(start);
  ASSERT_EQ(heard.size(), 2U);
  const std::string newest = std::to_string(number("SELECT max(id) FROM events"));
  EXPECT_EQ(heard[0], R"({"kind":"hello","id":)" + newest + "}");
  EXPECT_EQ(heard[1], R"({"kind":"gap","code":"events_expired","id":)" + newest + "}");
  EXPECT_EQ(open({}).size(), 1U);
}

TEST_P(EventFeedGaps, WhatComesFromAnotherStateOfTheDatabaseIsTold) {
  EXPECT_TRUE(feed_->start_after(number("SELECT max(id) FROM events") + 1).has_gap);
}

// Otherwise the next number would be taken for one of an empty table.
TEST_P(EventFeedGaps, TheNewestEventStays) {
  const auto newest = number("SELECT max(id) FROM events");
  (*database_)->write([&](store::Transaction& tx) {
    tx.execute((*statements_)["records.remove_events_before"], {clock_.now().plus_ms(ms_per_day)});
  });
  EXPECT_EQ(number("SELECT max(id) FROM events"), newest);
  EXPECT_EQ(number("SELECT count(*) FROM events"), 1);
}

// Two users of two groups who see what is theirs or their group's, and one who sees everything.
class EventFeedLosses : public testing::Place {
 protected:
  void SetUp() override {
    Place::SetUp();
    if (IsSkipped()) return;
    sales_ = create("group", {{"name", "Sales"}});
    service_ = create("group", {{"name", "Service"}});
    constexpr access::Circles near = 0b0011;
    anna_ = user("anna@example.org", sales_, near);
    bo_ = user("bo@example.org", service_, near);
    carl_ = user("carl@example.org", service_, access::every_circle);
    jobs_ = work::make_jobs(**database_, *statements_, clock_);
    feed_ = std::make_unique<EventFeed>(**database_, *statements_, holder_, *jobs_);
  }
  void TearDown() override {
    feed_.reset();
    jobs_.reset();
    Place::TearDown();
  }

  Scope user(const char* email, std::int64_t group, access::Circles read) {
    auto rights = std::make_shared<access::Permissions>();
    rights->types["*"] = {read, read, read, read, read};
    Scope scope;
    scope.actor.user =
        UserId{create("user", {{"name", email}, {"email", email}, {"primary_group", group}})};
    scope.actor.primary_group = GroupId{group};
    scope.actor.permissions = rights;
    return scope;
  }
  std::int64_t newest() { return number("SELECT max(id) FROM events"); }

  // What somebody is told who comes back after `since`, up to the newest event: kinds of the events
  // about the record, or their whole text.
  std::vector<std::string> told(const Scope& scope, std::int64_t since, std::int64_t record,
                                bool whole = false) {
    const auto ear = std::make_shared<Ear>();
    const auto events = feed_->open(
        scope, {since, false}, [scope] { return Result<access::Actor>(scope.actor); }, ear);
    // An event that everyone is told of ends what is waited for.
    const auto product = create("product", {{"name", "Last"}});
    const Scope everyone = carl_;
    const auto last = std::make_shared<Ear>();
    const auto end = feed_->open(
        everyone, {since, false}, [everyone] { return Result<access::Actor>(everyone.actor); },
        last);
    const std::string mark = R"("type":"product","record":)" + std::to_string(product);
    wait_for(*last, mark);
    std::map<std::int64_t, std::string> later;  // PostgreSQL's feed may tell an older one again
    for (const auto& text : ear->heard()) {
      const auto event = boost::json::parse(text).as_object();
      if (event.contains("record") && event.at("type") == "company" &&
          event.at("record") == record && event.at("id").as_int64() > since)
        later[event.at("id").as_int64()] = whole ? text : std::string(event.at("kind").as_string());
    }
    events.closed();
    end.closed();
    std::vector<std::string> out;
    for (const auto& [id, what] : later) out.push_back(what);
    return out;
  }
  // A slow machine may take its time.
  static void wait_for(Ear& ear, const std::string& mark) {
    for (int i = 0; i < 6'000; ++i) {
      for (const auto& text : ear.heard())
        if (text.find(mark) != text.npos) return;
      std::this_thread::sleep_for(std::chrono::milliseconds(5));
    }
    FAIL() << "no event " << mark;
  }

  using Kinds = std::vector<std::string>;
  std::int64_t sales_ = 0, service_ = 0;
  Scope anna_, bo_, carl_;
  std::unique_ptr<work::Jobs> jobs_;
  std::unique_ptr<EventFeed> feed_;
};
INSTANTIATE_EACH_ENGINE(EventFeedLosses);

TEST_P(EventFeedLosses, WhoLosesARecordToAnotherOwnerIsTold) {
  const auto company = create("company", {{"name", "Hers ApS"}, {"owner", anna_.actor.user.value}});
  const auto since = newest();
  ASSERT_TRUE(update("company", company, {{"owner", bo_.actor.user.value}}).ok());
  const auto whole = told(anna_, since, company, true);
  ASSERT_EQ(whole.size(), 1U);
  const auto event = boost::json::parse(whole.front()).as_object();
  EXPECT_EQ(event.at("kind"), "gone");
  EXPECT_EQ(event.at("record"), company);
  EXPECT_FALSE(event.contains("version"));
  EXPECT_FALSE(event.contains("by"));
  EXPECT_EQ(told(bo_, since, company), Kinds{"changed"});
  EXPECT_EQ(told(carl_, since, company), Kinds{"changed"});
}

TEST_P(EventFeedLosses, WhoNeverSawItIsToldNothing) {
  const auto third = user("dora@example.org", sales_, 0b0001);
  const auto company = create("company", {{"name", "His ApS"}, {"owner", bo_.actor.user.value}});
  const auto since = newest();
  ASSERT_TRUE(update("company", company, {{"owner", carl_.actor.user.value}}).ok());
  EXPECT_EQ(told(anna_, since, company), Kinds());
  EXPECT_EQ(told(third, since, company), Kinds());
  // Carl is in Bo's group.
  EXPECT_EQ(told(bo_, since, company), Kinds{"changed"});
}

TEST_P(EventFeedLosses, WhoSeesItAgainIsNotToldThatItIsGone) {
  const auto company = create("company", {{"name", "Hers ApS"}, {"owner", anna_.actor.user.value}});
  const auto since = newest();
  ASSERT_TRUE(update("company", company, {{"owner", bo_.actor.user.value}}).ok());
  ASSERT_TRUE(update("company", company, {{"owner", anna_.actor.user.value}}).ok());
  EXPECT_EQ(told(anna_, since, company), Kinds{"changed"});
  EXPECT_EQ(told(bo_, since, company), (Kinds{"changed", "gone"}));
}

TEST_P(EventFeedLosses, AnOwnerWhoMovesToAnotherGroupTakesTheRecordsAlong) {
  const auto mate = user("eva@example.org", sales_, 0b0011);
  const auto company = create("company", {{"name", "Hers ApS"}, {"owner", anna_.actor.user.value}});
  const auto since = newest();
  ASSERT_TRUE(update("user", anna_.actor.user.value, {{"primary_group", service_}}).ok());
  EXPECT_EQ(told(mate, since, company), Kinds{"gone"});
  EXPECT_EQ(told(carl_, since, company), Kinds());
}

TEST_P(EventFeedLosses, OtherChangesMakeNoSuchEvent) {
  const auto company = create("company", {{"name", "Hers ApS"}, {"owner", anna_.actor.user.value}});
  ASSERT_TRUE(update("company", company, {{"name", "Hers A/S"}}).ok());
  EXPECT_EQ(number("SELECT count(*) FROM events WHERE kind = 'gone'"), 0);
}

}  // namespace
}  // namespace fokus::records
