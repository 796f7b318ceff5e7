// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <limits>
#include <vector>

#include "store/testing.hpp"

namespace fokus::store {
namespace {

using testing::ScratchDatabase;

class Questions : public testing::EachEngine {};
INSTANTIATE_EACH_ENGINE(Questions);

TEST_P(Questions, AnswersQuestionsThatAreAskedTogether) {
  ScratchDatabase db(GetParam());
  db->write([](Transaction& tx) {
    tx.execute("CREATE TABLE people (id BIGINT PRIMARY KEY, name TEXT)");
  });
  db->write([](Transaction& tx) {
    tx.execute("INSERT INTO people (name, id) VALUES ('a', 1), ('b', 2), ('c', 3)");
  });
  const std::vector<Param> from{std::int64_t{2}}, none;
  const std::vector<Question> questions{
      {"SELECT name FROM people WHERE id >= $1 ORDER BY id", from},
      {"SELECT name FROM people WHERE id > 3", none},
      {"SELECT count(*) FROM people", none}};
  for (int round = 0; round < 2; ++round)  // made, then known
    db->read([&](Session& s) {
      const auto answers = s.query_each(questions);
      ASSERT_EQ(answers.size(), 3u);
      ASSERT_TRUE(answers[2]->next());
      EXPECT_EQ(answers[2]->integer(0), 3);
      ASSERT_TRUE(answers[0]->next());
      EXPECT_EQ(answers[0]->text(0), "b");
      EXPECT_FALSE(answers[1]->next());
      ASSERT_TRUE(answers[0]->next());
      EXPECT_EQ(answers[0]->text(0), "c");
      EXPECT_TRUE(s.query_each({}).empty());
      EXPECT_EQ(s.query_integer("SELECT count(*) FROM people"), 3);
    });
}

TEST_P(Questions, OneOfSeveralQuestionsThatFailsIsAFailureOfAll) {
  ScratchDatabase db(GetParam());
  db->write([](Transaction& tx) {
    tx.execute("CREATE TABLE people (id BIGINT PRIMARY KEY, name TEXT)");
  });
  const std::vector<Param> least{std::numeric_limits<std::int64_t>::min()}, none;
  const auto ask = [&](Session& s) {
    const std::vector<Question> questions{{"SELECT count(*) FROM people", none},
                                          {"SELECT abs(CAST($1 AS BIGINT))", least},
                                          {"SELECT 1", none}};
    for (const auto& answer : s.query_each(questions)) answer->next();
  };
  EXPECT_THROW(db->read(ask), Failure);
  EXPECT_THROW(db->write([&](Transaction& tx) { ask(tx); }), Failure);
  EXPECT_EQ(db->read([](Session& s) { return s.query_integer("SELECT count(*) FROM people"); }),
            0);  // the connections are as good as before
}

TEST_P(Questions, AChangeCountsItsRowsBehindAComment) {
  ScratchDatabase db(GetParam());
  db->write([](Transaction& tx) {
    tx.execute("CREATE TABLE people (id BIGINT PRIMARY KEY, name TEXT)");
    EXPECT_EQ(tx.execute("-- Two, not one.\nINSERT INTO people VALUES (1, 'a'), (2, 'b')"), 2);
    EXPECT_EQ(tx.execute("/* one */ -- and\n  UPDATE people SET name = 'c' WHERE id = 1"), 1);
    EXPECT_EQ(tx.execute("-- none\nDELETE FROM people WHERE id = 3"), 0);
  });
}

}  // namespace
}  // namespace fokus::store
