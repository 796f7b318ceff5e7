// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <filesystem>
#include <limits>
#include <thread>

#include "store/testing.hpp"

namespace fokus::store {
namespace {

using testing::ScratchDatabase;

class Database_ : public testing::EachEngine {};
INSTANTIATE_EACH_ENGINE(Database_);

void create_people(Database& db) {
  db.write([](Transaction& tx) {
    tx.execute("CREATE TABLE people (id BIGINT PRIMARY KEY, name TEXT, score DOUBLE PRECISION)");
  });
}

std::int64_t count_people(Database& db) {
  return db.read([](Session& s) { return s.query_integer("SELECT count(*) FROM people"); });
}

Failure failure_of(const std::function<void()>& action) {
  try {
    action();
  } catch (const Failure& failure) {
    return failure;
  }
  ADD_FAILURE() << "no Failure was thrown";
  return {FailureKind::statement, "none"};
}

TEST_P(Database_, KeepsValuesExactly) {
  ScratchDatabase db(GetParam());
  create_people(*db);
  constexpr std::int64_t big = std::numeric_limits<std::int64_t>::max();
  constexpr std::int64_t small = std::numeric_limits<std::int64_t>::min();
  const std::string name = "Ærø 'x' \"$1\" Дмитрий 🙂\n\\";
  db->write([&](Transaction& tx) {
    EXPECT_EQ(tx.execute("INSERT INTO people VALUES ($1, $2, $3)", {big, name, 0.1}), 1);
    tx.execute("INSERT INTO people VALUES ($1, $2, $3)", {small, "", nullptr});
    tx.execute("INSERT INTO people VALUES ($1, $2, $3)", {5, nullptr, -1e300});
  });
  db->read([&](Session& s) {
    const auto rows = s.query("SELECT id, name, score FROM people ORDER BY id DESC");
    ASSERT_TRUE(rows->next());
    EXPECT_EQ(rows->column_count(), 3);
    EXPECT_EQ(rows->integer(0), big);
    EXPECT_EQ(rows->text(1), name);
    EXPECT_EQ(rows->real(2), 0.1);
    EXPECT_EQ(rows->value(0), Value(big));
    EXPECT_EQ(rows->value(1), Value(name));
    EXPECT_EQ(rows->value(2), Value(0.1));
    ASSERT_TRUE(rows->next());
    EXPECT_TRUE(rows->is_null(1));
    EXPECT_EQ(rows->text(1), "");
    EXPECT_EQ(rows->value(1), Value());
    EXPECT_EQ(rows->real(2), -1e300);
    ASSERT_TRUE(rows->next());
    EXPECT_EQ(rows->integer(0), small);
    EXPECT_FALSE(rows->is_null(1));
    EXPECT_TRUE(rows->is_null(2));
    EXPECT_EQ(rows->integer(2), 0);
    EXPECT_FALSE(rows->next());
    EXPECT_FALSE(rows->next());
  });
}

TEST_P(Database_, UsesAParameterSeveralTimesAndOutOfOrder) {
  ScratchDatabase db(GetParam());
  create_people(*db);
  db->write([](Transaction& tx) {
    tx.execute("INSERT INTO people (name, id) VALUES ($2, $1), ('$1 -- $2', $1 + 1)", {1, "a"});
  });
  db->read([](Session& s) {
    EXPECT_EQ(s.query_text("SELECT name FROM people WHERE id = $2 AND name = $1 -- $3\n"
                           "AND name = $1 /* $4 */",
                           {"a", 1}),
              "a");
    EXPECT_EQ(s.query_text("SELECT name FROM people WHERE id = $1", {2}), "$1 -- $2");
    EXPECT_EQ(s.query_text("SELECT name FROM people WHERE id = $1", {3}), std::nullopt);
    EXPECT_EQ(s.query_integer("SELECT id FROM people WHERE id = $1", {3}, -7), -7);
  });
}

TEST_P(Database_, StoresBytes) {
  ScratchDatabase db(GetParam());
  const std::string bytes("\0\xff\\x41'\n", 7);
  const bool is_sqlite = GetParam() == Engine::sqlite;
  db->write([&](Transaction& tx) {
    tx.execute(is_sqlite ? "CREATE TABLE f (b BLOB)" : "CREATE TABLE f (b BYTEA)");
    tx.execute("INSERT INTO f VALUES ($1)", {bytes});
  });
  db->read([&](Session& s) {
    EXPECT_EQ(s.query_text("SELECT b FROM f"), bytes);
    EXPECT_EQ(s.query_integer("SELECT count(*) FROM f WHERE b = $1", {bytes}), 1);
  });
}

TEST_P(Database_, RollsBackOnErrorAndException) {
  ScratchDatabase db(GetParam());
  create_people(*db);
  const auto insert = [](Transaction& tx) {
    tx.execute("INSERT INTO people (id) VALUES ($1)", {1});
  };
  const Status refused = db->write([&](Transaction& tx) -> Status {
    insert(tx);
    return make_error(ErrorKind::conflict, "test/no");
  });
  EXPECT_FALSE(refused.ok());
  EXPECT_EQ(count_people(*db), 0);
  EXPECT_THROW(db->write([&](Transaction& tx) {
    insert(tx);
    throw std::out_of_range("stop");
  }),
               std::out_of_range);
  EXPECT_EQ(count_people(*db), 0);
  const Result<int> kept = db->write([&](Transaction& tx) -> Result<int> { return insert(tx), 7; });
  EXPECT_EQ(*kept, 7);
  EXPECT_EQ(count_people(*db), 1);
  db.reopen();
  EXPECT_EQ(count_people(*db), 1);
}

TEST_P(Database_, OneFailingBodyDoesNotHurtTheOthers) {
  ScratchDatabase db(GetParam());
  create_people(*db);
  constexpr int threads = 8, rounds = 40;
  std::atomic<int> refused = 0, callbacks = 0;
  std::vector<std::thread> all;
  for (int t = 0; t < threads; ++t) {
    all.emplace_back([&, t] {
      for (int i = 0; i < rounds; ++i) {
        try {
          db->write([&](Transaction& tx) {
            tx.after_commit([&] { ++callbacks; });
            tx.execute("INSERT INTO people (id) VALUES ($1)", {t * rounds + i});
            if (i % 4 == 0) tx.execute("INSERT INTO people (id) VALUES ($1)", {t * rounds + i});
            if (i % 4 == 1) throw std::runtime_error("mine");
          });
        } catch (const Failure& failure) {
          EXPECT_EQ(failure.kind, FailureKind::unique);
          ++refused;
        } catch (const std::runtime_error& error) {
          EXPECT_STREQ(error.what(), "mine");
          ++refused;
        }
      }
    });
  }
  for (auto& thread : all) thread.join();
  EXPECT_EQ(refused, threads * rounds / 2);
  EXPECT_EQ(callbacks, threads * rounds / 2);
  EXPECT_EQ(count_people(*db), threads * rounds / 2);
}

TEST_P(Database_, AReadSeesOneSnapshot) {
  ScratchDatabase db(GetParam());
  create_people(*db);
  db->read([&](Session& s) {
    EXPECT_EQ(s.query_integer("SELECT count(*) FROM people"), 0);
    std::thread([&] {
      db->write([](Transaction& tx) { tx.execute("INSERT INTO people (id) VALUES (1)"); });
    }).join();
    EXPECT_EQ(s.query_integer("SELECT count(*) FROM people"), 0);
  });
  EXPECT_EQ(count_people(*db), 1);
}

TEST_P(Database_, AReadCannotWrite) {
  ScratchDatabase db(GetParam());
  create_people(*db);
  const Failure failure = failure_of(
      [&] { db->read([](Session& s) { s.execute("INSERT INTO people (id) VALUES (1)"); }); });
  EXPECT_EQ(failure.kind, FailureKind::statement);
  EXPECT_EQ(count_people(*db), 0);
}

TEST_P(Database_, CallsBackAfterTheCommitOnly) {
  ScratchDatabase db(GetParam());
  create_people(*db);
  int calls = 0;
  std::int64_t seen = -1;
  const Status refused = db->write([&](Transaction& tx) -> Status {
    tx.after_commit([&] { ++calls; });
    return make_error(ErrorKind::conflict, "test/no");
  });
  EXPECT_FALSE(refused.ok());
  EXPECT_EQ(calls, 0);
  db->write([&](Transaction& tx) {
    tx.execute("INSERT INTO people (id) VALUES (1)");
    tx.after_commit([&] { ++calls, seen = count_people(*db); });
    EXPECT_EQ(calls, 0);
  });
  EXPECT_EQ(calls, 1);
  EXPECT_EQ(seen, 1);
}

TEST_P(Database_, LeavesASavepoint) {
  ScratchDatabase db(GetParam());
  create_people(*db);
  int calls = 0;
  db->write([&](Transaction& tx) {
    tx.execute("INSERT INTO people (id) VALUES (1)");
    EXPECT_FALSE(tx.in_savepoint([&] {
      tx.execute("INSERT INTO people (id) VALUES (2)");
      tx.after_commit([&] { calls += 10; });
      return false;
    }));
    EXPECT_THROW(tx.in_savepoint([&] {
      tx.execute("INSERT INTO people (id) VALUES (3)");
      return tx.execute("INSERT INTO people (id) VALUES (1)") == 1;
    }),
                 Failure);
    EXPECT_TRUE(tx.in_savepoint([&] {
      tx.after_commit([&] { ++calls; });
      tx.in_savepoint([&] { return tx.execute("DELETE FROM people") == 0; });
      return tx.execute("INSERT INTO people (id) VALUES (4)") == 1;
    }));
  });
  EXPECT_EQ(calls, 1);
  EXPECT_EQ(count_people(*db), 2);
}

TEST_P(Database_, NothingIsStoredAfterASwallowedFailure) {
  ScratchDatabase db(GetParam());
  create_people(*db);
  const Failure failure = failure_of([&] {
    db->write([](Transaction& tx) {
      tx.execute("INSERT INTO people (id) VALUES (1)");
      try {
        tx.execute("INSERT INTO people (id) VALUES (1)");
      } catch (const Failure&) {
      }
    });
  });
  EXPECT_EQ(failure.kind, FailureKind::statement);
  EXPECT_EQ(count_people(*db), 0);
}

// Waits for what another thread tells.
class Mailbox {
 public:
  void put(std::string_view text) {
    std::lock_guard lock(mutex_);
    all_.emplace_back(text);
    arrived_.notify_all();
  }
  std::vector<std::string> wait_for(std::size_t count) {
    std::unique_lock lock(mutex_);
    arrived_.wait_for(lock, std::chrono::seconds(10), [&] { return all_.size() >= count; });
    return all_;
  }

 private:
  std::mutex mutex_;
  std::condition_variable arrived_;
  std::vector<std::string> all_;
};

TEST_P(Database_, TellsSubscribers) {
  Mailbox mailbox;  // before the database, whose thread uses it until it is closed
  ScratchDatabase db(GetParam());
  create_people(*db);
  const auto heard =
      db->subscribe("events", [&](std::string_view payload) { mailbox.put(payload); });
  const auto unheard =
      db->subscribe("other", [&](std::string_view) { ADD_FAILURE() << "wrong channel"; });
  const Status refused = db->write([](Transaction& tx) -> Status {
    tx.notify("events", "lost");
    return make_error(ErrorKind::conflict, "test/no");
  });
  EXPECT_FALSE(refused.ok());
  db->write([](Transaction& tx) {
    tx.in_savepoint([&] { return tx.notify("events", "lost too"), false; });
    tx.notify("events", "person 1 'æ'");
    tx.notify("events", "person 2");
  });
  EXPECT_EQ(mailbox.wait_for(2), (std::vector<std::string>{"person 1 'æ'", "person 2"}));
  const Failure failure = failure_of([&] {
    db->write([](Transaction& tx) { tx.notify("events", std::string(notify_bytes_max + 1, 'x')); });
  });
  EXPECT_EQ(failure.kind, FailureKind::statement);
}

TEST_P(Database_, ASubscriptionThatIsGoneIsNotCalled) {
  ScratchDatabase db(GetParam());
  Mailbox kept, gone;
  const auto stays = db->subscribe("events", [&](std::string_view payload) { kept.put(payload); });
  auto goes = db->subscribe("events", [&](std::string_view payload) { gone.put(payload); });
  db->write([](Transaction& tx) { tx.notify("events", "1"); });
  EXPECT_EQ(gone.wait_for(1).size(), 1u);
  goes.reset();
  db->write([](Transaction& tx) { tx.notify("events", "2"); });
  EXPECT_EQ(kept.wait_for(2).size(), 2u);
  EXPECT_EQ(gone.wait_for(0).size(), 1u);
}

TEST_P(Database_, ALongTransactionHearsThatSomebodyWaits) {
  ScratchDatabase db(GetParam());
  create_people(*db);
  bool before = true, after = false;
  std::thread second;
  db->write([&](Transaction& tx) {
    before = tx.is_wanted();
    second = std::thread([&] { db->write([](Transaction&) {}); });
    const auto until = std::chrono::steady_clock::now() + std::chrono::seconds(2);
    while (!(after = tx.is_wanted()) && std::chrono::steady_clock::now() < until)
      std::this_thread::sleep_for(std::chrono::milliseconds(5));
  });
  second.join();
  EXPECT_FALSE(before);
  EXPECT_EQ(after, GetParam() == Engine::sqlite);
}

TEST_P(Database_, TheLogReachesTheFileBesideTheCommits) {
  if (GetParam() != Engine::sqlite) return;
  ScratchDatabase db(GetParam());
  db->write([](Transaction& tx) { tx.execute("CREATE TABLE papers (content TEXT)"); });
  const std::string page(4000, 'x');
  for (int i = 0; i < 30; ++i)
    db->write([&](Transaction& tx) {
      for (int n = 0; n < 100; ++n) tx.execute("INSERT INTO papers VALUES ($1)", {page});
    });
  const auto until = std::chrono::steady_clock::now() + std::chrono::seconds(20);
  while (std::filesystem::file_size(db.location()) < 1000 * page.size() &&
         std::chrono::steady_clock::now() < until)
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  EXPECT_GE(std::filesystem::file_size(db.location()), 1000 * page.size());
}

TEST_P(Database_, NamesTheRefusedConstraint) {
  ScratchDatabase db(GetParam());
  db->write([](Transaction& tx) {
    tx.execute("CREATE TABLE teams (id BIGINT PRIMARY KEY)");
    tx.execute(
        "CREATE TABLE members (id BIGINT PRIMARY KEY, team BIGINT REFERENCES teams (id),"
        " email TEXT NOT NULL, site TEXT, UNIQUE (email, site))");
    tx.execute("INSERT INTO teams VALUES (1)");
    tx.execute("INSERT INTO members VALUES (1, 1, 'a@b.dk', 'x')");
  });
  const auto refuse = [&](std::string_view sql) {
    return failure_of([&] { db->write([&](Transaction& tx) { tx.execute(sql); }); });
  };
  const Failure unique = refuse("INSERT INTO members VALUES (2, 1, 'a@b.dk', 'x')");
  EXPECT_EQ(unique.kind, FailureKind::unique);
  EXPECT_EQ(unique.table, "members");
  EXPECT_EQ(unique.columns, (std::vector<std::string>{"email", "site"}));
  EXPECT_EQ(std::string(unique.what()).find("a@b.dk"), std::string::npos);
  EXPECT_EQ(refuse("INSERT INTO members VALUES (1, 1, 'c', 'x')").columns,
            (std::vector<std::string>{"id"}));
  const Failure null = refuse("INSERT INTO members VALUES (3, 1, NULL, 'x')");
  EXPECT_EQ(null.kind, FailureKind::not_null);
  EXPECT_EQ(null.table, "members");
  EXPECT_EQ(null.columns, (std::vector<std::string>{"email"}));
  EXPECT_EQ(refuse("INSERT INTO members VALUES (3, 9, 'd', 'x')").kind, FailureKind::foreign_key);
  EXPECT_EQ(refuse("DELETE FROM teams").kind, FailureKind::foreign_key);
  EXPECT_EQ(refuse("DELETE FORM teams").kind, FailureKind::statement);
}

TEST_P(Database_, KeepsRowsOfTheSameTextApart) {
  ScratchDatabase db(GetParam());
  create_people(*db);
  db->write([](Transaction& tx) { tx.execute("INSERT INTO people (id) VALUES (1), (2), (3)"); });
  db->read([](Session& s) {
    constexpr std::string_view sql = "SELECT id FROM people WHERE id >= $1 ORDER BY id";
    const auto outer = s.query(sql, {1});
    ASSERT_TRUE(outer->next());
    for (int i = 0; i < 2; ++i) {
      const auto inner = s.query(sql, {3});
      ASSERT_TRUE(inner->next());
      EXPECT_EQ(inner->integer(0), 3);
      EXPECT_FALSE(inner->next());
    }
    EXPECT_EQ(outer->integer(0), 1);
    ASSERT_TRUE(outer->next());
    EXPECT_EQ(outer->integer(0), 2);
  });
}

TEST_P(Database_, RunsAStatementWhoseRowsNobodyFetches) {
  ScratchDatabase db(GetParam());
  create_people(*db);
  db->write([](Transaction& tx) {
    tx.query("INSERT INTO people (id) VALUES ($1) RETURNING id", {1});
    const auto rows = tx.query("INSERT INTO people (id) VALUES ($1), ($2) RETURNING id", {2, 3});
    ASSERT_TRUE(rows->next());
    EXPECT_EQ(rows->integer(0), 2);
  });
  EXPECT_EQ(count_people(*db), 3);
  db->write([](Transaction& tx) {
    EXPECT_EQ(tx.execute("UPDATE people SET name = 'x' WHERE id > $1", {1}), 2);
    EXPECT_EQ(tx.execute("SELECT 1"), 0);
    EXPECT_EQ(tx.execute("DELETE FROM people WHERE id > $1", {9}), 0);
  });
}

TEST_P(Database_, RefusesAWrongNumberOfParameters) {
  ScratchDatabase db(GetParam());
  create_people(*db);
  const Failure failure = failure_of(
      [&] { db->read([](Session& s) { s.query("SELECT 1 FROM people WHERE id = $1"); }); });
  EXPECT_EQ(failure.kind, FailureKind::statement);
  EXPECT_EQ(count_people(*db), 0);
}

TEST_P(Database_, StopsAReadThatTakesTooLong) {
  ScratchDatabase db(GetParam());
  db->set_read_limit_ms(50);
  const Failure failure = failure_of([&] {
    db->read([](Session& s) {
      s.query_integer(
          "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n"
          " WHERE i < 500000000) SELECT count(*) FROM n");
    });
  });
  EXPECT_EQ(failure.kind, FailureKind::interrupted);
  EXPECT_TRUE(failure.transient());
  db->set_read_limit_ms(0);
  EXPECT_EQ(db->read([](Session& s) { return s.query_integer("SELECT 7"); }), 7);
}

TEST_P(Database_, SortsAsDanesDo) {
  ScratchDatabase db(GetParam());
  db->write([&](Transaction& tx) {
    tx.execute(GetParam() == Engine::sqlite
                   ? "CREATE TABLE towns (name TEXT COLLATE da)"
                   : "CREATE TABLE towns (name TEXT COLLATE \"da-x-icu\")");
    for (const char* name : {"Aarhus", "Østerbro", "Zebra", "anton", "Århus", "Ærø", "Anton",
                             "Aabenraa", "Öland", "Bodø", "", "10", "9"}) {
      tx.execute("INSERT INTO towns VALUES ($1)", {name});
    }
  });
  const auto names = db->read([](Session& s) {
    std::vector<std::string> out;
    const auto rows = s.query("SELECT name FROM towns ORDER BY name");
    while (rows->next()) out.emplace_back(rows->text(0));
    return out;
  });
  EXPECT_EQ(names,
            (std::vector<std::string>{"", "10", "9", "Anton", "anton", "Bodø", "Zebra", "Ærø",
                                      "Öland", "Østerbro", "Aabenraa", "Århus", "Aarhus"}));
}

TEST_P(Database_, LikeHeedsCase) {
  ScratchDatabase db(GetParam());
  db->read([](Session& s) {
    EXPECT_EQ(s.query_integer("SELECT count(*) FROM (SELECT 'Abc' AS t) x WHERE t LIKE 'abc'"), 0);
    EXPECT_EQ(s.query_integer("SELECT count(*) FROM (SELECT 'abc' AS t) x WHERE t LIKE 'ab%'"), 1);
  });
}

TEST_P(Database_, MakesABackup) {
  ScratchDatabase db(GetParam());
  create_people(*db);
  const std::string file = "/tmp/fokus_backup_" + std::to_string(::getpid()) + "_" +
                           testing::engine_name({GetParam(), 0});
  ASSERT_TRUE(db->backup(file).ok());
  EXPECT_EQ(db->backup(file).error().code, "store/backup_exists");
  EXPECT_EQ(db->backup("/nowhere/at/all").error().code, "store/backup_failed");
  if (GetParam() == Engine::sqlite) {
    EXPECT_EQ(count_people(*open_database({.location = file})), 0);
  }
  for (const char* suffix : {"", "-wal", "-shm"}) ::unlink((file + suffix).c_str());
  EXPECT_GT(db->size_bytes(), 4096);
  EXPECT_EQ(db->check_integrity(), std::vector<std::string>{});
}

TEST_P(Database_, LendsEachConnectionToOneReader) {
  ScratchDatabase db(GetParam(), {.location = {}, .readers = 2});
  create_people(*db);
  std::vector<std::thread> all;
  for (int t = 0; t < 6; ++t) {
    all.emplace_back([&] {
      for (int i = 0; i < 50; ++i) EXPECT_EQ(count_people(*db), 0);
    });
  }
  for (auto& thread : all) thread.join();
}

}  // namespace
}  // namespace fokus::store
