// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "records/criteria_testing.hpp"
#include "records/custom_rules.hpp"

namespace fokus::records {
namespace {

namespace json = boost::json;

class CustomRules : public ::testing::Test {
 protected:
  // What is wrong with it as a field of the company; "" when nothing is.
  std::string field(std::string_view members) {
    const auto definition = json::parse(
        R"({"label":{"en":"A"},"privacy":{"class":"none","purpose":"","erasure":"keep"},)" +
        std::string(members) + "}");
    const auto read = parse_field(definition.as_object(), true);
    EXPECT_TRUE(read.ok()) << members;
    RecordType type = *dictionary_.find("company");
    type.fields.push_back(*read);
    return code_of(check_custom_field(dictionary_, type, *read));
  }

  std::string type(std::string_view members) {
    const auto definition =
        json::parse(R"({"label":{"en":"A"},"fields":[{"name":"name","label":{"en":"Name"},)"
                    R"("privacy":{"class":"none","erasure":"keep"}}],)" +
                    std::string(members) + "}");
    const auto read = parse_type(definition.as_object(), true);
    if (!read.ok()) return read.error().errors.at(0).code;
    return code_of(check_custom_type(dictionary_, *read));
  }

  static std::string code_of(const Status& status) {
    return status.ok() ? "" : status.error().errors.at(0).code;
  }

  Dictionary dictionary_ = testing::make_dictionary();
};

TEST_F(CustomRules, ANewDecimalKeepsSixDigitsUnlessItSaysHowMany) {
  const auto said = [](std::string_view text) {
    auto field = json::parse(text).as_object();
    say_scale(field);
    return json::serialize(field);
  };
  EXPECT_EQ(said(R"({"kind":"decimal"})"), R"({"kind":"decimal","scale":6})");
  EXPECT_EQ(said(R"({"kind":"decimal","scale":null})"), R"({"kind":"decimal","scale":6})");
  EXPECT_EQ(said(R"({"kind":"decimal","scale":2})"), R"({"kind":"decimal","scale":2})");
  EXPECT_EQ(said(R"({"kind":"integer"})"), R"({"kind":"integer"})");
  // One that was stored before says nothing, and means two.
  EXPECT_EQ(parse_field(json::parse(R"({"name":"x_old","kind":"decimal","label":{"en":"A"},)"
                                    R"("privacy":{"class":"none","purpose":"","erasure":"keep"}})")
                            .as_object(),
                        true)
                ->scale,
            2);
}

TEST_F(CustomRules, TakesWhatBothEnginesCanStore) {
  EXPECT_EQ(field(R"("name":"fleet","kind":"integer","indexed":true)"), "");
  EXPECT_EQ(field(R"("kind":"address","name":")" + std::string(43, 'a') + '"'), "");
  EXPECT_EQ(field(R"("name":"site","kind":"link","target":"company","indexed":true)"), "");
  EXPECT_EQ(field(R"("name":"since","kind":"date","default":"today")"), "");
  EXPECT_EQ(field(R"("name":"full","computed":"{name} {vat}")"), "");
  EXPECT_EQ(type(R"("name":"visit","indexes":[["-created_at","name"]],"list_columns":["name"])"),
            "");
}

TEST_F(CustomRules, RefusesNamesThatAnEngineReadsOtherwise) {
  EXPECT_EQ(field(R"("name":"Fleet")"), "not_an_identifier");
  EXPECT_EQ(field(R"("name":")" + std::string(44, 'a') + '"'), "too_long");
  EXPECT_EQ(type(R"("name":"x_Visit")"), "not_an_identifier");
  EXPECT_EQ(type(R"("name":"x_visit","plural":"sessions")"), "not_an_identifier");
}

TEST_F(CustomRules, RefusesAColumnThatIsThere) {
  RecordType type = *dictionary_.find("company");
  const auto twin = testing::make_field("x_pair_f", FieldKind::integer);
  type.fields.push_back(testing::make_field("x_pair", FieldKind::text));
  type.fields.push_back(twin);
  EXPECT_EQ(code_of(check_custom_field(dictionary_, type, twin)), "taken");
}

TEST_F(CustomRules, RefusesWhatNoRecordCouldBeSavedWith) {
  for (const std::string text : {"{nope}", "{name", "{x_sum}", "{employees}"})
    EXPECT_EQ(field(R"("name":"sum","computed":")" + text + '"'), "bad_template") << text;
  EXPECT_EQ(field(R"("name":"sum","kind":"integer","computed":"{name}")"), "bad_template");
  EXPECT_EQ(field(R"("name":"when","kind":"date","default":"soon")"), "bad_default");
  EXPECT_EQ(field(R"("name":"all","kind":"links","target":"unicorn")"), "unknown_type");
  EXPECT_EQ(field(R"("name":"story","length_max":0)"), "length_out_of_range");
}

TEST_F(CustomRules, RefusesIndexesThatNoEngineMakes) {
  for (const std::string kind : {"address", "long_text", "rich_text"})
    EXPECT_EQ(field(R"("name":"f","indexed":true,"kind":")" + kind + '"'), "not_indexable") << kind;
  EXPECT_EQ(field(R"("name":"f","indexed":true,"length_max":501)"), "not_indexable");
  EXPECT_EQ(type(R"("name":"x_visit","indexes":5)"), "not_a_list");
  EXPECT_EQ(type(R"("name":"x_visit","indexes":[["id); DROP TABLE companies"]])"),
            "unknown_column");
}

TEST_F(CustomRules, APurposeIsOneOfTheList) {
  ListItem care, old;
  care.key = "customer_care";
  old.key = "raffle";
  old.retired = true;
  dictionary_.lists["purpose"] = {care, old};
  const auto code = [&](const char* purpose) {
    Field field;
    field.name = "x_shoe";
    field.privacy = {"content", purpose, "null"};
    return code_of(check_purpose(dictionary_, field));
  };
  EXPECT_EQ(code("customer_care"), "");
  EXPECT_EQ(code("curiosity"), "purpose_unknown");
  EXPECT_EQ(code("raffle"), "purpose_unknown");
  EXPECT_EQ(code(""), "");
}

TEST_F(CustomRules, LabelsAreTextsOfLanguages) {
  const auto code = [](const char* labels) {
    return code_of(check_languages("label", json::parse(labels)));
  };
  EXPECT_EQ(code(R"({"en":"Fleet","da":"Flåde","pt-BR":"Frota","sma":null})"), "");
  for (const char* wrong : {R"({"":"A"})", R"({"English":"A"})", R"({"EN":"A"})", R"({"e":"A"})",
                            R"({"en-":"A"})", R"({"en_GB":"A"})", R"({"en-GB-x-y-z":"A"})"})
    EXPECT_EQ(code(wrong), "not_a_language") << wrong;
  EXPECT_EQ(code(R"({"en":5})"), "not_a_text");
}

TEST_F(CustomRules, LanguagesThatAChangeDoesNotNameStay) {
  auto labels = json::parse(R"({"en":"Fleet","da":"Flåde","de":"Flotte"})").as_object();
  change_labels(labels, json::parse(R"({"en":"Ships","de":null,"sv":"Flotta"})").as_object());
  EXPECT_EQ(labels, json::parse(R"({"en":"Ships","da":"Flåde","sv":"Flotta"})").as_object());
}

}  // namespace
}  // namespace fokus::records
