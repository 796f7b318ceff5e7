// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>
#include <libpq-fe.h>
#include <sqlite3.h>

#include <chrono>
#include <condition_variable>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <thread>

#include "store/testing.hpp"

namespace fokus::store {
namespace {

using testing::ScratchDatabase;

FailureKind kind_of(const std::function<void()>& action) {
  try {
    action();
  } catch (const Failure& failure) {
    return failure.kind;
  }
  ADD_FAILURE() << "no Failure was thrown";
  return FailureKind::statement;
}

void create_notes(Database& db) {
  db.write([](Transaction& tx) { tx.execute("CREATE TABLE notes (id BIGINT, body TEXT)"); });
}

std::int64_t count_notes(Database& db) {
  return db.read([](Session& s) { return s.query_integer("SELECT count(*) FROM notes"); });
}

TEST(Faults, AFullDiskStoresNothingAndPasses) {
  ScratchDatabase db(Engine::sqlite);
  create_notes(*db);
  const auto limit_pages = [&](int pages) {
    db->write([&](Transaction& tx) {
      tx.query("PRAGMA max_page_count=" + std::to_string(pages))->next();
    });
  };
  limit_pages(10);
  const std::string big(100'000, 'x');
  const auto write_big = [&] {
    db->write([&](Transaction& tx) { tx.execute("INSERT INTO notes VALUES (1, $1)", {big}); });
  };
  EXPECT_EQ(kind_of(write_big), FailureKind::full);
  EXPECT_EQ(count_notes(*db), 0);
  limit_pages(1'000'000);
  write_big();
  EXPECT_EQ(count_notes(*db), 1);
}

// The one that fills the disk takes the transaction of the whole group with it.
TEST(Faults, AFullDiskInAGroupHitsOnlyTheLargeBody) {
  ScratchDatabase db(Engine::sqlite);
  create_notes(*db);
  db->write([&](Transaction& tx) { tx.query("PRAGMA max_page_count=12")->next(); });
  const std::string big(100'000, 'x');
  std::atomic<int> full = 0;
  std::vector<std::thread> all;
  for (int t = 0; t < 8; ++t) {
    all.emplace_back([&, t] {
      for (int i = 0; i < 5; ++i) {
        try {
          db->write([&](Transaction& tx) {
            tx.execute("INSERT INTO notes VALUES ($1, $2)", {t, t == 0 ? big : "small"});
          });
        } catch (const Failure& failure) {
          EXPECT_EQ(failure.kind, FailureKind::full);
          ++full;
        }
      }
    });
  }
  for (auto& thread : all) thread.join();
  EXPECT_EQ(full, 5);
  EXPECT_EQ(count_notes(*db), 35);
}

TEST(Faults, BodiesThatWaitAreCommittedTogether) {
  ScratchDatabase db(Engine::sqlite);
  create_notes(*db);
  std::mutex gate;
  gate.lock();
  std::thread first([&] { db->write([&](Transaction&) { std::lock_guard wait(gate); }); });
  std::this_thread::sleep_for(std::chrono::milliseconds(50));
  std::atomic<int> seen_by_others = 0;
  std::vector<std::thread> all;
  for (int t = 0; t < 4; ++t) {
    all.emplace_back([&, t] {
      db->write([&](Transaction& tx) {
        tx.execute("INSERT INTO notes VALUES ($1, 'x')", {t});
        // Nothing is committed while the bodies of the group run.
        seen_by_others += static_cast<int>(count_notes(*db));
      });
    });
  }
  std::this_thread::sleep_for(std::chrono::milliseconds(50));
  gate.unlock();
  first.join();
  for (auto& thread : all) thread.join();
  EXPECT_EQ(seen_by_others, 0);
  EXPECT_EQ(count_notes(*db), 4);
}

TEST(Faults, ADeferredKeyOfOneBodyDoesNotHurtTheGroup) {
  ScratchDatabase db(Engine::sqlite);
  db->write([](Transaction& tx) {
    tx.execute("CREATE TABLE a (id INTEGER PRIMARY KEY)");
    tx.execute("CREATE TABLE b (a BIGINT REFERENCES a (id) DEFERRABLE INITIALLY DEFERRED)");
  });
  std::mutex gate;
  gate.lock();
  std::thread first([&] { db->write([&](Transaction&) { std::lock_guard wait(gate); }); });
  std::this_thread::sleep_for(std::chrono::milliseconds(50));
  std::thread bad([&] {
    EXPECT_EQ(kind_of([&] {
                db->write([](Transaction& tx) { tx.execute("INSERT INTO b VALUES (7)"); });
              }),
              FailureKind::foreign_key);
  });
  std::thread good(
      [&] { db->write([](Transaction& tx) { tx.execute("INSERT INTO a VALUES (1)"); }); });
  std::this_thread::sleep_for(std::chrono::milliseconds(50));
  gate.unlock();
  first.join();
  bad.join();
  good.join();
  db->read([](Session& s) {
    EXPECT_EQ(s.query_integer("SELECT count(*) FROM a"), 1);
    EXPECT_EQ(s.query_integer("SELECT count(*) FROM b"), 0);
  });
}

TEST(Faults, ACorruptPageIsTold) {
  ScratchDatabase db(Engine::sqlite);
  create_notes(*db);
  db->write([](Transaction& tx) {
    for (int i = 0; i < 2000; ++i) {
      tx.execute("INSERT INTO notes VALUES ($1, 'some text that fills the pages of the table')",
                 {i});
    }
  });
  db.reopen();  // puts all pages into the file
  {
    std::fstream file(db.location(), std::ios::in | std::ios::out | std::ios::binary);
    for (int page = 2; page < 12; ++page) {
      file.seekp(page * 4096);
      file << std::string(4096, '\xAB');
    }
  }
  const auto read_all = [&] {
    db->read([](Session& s) { s.query_integer("SELECT sum(length(body)) FROM notes"); });
  };
  EXPECT_EQ(kind_of(read_all), FailureKind::corrupt);
  EXPECT_FALSE(db->check_integrity().empty());
}

TEST(Faults, AFileThatIsNoDatabaseIsTold) {
  const auto path = std::filesystem::temp_directory_path() / "fokus_not_a_database";
  std::ofstream(path) << std::string(8192, 'z');
  EXPECT_EQ(kind_of([&] { open_database({.location = path.string()}); }), FailureKind::corrupt);
  std::filesystem::remove(path);
  EXPECT_EQ(kind_of([&] { open_database({.location = "/nowhere/at/all.db"}); }),
            FailureKind::unavailable);
}

TEST(Faults, ALockedFileIsBusyAndPasses) {
  ScratchDatabase db(Engine::sqlite, {.location = {}, .busy_timeout_ms = 50});
  create_notes(*db);
  sqlite3* other = nullptr;
  ASSERT_EQ(sqlite3_open(db.location().c_str(), &other), SQLITE_OK);
  ASSERT_EQ(sqlite3_exec(other, "BEGIN IMMEDIATE", nullptr, nullptr, nullptr), SQLITE_OK);
  const auto write = [&] {
    db->write([](Transaction& tx) { tx.execute("INSERT INTO notes VALUES (1, '')"); });
  };
  EXPECT_EQ(kind_of(write), FailureKind::busy);
  EXPECT_EQ(count_notes(*db), 0);
  sqlite3_exec(other, "COMMIT", nullptr, nullptr, nullptr);
  sqlite3_close(other);
  write();
  EXPECT_EQ(count_notes(*db), 1);
}

// What µs a read by id costs beyond the SQL itself; printed, and bounded only against a disaster.
TEST(Measure, ReadById) {
  ScratchDatabase db(Engine::sqlite);
  db->write([](Transaction& tx) {
    tx.execute("CREATE TABLE notes (id INTEGER PRIMARY KEY, body TEXT)");
    for (int i = 1; i <= 10'000; ++i) tx.execute("INSERT INTO notes VALUES ($1, 'body')", {i});
  });
  constexpr int rounds = 100'000;
  constexpr std::string_view sql = "SELECT body FROM notes WHERE id = $1";
  using Clock = std::chrono::steady_clock;
  const auto per_round = [](Clock::time_point start) {
    return std::chrono::duration<double, std::micro>(Clock::now() - start).count() / rounds;
  };
  const auto one = [&](Session& s, int i) {
    const auto rows = s.query(sql, {i % 10'000 + 1});
    return rows->next() && rows->text(0) == "body";
  };
  auto start = Clock::now();
  for (int i = 0; i < rounds; ++i) EXPECT_TRUE(db->read([&](Session& s) { return one(s, i); }));
  const double whole = per_round(start);
  start = Clock::now();
  db->read([&](Session& s) {
    for (int i = 0; i < rounds; ++i) EXPECT_TRUE(one(s, i));
  });
  const double inner = per_round(start);
  start = Clock::now();
  for (int i = 0; i < rounds; ++i) db->read([](Session&) {});
  std::printf("read by id: %.2f us, of it the statement %.2f us; an empty read %.2f us\n", whole,
              inner, per_round(start));
  EXPECT_LT(whole, 200);
}

class Lost : public testing::EachEngine {};
INSTANTIATE_EACH_ENGINE(Lost);

void end_all_connections(const std::string& location) {
  PGconn* connection = PQconnectdb(location.c_str());
  PQclear(PQexec(connection,
                 "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity"
                 " WHERE datname = current_database() AND pid <> pg_backend_pid()"));
  PQfinish(connection);
}

TEST_P(Lost, AConnectionComesBack) {
  if (GetParam() == Engine::sqlite) return;  // it has none to lose
  std::mutex mutex;  // before the database, whose thread uses both until it is closed
  std::vector<std::string> payloads;
  ScratchDatabase db(GetParam());
  create_notes(*db);
  const auto heard = db->subscribe("events", [&](std::string_view payload) {
    std::lock_guard lock(mutex);
    payloads.emplace_back(payload);
  });
  const FailureKind in_flight = kind_of([&] {
    db->write([&](Transaction& tx) {
      tx.execute("INSERT INTO notes VALUES (1, '')");
      end_all_connections(db.location());
      tx.execute("INSERT INTO notes VALUES (2, '')");
    });
  });
  EXPECT_EQ(in_flight, FailureKind::unavailable);
  EXPECT_EQ(count_notes(*db), 0);
  db->write([](Transaction& tx) { tx.execute("INSERT INTO notes VALUES (3, '')"); });
  end_all_connections(db.location());
  EXPECT_EQ(count_notes(*db), 1);
  for (int i = 0; i < 100; ++i) {
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
    db->write([](Transaction& tx) { tx.notify("events", "back"); });
    std::lock_guard lock(mutex);
    if (!payloads.empty() && payloads.back() == "back") break;
  }
  std::lock_guard lock(mutex);
  ASSERT_FALSE(payloads.empty());
  EXPECT_EQ(payloads.front(), "");  // some may have been missed
  EXPECT_EQ(payloads.back(), "back");
}

TEST_P(Lost, ConflictsAreTriedAgain) {
  ScratchDatabase db(GetParam());
  create_notes(*db);
  db->write([](Transaction& tx) { tx.execute("INSERT INTO notes VALUES (1, ''), (2, '')"); });
  std::vector<std::thread> all;
  for (int t = 0; t < 2; ++t) {
    all.emplace_back([&, t] {
      for (int i = 0; i < 5; ++i) {
        db->write([&](Transaction& tx) {
          tx.execute("UPDATE notes SET body = body || 'x' WHERE id = $1", {1 + t});
          if (GetParam() == Engine::postgres)
            std::this_thread::sleep_for(std::chrono::milliseconds(20));
          tx.execute("UPDATE notes SET body = body || 'x' WHERE id = $1", {2 - t});
        });
      }
    });
  }
  for (auto& thread : all) thread.join();
  db->read(
      [](Session& s) { EXPECT_EQ(s.query_integer("SELECT sum(length(body)) FROM notes"), 20); });
}

TEST_P(Lost, AWrongAddressIsUnavailable) {
  if (GetParam() == Engine::sqlite) return;
  EXPECT_EQ(kind_of([] { open_database({.location = "postgresql://x:secret@127.0.0.1:1/none"}); }),
            FailureKind::unavailable);
}

TEST_P(Lost, PostgresCostOfARead) {
  if (GetParam() == Engine::sqlite) return;
  ScratchDatabase db(GetParam());
  create_notes(*db);
  constexpr int rounds = 2000;
  count_notes(*db);
  const auto start = std::chrono::steady_clock::now();
  for (int i = 0; i < rounds; ++i) count_notes(*db);
  const std::chrono::duration<double, std::micro> spent = std::chrono::steady_clock::now() - start;
  std::printf("a read of one statement on PostgreSQL: %.0f us\n", spent.count() / rounds);
}

}  // namespace
}  // namespace fokus::store
