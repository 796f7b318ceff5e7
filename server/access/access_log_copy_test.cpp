// SPDX-License-Identifier: Apache-2.0
#include "access/access_log_copy.hpp"

#include "access/access_testing.hpp"

namespace fokus::access {
namespace {

// Two databases with a log each: of a backup and of a data folder.
class LogCopies : public testing::AccessTest {
 protected:
  void SetUp() override {
    AccessTest::SetUp();
    if (IsSkipped()) return;
    other.emplace(GetParam());
    ASSERT_TRUE(store::migrate(**other, sources.files, [] { return Status{}; }).ok());
    log.emplace(**scratch, *statements, clock, random);
    copied.emplace(**other, *statements, clock, random);
  }
  static void append(AccessLog& to, int count) {
    for (int i = 1; i <= count; ++i) {
      LogEntry e;
      e.user = UserId{7};
      e.action = "read";
      e.record_type = "person";
      e.ids = {i};
      to.append(std::move(e));
    }
  }
  bool extend() { return extend_log(**scratch, **other, *statements); }
  LogFit fit() { return compare_logs(**scratch, **other, *statements); }

  std::optional<store::testing::ScratchDatabase> other;
  std::optional<AccessLog> log, copied;
};
INSTANTIATE_EACH_ENGINE(LogCopies);

TEST_P(LogCopies, CarryEveryEntryAndTheChain) {
  append(*log, 1003);  // more than a page
  (*scratch)->write([&](store::Transaction& tx) {  // the content of one has been destroyed
    tx.execute("UPDATE access_log SET ids = '', salt = NULL WHERE id = 4");
  });
  EXPECT_EQ(fit(), LogFit::rest);
  EXPECT_TRUE(extend());
  EXPECT_EQ(fit(), LogFit::nothing);
  const auto verdict = copied->verify();
  EXPECT_EQ(verdict.checked, 1003);
  EXPECT_EQ(verdict.broken_at, 0);
  append(*copied, 1);
  EXPECT_EQ(copied->verify().broken_at, 0);
}

TEST_P(LogCopies, AddOnlyWhatIsMissing) {
  append(*log, 3);
  EXPECT_TRUE(extend());
  append(*log, 2);
  EXPECT_EQ(fit(), LogFit::rest);
  EXPECT_TRUE(extend());
  EXPECT_EQ(copied->verify().checked, 5);
  EXPECT_EQ(copied->verify().broken_at, 0);
}

TEST_P(LogCopies, KeepWhatWasWrittenSince) {
  append(*log, 3);
  EXPECT_TRUE(extend());
  append(*copied, 4);  // after the backup
  EXPECT_EQ(fit(), LogFit::nothing);
  EXPECT_TRUE(extend());
  EXPECT_EQ(copied->verify().checked, 7);
  EXPECT_EQ(copied->verify().broken_at, 0);
}

TEST_P(LogCopies, TakeNothingOfAForeignLog) {
  append(*log, 3);
  append(*copied, 2);
  EXPECT_EQ(fit(), LogFit::foreign);
  EXPECT_FALSE(extend());
  EXPECT_EQ(copied->verify().checked, 2);
  append(*copied, 2);  // longer than the other now
  EXPECT_EQ(fit(), LogFit::foreign);
  replace_log(**scratch, **other, *statements);
  EXPECT_EQ(fit(), LogFit::nothing);
  EXPECT_EQ(copied->verify().checked, 3);
  EXPECT_EQ(copied->verify().broken_at, 0);
}

TEST_P(LogCopies, AnEmptyLogChangesNothing) {
  append(*copied, 2);
  EXPECT_EQ(fit(), LogFit::nothing);
  EXPECT_TRUE(extend());
  EXPECT_EQ(copied->verify().checked, 2);
  clear_log(**other, *statements);
  EXPECT_EQ(copied->verify().checked, 0);
  EXPECT_EQ(copied->verify().broken_at, 0);
}

}  // namespace
}  // namespace fokus::access
