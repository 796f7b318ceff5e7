// SPDX-License-Identifier: Apache-2.0
// What no save can do is done to the tables directly, and must be noticed.
#include "records/agreement.hpp"

#include "records/place_testing.hpp"

namespace fokus::records {
namespace {

class Agreement : public testing::Place {
 protected:
  void SetUp() override {
    Place::SetUp();
    if (IsSkipped()) return;
    company_ = create("company", {{"name", "First ApS"}});
    other_ = create("company", {{"name", "Second ApS"}});
    sale_ = create("sale", {{"name", "Boats"}, {"company", company_}});
    ASSERT_TRUE(update("company", company_, {{"name", "First A/S"}}).ok());
  }

  std::vector<std::string> compared(Reach reach = Reach::all,
                                    const ChangedAside& changed_aside = {}) {
    return compare_with_history(**database_, type("company"), reach, changed_aside);
  }
  std::vector<std::string> loose(const char* name) {
    return find_loose_links(**database_, *holder_.current(), type(name));
  }
  std::vector<std::string> values(const char* name, Reach reach = Reach::all) {
    return compare_values(**database_, type(name), {*statements_, *holder_.current(), reach});
  }
  std::string of_company(const std::string& what) {
    return "company " + std::to_string(company_) + ": " + what;
  }
  std::string where_company() { return " WHERE id = " + std::to_string(company_); }

  using Found = std::vector<std::string>;
  std::int64_t company_ = 0, other_ = 0, sale_ = 0;
};
INSTANTIATE_EACH_ENGINE(Agreement);

TEST_P(Agreement, WhatWasSavedAgrees) {
  write([&](store::Transaction& tx) -> Status {
    TRY(records_->archive(tx, system_, type("company"), RecordId{other_}, {0, {}, "archive"}));
    return {};
  });
  for (const auto& [name, one] : holder_.current()->types) {
    EXPECT_EQ(compare_with_history(**database_, one, Reach::all, {}), Found()) << name;
    EXPECT_EQ(loose(name.c_str()), Found()) << name;
  }
}

TEST_P(Agreement, ValuesThatWereSavedAreThoseOfTheHistory) {
  const auto full =
      create("company",
             {{"name", "Full ApS"},
              {"employees", 12},
              {"stop", true},
              {"phone", "+45 86 12 34 56"},
              {"website", "https://full.example"},
              {"address", {{"street", "Havnegade 1"}, {"postcode", "8000"}, {"city", "Aarhus C"}}},
              {"parent", company_}});
  create("sale", {{"name", "Nets"}, {"company", full}, {"amount", "12.50"}});
  create("person", {{"first_name", "Åse"}, {"last_name", "Ø"}, {"company", full}});
  ASSERT_TRUE(update("company", full, {{"employees", nullptr}, {"phone", "+45 86 65 43 21"}}).ok());
  write([&](store::Transaction& tx) -> Status {
    TRY(records_->archive(tx, system_, type("company"), RecordId{other_}, {0, {}, "archive"}));
    return {};
  });
  for (const auto& [name, one] : holder_.current()->types)
    for (const Reach reach : {Reach::all, Reach::newest})
      EXPECT_EQ(values(name.c_str(), reach), Found()) << name;
}

TEST_P(Agreement, AValueThatWasChangedBehindTheBackIsFound) {
  run("UPDATE companies SET name = 'Stolen ApS', name_f = 'stolen aps'" + where_company());
  run("UPDATE companies SET archived_at = 1 WHERE id = " + std::to_string(other_));
  run("UPDATE sales SET company = NULL WHERE id = " + std::to_string(sale_));
  const Found wrong{
      "company " + std::to_string(other_) + ": archived_at is not what its history says",
      of_company("name is not what its history says")};
  // That a record is not in the bin is told only by one that was taken out of it.
  EXPECT_EQ(values("company"), Found{wrong[1]});
  EXPECT_EQ(values("company", Reach::newest), Found{wrong[1]});
  EXPECT_EQ(values("sale"),
            Found{"sale " + std::to_string(sale_) + ": company is not what its history says"});
  write([&](store::Transaction& tx) -> Status {
    TRY(records_->restore(tx, system_, type("company"), RecordId{other_}, {0, {}, "restore"}));
    return {};
  });
  run("UPDATE companies SET archived_at = 1 WHERE id = " + std::to_string(other_));
  EXPECT_EQ(values("company"), wrong);
}

TEST_P(Agreement, WhatNoEntryTellsAnyMoreIsNotCompared) {
  run("UPDATE companies SET name = 'Other', name_f = 'other'" + where_company());
  run("UPDATE history SET payload = NULL, salt = NULL WHERE record_type = 'company' AND version = "
      "2 AND record_id = " +
      std::to_string(company_));
  EXPECT_EQ(values("company"), Found());
}

TEST_P(Agreement, ALinkThatAMergeMovedIsNoFinding) {
  run("UPDATE sales SET company = " + std::to_string(other_));
  EXPECT_EQ(values("sale").size(), 1U);
  run("UPDATE companies SET archived_at = 1" + where_company());
  EXPECT_EQ(values("sale"), Found());
}

TEST_P(Agreement, AVersionThatNoEntryToldIsFound) {
  run("UPDATE companies SET version = 7" + where_company());
  const Found wrong{of_company("its version is 7, that of its newest history entry 2")};
  EXPECT_EQ(compared(), wrong);
  EXPECT_EQ(compared(Reach::newest), wrong);
  run("UPDATE companies SET version = 1" + where_company());
  EXPECT_EQ(compared(), Found{of_company("its version is 1, that of its newest history entry 2")});
}

TEST_P(Agreement, AVersionThatAMergeCountedUpIsNone) {
  run("UPDATE companies SET version = 3" + where_company());
  const std::int64_t moment = number("SELECT updated_at FROM companies" + where_company());
  EXPECT_EQ(compared(Reach::all, [&](store::Session&, Instant at) { return at.ms == moment; }),
            Found());
  EXPECT_EQ(compared(Reach::all, [](store::Session&, Instant) { return false; }).size(), 1U);
  run("UPDATE companies SET version = 1" + where_company());
  EXPECT_EQ(compared(Reach::all, [](store::Session&, Instant) { return true; }).size(), 1U);
}

TEST_P(Agreement, ALostEntryIsFound) {
  const std::string of =
      " WHERE record_type = 'company' AND record_id = " + std::to_string(company_);
  run("DELETE FROM history" + of + " AND version = 2");
  EXPECT_EQ(compared(), Found{of_company("its newest history entry is not the one it names")});
  run("DELETE FROM history" + of);
  EXPECT_EQ(compared(), Found{of_company("has no history")});
}

TEST_P(Agreement, ARowThatIsGoneIsFoundUnlessItWasRemovedForGood) {
  write([&](store::Transaction& tx) -> Status {
    TRY(records_->archive(tx, system_, type("company"), RecordId{other_}, {0, {}, "archive"}));
    records_->remove_archived_before(tx, type("company"), clock_.now().plus_ms(1), 10);
    return {};
  });
  EXPECT_EQ(compared(), Found());
  run("DELETE FROM companies" + where_company());
  EXPECT_EQ(compared(), Found{of_company("has a history and is not there")});
  EXPECT_EQ(compared(Reach::newest), Found());
}

TEST_P(Agreement, LinksToNothingAreFound) {
  run("INSERT INTO relations (kind, from_type, from_id, to_type, to_id, created_at) VALUES "
      "('owns', 'company', " +
      std::to_string(other_) + ", 'company', " + std::to_string(company_) + ", 1)");
  const auto relation = number("SELECT max(id) FROM relations");
  EXPECT_EQ(loose("company"), Found());
  run("DELETE FROM companies" + where_company());
  EXPECT_EQ(loose("sale"), Found{"sale " + std::to_string(sale_) + ": company leads to " +
                                 "company " + std::to_string(company_) + ", which is not there"});
  EXPECT_EQ(loose("company"), Found{of_company("relation " + std::to_string(relation) +
                                               " leads to it, and it is not there")});
}

TEST_P(Agreement, MoreThanCanBeReadIsCutShort) {
  run("INSERT INTO companies (version, name, name_f, created_at, updated_at) VALUES "
      "(1, 'A', 'a', 1, 1)");
  for (int i = 0; i < 7; ++i)
    run("INSERT INTO companies (version, name, name_f, created_at, updated_at) "
        "SELECT version, name, name_f, created_at, updated_at FROM companies "
        "WHERE history_hash IS NULL");
  const auto found = compared();
  ASSERT_EQ(found.size(), limits::disagreements_max + 1);
  EXPECT_EQ(found.back(), "more than the first 100 are not listed");
}

}  // namespace
}  // namespace fokus::records
