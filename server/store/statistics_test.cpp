// SPDX-License-Identifier: Apache-2.0
#include "store/statistics.hpp"

#include <gtest/gtest.h>

#include "store/testing.hpp"

namespace fokus::store {
namespace {

using testing::ScratchDatabase;

Options one_reader() {
  Options options;
  options.readers = 1;
  return options;
}

void make_things(Database& database) {
  database.write([](Transaction& tx) {
    tx.execute_script(
        "CREATE TABLE things (id BIGINT, kind TEXT, owner BIGINT);"
        "CREATE INDEX things_kind ON things(kind); CREATE INDEX things_owner ON things(owner)");
  });
}

void add_things(Database& database, int count, const char* kind, const char* owner) {
  database.write([&](Transaction& tx) {
    tx.execute(std::string("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE "
                           "i < $1) INSERT INTO things(id, kind, owner) SELECT i, ") +
                   kind + ", " + owner + " FROM n",
               {count});
  });
}

// By which index a reader looks, after it has looked: EXPLAIN alone would plan by what it knows,
// and one that is kept from before would say what it said.
std::string plan_of(Database& database) {
  static int asked = 0;
  const std::string query = "SELECT count(*) FROM things WHERE kind = '5' AND owner = 7";
  database.read([&](Session& session) { session.query_integer(query); });
  return database.read([&](Session& session) {
    const auto rows =
        session.query("EXPLAIN QUERY PLAN " + query + " -- " + std::to_string(++asked));
    return rows->next() ? std::string(rows->text(3)) : std::string();
  });
}

TEST(Statistics, ReachConnectionsThatAreOpen) {
  ScratchDatabase scratch(Engine::sqlite, one_reader());
  make_things(*scratch);
  add_things(*scratch, 50, "CAST(i AS TEXT)", "7");
  refresh_statistics(*scratch);
  EXPECT_NE(plan_of(*scratch).find("things_kind"), std::string::npos) << plan_of(*scratch);
  add_things(*scratch, 5000, "'5'", "i");
  refresh_statistics(*scratch);
  EXPECT_NE(plan_of(*scratch).find("things_owner"), std::string::npos) << plan_of(*scratch);
}

TEST(Statistics, CountWhatNobodyHasAskedYet) {
  ScratchDatabase scratch(Engine::sqlite, one_reader());
  make_things(*scratch);
  add_things(*scratch, 500, "'5'", "i");
  refresh_statistics(*scratch);
  scratch->read([&](Session& session) {
    EXPECT_EQ(session.query_integer("SELECT count(*) FROM sqlite_stat1 WHERE tbl = 'things'"), 2);
  });
  EXPECT_NE(plan_of(*scratch).find("things_owner"), std::string::npos) << plan_of(*scratch);
}

TEST(Statistics, OfTablesThatHaveNotGrownAreKept) {
  ScratchDatabase scratch(Engine::sqlite, one_reader());
  make_things(*scratch);
  add_things(*scratch, 50, "CAST(i AS TEXT)", "i");
  refresh_statistics(*scratch);
  const auto schema = [&] {
    return scratch->read(
        [](Session& session) { return session.query_integer("PRAGMA schema_version"); });
  };
  const auto before = schema();
  add_things(*scratch, 50, "'x'", "i");
  refresh_statistics(*scratch);
  EXPECT_EQ(schema(), before);
  scratch->write([](Transaction& tx) { tx.execute("CREATE INDEX things_id ON things(id)"); });
  refresh_statistics(*scratch);
  scratch->read([&](Session& session) {
    EXPECT_EQ(session.query_integer("SELECT count(*) FROM sqlite_stat1 WHERE idx = 'things_id'"),
              1);
  });
}

class EachStatistics : public testing::EachEngine {};
INSTANTIATE_EACH_ENGINE(EachStatistics);

TEST_P(EachStatistics, AreRenewedAfterABulkOfRows) {
  ScratchDatabase scratch(GetParam());
  make_things(*scratch);
  add_things(*scratch, 500, "'5'", "i");
  renew_statistics(*scratch);
  scratch->read([&](Session& session) {
    EXPECT_GE(
        session.query_integer(GetParam() == Engine::sqlite
                                  ? "SELECT count(*) FROM sqlite_stat1 WHERE tbl = 'things'"
                                  : "SELECT count(*) FROM pg_stats WHERE tablename = 'things'"),
        2);
  });
}

}  // namespace
}  // namespace fokus::store
