// SPDX-License-Identifier: Apache-2.0
#include "records/origins.hpp"

#include <fmt/format.h>

#include "records/place_testing.hpp"

namespace fokus::records {
namespace {

namespace json = boost::json;

class OriginsKept : public testing::Place {
 protected:
  std::int64_t source(const char* kind, const char* name, const char* obtained_at) {
    std::int64_t id = 0;
    (*database_)->write([&](store::Transaction& tx) {
      id = records_->create_source(tx, kind, name, "", "contract", obtained_at);
    });
    return id;
  }
  BatchId batch(const char* kind) {
    BatchId id;
    (*database_)->write([&](store::Transaction& tx) {
      id = records_->create_batch(tx, system_, kind, "person", {});
    });
    return id;
  }
  std::int64_t imported(const json::object& values, std::int64_t source, BatchId batch) {
    const auto saved = try_create("person", values, {source, batch, "import"});
    EXPECT_TRUE(saved.ok()) << saved.error().code;
    return saved ? saved->id.value : 0;
  }
  // What the tables say is what the history says.
  void expect_rebuilt_alike(std::int64_t person) {
    const auto rows = [&] {
      return (*database_)->read([&](store::Session& session) {
        std::string out;
        auto found = session.query((*statements_)["records.origins_of"], {"person", person});
        while (found->next())
          out += fmt::format("{} {} {}\n", found->integer(0), found->integer(1), found->text(2));
        return out;
      });
    };
    const std::string kept = rows();
    (*database_)->write([&](store::Transaction& tx) {
      rebuild_origins(tx, *statements_, type("person"), RecordId{person});
    });
    EXPECT_EQ(rows(), kept);
  }
};
INSTANTIATE_EACH_ENGINE(OriginsKept);

TEST_P(OriginsKept, FollowTheValueThatIsThereNow) {
  const auto list = source("import", "Messe 2019", "2019-05-01");
  const BatchId first = batch("import");
  const auto person =
      imported({{"first_name", "Åse"}, {"last_name", "Lund"}, {"job_title", "Chef"}}, list, first);
  create("person", {{"last_name", "Typed"}, {"job_title", "Chef"}});
  EXPECT_EQ(count("person", "source(job_title) eq 'import'"), 1);
  EXPECT_EQ(count("person", "source_name(last_name) contains 'MESSE'"), 1);
  EXPECT_EQ(count("person", fmt::format("batch(job_title) eq {}", first.value)), 1);
  EXPECT_EQ(count("person", "obtained_at(job_title) lt 2020-01-01"), 1);
  EXPECT_EQ(count("person", "source(job_title) empty"), 1);
  EXPECT_EQ(count("person", "source(mobile) eq 'import'"), 0);
  EXPECT_EQ(count("person", "not source(job_title) eq 'import'"), 1);

  // Typed over: no longer from the list, and the name still is.
  ASSERT_TRUE(update("person", person, {{"job_title", "Direktør"}}).ok());
  EXPECT_EQ(count("person", "source(job_title) eq 'import'"), 0);
  EXPECT_EQ(count("person", "source(last_name) eq 'import'"), 1);
  expect_rebuilt_alike(person);

  // Brought back by an undo: from where it was before.
  ASSERT_TRUE(update("person", person, {{"job_title", "Chef"}}, {0, {}, "undo"}).ok());
  EXPECT_EQ(count("person", "source(job_title) eq 'import'"), 1);
  // Emptied: what is not there came from nowhere.
  ASSERT_TRUE(update("person", person, {{"job_title", nullptr}}).ok());
  EXPECT_EQ(count("person", "source(job_title) eq 'import'"), 0);
  expect_rebuilt_alike(person);
}

TEST_P(OriginsKept, ALaterSourceTakesOver) {
  const auto list = source("import", "Liste", "2019-05-01");
  const auto person =
      imported({{"last_name", "Lund"}, {"job_title", "Chef"}}, list, batch("import"));
  const BatchId bulk = batch("bulk_edit");
  ASSERT_TRUE(update("person", person, {{"job_title", "Ejer"}}, {0, bulk, "bulk_edit"}).ok());
  EXPECT_EQ(count("person", "source(job_title) empty"), 1);
  EXPECT_EQ(count("person", fmt::format("batch(job_title) eq {}", bulk.value)), 1);
  const auto cvr = source("register", "CVR", "2026-11-20");
  ASSERT_TRUE(update("person", person, {{"job_title", "Stifter"}}, {cvr, {}, "update"}).ok());
  EXPECT_EQ(count("person", "source(job_title) eq 'register' and batch(job_title) empty"), 1);
  EXPECT_EQ(count("person", "source(last_name) in ('import')"), 1);
  expect_rebuilt_alike(person);
}

TEST_P(OriginsKept, CountTheDaysUntilAPersonMustBeTold) {
  const auto now = source("import", "Messe", "2026-10-20");
  const auto old = source("import", "Gammel liste", "2019-01-31");
  const auto unknown = source("register", "CVR", "");
  const auto form = source("form", "Kontakt", "2026-11-01");
  imported({{"last_name", "Soon"}}, now, {});
  imported({{"last_name", "Late"}}, old, {});
  const auto third = imported({{"last_name", "Today"}}, unknown, {});
  imported({{"last_name", "Themselves"}}, form, {});
  create("person", {{"last_name", "Typed"}});
  EXPECT_EQ(count("person", "notice(state) eq 'open'"), 3);
  EXPECT_EQ(count("person", "notice(due_on) lt today"), 2);
  EXPECT_EQ(count("person", "notice(due_on) eq 2026-11-20"), 1);
  EXPECT_EQ(count("person", "notice(due_on) eq 2019-02-28"), 1);
  EXPECT_EQ(count("person", "notice(since) eq 2026-11-25 and notice(due_on) eq 2026-12-25"), 1);
  // One person, two sources: two clocks.
  ASSERT_TRUE(update("person", third, {{"job_title", "Ejer"}}, {old, {}, "import"}).ok());
  EXPECT_EQ(count("person", "notice(due_on) lt today"), 3);
  EXPECT_EQ(number("SELECT count(*) FROM notice_duties"), 4);
  EXPECT_EQ(count("person", "notice(state) eq 'open'"), 3);
  run("UPDATE notice_duties SET state = 'informed', informed_at = 1");
  EXPECT_EQ(count("person", "notice(state) eq 'open'"), 0);
  EXPECT_EQ(count("person", "notice(due_on) lt today"), 0);
  EXPECT_EQ(count("person", "notice(state) eq 'informed'"), 3);
}

TEST(OriginLedger, AMergedValueKeepsWhereItCameFrom) {
  RecordType type;
  Field name;
  name.name = "name";
  type.fields = {name};
  OriginLedger ledger(type, [](std::int64_t record, const std::string& field) {
    return record == 7 && field == "name" ? Origin{3, 4} : Origin();
  });
  ledger.apply({{1, 2, 10}, "import", json::parse(R"([{"field":"name","new":"a"}])").as_array()});
  ledger.apply({{0, 9, 11},
                "merge",
                json::parse(R"([{"field":"name","old":"a","new":"b","from":7}])").as_array()});
  EXPECT_EQ(ledger.origins().at("name").source, 3);
  EXPECT_EQ(ledger.origins().at("name").entry, 11);
  ledger.apply(
      {{0, 0, 12}, "undo", json::parse(R"([{"field":"name","old":"b","new":"a"}])").as_array()});
  EXPECT_EQ(ledger.origins().at("name").source, 1);
  EXPECT_EQ(ledger.origins().at("name").entry, 10);
  ledger.apply(
      {{5, 0, 13}, "import", json::parse(R"([{"field":"name","old":"a","new":null}])").as_array()});
  EXPECT_TRUE(ledger.origins().empty());
}

}  // namespace
}  // namespace fokus::records
