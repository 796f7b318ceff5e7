// SPDX-License-Identifier: Apache-2.0
#include <filesystem>
#include <thread>

#include "access/access_journal.hpp"
#include "access/access_testing.hpp"

namespace fokus::access {
namespace {

class Logging : public testing::AccessTest {
 protected:
  void SetUp() override {
    AccessTest::SetUp();
    if (!IsSkipped()) log.emplace(**scratch, *statements, clock, random);
  }
  LogEntry entry(std::vector<std::int64_t> ids, UserId user = UserId{7}) {
    LogEntry e;
    e.user = user;
    e.session = 3;
    e.purpose = "customer_care";
    e.action = "read";
    e.record_type = "person";
    e.ids = std::move(ids);
    e.route = "GET /api/v1/persons/{id}";
    e.remote = "192.0.2.17";
    e.call_id = "00ff";
    return e;
  }
  void change(std::string_view sql) {
    (*scratch)->write([&](store::Transaction& tx) { tx.execute(sql); });
  }
  std::optional<AccessLog> log;
};
INSTANTIATE_EACH_ENGINE(Logging);

TEST_P(Logging, KeepsWhatWasSeenByWhom) {
  log->append(entry({5}));
  clock.advance_ms(1000);
  log->append(entry({51, 6}, UserId{8}));
  const auto all = log->list({});
  ASSERT_EQ(all.size(), 2u);
  EXPECT_EQ(all[0].ids, (std::vector<std::int64_t>{51, 6}));
  EXPECT_EQ(all[0].count, 2);
  EXPECT_EQ(all[0].remote, "192.0.2.0");
  EXPECT_EQ(all[1].at.plus_ms(1000), all[0].at);
  LogQuery query;
  query.user = UserId{7};
  EXPECT_EQ(log->list(query).size(), 1u);
  query = {};
  query.record_type = "person";
  query.record = 5;  // not 51
  ASSERT_EQ(log->list(query).size(), 1u);
  EXPECT_EQ(log->list(query)[0].user, UserId{7});
  query.record_type = "company";
  EXPECT_TRUE(log->list(query).empty());
  query = {};
  query.from = clock.now();
  EXPECT_EQ(log->list(query).size(), 1u);
  query = {};
  query.limit = 1;
  query.before = all[0].id;
  EXPECT_EQ(log->list(query).at(0).id, all[1].id);
}

TEST_P(Logging, FindsWhatWasChangedRemovedOrCutOff) {
  for (int i = 1; i <= 5; ++i) log->append(entry({i}));
  EXPECT_EQ(log->verify().checked, 5);
  EXPECT_EQ(log->verify().broken_at, 0);
  change("UPDATE access_log SET user_id = 9 WHERE id = 3");
  EXPECT_EQ(log->verify().broken_at, 3);
  change("UPDATE access_log SET user_id = 7 WHERE id = 3");
  EXPECT_EQ(log->verify().broken_at, 0);
  change("UPDATE access_log SET ids = '', remote = '', salt = NULL WHERE id = 2");  // erased
  EXPECT_EQ(log->verify().broken_at, 0);
  change("DELETE FROM access_log WHERE id = 5");
  EXPECT_NE(log->verify().broken_at, 0);
  change("DELETE FROM access_log WHERE id = 4");
  change("UPDATE access_log_head SET last_id = 3");
  EXPECT_NE(log->verify().broken_at, 0);
}

TEST_P(Logging, OldEntriesMayGoFromTheFront) {
  for (int i = 1; i <= 4; ++i) log->append(entry({i}));
  change("DELETE FROM access_log WHERE id <= 2");
  EXPECT_EQ(log->verify().broken_at, 0);
  change("DELETE FROM access_log WHERE id = 3");
  log->append(entry({9}));
  change("UPDATE access_log SET hash = 'x' WHERE id = 4");
  EXPECT_EQ(log->verify().broken_at, 5);
}

TEST_P(Logging, ConcurrentCallersShareOneChain) {
  constexpr int threads_count = 8, each = 25;
  std::vector<std::thread> threads;
  for (int t = 0; t < threads_count; ++t)
    threads.emplace_back([&, t] {
      for (int i = 0; i < each; ++i) log->append(entry({t * 1000 + i}));
    });
  for (auto& thread : threads) thread.join();
  EXPECT_EQ(log->verify().checked, threads_count * each);
  EXPECT_EQ(log->verify().broken_at, 0);
  LogQuery query;
  query.limit = 500;
  std::set<std::int64_t> seen;
  for (const auto& e : log->list(query)) seen.insert(e.ids.at(0));
  EXPECT_EQ(seen.size(), std::size_t{threads_count * each});
}

TEST_P(Logging, LongListsAreSpread) {
  std::vector<std::int64_t> ids(2500);
  for (std::size_t i = 0; i < ids.size(); ++i) ids[i] = static_cast<std::int64_t>(i) + 1;
  log->append(entry(ids));
  const auto all = log->list({});
  ASSERT_EQ(all.size(), 3u);
  EXPECT_EQ(all[0].count + all[1].count + all[2].count, 2500);
}

TEST_P(Logging, FailsWhenItCannotStore) {
  change("DROP TABLE access_log");
  EXPECT_THROW(log->append(entry({1})), store::Failure);
  EXPECT_THROW(log->append(entry({2})), store::Failure);
}

// With a journal: append() returns before the database has the entry.
class Journalling : public Logging {
 protected:
  void SetUp() override {
    Logging::SetUp();
    if (IsSkipped()) return;
    log.reset();
    folder = std::filesystem::temp_directory_path() / ("fokus-journal-" + SystemRandom().hex(8));
    std::filesystem::create_directory(folder);
    open();
  }
  void TearDown() override {
    log.reset();
    std::filesystem::remove_all(folder);
    Logging::TearDown();
  }
  void open() { log.emplace(**scratch, *statements, clock, random, folder.string()); }
  std::size_t files() const {
    return static_cast<std::size_t>(std::distance(std::filesystem::directory_iterator(folder), {}));
  }
  // As a process leaves it that was killed.
  std::string leave_behind(std::vector<LogEntry> entries) {
    SystemRandom own;
    AccessJournal journal(folder.string(), own);
    for (auto& e : entries) e.salt = own.token(16), e.count = 1;
    journal.append(std::move(entries));
    auto segment = journal.take();
    const auto path = segment.path;
    AccessJournal::release(segment);
    return path;
  }
  std::filesystem::path folder;
};
INSTANTIATE_EACH_ENGINE(Journalling);

TEST_P(Journalling, WhatWasAppendedIsThereForTheNextLook) {
  for (int i = 1; i <= 50; ++i) log->append(entry({i}));
  EXPECT_EQ(log->verify().checked, 50);
  EXPECT_EQ(log->verify().broken_at, 0);
  EXPECT_EQ(log->list({}).front().ids, (std::vector<std::int64_t>{50}));
  EXPECT_EQ(files(), 0u);
}

TEST_P(Journalling, TheEndMovesTheRest) {
  log->append(entry({5}));
  log.reset();
  EXPECT_EQ(files(), 0u);
  open();
  EXPECT_EQ(log->verify().checked, 1);
}

TEST_P(Journalling, TheNextStartStoresWhatAKilledProcessLeft) {
  auto first = entry({5, 6});
  first.at = Instant{1'700'000'000'123};
  first.query_shape = "name eq \"?\"\n";
  leave_behind({first, entry({7})});
  log.reset();
  open();
  const auto all = log->list({});
  ASSERT_EQ(all.size(), 2u);
  EXPECT_EQ(all[1].ids, first.ids);
  EXPECT_EQ(all[1].at, first.at);
  EXPECT_EQ(all[1].query_shape, first.query_shape);
  EXPECT_EQ(all[1].purpose, "customer_care");
  EXPECT_EQ(log->verify().broken_at, 0);
  EXPECT_EQ(files(), 0u);
}

TEST_P(Journalling, WhatWasStoredAlreadyIsNotStoredTwice) {
  const auto path = leave_behind({entry({5})});
  std::filesystem::copy_file(path, folder / "copy");
  log.reset();
  open();
  log.reset();
  std::filesystem::rename(folder / "copy", path);  // killed between the commit and the removal
  open();
  EXPECT_EQ(log->list({}).size(), 1u);
  EXPECT_EQ(files(), 0u);
}

TEST_P(Journalling, ATornLineIsLeftOut) {
  const auto path = leave_behind({entry({5}), entry({6})});
  std::filesystem::resize_file(path, std::filesystem::file_size(path) - 4);
  log.reset();
  open();
  const auto all = log->list({});
  ASSERT_EQ(all.size(), 1u);
  EXPECT_EQ(all[0].ids, (std::vector<std::int64_t>{5}));
}

TEST_P(Journalling, ABackupWaitsForWhatTheLivingHaveAppended) {
  constexpr int soon_ms = 30, long_ms = 10'000;
  SystemRandom own;
  AccessJournal other(folder.string(), own);
  other.append({entry({5})});
  EXPECT_FALSE(AccessJournal::wait_for_others(folder.string(), soon_ms));
  auto segment = other.take();
  EXPECT_FALSE(AccessJournal::wait_for_others(folder.string(), soon_ms));
  std::thread mover([&] { AccessJournal::forget(segment); });
  EXPECT_TRUE(AccessJournal::wait_for_others(folder.string(), long_ms));
  mover.join();
  leave_behind({entry({6})});  // nobody will move it before the next start
  EXPECT_TRUE(AccessJournal::wait_for_others(folder.string(), soon_ms));
}

TEST_P(Journalling, TheFileOfALivingProcessIsLeftAlone) {
  AccessJournal other(folder.string(), random);
  auto theirs = entry({5});
  theirs.salt = "s";
  other.append({theirs});
  log.reset();
  open();
  EXPECT_TRUE(log->list({}).empty());
  EXPECT_EQ(files(), 1u);
}

TEST_P(Journalling, RefusesWhileTheDatabaseRefusesAndLosesNothing) {
  change("ALTER TABLE access_log RENAME TO gone");
  log->append(entry({1}));
  EXPECT_THROW(log->flush(), store::Failure);
  EXPECT_THROW(log->append(entry({2})), store::Failure);
  change("ALTER TABLE gone RENAME TO access_log");
  log->append(entry({3}));
  const auto all = log->list({});
  ASSERT_EQ(all.size(), 2u);
  EXPECT_EQ(all[0].ids.at(0) + all[1].ids.at(0), 4);
}

TEST_P(Journalling, FailsWhenTheJournalCannotBeWritten) {
  std::filesystem::remove_all(folder);
  EXPECT_THROW(log->append(entry({1})), store::Failure);
  std::filesystem::create_directory(folder);
  log->append(entry({2}));
  EXPECT_EQ(log->list({}).size(), 1u);
}

}  // namespace
}  // namespace fokus::access
