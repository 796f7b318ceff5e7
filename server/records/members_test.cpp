// SPDX-License-Identifier: Apache-2.0
// Members of a links field and typed relations are changes of their record like any other: with a
// version, a line in the history, an event, and a way back. On both engines.
#include <fmt/format.h>

#include "records/history.hpp"
#include "records/place_testing.hpp"

namespace fokus::records {
namespace {

namespace json = boost::json;

class MembersTest : public testing::Place {
 protected:
  void SetUp() override {
    Place::SetUp();
    if (IsSkipped()) return;
    anna_ = person("Anna"), bo_ = person("Bo"), carl_ = person("Carl");
  }
  std::int64_t person(const char* name) { return create("person", {{"last_name", name}}); }

  std::vector<std::int64_t> members(std::int64_t project) {
    std::vector<std::int64_t> out;
    const auto record = get("project", project);
    for (const auto& one : record.at("members").as_array()) out.push_back(one.at("id").as_int64());
    return out;
  }
  std::string payload(const char* name, std::int64_t id) {
    return (*database_)->read([&](store::Session& session) {
      return session
          .query_text(
              "SELECT payload FROM history WHERE record_type = $1 AND record_id = $2 "
              "ORDER BY id DESC LIMIT 1",
              {name, id})
          .value_or("");
    });
  }
  std::string verdict(const char* name, std::int64_t id) {
    return (*database_)->read([&](store::Session& session) {
      return verify_history(session, *statements_, type(name), RecordId{id});
    });
  }
  json::array history(const char* name, std::int64_t id, const Scope& viewer, Seen& seen) {
    std::string text;
    JsonWriter writer(text);
    write([&](store::Transaction& tx) {
      return records_->write_history(tx, viewer, type(name), RecordId{id}, INT64_MAX, 50, writer,
                                     &seen);
    });
    return json::parse(text).at("items").as_array();
  }
  BatchId batch() {
    BatchId out;
    write([&](store::Transaction& tx) -> Status {
      out = records_->create_batch(tx, system_, "bulk_edit", "project", {});
      return {};
    });
    return out;
  }
  Records::UndoStep undo(BatchId batch) {
    const auto step = (*database_)->write([&](store::Transaction& tx) {
      return records_->undo_batch(tx, system_, batch, INT64_MAX, 100);
    });
    EXPECT_TRUE(step.ok());
    return step ? *step : Records::UndoStep();
  }
  Result<Saved> relate(std::int64_t from, const char* kind, std::int64_t to, std::string note = "",
                       BatchId batch = {}) {
    const Relation relation{kind, type("person"), RecordId{to}, std::move(note)};
    return (*database_)->write([&](store::Transaction& tx) {
      return records_->relate(tx, system_, type("company"), RecordId{from}, relation,
                              {0, batch, "update"});
    });
  }
  Result<Saved> unrelate(BatchId batch = {}) {
    const auto id = number("SELECT max(id) FROM relations WHERE kind = 'customer_of'");
    return (*database_)->write([&](store::Transaction& tx) {
      return records_->unrelate(tx, system_, id, {0, batch, "update"});
    });
  }
  std::int64_t events(const char* name) {
    return number("SELECT count(*) FROM events WHERE record_type = '" + std::string(name) + "'");
  }
  // Sees the records without an owner no more.
  Scope stranger() {
    Scope out;
    out.actor.user =
        UserId{create("user", {{"name", "Eva"},
                               {"email", "eva@example.org"},
                               {"primary_group", create("group", {{"name", "Salg"}})}})};
    auto rights = std::make_shared<access::Permissions>();
    rights->types["project"] = {access::every_circle, access::every_circle, access::every_circle,
                                access::every_circle, access::every_circle};
    rights->types["company"] = rights->types["project"];
    rights->types["person"] = {0b0001, 0b0001, 0b0001, 0b0001, 0b0001};
    out.actor.permissions = rights;
    return out;
  }

  using Ids = std::vector<std::int64_t>;
  std::int64_t anna_ = 0, bo_ = 0, carl_ = 0;
};
INSTANTIATE_EACH_ENGINE(MembersTest);

TEST_P(MembersTest, AreInTheHistoryBeforeAndAfter) {
  const auto project = create("project", {{"name", "Flytning"}, {"members", {anna_, bo_}}});
  EXPECT_NE(payload("project", project).find(R"({"field":"members","new":[)"), std::string::npos);
  const auto before = events("project");
  const auto saved = update("project", project, {{"members", {bo_, carl_}}});
  ASSERT_TRUE(saved.ok());
  EXPECT_EQ(saved->version, 2);
  EXPECT_EQ(members(project), (Ids{bo_, carl_}));
  const auto expected =
      fmt::format(R"([{{"field":"members","old":[{},{}],"new":[{},{}]}}])", anna_, bo_, bo_, carl_);
  EXPECT_EQ(payload("project", project), expected);
  EXPECT_EQ(events("project"), before + 1);
  EXPECT_EQ(verdict("project", project), "");
}

TEST_P(MembersTest, TheSameMembersAreNoChange) {
  const auto project = create("project", {{"name", "Flytning"}, {"members", {anna_, bo_}}});
  const auto before = events("project");
  for (const json::array& same :
       {json::array{anna_, bo_}, json::array{bo_, anna_}, json::array{bo_, anna_, bo_}}) {
    const auto saved = update("project", project, {{"members", same}});
    ASSERT_TRUE(saved.ok());
    EXPECT_FALSE(saved->changed);
    EXPECT_EQ(saved->version, 1);
  }
  EXPECT_EQ(events("project"), before);
}

TEST_P(MembersTest, ABlankFieldHasNoMembers) {
  const auto project = create("project", {{"name", "Flytning"}, {"members", {anna_}}});
  ASSERT_TRUE(update("project", project, {{"members", ""}}).ok());
  EXPECT_TRUE(members(project).empty());
  EXPECT_EQ(update("project", project, {{"members", {424242}}}).error().errors.at(0).code,
            "no_such_record");
}

TEST_P(MembersTest, AChangeSetGivesThemBack) {
  const auto project = create("project", {{"name", "Flytning"}, {"members", {anna_, bo_}}});
  const auto other = create("project", {{"name", "Ombygning"}});
  const auto set = batch();
  for (const auto id : {project, other})
    ASSERT_TRUE(update("project", id, {{"members", {carl_}}}, {0, set, "bulk_edit"}).ok());
  ASSERT_TRUE(update("project", other, {{"members", {carl_, bo_}}}).ok());
  const auto step = undo(set);
  EXPECT_EQ(step.undone, 1);
  EXPECT_EQ(step.conflicts, 1);
  EXPECT_EQ(members(project), (Ids{anna_, bo_}));
  EXPECT_EQ(members(other), (Ids{carl_, bo_}));
  EXPECT_EQ(verdict("project", project), "");
}

TEST_P(MembersTest, WhoIsGoneMeanwhileIsAConflict) {
  const auto project = create("project", {{"name", "Flytning"}, {"members", {anna_, bo_}}});
  const auto set = batch();
  ASSERT_TRUE(update("project", project, {{"members", {carl_}}}, {0, set, "bulk_edit"}).ok());
  write([&](store::Transaction& tx) -> Status {
    TRY(records_->archive(tx, system_, type("person"), RecordId{anna_}, {0, {}, "archive"}));
    return {};
  });
  const auto step = undo(set);
  EXPECT_EQ(step.conflicts, 1);
  EXPECT_EQ(members(project), Ids{bo_});
}

TEST_P(MembersTest, WhomOneDoesNotSeeOneDoesNotTakeOut) {
  const auto project = create("project", {{"name", "Flytning"}, {"members", {anna_, bo_}}});
  const Scope eva = stranger();
  ASSERT_TRUE(update("person", bo_, {{"owner", eva.actor.user.value}}).ok());
  ASSERT_TRUE((*database_)
                  ->write([&](store::Transaction& tx) {
                    return records_->update(tx, eva, type("project"), RecordId{project},
                                            {{"members", json::array()}}, std::nullopt,
                                            {0, {}, "update"});
                  })
                  .ok());
  EXPECT_EQ(members(project), Ids{anna_});
  Seen seen;
  const auto items = history("project", project, eva, seen);
  const auto text = json::serialize(items);
  EXPECT_EQ(text.find("Anna"), std::string::npos) << text;
  EXPECT_NE(text.find("Bo"), std::string::npos) << text;
  EXPECT_EQ(seen.types().at("person"), Ids{bo_});
}

TEST_P(MembersTest, ARelationIsAChangeOfItsRecord) {
  const auto company = create("company", {{"name", "Nordlys"}});
  const auto before = events("company"), far = events("person");
  ASSERT_EQ(relate(company, "customer_of", anna_, "since 2019")->version, 2);
  EXPECT_FALSE(relate(company, "customer_of", anna_, "since 2019")->changed);
  EXPECT_EQ(relate(company, "customer_of", anna_, "since 2020")->version, 3);
  EXPECT_EQ(number("SELECT count(*) FROM relations"), 1);
  EXPECT_EQ(events("company"), before + 2);
  EXPECT_EQ(events("person"), far + 2);
  ASSERT_EQ(unrelate()->version, 4);
  EXPECT_EQ(number("SELECT count(*) FROM relations"), 0);
  EXPECT_EQ(verdict("company", company), "");
  Seen seen;
  const auto items = history("company", company, system_, seen);
  const auto& change = items.at(0).at("changes").at(0);
  EXPECT_EQ(change.at("field"), "relations");
  EXPECT_EQ(change.at("old").at("record").at("name"), "Anna");
  EXPECT_EQ(change.at("old").at("note"), "since 2020");
  EXPECT_TRUE(change.at("new").is_null());
  EXPECT_EQ(seen.types().at("person"), Ids{anna_});
  EXPECT_TRUE(history("company", company, stranger(), seen).at(0).at("changes").as_array().empty());
}

TEST_P(MembersTest, RelationsOfAChangeSetAreTakenBack) {
  const auto company = create("company", {{"name", "Nordlys"}});
  const auto made = batch();
  ASSERT_TRUE(relate(company, "customer_of", anna_, "", made).ok());
  EXPECT_EQ(undo(made).undone, 1);
  EXPECT_EQ(number("SELECT count(*) FROM relations"), 0);
  ASSERT_TRUE(relate(company, "customer_of", anna_, "kept").ok());
  const auto removed = batch();
  ASSERT_TRUE(unrelate(removed).ok());
  EXPECT_EQ(undo(removed).undone, 1);
  EXPECT_EQ(number("SELECT count(*) FROM relations WHERE note = 'kept'"), 1);
  const auto noted = batch();
  ASSERT_TRUE(relate(company, "customer_of", anna_, "noted", noted).ok());
  ASSERT_TRUE(relate(company, "customer_of", anna_, "again").ok());
  const auto step = undo(noted);
  EXPECT_EQ(step.undone, 0);
  EXPECT_EQ(step.conflicts, 1);
  EXPECT_EQ(number("SELECT count(*) FROM relations WHERE note = 'again'"), 1);
}

TEST_P(MembersTest, AMemberIsNotRemovedAsARelation) {
  create("project", {{"name", "Flytning"}, {"members", {anna_}}});
  const auto id = number("SELECT max(id) FROM relations");
  const auto removed = (*database_)->write([&](store::Transaction& tx) {
    return records_->unrelate(tx, system_, id, {0, {}, "update"});
  });
  EXPECT_EQ(removed.error().code, "records/not_found");
}

// The access log must hold the persons that an answer names beside its records.
TEST_P(MembersTest, AListTellsWhomItsLinksName) {
  const auto list = [&](const Scope& viewer, std::vector<std::string> fields, const char* sort) {
    ListQuery query;
    query.fields = std::move(fields);
    query.sort = parse_sort(sort).value();
    std::string text;
    JsonWriter writer(text);
    return (*database_)
        ->read([&](store::Session& session) {
          return records_->list(session, viewer, type("sale"), query, writer);
        })
        ->seen.types();
  };
  for (const auto id : {anna_, bo_, anna_}) create("sale", {{"name", "Borde"}, {"person", id}});
  create("sale", {{"name", "Ingen"}});
  EXPECT_EQ(list(system_, {"name", "person"}, "id").at("person"), (Ids{anna_, bo_}));
  EXPECT_EQ(list(system_, {"name", "person.email"}, "id").at("person"), (Ids{anna_, bo_}));
  EXPECT_EQ(list(system_, {"person.company.name"}, "id").at("person"), (Ids{anna_, bo_}));
  EXPECT_TRUE(list(system_, {"name", "owner", "company"}, "person").empty());
}

}  // namespace
}  // namespace fokus::records
