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
