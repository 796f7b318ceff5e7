// SPDX-License-Identifier: Apache-2.0
#include "features/duplicates/rules.hpp"

#include <gtest/gtest.h>

#include "features/duplicates/duplicates_testing.hpp"

namespace fokus::duplicates {
namespace {

using boost::json::object;

class RulesTest : public testing::Followed {
 protected:
  object shipped(const char* name) { return rules_to_json(*shipped_rules(type(name))); }
  // Where the first mistake is, and what it is.
  std::string mistake(const object& json) {
    const auto rules = parse_rules(json, type("company"));
    if (rules) return "";
    return rules.error().errors.at(0).field + " " + rules.error().errors.at(0).code;
  }
};

TEST_P(RulesTest, ComeBackAsTheyWere) {
  for (const char* name : {"person", "company"}) {
    const auto json = shipped(name);
    const auto again = parse_rules(json, type(name));
    ASSERT_TRUE(again.ok()) << again.error().errors.at(0).field;
    EXPECT_EQ(rules_to_json(*again), json);
  }
  EXPECT_FALSE(shipped_rules(type("sale")));
}

TEST_P(RulesTest, RefuseWhatTheyDoNotKnowAndSayWhere) {
  const auto changed = [&](auto change) {
    auto json = shipped("company");
    change(json);
    return mistake(json);
  };
  EXPECT_EQ(changed([](object&) {}), "");
  EXPECT_EQ(changed([](object& o) { o["colour"] = 1; }), "colour unknown");
  EXPECT_EQ(changed([](object& o) { o["warn_at"] = 101; }), "warn_at out_of_range");
  EXPECT_EQ(changed([](object& o) { o["warn_at"] = 3e129; }), "warn_at out_of_range");
  EXPECT_EQ(changed([](object& o) { o["warn_at"] = 99; }), "warn_at out_of_range");
  EXPECT_EQ(changed([](object& o) { o["keys"] = nullptr; }), "keys wrong_type");
  EXPECT_EQ(changed([](object& o) { o["keys"].as_array()[0] = "sound(name)"; }),
            "keys.0 not_a_key");
  EXPECT_EQ(changed([](object& o) { o["keys"].as_array()[0] = "phone(name)"; }),
            "keys.0 wrong_kind");
  const auto one = [&](const char* member, boost::json::value value) {
    return changed([&](object& o) { o["comparisons"].as_array()[1].as_object()[member] = value; });
  };
  EXPECT_EQ(one("kind", "smell"), "comparisons.1.kind unknown");
  EXPECT_EQ(one("fields", {"no_such"}), "comparisons.1.fields.0 unknown_field");
  EXPECT_EQ(one("fields", {"phone"}), "comparisons.1.fields.0 wrong_kind");
  EXPECT_EQ(one("fields", boost::json::array()), "comparisons.1.fields required");
  EXPECT_EQ(one("differ", 1), "comparisons.1.differ out_of_range");
  EXPECT_EQ(one("weight", "much"), "comparisons.1.weight wrong_type");
  EXPECT_EQ(one("levels", {{{"from", 2}, {"points", 1}}}),
            "comparisons.1.levels.0.from out_of_range");
  auto person = shipped("person");
  person["comparisons"].as_array()[0].as_object()["fields"] = {"national_id"};
  person["comparisons"].as_array()[0].as_object()["kind"] = "number";
  EXPECT_EQ(parse_rules(person, type("person")).error().errors.at(0).code, "never_compared");
}

TEST_P(RulesTest, ChangedOnesAreKeptAndGiveTheirKeysToEveryRecord) {
  const auto id = create("company", {{"name", "Nordlys A/S"}, {"country", "DK"}});
  auto json = shipped("company");
  json["keys"].as_array().push_back("same(country)");
  json["ask_on_create"] = false;
  ASSERT_TRUE(
      duplicates_->rules().save(system_, type("company"), json, std::vector<std::int64_t>{0}).ok());
  EXPECT_EQ(duplicates_->rules()
                .save(system_, type("company"), json, std::vector<std::int64_t>{0})
                .error()
                .code,
            "records/stale");
  EXPECT_TRUE(check("company", {{"name", "Nordlys A/S"}}, system_).ok());
  testing::StepRun build(object{});
  ASSERT_TRUE(KeyBuilder(parts(), duplicates_->rules(), build).build().ok());
  const auto rules = duplicates_->rules().find("company");
  EXPECT_EQ(number("SELECT count(*) FROM duplicate_keys WHERE block = " +
                   std::to_string(block_of(rules->slots.back(),
                                           "\x1f"
                                           "dk"))),
            1);
  EXPECT_EQ(found("company", {{"name", "Nordlys"}, {"country", "DK"}}), std::set<std::int64_t>{id});
  ASSERT_TRUE(duplicates_->rules().reset(system_, type("company"), std::nullopt).ok());
  EXPECT_FALSE(check("company", {{"name", "Nordlys A/S"}}, system_).ok());
  testing::StepRun remove(object{});
  ASSERT_TRUE(KeyBuilder(parts(), duplicates_->rules(), remove).build().ok());
  EXPECT_EQ(number("SELECT count(*) FROM duplicate_slots WHERE is_retired = 1"), 0);
  EXPECT_EQ(number("SELECT count(*) FROM duplicate_keys WHERE block = " +
                   std::to_string(block_of(rules->slots.back(),
                                           "\x1f"
                                           "dk"))),
            0);
}

INSTANTIATE_EACH_ENGINE(RulesTest);

}  // namespace
}  // namespace fokus::duplicates
