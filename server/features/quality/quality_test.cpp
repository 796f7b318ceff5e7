// SPDX-License-Identifier: Apache-2.0
#include "features/quality/quality.hpp"

#include "features/quality/draft_check.hpp"
#include "features/quality/knowledge.hpp"
#include "features/quality/quality_testing.hpp"
#include "features/quality/scores.hpp"
#include "features/quality/snapshots.hpp"

namespace fokus::quality {
namespace {

namespace json = boost::json;
using boost::json::object;
using testing::StepRun;

constexpr access::Circles mine = 1 << static_cast<int>(access::Circle::mine);

class QualityTest : public testing::Watched {
 protected:
  std::int64_t bad_person() {
    return create("person", {{"first_name", "JENS"},
                             {"last_name", "Hansen"},
                             {"email", "jens@gmial.com"},
                             {"mobile", "123456"},
                             {"country", "DK"},
                             {"note", "Ring efter kl. 10, CPR 010190-1234"}});
  }
  void dismiss(std::int64_t finding) {
    run("UPDATE quality_findings SET dismissed_at = 5 WHERE id = " + std::to_string(finding));
  }
  std::int64_t score(const char* name, std::int64_t id) {
    const auto record = get(name, id);
    const auto& value = record.at("quality_score");
    return value.is_int64() ? value.get_int64() : -1;
  }
};
INSTANTIATE_EACH_ENGINE(QualityTest);

TEST_P(QualityTest, EveryShippedRuleFitsTheModel) {
  const auto dictionary = holder_.current();
  std::set<std::string> keys;
  for (const auto& rule : shipped_rules()) {
    const auto checked = check_rule(*dictionary, rule);
    EXPECT_TRUE(checked.ok()) << rule.key << ": " << checked.error().errors.front().field << " "
                              << checked.error().errors.front().code;
    EXPECT_TRUE(keys.insert(rule.key).second) << rule.key;
  }
  EXPECT_EQ(quality_->rules().current()->rules.size(), shipped_rules().size());
}

TEST_P(QualityTest, FindsWhatIsWrongAfterTheSaveAndForgetsItWhenItIsPutRight) {
  const auto id = bad_person();
  look();
  const auto wrong = found("person");
  for (const char* rule :
       {"person_first_name_case", "person_email", "person_mobile", "person_national_id"})
    EXPECT_TRUE(wrong.contains(rule)) << rule;
  EXPECT_FALSE(wrong.contains("person_last_name_case"));
  EXPECT_LT(score("person", id), 60);
  const auto email = finding("person", "person_email");
  EXPECT_EQ(email.at("value").as_string(), "jens@gmial.com");
  EXPECT_EQ(email.at("suggestion").at("changes").at("email").as_string(), "jens@gmail.com");
  EXPECT_EQ(finding("person", "person_national_id").at("value").as_string(), "010190-…");
  ASSERT_TRUE(update("person", id,
                     {{"first_name", "Jens"},
                      {"email", "jens@gmail.com"},
                      {"mobile", "+45 20 00 10 01"},
                      {"note", nullptr}})
                  .ok());
  look();
  const auto now = found("person");
  for (const char* rule :
       {"person_first_name_case", "person_email", "person_mobile", "person_national_id"})
    EXPECT_FALSE(now.contains(rule)) << rule;
  EXPECT_GT(score("person", id), 80);
  EXPECT_EQ(number("SELECT count(*) FROM quality_queue"), 0);
}

TEST_P(QualityTest, WhatIsLeftAsItIsStaysLeftUntilTheValueChanges) {
  const auto id = bad_person();
  look();
  const auto before = score("person", id);
  dismiss(finding("person", "person_email").at("id").as_int64());
  EXPECT_TRUE(update("person", id, {{"job_title", "Chef"}}).ok());
  look();
  EXPECT_FALSE(found("person").contains("person_email"));
  EXPECT_EQ(score("person", id), before + 20);
  EXPECT_TRUE(update("person", id, {{"email", "jens@gamil.com"}}).ok());
  look();
  EXPECT_TRUE(found("person").contains("person_email"));
  EXPECT_EQ(score("person", id), before);
}

TEST_P(QualityTest, ShowsNobodyWhatTheyMayNotSee) {
  const auto id = bad_person();
  look();
  EXPECT_TRUE(found("person", reader(mine, {"contact"})).empty());
  run("UPDATE persons SET owner = 7 WHERE id = " + std::to_string(id));
  EXPECT_TRUE(found("person", reader(mine, {"contact"})).contains("person_email"));
  const auto masked = found("person", reader(mine, {}));
  EXPECT_FALSE(masked.contains("person_email"));
  EXPECT_FALSE(masked.contains("person_unreachable"));
  EXPECT_TRUE(masked.contains("person_first_name_case"));
}

TEST_P(QualityTest, CountsByWhatFindingsHaveInCommon) {
  bad_person();
  bad_person();
  look();
  const FindingQuery query(*quality_, system_, holder_.current());
  const auto counted = (*database_)->read([&](store::Session& session) {
    return query.group(session, filter("person"), "rule", 100);
  });
  ASSERT_TRUE(counted.ok());
  EXPECT_EQ(counted->at("records").as_int64(), 2);
  std::int64_t emails = 0;
  for (const auto& group : counted->at("groups").as_array())
    if (group.at("key") == "person_email") emails = group.at("count").as_int64();
  EXPECT_EQ(emails, 2);
  for (const char* by : {"severity", "type", "field", "owner", "group"})
    EXPECT_TRUE((*database_)
                    ->read([&](store::Session& session) {
                      return query.group(session, filter("person"), by, 100);
                    })
                    .ok())
        << by;
  auto of_email = filter("person");
  of_email.field = "email";
  const auto values = (*database_)->read([&](store::Session& session) {
    return query.group(session, of_email, "value", 100);
  });
  ASSERT_TRUE(values.ok());
  EXPECT_EQ(values->at("groups").as_array().front().at("key").as_string(), "jens@gmial.com");
}

TEST_P(QualityTest, PagesGoForthAndBackInOneOrder) {
  for (int i = 0; i < 3; ++i) bad_person();
  look();
  const FindingQuery query(*quality_, system_, holder_.current());
  const auto page = [&](std::optional<FindingPlace> after, bool backwards) {
    return (*database_)
        ->read([&](store::Session& session) {
          return query.list(session, filter("person"), {after, backwards, 1});
        })
        .value();
  };
  std::vector<std::int64_t> forth, back;
  std::optional<FindingPlace> at, last;
  for (auto rows = page(at, false); !rows.empty(); rows = page(at, false)) {
    forth.push_back(rows.front().id);
    at = last = rows.front().place();
  }
  back.push_back(last->id);
  for (auto rows = page(last, true); !rows.empty(); rows = page(last, true)) {
    back.push_back(rows.front().id);
    last = rows.front().place();
  }
  std::reverse(back.begin(), back.end());
  EXPECT_EQ(forth, back);
  EXPECT_EQ(forth.size(), rows(system_, filter("person")).size());
}

TEST_P(QualityTest, AScanFindsWhatNoSaveHasLedToAndGoesOnWhereItWasStopped) {
  for (int i = 0; i < 5; ++i) bad_person();
  run("DELETE FROM quality_queue");
  StepRun first(object{{"type", "person"}}, 1);
  ASSERT_TRUE(Scan(*quality_, first).go().ok());
  StepRun second = first.next();
  ASSERT_TRUE(Scan(*quality_, second).go().ok());
  EXPECT_EQ(number("SELECT count(*) FROM persons WHERE quality_score < 100"), 5);
  EXPECT_EQ(number("SELECT records FROM quality_scans WHERE record_type = 'person'"), 5);
  EXPECT_TRUE(found("person").contains("person_email"));
}

TEST_P(QualityTest, FiltersOfAdministratorsFindTheirRecords) {
  access::Scope admin = system_;
  const auto made =
      quality_->rules().create(admin, {{"type", "company"},
                                       {"filter", "country eq 'DK' and employees empty"},
                                       {"field", "employees"},
                                       {"severity", "warning"},
                                       {"weight", 30},
                                       {"message", {{"en", "How many work there?"}}}});
  ASSERT_TRUE(made.ok()) << made.error().code;
  const auto id = create("company", {{"name", "Nordlys"}, {"country", "DK"}});
  look();
  EXPECT_TRUE(found("company").contains(made->key));
  EXPECT_TRUE(update("company", id, {{"employees", 4}}).ok());
  look();
  EXPECT_FALSE(found("company").contains(made->key));
  const auto off = quality_->rules().change(admin, made->key, {{"is_on", false}}, std::nullopt);
  ASSERT_TRUE(off.ok());
  EXPECT_TRUE(update("company", id, {{"employees", nullptr}}).ok());
  look();
  EXPECT_FALSE(found("company").contains(made->key));
}

TEST_P(QualityTest, RulesThatDoNotFitAreRefusedWithTheMember) {
  const auto refused = [&](object form) {
    object whole{
        {"type", "company"}, {"check", "missing"}, {"field", "phone"}, {"message", {{"en", "x"}}}};
    for (const auto& [name, value] : form) whole[name] = value;
    const auto made = quality_->rules().create(system_, whole);
    if (made.ok()) return std::string("taken");
    return made.error().errors.front().field + " " + made.error().errors.front().code;
  };
  EXPECT_EQ(refused({{"check", "no_such"}}), "check unknown");
  EXPECT_EQ(refused({{"field", "no_such"}}), "field unknown_field");
  EXPECT_EQ(refused({{"check", "email"}}), "field wrong_kind");
  EXPECT_EQ(refused({{"weight", 101}}), "weight out_of_range");
  EXPECT_EQ(refused({{"filter", "name eq 'x'"}}), "filter check_or_filter");
  EXPECT_EQ(refused({{"check", nullptr}, {"filter", "no_such eq 1"}}),
            "filter criteria/unknown_field");
  EXPECT_EQ(refused({{"message", object()}}), "message required");
  EXPECT_EQ(refused({{"key", "person_email"}}), "key wrong_form");
  EXPECT_EQ(refused({{"fix", "suggestion"}}), "fix nothing_suggested");
  EXPECT_EQ(refused({{"colour", "red"}}), "colour unknown");
  EXPECT_EQ(refused({}), "taken");
}

TEST_P(QualityTest, ABulkFixIsOneChangeSetThatCanBeTakenBack) {
  const auto id = bad_person();
  bad_person();
  look();
  const object body{{"type", "person"},
                    {"rules", json::array{"person_email", "person_first_name_case"}}};
  const auto order = parse_fix_order(*quality_, system_, body);
  ASSERT_TRUE(order.ok());
  const auto preview = preview_fixes(*quality_, system_, *order);
  ASSERT_TRUE(preview.ok());
  EXPECT_EQ(preview->at("count").as_int64(), 4);
  EXPECT_EQ(preview->at("sample").as_array().size(), 4U);
  const auto started = fix_later(*quality_, system_, *order, body);
  ASSERT_TRUE(started.ok());
  const BatchId batch{started->at("batch").as_int64()};
  const auto input = (*database_)->read([&](store::Session& session) {
    return json::parse(
               session.query_text("SELECT input FROM jobs WHERE kind = 'quality_fix'").value())
        .as_object();
  });
  StepRun run(input);
  const auto done = run_fixes(*quality_, run);
  ASSERT_TRUE(done.ok()) << done.error().code;
  EXPECT_EQ(done->at("changed").as_int64(), 4);
  look();
  EXPECT_EQ(get("person", id).at("email").as_string(), "jens@gmail.com");
  EXPECT_EQ(get("person", id).at("first_name").as_string(), "Jens");
  EXPECT_FALSE(found("person").contains("person_email"));
  write([&](store::Transaction& tx) -> Status {
    const auto step = TRY(
        records_->undo_batch(tx, system_, batch, std::numeric_limits<std::int64_t>::max(), 100));
    EXPECT_EQ(step.conflicts, 0);
    return {};
  });
  look();
  EXPECT_EQ(get("person", id).at("email").as_string(), "jens@gmial.com");
  EXPECT_EQ(get("person", id).at("first_name").as_string(), "JENS");
  EXPECT_TRUE(found("person").contains("person_email"));
}

TEST_P(QualityTest, FindingsFollowTheirRecordIntoTheBinAndOutOfTheWorld) {
  const auto id = bad_person();
  look();
  const auto archive = [&](bool out) {
    write([&](store::Transaction& tx) -> Status {
      if (out)
        TRY(records_->restore(tx, system_, type("person"), RecordId{id}, {0, {}, "restore"}));
      else
        TRY(records_->archive(tx, system_, type("person"), RecordId{id}, {0, {}, "archive"}));
      return {};
    });
  };
  archive(false);
  look();
  EXPECT_TRUE(found("person").empty());
  archive(true);
  look();
  EXPECT_TRUE(found("person").contains("person_email"));
  archive(false);
  (*database_)->write([&](store::Transaction& tx) {
    records_->remove_archived_before(tx, type("person"), clock_.now().plus_ms(1), 10);
  });
  EXPECT_EQ(number("SELECT count(*) FROM quality_findings"), 0);
  EXPECT_EQ(number("SELECT count(*) FROM quality_queue"), 0);
}

TEST_P(QualityTest, AFormIsLookedAtBeforeItIsSaved) {
  const FindingQuery query(*quality_, system_, holder_.current());
  const auto rules_of = [&](const object& values, std::int64_t id = 0) {
    const auto checked = check_draft(query, type("person"), id, values);
    EXPECT_TRUE(checked.ok());
    std::set<std::string> out;
    if (checked)
      for (const auto& one : checked->at("findings").as_array())
        out.emplace(one.at("rule").as_string());
    return out;
  };
  EXPECT_TRUE(rules_of({{"email", "jens@gmial.com"}}).contains("person_email"));
  EXPECT_TRUE(rules_of({{"email", "20 00 10 01"}}).contains("person_phone_in_email"));
  const auto id = bad_person();
  EXPECT_TRUE(rules_of({}, id).contains("person_email"));
  EXPECT_FALSE(rules_of({{"email", "jens@gmail.com"}}, id).contains("person_email"));
  EXPECT_FALSE(check_draft(query, type("person"), 987'654, {}).ok());
}

TEST_P(QualityTest, TownsAreLearntFromTheAddressesThatAreThere) {
  const auto live_in = [&](const char* city) {
    return create("company", {{"name", "Firma"},
                              {"country", "DK"},
                              {"address", {{"postcode", "8000"}, {"city", city}}}});
  };
  for (int i = 0; i < 8; ++i) live_in("Aarhus C");
  live_in("Odense");
  StepRun run(object{{"type", "company"}});
  ASSERT_TRUE(Scan(*quality_, run).go().ok());
  const auto city = finding("company", "company_city");
  EXPECT_EQ(city.at("suggestion").at("changes").at("address").at("city").as_string(), "Aarhus C");
  EXPECT_EQ(rows(system_, filter("company")).front().type, &type("company"));
}

TEST_P(QualityTest, ScoresAreCountedForEachDay) {
  bad_person();
  look();
  take_snapshots(parts(), quality_->rules());
  take_snapshots(parts(), quality_->rules());
  const auto series = (*database_)->read([&](store::Session& session) {
    return list_series(session, *statements_, type("person"), "all", 0, Date{2026, 11, 1});
  });
  ASSERT_EQ(series.at("points").as_array().size(), 1U);
  EXPECT_EQ(series.at("points").at(0).at("records").as_int64(), 1);
  EXPECT_GT(series.at("points").at(0).at("findings").as_int64(), 3);
  const FindingQuery query(*quality_, system_, holder_.current());
  for (const char* by : {"all", "type", "owner", "group"}) {
    const auto scores = (*database_)->read([&](store::Session& session) {
      return list_scores(query, session, {&type("person"), &type("company")}, by);
    });
    ASSERT_TRUE(scores.ok()) << by;
    ASSERT_EQ(scores->at("groups").as_array().size(), 1U) << by;
    EXPECT_EQ(scores->at("groups").at(0).at("records").as_int64(), 1) << by;
  }
  tell_weekly(parts());  // 25 November 2026 is no Monday
  EXPECT_EQ(number("SELECT count(*) FROM notifications"), 0);
}

TEST_P(QualityTest, AFilterIsAskedAgainBeforeItsRecordIsChanged) {
  const auto made =
      quality_->rules().create(system_, {{"type", "person"},
                                         {"filter", "job_title eq 'Chef' and mobile empty"},
                                         {"field", "job_title"},
                                         {"fix", "set"},
                                         {"fix_value", "Leder"},
                                         {"message", {{"en", "No mobile"}}}});
  ASSERT_TRUE(made.ok()) << made.error().code;
  const auto still = create("person", {{"last_name", "Aagaard"}, {"job_title", "Chef"}});
  const auto reached = create("person", {{"last_name", "Bisgaard"}, {"job_title", "Chef"}});
  look();
  EXPECT_TRUE(update("person", reached, {{"mobile", "+45 20 00 10 01"}}).ok());
  const object input{{"type", "person"},
                     {"rules", json::array{made->key}},
                     {"last", number("SELECT max(id) FROM quality_findings")},
                     {"batch", 0}};
  StepRun job(input);
  const auto done = run_fixes(*quality_, job);
  ASSERT_TRUE(done.ok()) << done.error().code;
  EXPECT_EQ(done->at("changed").as_int64(), 1);
  EXPECT_EQ(done->at("unchanged").as_int64(), 1);
  EXPECT_EQ(get("person", still).at("job_title").as_string(), "Leder");
  EXPECT_EQ(get("person", reached).at("job_title").as_string(), "Chef");
}

TEST_P(QualityTest, AFilterLeftAsItIsIsAskedAnewOfAnotherValue) {
  const auto made = quality_->rules().create(system_, {{"type", "company"},
                                                       {"filter", "employees gt 1000"},
                                                       {"field", "employees"},
                                                       {"message", {{"en", "So many?"}}}});
  ASSERT_TRUE(made.ok()) << made.error().code;
  const auto id = create("company", {{"name", "Nordlys"}, {"employees", 2000}});
  look();
  dismiss(finding("company", made->key).at("id").as_int64());
  EXPECT_TRUE(update("company", id, {{"name", "Nordlyset"}}).ok());
  look();
  EXPECT_FALSE(found("company").contains(made->key));
  EXPECT_TRUE(update("company", id, {{"employees", 3000}}).ok());
  look();
  EXPECT_TRUE(found("company").contains(made->key));
}

TEST_P(QualityTest, AFilterAboutOtherRecordsTellsNothingOfThoseOutOfSight) {
  const auto made =
      quality_->rules().create(system_, {{"type", "company"},
                                         {"filter", "any(sales: name eq 'Borde')"},
                                         {"message", {{"en", "There are tables to sell."}}}});
  ASSERT_TRUE(made.ok()) << made.error().code;
  const auto company = create("company", {{"name", "Nordlys"}});
  const auto sale = create("sale", {{"name", "Borde"}, {"company", company}});
  run("UPDATE companies SET owner = 7 WHERE id = " + std::to_string(company));
  EXPECT_TRUE(update("company", company, {{"name", "Nordlyset"}}).ok());
  look();
  EXPECT_TRUE(found("company").contains(made->key));
  EXPECT_FALSE(found("company", reader(mine, {})).contains(made->key));
  run("UPDATE sales SET owner = 7 WHERE id = " + std::to_string(sale));
  EXPECT_TRUE(found("company", reader(mine, {})).contains(made->key));
}

TEST_P(QualityTest, ARuleIsMadeOnce) {
  const object form{{"key", "own_twice"},
                    {"type", "company"},
                    {"filter", "name eq 'x'"},
                    {"message", {{"en", "x"}}}};
  ASSERT_TRUE(quality_->rules().create(system_, form).ok());
  EXPECT_FALSE(quality_->rules().create(system_, form).ok());
  ASSERT_TRUE(
      quality_->rules().change(system_, "own_twice", {{"is_on", false}}, std::nullopt).ok());
  EXPECT_EQ(number("SELECT version FROM quality_rules WHERE rule_key = 'own_twice'"), 2);
}

TEST_P(QualityTest, NationalIdsAreNoWordsOfTheSearch) {
  create("company", {{"name", "Blik"}, {"email", "0101901234@x.dk"}});
  create("company", {{"name", "Tømrer 010190-1234"}});
  create("company", {{"name", "Tømrer 99"}});
  EXPECT_EQ(count("company", "", "tømrer"), 2);
  EXPECT_EQ(count("company", "", "010190-1234"), 0);
  EXPECT_EQ(count("company", "", "0101901234"), 0);
}

}  // namespace
}  // namespace fokus::quality
