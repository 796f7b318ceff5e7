// SPDX-License-Identifier: Apache-2.0
#include "store/migrations.hpp"

#include <gtest/gtest.h>

#include <thread>

#include "store/statements.hpp"
#include "store/testing.hpp"

namespace fokus::store {
namespace {

using testing::ScratchDatabase;
using Files = std::vector<EmbeddedFile>;

class Migrations : public testing::EachEngine {};
INSTANTIATE_EACH_ENGINE(Migrations);

const EmbeddedFile first = {"work/migrations/0001_jobs.sql",
                            "CREATE TABLE jobs (id {id}, body {bytes}, cost {real}, name {sorted},"
                            " code {exact});\n{only sqlite}\nCREATE TABLE lite (id {id});\n{end}\n"
                            "{only postgres}\nCREATE TABLE post (id {id});\n{end}\n"
                            "INSERT INTO jobs (name) VALUES ('a;b'), ('c');"};
const EmbeddedFile second = {"access/migrations/0002_users.sql", "CREATE TABLE users (id {id});"};

TEST_P(Migrations, ApplyOnceAndInOrder) {
  ScratchDatabase db(GetParam());
  int snapshots = 0;
  const auto snapshot = [&]() -> Status { return ++snapshots, Status(); };
  const auto report = migrate(*db, Files{first}, snapshot);
  EXPECT_EQ(report->applied, std::vector<std::string>{"0001_jobs"});
  EXPECT_EQ(report->schema, 1);
  EXPECT_EQ(snapshots, 0);
  const auto later = migrate(*db, Files{second, first}, snapshot);
  EXPECT_EQ(later->applied, std::vector<std::string>{"0002_users"});
  EXPECT_EQ(snapshots, 1);
  db.reopen();
  const auto again = migrate(*db, Files{first, second}, snapshot);
  EXPECT_TRUE(again->applied.empty());
  EXPECT_EQ(again->schema, 2);
  EXPECT_EQ(snapshots, 1);
  db->write([&](Transaction& tx) {
    EXPECT_EQ(tx.query_integer("INSERT INTO jobs (name) VALUES ('d') RETURNING id"), 3);
    const bool is_sqlite = tx.engine() == Engine::sqlite;
    EXPECT_EQ(
        tx.query_integer(is_sqlite ? "SELECT count(*) FROM lite" : "SELECT count(*) FROM post"), 0);
  });
}

TEST_P(Migrations, RefuseANewerSchemaAndAChangedText) {
  ScratchDatabase db(GetParam());
  ASSERT_TRUE(migrate(*db, Files{first, second}, nullptr).ok());
  EXPECT_EQ(migrate(*db, Files{first}, nullptr).error().code, "store/newer_schema");
  EmbeddedFile changed = second;
  changed.content = "CREATE TABLE users (id {id}, name TEXT);";
  EXPECT_EQ(migrate(*db, Files{first, changed}, nullptr).error().code, "store/changed_migration");
}

TEST_P(Migrations, AFailedOneLeavesNothing) {
  ScratchDatabase db(GetParam());
  const EmbeddedFile broken = {"a/migrations/0002_x.sql",
                               "CREATE TABLE x (id {id}); CREATE TABEL;"};
  EXPECT_THROW(migrate(*db, Files{first, broken}, nullptr).ok(), Failure);
  const EmbeddedFile mended = {"a/migrations/0002_x.sql", "CREATE TABLE x (id {id});"};
  const auto report = migrate(*db, Files{first, mended}, nullptr);
  EXPECT_EQ(report->applied, std::vector<std::string>{"0002_x"});
}

TEST_P(Migrations, AFailedSnapshotStopsThem) {
  ScratchDatabase db(GetParam());
  ASSERT_TRUE(migrate(*db, Files{first}, nullptr).ok());
  const auto refuse = []() -> Status { return make_error(ErrorKind::unavailable, "test/full"); };
  EXPECT_EQ(migrate(*db, Files{first, second}, refuse).error().code, "test/full");
  EXPECT_THROW(db->read([](Session& s) { s.query_integer("SELECT count(*) FROM users"); }),
               Failure);
}

TEST_P(Migrations, SeveralNodesAtOnce) {
  ScratchDatabase db(GetParam());
  std::atomic<int> applied = 0;
  std::vector<std::thread> nodes;
  for (int i = 0; i < 4; ++i) {
    nodes.emplace_back([&] {
      const auto own = open_database({.location = db.location()});
      const auto report = migrate(*own, Files{first, second}, nullptr);
      ASSERT_TRUE(report.ok());
      applied += static_cast<int>(report->applied.size());
    });
  }
  for (auto& node : nodes) node.join();
  EXPECT_EQ(applied, 2);
}

TEST(MigrationFiles, AreNamedByNumber) {
  ScratchDatabase db(Engine::sqlite);
  const EmbeddedFile wrong = {"a/migrations/12_x.sql", "SELECT 1"};
  EXPECT_THROW(migrate(*db, Files{wrong}, nullptr).ok(), std::invalid_argument);
  const EmbeddedFile twin = {"b/migrations/0001_other.sql", "SELECT 1"};
  EXPECT_THROW(migrate(*db, Files{first, twin}, nullptr).ok(), std::invalid_argument);
}

class NamedStatements : public testing::EachEngine {};
INSTANTIATE_EACH_ENGINE(NamedStatements);

TEST_P(NamedStatements, LoadAndCheck) {
  ScratchDatabase db(GetParam());
  const Files files = {
      {"work/migrations/0001_x.sql", "CREATE"},
      {"features/crm/sql/person.sql",
       "-- people\n\n-- name: one\nSELECT $1 + 1 -- why\n;\n-- name: engine\nSELECT 'sqlite';\n"
       "-- name: engine [postgres]\nSELECT 'postgres';\n"},
      {"work/sql/job.sql", "-- name: lost\nSELECT x FROM nowhere;\n-- name: typo\nSELEC 1;"}};
  const Statements statements(files, GetParam());
  EXPECT_EQ(statements.names(),
            (std::vector<std::string>{"crm.engine", "crm.one", "work.lost", "work.typo"}));
  EXPECT_EQ(statements["crm.one"], "SELECT $1 + 1 -- why");
  db->read([&](Session& s) {
    EXPECT_EQ(s.query_integer(statements["crm.one"], {41}), 42);
    EXPECT_EQ(s.query_text(statements["crm.engine"]), testing::engine_name({GetParam(), 0}));
  });
  const auto findings = statements.check(*db);
  ASSERT_EQ(findings.size(), 2U);
  EXPECT_TRUE(findings[0].starts_with("work.lost: "));
  EXPECT_TRUE(findings[1].starts_with("work.typo: "));
}

TEST(StatementFiles, AreRefusedWithTheirLine) {
  const auto message = [](std::string_view content) -> std::string {
    const Files files = {{"work/sql/job.sql", content}};
    try {
      Statements(files, Engine::sqlite);
    } catch (const std::invalid_argument& error) {
      return error.what();
    }
    return "";
  };
  EXPECT_TRUE(message("SELECT 1;").starts_with("work/sql/job.sql:1: "));
  EXPECT_TRUE(message("-- name: a\nSELECT 1;\n-- name: a\nSELECT 2;").find("twice") !=
              std::string::npos);
  EXPECT_TRUE(message("-- name: a b\nSELECT 1").starts_with("work/sql/job.sql:1: "));
  EXPECT_TRUE(message("-- name: a [oracle]\nSELECT 1").starts_with("work/sql/job.sql:1: "));
  EXPECT_NE(message("-- name: a\n-- name: b\nSELECT 1"), "");
  EXPECT_EQ(message("-- name: a\nSELECT 1"), "");
}

TEST(RenderDdl, RefusesAnOpenMark) {
  EXPECT_THROW(render_ddl("{only sqlite} x", Engine::postgres), Failure);
  EXPECT_EQ(render_ddl("a '{}' {only sqlite}b{end}c", Engine::postgres), "a '{}' c");
}

}  // namespace
}  // namespace fokus::store
