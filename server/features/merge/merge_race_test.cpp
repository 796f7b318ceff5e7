// SPDX-License-Identifier: Apache-2.0
// Merges beside other merges and saves.
#include <atomic>
#include <thread>

#include "features/merge/merge_testing.hpp"

namespace fokus::merge {
namespace {

class MergeRaceTest : public testing::MergePlace {
 protected:
  // How many of the bodies, run at the same moment, end well.
  template <class... Bodies>
  int at_once(Bodies... bodies) {
    std::atomic<int> ready = 0, good = 0;
    const auto run = [&](auto body) {
      ++ready;
      while (ready < static_cast<int>(sizeof...(bodies))) std::this_thread::yield();
      good += body();
    };
    std::vector<std::thread> threads;
    (threads.emplace_back(run, bodies), ...);
    for (auto& thread : threads) thread.join();
    return good;
  }
};
INSTANTIATE_EACH_ENGINE(MergeRaceTest);

TEST_P(MergeRaceTest, OfTwoMergesInACircleOneIsRefused) {
  for (int i = 0; i < 10; ++i) {
    const auto a = create("company", {{"name", "A"}});
    const auto b = create("company", {{"name", "B"}});
    const auto into = [&](std::int64_t keep, std::int64_t gone) {
      return [this, keep, gone] { return try_merge(order("company", keep, {gone})).ok(); };
    };
    EXPECT_EQ(at_once(into(a, b), into(b, a)), 1);
    EXPECT_EQ(number("SELECT count(*) FROM merged_records WHERE record_id IN (" +
                     std::to_string(a) + ", " + std::to_string(b) + ")"),
              1);
  }
}

TEST_P(MergeRaceTest, AnUndoHappensOnce) {
  for (int i = 0; i < 10; ++i) {
    const auto a = create("company", {{"name", "A"}});
    const auto b = create("company", {{"name", "B"}});
    const auto id = merge(order("company", a, {b}));
    const auto back = [&] { return try_undo(id).ok(); };
    EXPECT_EQ(at_once(back, back), 1);
  }
}

TEST_P(MergeRaceTest, ASaveWithTheVersionFromBeforeLosesAgainstTheMerge) {
  for (int i = 0; i < 10; ++i) {
    const auto a = create("company", {{"name", "A"}});
    const auto b = create("company", {{"name", "B"}});
    auto wanted = order("company", a, {b});
    wanted.versions = {{a, 1}, {b, 1}};
    const auto save = [&] {
      return (*database_)
          ->write([&](store::Transaction& tx) {
            return records_->update(tx, system_, type("company"), RecordId{b}, {{"name", "B2"}}, 1,
                                    {0, {}, "update"});
          })
          .ok();
    };
    EXPECT_EQ(at_once(save, [&] { return try_merge(wanted).ok(); }), 1);
  }
}

TEST_P(MergeRaceTest, NoLinkIsMadeToARecordThatIsBeingMerged) {
  const auto a = create("company", {{"name", "A"}});
  for (int i = 0; i < 6; ++i) {
    const auto b = create("company", {{"name", "B"}});
    const auto call = [&] {
      int made = 0;
      for (int n = 0; n < 20; ++n)
        made += try_create("activity", {{"name", "Call"}, {"company", b}}).ok();
      return made >= 0;
    };
    EXPECT_EQ(at_once(call, call, [&] { return try_merge(order("company", a, {b})).ok(); }), 3);
    EXPECT_EQ(number("SELECT count(*) FROM activities WHERE company = " + std::to_string(b)), 0);
  }
}

}  // namespace
}  // namespace fokus::merge
