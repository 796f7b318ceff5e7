// SPDX-License-Identifier: Apache-2.0
#include "records/event_feed.hpp"

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

}  // namespace
}  // namespace fokus::records
