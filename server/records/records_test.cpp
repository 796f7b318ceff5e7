// SPDX-License-Identifier: Apache-2.0
// The record engine on both engines: what is written is read, found, counted, undone and refused.
#include "records/records.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <set>
#include <thread>

#include "base/embedded.hpp"
#include "records/history.hpp"
#include "records/schema.hpp"
#include "records/search.hpp"
#include "records/search_index_keeper.hpp"
#include "store/migrations.hpp"
#include "store/testing.hpp"

namespace fokus::records {
namespace {

namespace json = boost::json;

std::shared_ptr<const access::Permissions> permissions(access::Circles read,
                                                       access::Circles write) {
  auto out = std::make_shared<access::Permissions>();
  out->types["*"] = {read, write, write, write, read};
  out->field_classes = {"contact"};
  return out;
}

class RecordsTest : public store::testing::EachEngine {
 protected:
  void SetUp() override {
    EachEngine::SetUp();
    if (IsSkipped()) return;
    database_ = std::make_unique<store::testing::ScratchDatabase>(GetParam());
    statements_ = std::make_unique<store::Statements>(embedded_sql(), GetParam());
    ASSERT_TRUE(store::migrate(**database_, embedded_sql(), [] { return Status(); }).ok());
    (*database_)->write([&](store::Transaction& tx) {
      ASSERT_TRUE(seed_lists(tx, *statements_, embedded_model()).ok());
      auto loaded = load_dictionary(tx, *statements_, embedded_model());
      ASSERT_TRUE(loaded.ok()) << loaded.error().errors.at(0).field;
      apply_schema(tx, *loaded);
      holder_.replace(std::make_shared<const Dictionary>(std::move(*loaded)));
    });
    records_ = std::make_unique<Records>(Records::Parts{*statements_, clock_, holder_});
    system_.actor = access::system_actor();
    make_users();
  }

  // Two groups with one user each.
  void make_users() {
    sales_ = create(system_, "group", {{"name", "Salg"}});
    service_ = create(system_, "group", {{"name", "Service"}});
    anna_ = user("Anna Holm", "anna@example.org", sales_);
    bo_ = user("Bo Lund", "bo@example.org", service_);
  }

  Scope user(std::string name, std::string email, std::int64_t group) {
    Scope scope;
    scope.actor.user = UserId{
        create(system_, "user", {{"name", name}, {"email", email}, {"primary_group", group}})};
    scope.actor.name = name;
    scope.actor.primary_group = GroupId{group};
    scope.actor.permissions = permissions(access::every_circle, 0b0011);
    return scope;
  }

  const RecordType& type(std::string_view name) { return *holder_.current()->find(name); }

  Result<Saved> try_create(const Scope& scope, std::string_view name, const json::object& values,
                           Provenance provenance = {0, {}, "create"}) {
    const auto dictionary = holder_.current();
    return (*database_)->write([&](store::Transaction& tx) {
      return records_->create(tx, scope, *dictionary->find(name), values, provenance);
    });
  }
  std::int64_t create(const Scope& scope, std::string_view name, const json::object& values) {
    const auto saved = try_create(scope, name, values);
    EXPECT_TRUE(saved.ok()) << saved.error().code << " "
                            << (saved.error().errors.empty() ? ""
                                                             : saved.error().errors[0].field + " " +
                                                                   saved.error().errors[0].code);
    return saved ? saved->id.value : 0;
  }
  Result<Saved> update(const Scope& scope, std::string_view name, std::int64_t id,
                       const json::object& changes, std::optional<std::int64_t> version = {},
                       Provenance provenance = {0, {}, "update"}) {
    const auto dictionary = holder_.current();
    return (*database_)->write([&](store::Transaction& tx) {
      return records_->update(tx, scope, *dictionary->find(name), RecordId{id}, changes, version,
                              provenance);
    });
  }
  Result<json::object> get(const Scope& scope, std::string_view name, std::int64_t id) {
    const auto dictionary = holder_.current();
    std::string text;
    JsonWriter writer(text);
    const auto version = (*database_)->read([&](store::Session& session) {
      return records_->get(session, scope, *dictionary->find(name), RecordId{id}, writer);
    });
    if (!version) return version.error();
    return json::parse(text).as_object();
  }
  struct Listed {
    std::vector<std::string> names;
    std::string next;
    std::int64_t count = 0;
  };
  Listed list(const Scope& scope, std::string_view name, std::string filter, std::string sort,
              int limit = 50, std::string cursor = {}) {
    const auto dictionary = holder_.current();
    ListQuery query;
    NodePtr node;
    if (!filter.empty()) {
      auto parsed = parse_filter(filter);
      EXPECT_TRUE(parsed.ok()) << filter;
      node = std::move(*parsed);
      query.criteria = node.get();
    }
    query.sort = parse_sort(sort).value();
    query.fields = {"name"};
    query.limit = limit;
    query.cursor = std::move(cursor);
    std::string text;
    JsonWriter writer(text);
    Listed out;
    (*database_)->read([&](store::Session& session) {
      const auto page = records_->list(session, scope, *dictionary->find(name), query, writer);
      ASSERT_TRUE(page.ok()) << page.error().code;
      out.next = page->next;
      out.count = records_->count(session, scope, *dictionary->find(name), query, 0)->value;
    });
    const auto parsed = json::parse(text);
    for (const auto& item : parsed.as_array()) out.names.emplace_back(item.at("name").as_string());
    return out;
  }
  std::string search(const Scope& scope, std::string_view q) {
    std::string text;
    JsonWriter writer(text);
    (*database_)->read([&](store::Session& session) {
      write_search(*records_, session, *statements_, scope, clock_.now(), q, 10, writer);
    });
    return text;
  }

  FakeClock clock_;
  std::unique_ptr<store::testing::ScratchDatabase> database_;
  std::unique_ptr<store::Statements> statements_;
  DictionaryHolder holder_;
  std::unique_ptr<Records> records_;
  Scope system_, anna_, bo_;
  std::int64_t sales_ = 0, service_ = 0;
};
INSTANTIATE_EACH_ENGINE(RecordsTest);

TEST_P(RecordsTest, EveryStatementPreparesAndEveryColumnIsClassified) {
  EXPECT_EQ(statements_->check(**database_), std::vector<std::string>());
  const auto loose = (*database_)->read([&](store::Session& session) {
    return unclassified_columns(session, *holder_.current(), embedded_sql());
  });
  EXPECT_EQ(loose, std::vector<std::string>());
}

TEST_P(RecordsTest, WhatIsWrittenIsRead) {
  const auto company =
      create(anna_, "company",
             {{"name", "Ærø Værft A/S"},
              {"phone", "+45 12 34 56 78"},
              {"country", "dk"},
              {"category", "customer"},
              {"address", {{"street", "Havnen 1"}, {"postcode", "5970"}, {"city", "Ærøskøbing"}}}});
  const auto person = create(anna_, "person",
                             {{"first_name", "Дмитрий"},
                              {"last_name", "Щербаков"},
                              {"company", company},
                              {"email", "d@example.org"},
                              {"interests", {"golf", "christmas"}}});
  const auto sale = create(anna_, "sale",
                           {{"name", "Kaj"},
                            {"company", {{"id", company}}},
                            {"amount", {{"amount", "1250.50"}, {"currency", "DKK"}}}});
  const auto read = get(anna_, "company", company);
  ASSERT_TRUE(read.ok());
  EXPECT_EQ(read->at("name"), "Ærø Værft A/S");
  EXPECT_EQ(read->at("country"), "DK");
  EXPECT_EQ(read->at("address").at("city"), "Ærøskøbing");
  EXPECT_EQ(read->at("owner").at("name"), "Anna Holm");
  EXPECT_EQ(read->at("owner_group").at("id"), sales_);
  ASSERT_EQ(read->at("contact_points").as_array().size(), 2u);  // the phone and the address
  EXPECT_TRUE(read->at("rights").at("update").as_bool());
  const auto dmitrij = get(anna_, "person", person);
  ASSERT_TRUE(dmitrij.ok());
  EXPECT_EQ(dmitrij->at("name"), "Дмитрий Щербаков");
  EXPECT_EQ(dmitrij->at("company").at("name"), "Ærø Værft A/S");
  EXPECT_EQ(dmitrij->at("interests"), (json::array{"christmas", "golf"}));
  EXPECT_EQ(get(anna_, "sale", sale)->at("amount").at("amount"), "1250.50");
}

TEST_P(RecordsTest, BadInputNamesEveryFieldAndStoresNothing) {
  const auto refused = try_create(anna_, "company",
                                  {{"country", "XX"},
                                   {"employees", "many"},
                                   {"nonsense", 1},
                                   {"website", "javascript:alert(1)"}});
  ASSERT_FALSE(refused.ok());
  EXPECT_EQ(refused.error().code, "records/invalid");
  EXPECT_EQ(refused.error().errors.size(), 4u);
  EXPECT_EQ(try_create(anna_, "company", json::object{}).error().errors.at(0).code, "required");
  EXPECT_EQ(try_create(anna_, "person", {{"first_name", "A"}, {"company", 999}})
                .error()
                .errors.at(0)
                .code,
            "no_such_record");
  EXPECT_EQ(list(anna_, "company", "", "name").count, 0);
}

TEST_P(RecordsTest, ALostUpdateIsRefused) {
  const auto id = create(anna_, "company", {{"name", "Nord"}});
  ASSERT_TRUE(update(anna_, "company", id, {{"name", "Syd"}}, 1).ok());
  const auto stale = update(anna_, "company", id, {{"name", "Vest"}}, 1);
  ASSERT_FALSE(stale.ok());
  EXPECT_EQ(stale.error().kind, ErrorKind::stale);
  EXPECT_EQ(stale.error().params.at("current_version"), "2");
  const auto same = update(anna_, "company", id, {{"name", "Syd"}});
  EXPECT_FALSE(same->changed);
  EXPECT_EQ(same->version, 2);
}

TEST_P(RecordsTest, RightsAreInTheQuery) {
  const auto mine = create(anna_, "company", {{"name", "Annas"}});
  const auto theirs = create(bo_, "company", {{"name", "Bos"}});
  anna_.actor.permissions = permissions(0b0011, 0b0001);
  EXPECT_EQ(list(anna_, "company", "", "name").names, std::vector<std::string>{"Annas"});
  EXPECT_EQ(list(anna_, "company", "", "name").count, 1);
  EXPECT_EQ(get(anna_, "company", theirs).error().kind, ErrorKind::not_found);
  EXPECT_EQ(update(anna_, "company", theirs, {{"name", "X"}}).error().kind, ErrorKind::not_found);
  EXPECT_EQ(search(anna_, "bos"), "{\"groups\":[]}");
  EXPECT_EQ(try_create(anna_, "person", {{"first_name", "P"}, {"company", theirs}})
                .error()
                .errors.at(0)
                .code,
            "no_such_record");
  anna_.actor.permissions = permissions(access::every_circle, 0b0001);
  EXPECT_EQ(update(anna_, "company", theirs, {{"name", "X"}}).error().kind, ErrorKind::forbidden);
  EXPECT_TRUE(update(anna_, "company", mine, {{"name", "X"}}).ok());
  EXPECT_EQ(
      try_create(anna_, "company", {{"name", "Y"}, {"owner", bo_.actor.user.value}}).error().kind,
      ErrorKind::forbidden);
}

TEST_P(RecordsTest, RecordsFollowTheirOwnerIntoANewGroup) {
  const auto id = create(anna_, "company", {{"name", "Annas"}});
  ASSERT_TRUE(update(system_, "user", anna_.actor.user.value, {{"primary_group", service_}}).ok());
  EXPECT_EQ(get(anna_, "company", id)->at("owner_group").at("id"), service_);
  bo_.actor.permissions = permissions(0b0010, 0b0001);
  EXPECT_TRUE(get(bo_, "company", id).ok());
  EXPECT_NE(search(bo_, "annas"), "{\"groups\":[]}");
}

TEST_P(RecordsTest, TheLastAdministratorStays) {
  (*database_)->write([&](store::Transaction& tx) {
    tx.execute(
        "INSERT INTO roles(key, name, definition, built_in, updated_at) VALUES ('administrator', "
        "'A', '{}', 1, 0)");
    tx.execute(
        "INSERT INTO user_roles(user_id, role_id) SELECT CAST($1 AS BIGINT), id FROM roles WHERE "
        "key = 'administrator'",
        {anna_.actor.user});
  });
  const auto refused = update(system_, "user", anna_.actor.user.value, {{"active", false}});
  ASSERT_FALSE(refused.ok());
  EXPECT_EQ(refused.error().code, "access/last_administrator");
  EXPECT_TRUE(get(system_, "user", anna_.actor.user.value)->at("active").as_bool());
}

TEST_P(RecordsTest, PagesShowEveryRowOnceInDanishOrder) {
  for (const char* name : {"Århus", "Zebra", "Ærø", "Østerbro", "Alfa", "Aabenraa", "beta"})
    create(anna_, "company", {{"name", name}});
  for (const char* sort : {"name", "-name", "category,name", "-updated_at", "owner,-name"}) {
    const auto all = list(anna_, "company", "", sort).names;
    ASSERT_EQ(all.size(), 7u) << sort;
    std::vector<std::string> paged;
    std::string cursor;
    do {
      auto page = list(anna_, "company", "", sort, 2, cursor);
      paged.insert(paged.end(), page.names.begin(), page.names.end());
      cursor = page.next;
    } while (!cursor.empty());
    EXPECT_EQ(paged, all) << sort;
  }
  EXPECT_EQ(
      list(anna_, "company", "", "name").names,
      (std::vector<std::string>{"Alfa", "beta", "Zebra", "Ærø", "Østerbro", "Aabenraa", "Århus"}));
}

TEST_P(RecordsTest, PagingCrossesEmptyValues) {
  for (int i = 0; i < 6; ++i)
    create(anna_, "company",
           i % 2 ? json::object{{"name", "N" + std::to_string(i)}, {"employees", i}}
                 : json::object{{"name", "N" + std::to_string(i)}});
  for (const char* sort : {"employees", "-employees"}) {
    std::set<std::string> seen;
    std::string cursor;
    do {
      auto page = list(anna_, "company", "", sort, 1, cursor);
      for (const auto& name : page.names)
        EXPECT_TRUE(seen.insert(name).second) << sort << " repeats " << name;
      cursor = page.next;
    } while (!cursor.empty());
    EXPECT_EQ(seen.size(), 6u) << sort;
  }
}

TEST_P(RecordsTest, SearchFindsHoweverItIsTyped) {
  const auto company =
      create(anna_, "company", {{"name", "Ærø Værft A/S"}, {"phone", "+45 12 34 56 78"}});
  create(anna_, "person",
         {{"first_name", "Дмитрий"},
          {"last_name", "Щербаков"},
          {"company", company},
          {"email", "dms@example.org"}});
  for (const char* q : {"ærø", "aeroe vae", "værft ærø", "12345678", "+45 12 34", "vaerfft"})
    EXPECT_NE(search(anna_, q).find("Ærø Værft"), std::string::npos) << q;
  for (const char* q : {"dmitrij", "Щерб", "dms@example", "serbakov dmi", "ds"})
    EXPECT_NE(search(anna_, q).find("Щербаков"), std::string::npos) << q;
  EXPECT_EQ(search(anna_, "nobody"), "{\"groups\":[]}");
  ASSERT_TRUE(update(anna_, "company", company, {{"name", "Nyt navn"}}).ok());
  EXPECT_EQ(search(anna_, "vaerft"), "{\"groups\":[]}");
}

TEST_P(RecordsTest, ThePiecesOfTheSearchIndexAreMergedBesideTheSaves) {
  if (GetParam() != store::Engine::sqlite) return;  // PostgreSQL keeps its index itself
  const auto pieces = [&] {
    return (*database_)->read([](store::Session& session) {
      return session.query_integer("SELECT count(DISTINCT segid) FROM search_index_idx");
    });
  };
  const auto add = [&](int from, int to) {
    for (int i = from; i < to; ++i)
      create(anna_, "company", {{"name", "Firma nummer " + std::to_string(i)}});
  };
  // The last few entries do not wake the keeper.
  const auto pieces_max = limits::search_pieces_max + limits::search_writes_per_look;
  add(0, 60);
  EXPECT_GT(pieces(), 40);
  {
    SearchIndexKeeper keeper(**database_);
    records_->set_search_written([&] { keeper.note_write(); });
    add(60, 100);
    const auto until = std::chrono::steady_clock::now() + std::chrono::seconds(30);
    while (pieces() > pieces_max && std::chrono::steady_clock::now() < until)
      std::this_thread::sleep_for(std::chrono::milliseconds(10));
    records_->set_search_written({});
  }
  EXPECT_LE(pieces(), pieces_max);
  for (const char* q : {"nummer 0", "nummer 59", "nummer 99"})
    EXPECT_NE(search(anna_, q).find("Firma nummer"), std::string::npos) << q;
}

TEST_P(RecordsTest, NoWordOfWhatIsRemovedForGoodStaysInTheSearchIndex) {
  if (GetParam() != store::Engine::sqlite) return;  // PostgreSQL keeps its index itself
  const auto traces = [&] {
    return (*database_)->read([](store::Session& session) {
      return session.query_integer(
          "SELECT count(*) FROM search_index_data WHERE instr(block, CAST('112233' AS BLOB)) > 0");
    });
  };
  const auto id = create(anna_, "company", {{"name", "Væk"}, {"phone", "+45 99 11 22 33"}});
  (*database_)->write([&](store::Transaction& tx) {
    ASSERT_TRUE(records_->archive(tx, anna_, type("company"), RecordId{id}, {}).ok());
  });
  (*database_)->write([&](store::Transaction& tx) {
    EXPECT_EQ(records_->remove_archived_before(tx, type("company"), clock_.now().plus_ms(1), 9), 1);
  });
  EXPECT_GT(traces(), 0);
  purge_search_index(**database_, [] { return false; });
  EXPECT_EQ(traces(), 0);
}

TEST_P(RecordsTest, TheBinKeepsAndGivesBack) {
  const auto id = create(anna_, "company", {{"name", "Gamle"}});
  const auto archive = [&] {
    return (*database_)->write([&](store::Transaction& tx) {
      return records_->archive(tx, anna_, type("company"), RecordId{id}, {0, {}, "archive"});
    });
  };
  ASSERT_TRUE(archive().ok());
  EXPECT_EQ(archive().error().kind, ErrorKind::not_found);
  EXPECT_EQ(list(anna_, "company", "", "name").count, 0);
  EXPECT_EQ(search(anna_, "gamle"), "{\"groups\":[]}");
  ASSERT_TRUE(
      (*database_)
          ->write([&](store::Transaction& tx) {
            return records_->restore(tx, anna_, type("company"), RecordId{id}, {0, {}, "restore"});
          })
          .ok());
  EXPECT_EQ(list(anna_, "company", "", "name").count, 1);
  EXPECT_NE(search(anna_, "gamle").find("Gamle"), std::string::npos);
}

TEST_P(RecordsTest, HistoryIsChainedAndSurvivesADestroyedPayload) {
  const auto id = create(anna_, "company", {{"name", "A"}});
  ASSERT_TRUE(update(anna_, "company", id, {{"name", "B"}}).ok());
  const auto verify = [&] {
    return (*database_)->read([&](store::Session& s) {
      return verify_history(s, *statements_, type("company"), RecordId{id});
    });
  };
  EXPECT_EQ(verify(), "");
  (*database_)->write([&](store::Transaction& tx) {
    tx.execute(
        "UPDATE history SET payload = NULL, salt = NULL WHERE record_id = $1 AND version = 1 AND "
        "record_type = 'company'",
        {id});
  });
  EXPECT_EQ(verify(), "");
  (*database_)->write([&](store::Transaction& tx) {
    tx.execute(
        "UPDATE history SET payload = '[]' WHERE record_id = $1 AND version = 2 AND record_type = "
        "'company'",
        {id});
  });
  EXPECT_NE(verify(), "");
  (*database_)->write([&](store::Transaction& tx) {
    tx.execute(
        "DELETE FROM history WHERE record_id = $1 AND version = 2 AND record_type = 'company'",
        {id});
  });
  EXPECT_EQ(verify(), "the newest entries are missing");
}

TEST_P(RecordsTest, ABatchIsUndoneUpdatesIncluded) {
  const auto kept = create(anna_, "company", {{"name", "Kept"}, {"employees", 5}});
  const auto touched = create(anna_, "company", {{"name", "Touched"}});
  BatchId batch;
  (*database_)->write([&](store::Transaction& tx) {
    batch = records_->create_batch(tx, anna_, "import", "company", {});
  });
  const auto made = try_create(anna_, "company", {{"name", "Made"}}, {0, batch, "import"});
  ASSERT_TRUE(update(anna_, "company", kept, {{"employees", 7}, {"country", "DK"}}, {},
                     {0, batch, "import"})
                  .ok());
  ASSERT_TRUE(update(anna_, "company", touched, {{"employees", 7}}, {}, {0, batch, "import"}).ok());
  ASSERT_TRUE(update(anna_, "company", touched, {{"employees", 9}}).ok());
  const auto step = (*database_)->write([&](store::Transaction& tx) {
    return records_->undo_batch(tx, anna_, batch, std::numeric_limits<std::int64_t>::max(), 100);
  });
  ASSERT_TRUE(step.ok());
  EXPECT_EQ(step->undone, 2);
  EXPECT_EQ(step->conflicts, 1);
  EXPECT_EQ(get(anna_, "company", kept)->at("employees"), 5);
  EXPECT_TRUE(get(anna_, "company", kept)->at("country").is_null());
  EXPECT_EQ(get(anna_, "company", touched)->at("employees"), 9);
  EXPECT_EQ(list(anna_, "company", "name eq 'Made'", "name").count, 0);
  (void)made;
}

TEST_P(RecordsTest, MaskedFieldsAreNeitherShownNorGuessed) {
  system_.actor.permissions = permissions(access::every_circle, access::every_circle);
  const auto id = create(
      system_, "person",
      {{"first_name", "Eva"}, {"national_id", "010170-1234"}, {"owner", anna_.actor.user.value}});
  const auto read = get(anna_, "person", id);
  ASSERT_TRUE(read.ok());
  EXPECT_TRUE(read->at("national_id").is_null());
  EXPECT_EQ(read->at("masked"), json::array{"national_id"});
  EXPECT_FALSE(update(anna_, "person", id, {{"national_id", "1"}}).ok());
  const auto dictionary = holder_.current();
  const auto filter = parse_filter("national_id startswith '0101'");
  ListQuery query;
  query.criteria = filter->get();
  (*database_)->read([&](store::Session& session) {
    EXPECT_FALSE(records_->count(session, anna_, *dictionary->find("person"), query, 0).ok());
  });
}

TEST_P(RecordsTest, ACustomFieldIsAColumnAtOnce) {
  const auto definition = json::parse(
      R"({"name":"hull","kind":"integer","label":{"en":"Hull"},"indexed":true,
          "privacy":{"class":"none","purpose":"","erasure":"keep"}})");
  const auto id = create(anna_, "company", {{"name", "Before"}});
  (*database_)->write([&](store::Transaction& tx) {
    tx.execute((*statements_)["records.save_custom_field"],
               {"company", "x_hull", json::serialize(definition), clock_.now(), 1});
    auto loaded = load_dictionary(tx, *statements_, embedded_model());
    ASSERT_TRUE(loaded.ok());
    EXPECT_GT(apply_schema(tx, *loaded), 0);
    holder_.replace(std::make_shared<const Dictionary>(std::move(*loaded)));
  });
  ASSERT_TRUE(update(anna_, "company", id, {{"x_hull", 12}}).ok());
  EXPECT_EQ(get(anna_, "company", id)->at("x_hull"), 12);
  EXPECT_EQ(list(anna_, "company", "x_hull gt 11", "x_hull").count, 1);
}

}  // namespace
}  // namespace fokus::records
