// SPDX-License-Identifier: Apache-2.0
#include "features/merge/merge_testing.hpp"
#include "records/history.hpp"

#include "features/merge/bulk_merge.hpp"
#include "features/merge/merge_values.hpp"

namespace fokus::merge {
namespace {

class MergeTest : public testing::MergePlace {};
INSTANTIATE_EACH_ENGINE(MergeTest);

// A feature that adds a table or a column says in references.cpp what a merge does with it.
TEST_P(MergeTest, KnowsEveryColumnThatMayPointAtARecord) {
  const auto unknown = (*database_)->read([&](store::Session& session) {
    return unknown_columns(session, *holder_.current());
  });
  EXPECT_TRUE(unknown.empty()) << "features/merge/references.cpp does not know " << unknown.front()
                               << " and " << unknown.size() - 1 << " more";
}

TEST_P(MergeTest, NoticesATableThatNobodyToldItAbout) {
  run("CREATE TABLE guests (id BIGINT PRIMARY KEY, person BIGINT)");
  run("ALTER TABLE selection_visits ADD COLUMN person BIGINT");
  const auto unknown = (*database_)->read([&](store::Session& session) {
    return unknown_columns(session, *holder_.current());
  });
  const std::set<std::string> found(unknown.begin(), unknown.end());
  EXPECT_EQ(found,
            (std::set<std::string>{"guests.id", "guests.person", "selection_visits.person"}));
}

TEST_P(MergeTest, FindsTheLinksOfEveryType) {
  std::set<std::string> names;
  for (const auto& place : link_places(*holder_.current(), type("company")))
    names.insert(place.name);
  EXPECT_EQ(names, (std::set<std::string>{"activity.company", "company.parent", "document.company",
                                          "person.company", "project.company", "sale.company"}));
}

TEST_P(MergeTest, ChoosesFieldByFieldAndFillsWhatIsEmpty) {
  const auto a = create("company", {{"name", "Nordlys"}, {"country", "DK"}});
  const auto b = create("company", {{"name", "Nordlys A/S"}, {"org_number", "12345674"}});
  merge(order("company", a, {b}, {{"name", b}}));
  const auto kept = get("company", a);
  EXPECT_EQ(kept.at("name"), "Nordlys A/S");
  EXPECT_EQ(kept.at("country"), "DK");
  EXPECT_EQ(kept.at("org_number"), "12345674");
  EXPECT_EQ(read_error("company", b), "records/merged");
  EXPECT_EQ(count("company", ""), 1);
  EXPECT_EQ(count("company", "", "nordlys"), 1);
}

TEST_P(MergeTest, KeepsEveryContactPointOnceWithOnePrimaryPerKind) {
  const auto a = create("person", {{"first_name", "Ida"}, {"email", "ida@a.example"}});
  const auto b = create("person", {{"first_name", "Ida"},
                                   {"email", "ida@b.example"},
                                   {"phone", "+4511111111"},
                                   {"mobile", "+4522222222"}});
  const auto c = create("person", {{"first_name", "Ida"}, {"email", "IDA@a.example"}});
  merge(order("person", a, {b, c}, {{"email", b}}));
  const auto kept = get("person", a);
  std::map<std::string, int> primaries;
  std::set<std::string> values;
  for (const auto& point : kept.at("contact_points").as_array()) {
    primaries[std::string(point.at("kind").as_string())] += point.at("primary").as_bool();
    EXPECT_TRUE(values.insert(std::string(point.at("value").as_string())).second);
  }
  EXPECT_EQ(values, (std::set<std::string>{"ida@a.example", "ida@b.example", "+4511111111",
                                           "+4522222222"}));
  EXPECT_EQ(primaries, (std::map<std::string, int>{{"email", 1}, {"phone", 1}}));
  EXPECT_EQ(kept.at("email"), "ida@b.example");
  EXPECT_EQ(kept.at("mobile"), "+4522222222");
  EXPECT_EQ(count("person", "email eq 'ida@b.example'"), 1);
}

TEST_P(MergeTest, TheStrictestWinsWhateverIsChosen) {
  const auto a = create("person", {{"first_name", "Ida"}, {"no_mailings", false}});
  const auto b = create("person", {{"first_name", "Ida"}, {"no_mailings", true}});
  merge(order("person", a, {b}, {{"no_mailings", a}}));
  EXPECT_EQ(get("person", a).at("no_mailings"), true);
}

TEST_P(MergeTest, AnAmountIsWorthWhatItIsOnTheDayOfTheKeptRecord) {
  rate("EUR", "DKK", "2026-01-01", 745'000'000);
  rate("EUR", "DKK", "2026-06-01", 800'000'000);
  const auto a = create("sale", {{"name", "A"}, {"expected_on", "2026-07-01"}});
  const auto b = create("sale", {{"name", "B"},
                                 {"expected_on", "2026-02-01"},
                                 {"amount", {{"amount", "100.00"}, {"currency", "EUR"}}}});
  ASSERT_EQ(link_of("sales", "amount_base", b), 74'500);
  const auto id = merge(order("sale", a, {b}, {{"amount", b}, {"expected_on", a}}));
  EXPECT_EQ(link_of("sales", "amount_base", a), 80'000);
  undo(id);
  EXPECT_EQ(link_of("sales", "amount_base", a), 0);
  EXPECT_EQ(link_of("sales", "amount_base", b), 74'500);
}

TEST_P(MergeTest, MovesLinksRelationsAndMembersOfProjects) {
  const auto a = create("person", {{"first_name", "Ida"}});
  const auto b = create("person", {{"first_name", "Ida"}});
  const auto c = create("person", {{"first_name", "Per"}});
  const auto call = create("activity", {{"name", "Call"}, {"person", b}});
  const auto both = create("project", {{"name", "Both"}, {"members", boost::json::array{a, b, c}}});
  const auto one = create("project", {{"name", "One"}, {"members", boost::json::array{b}}});
  merge(order("person", a, {b}));
  EXPECT_EQ(link_of("activities", "person", call), a);
  EXPECT_EQ(get("project", both).at("members").as_array().size(), 2u);
  EXPECT_EQ(get("project", one).at("members").at(0).at("id"), a);
  EXPECT_EQ(number("SELECT count(*) FROM relations WHERE to_id = " + std::to_string(b)), 0);
}

TEST_P(MergeTest, TellsWhatItMovedAsEvents) {
  const auto a = create("company", {{"name", "A"}});
  const auto b = create("company", {{"name", "B"}});
  const auto sale = create("sale", {{"name", "S"}, {"company", b}});
  const auto before = number("SELECT max(id) FROM events");
  merge(order("company", a, {b}));
  const auto events = [&](const std::string& where) {
    return number("SELECT count(*) FROM events WHERE id > " + std::to_string(before) + " AND " +
                  where);
  };
  EXPECT_EQ(
      events("kind = 'archived' AND record_type = 'company' AND record_id = " + std::to_string(b)),
      1);
  EXPECT_EQ(
      events("kind = 'changed' AND record_type = 'company' AND record_id = " + std::to_string(a)),
      1);
  EXPECT_EQ(
      events("kind = 'changed' AND record_type = 'sale' AND record_id = " + std::to_string(sale)),
      1);
}

TEST_P(MergeTest, AMergedRecordIsInNoBinAndCannotBeTakenOutOfIt) {
  const auto a = create("company", {{"name", "A"}});
  const auto b = create("company", {{"name", "B"}});
  merge(order("company", a, {b}));
  records::ListQuery query;
  query.bin = true;
  const auto binned = (*database_)->read([&](store::Session& session) {
    return records_->count(session, system_, type("company"), query, 0);
  });
  EXPECT_EQ(binned->value, 0);
  const auto restored = (*database_)->write([&](store::Transaction& tx) {
    return records_->restore(tx, system_, type("company"), RecordId{b}, {0, {}, "restore"});
  });
  ASSERT_FALSE(restored.ok());
  EXPECT_EQ(restored.error().code, "records/merged");
  EXPECT_EQ(restored.error().params.at("into"), std::to_string(a));
  const auto edited = update("company", b, {{"name", "C"}});
  ASSERT_FALSE(edited.ok());
  EXPECT_EQ(edited.error().code, "records/merged");
}

TEST_P(MergeTest, EmptyingTheBinLeavesMergedRecordsUntilTheKeptOneGoes) {
  const auto a = create("company", {{"name", "A"}});
  const auto b = create("company", {{"name", "B"}});
  const auto c = create("company", {{"name", "C"}});
  merge(order("company", b, {c}));
  merge(order("company", a, {b}));
  const auto empty_bin = [&] {
    clock_.advance_ms(1000 * ms_per_day);
    return (*database_)
        ->write([&](store::Transaction& tx) -> Result<std::int64_t> {
          return records_->remove_archived_before(tx, type("company"), clock_.now(), 100);
        })
        .value();
  };
  EXPECT_EQ(empty_bin(), 0);
  EXPECT_EQ(number("SELECT count(*) FROM companies"), 3);
  write([&](store::Transaction& tx) -> Status {
    TRY(records_->archive(tx, system_, type("company"), RecordId{a}, {0, {}, "archive"}));
    return {};
  });
  EXPECT_EQ(empty_bin(), 3);  // it, and what had become part of it
  EXPECT_EQ(number("SELECT count(*) FROM companies"), 0);
  EXPECT_EQ(number("SELECT count(*) FROM merged_records"), 0);
}

TEST_P(MergeTest, ChainsOfMergesLeadToTheEnd) {
  const auto a = create("company", {{"name", "A"}});
  const auto b = create("company", {{"name", "B"}});
  const auto c = create("company", {{"name", "C"}});
  merge(order("company", b, {a}));
  merge(order("company", c, {b}));
  std::string text;
  JsonWriter writer(text);
  const auto read = (*database_)->read([&](store::Session& session) {
    return records_->get(session, system_, type("company"), RecordId{a}, writer);
  });
  ASSERT_FALSE(read.ok());
  EXPECT_EQ(read.error().params.at("into"), std::to_string(c));
}

TEST_P(MergeTest, HistorySaysWhatHappenedAndWhereValuesCameFrom) {
  const auto a = create("company", {{"name", "A"}});
  const auto b = create("company", {{"name", "B"}, {"country", "DK"}});
  merge(order("company", a, {b}));
  const auto history = [&](std::int64_t id) {
    std::string text;
    JsonWriter writer(text);
    EXPECT_TRUE((*database_)
                    ->read([&](store::Session& session) {
                      return records_->write_history(session, system_, type("company"),
                                                     RecordId{id}, 1'000'000, 10, writer);
                    })
                    .ok());
    return boost::json::parse(text).at("items").at(0);
  };
  const auto of_kept = history(a), of_merged = history(b);
  EXPECT_EQ(of_kept.at("action"), "merge");
  EXPECT_EQ(of_merged.at("action"), "merge");
  bool country = false, records = false, into = false;
  for (const auto& change : of_kept.at("changes").as_array()) {
    country |= change.at("field") == "country" && change.at("from") == b;
    records |= change.at("field") == "merged_records" && change.at("new").at(0) == b;
  }
  for (const auto& change : of_merged.at("changes").as_array())
    into |= change.at("field") == "merged_into" && change.at("new") == a;
  EXPECT_TRUE(country && records && into);
  for (const auto id : {a, b})
    EXPECT_EQ((*database_)->read([&](store::Session& session) {
      return records::verify_history(session, *statements_, type("company"), RecordId{id});
    }),
              "");
}

TEST_P(MergeTest, StaleVersionsAndWrongOrdersAreRefusedAndNothingIsStored) {
  const auto a = create("company", {{"name", "A"}});
  const auto b = create("company", {{"name", "B"}});
  auto stale = order("company", a, {b});
  stale.versions = {{a, 1}, {b, 1}};
  edit("company", b, {{"name", "B2"}});
  const auto refused = try_merge(stale);
  ASSERT_FALSE(refused.ok());
  EXPECT_EQ(refused.error().code, "records/stale");
  EXPECT_EQ(refused.error().params.at("id"), std::to_string(b));
  EXPECT_EQ(try_merge(order("company", a, {b}, {{"name", 999}})).error().code, "merge/invalid");
  EXPECT_EQ(try_merge(order("company", a, {b}, {{"created_at", a}})).error().code, "merge/invalid");
  EXPECT_EQ(try_merge(order("company", a, {999})).error().code, "records/not_found");
  EXPECT_EQ(try_merge(order("user", a, {b})).error().code, "merge/not_mergeable");
  EXPECT_EQ(number("SELECT count(*) FROM merges"), 0);
  EXPECT_EQ(count("company", ""), 2);
}

TEST_P(MergeTest, TooManyRowsForACallAreLeftToAJob) {
  const auto a = create("company", {{"name", "A"}});
  const auto b = create("company", {{"name", "B"}});
  for (int i = 0; i < 4; ++i) create("activity", {{"name", "Call"}, {"company", b}});
  EXPECT_EQ(try_merge(order("company", a, {b}), 3).error().code, "merge/too_many_rows");
  EXPECT_TRUE(try_merge(order("company", a, {b}), 4).ok());
}

TEST(MergeGroups, PairsOfPairsBecomeOneGroup) {
  const auto grouping = group_pairs({{3, 1}, {5, 3}, {8, 9}, {7, 7}});
  EXPECT_EQ(grouping.groups, (std::vector<std::vector<std::int64_t>>{{1, 3, 5}, {8, 9}}));
  Pairs chain;
  for (int i = 1; i < 20; ++i) chain.emplace_back(i, i + 1);
  EXPECT_TRUE(group_pairs(chain).groups.empty());
  EXPECT_EQ(group_pairs(chain).too_large, 20);
}

}  // namespace
}  // namespace fokus::merge
