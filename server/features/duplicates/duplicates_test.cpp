// SPDX-License-Identifier: Apache-2.0
#include "features/duplicates/duplicates.hpp"

#include "features/duplicates/duplicates_testing.hpp"

namespace fokus::duplicates {
namespace {

using access::Circle;
using boost::json::object;
using Ids = std::set<std::int64_t>;

constexpr access::Circles only_mine = 1 << static_cast<int>(Circle::mine);

class DuplicatesTest : public testing::Followed {};

TEST_P(DuplicatesTest, APersonIsFoundByWhateverIsTypedAgain) {
  const auto company = create("company", {{"name", "Nordlys A/S"}});
  const auto anna = create("person", {{"first_name", "Anna"},
                                      {"last_name", "Sørensen"},
                                      {"company", company},
                                      {"phone", "+45 20 12 34 56"},
                                      {"email", "anna@nordlys.example"}});
  create("person", {{"first_name", "Ole"}, {"last_name", "Dahl"}, {"company", company}});
  EXPECT_EQ(
      found("person", {{"first_name", "Ana"}, {"last_name", "Soerensen"}, {"company", company}}),
      Ids{anna});
  EXPECT_EQ(found("person", {{"first_name", "Anna"}, {"last_name", "S."}, {"phone", "20123456"}}),
            Ids{anna});
  EXPECT_EQ(
      found("person",
            {{"first_name", "Sørensen"}, {"last_name", "Anna"}, {"email", "ANNA@nordlys.example"}}),
      Ids{anna});
  EXPECT_EQ(found("person", {{"first_name", "Bent"}, {"last_name", "Holm"}}), Ids{});
}

TEST_P(DuplicatesTest, FurtherContactPointsCountAsWell) {
  const boost::json::array points{
      {{"kind", "phone"}, {"label", "home"}, {"value", "86 12 34 56"}},
      {{"kind", "email"}, {"label", "home"}, {"value", "al@lund.example"}}};
  const auto anna =
      create("person", {{"first_name", "Anna"}, {"last_name", "Lund"}, {"contact_points", points}});
  EXPECT_EQ(
      found("person", {{"first_name", "A"}, {"last_name", "Lund"}, {"mobile", "+45 86123456"}}),
      Ids{anna});
  EXPECT_EQ(found("person",
                  {{"first_name", "Anne"}, {"last_name", "Lund"}, {"email", "al@lund.example"}}),
            Ids{anna});
}

TEST_P(DuplicatesTest, KeysFollowEverySave) {
  const auto id = create("company", {{"name", "Nordlys A/S"}, {"org_number", "12345678"}});
  EXPECT_EQ(found("company", {{"name", "Nordlys ApS"}}), Ids{id});
  ASSERT_TRUE(update("company", id, {{"name", "Havblik A/S"}, {"org_number", nullptr}}).ok());
  EXPECT_EQ(found("company", {{"name", "Nordlys"}, {"org_number", "DK12345678"}}), Ids{});
  EXPECT_EQ(found("company", {{"name", "Havblik"}}), Ids{id});
  const auto keys = number("SELECT count(*) FROM duplicate_keys");
  EXPECT_GT(keys, 0);
  archive("company", id);
  EXPECT_EQ(number("SELECT count(*) FROM duplicate_keys"), 0);
  EXPECT_EQ(found("company", {{"name", "Havblik"}}), Ids{});
  write([&](store::Transaction& tx) -> Status {
    TRY(records_->restore(tx, system_, type("company"), RecordId{id}, {0, {}, "restore"}));
    return {};
  });
  EXPECT_EQ(number("SELECT count(*) FROM duplicate_keys"), keys);
}

TEST_P(DuplicatesTest, NothingIsLeftOfWhatGoesForGood) {
  const auto a = create("company", {{"name", "Nordlys A/S"}});
  const auto b = create("company", {{"name", "Nordlys ApS"}});
  scan("company");
  EXPECT_EQ(number("SELECT count(*) FROM duplicate_pairs"), 1);
  ASSERT_TRUE(duplicates_->dismiss(system_, type("company"), RecordId{b}, RecordId{a}).ok());
  archive("company", b);
  EXPECT_EQ(number("SELECT count(*) FROM duplicate_pairs"), 0);
  EXPECT_EQ(number("SELECT count(*) FROM duplicate_dismissals"), 1);
  write([&](store::Transaction& tx) -> Status {
    records_->remove_archived_before(tx, type("company"), clock_.now().plus_ms(1), 10);
    return {};
  });
  EXPECT_EQ(number("SELECT count(*) FROM duplicate_dismissals"), 0);
}

TEST_P(DuplicatesTest, OnlyWhatOneMaySeeIsFound) {
  const auto id = create("company", {{"name", "Nordlys A/S"}, {"phone", "86123456"}});
  const object values{{"name", "Nordlys"}, {"phone", "86123456"}};
  EXPECT_EQ(find("company", values, reader(access::every_circle, {"contact"})).size(), 1u);
  EXPECT_EQ(find("company", values, reader(only_mine, {"contact"})).size(), 0u);
  EXPECT_EQ(find("company", values, reader(0, {})).size(), 0u);
  EXPECT_TRUE(check("company", values, reader(only_mine, {"contact"})).ok());
  const auto refused = check("company", values, reader(access::every_circle, {}));
  ASSERT_FALSE(refused.ok());
  EXPECT_EQ(refused.error().code, "duplicate_suspected");
  EXPECT_NE(refused.error().params.at("candidates").find("\"id\":" + std::to_string(id)),
            std::string::npos);
}

TEST_P(DuplicatesTest, MaskedFieldsAreNeitherComparedNorShown) {
  create("person", {{"first_name", "Anna"}, {"last_name", "Lund"}, {"phone", "20123456"}});
  const object values{{"first_name", "Anna"}, {"last_name", "Lund"}, {"phone", "20123456"}};
  const auto seen = find("person", values, reader(access::every_circle, {"contact"}));
  const auto masked = find("person", values, reader(access::every_circle, {}));
  ASSERT_EQ(seen.size(), 1u);
  const auto text = boost::json::serialize(masked);
  EXPECT_NE(boost::json::serialize(seen).find("20123456"), std::string::npos);
  EXPECT_EQ(text.find("20123456"), std::string::npos);
  EXPECT_EQ(text.find("\"kind\":\"phone\""), std::string::npos);
  for (const auto& one : masked)
    EXPECT_LT(one.at("score").as_int64(), seen[0].at("score").as_int64());
  // A stranger's phone alone tells nobody without the right that it is known.
  EXPECT_TRUE(find("person", {{"first_name", "X"}, {"last_name", "Y"}, {"phone", "20123456"}},
                   reader(access::every_circle, {}))
                  .empty());
}

TEST_P(DuplicatesTest, RestrictedPersonsStayOut) {
  const auto id = create(
      "person", {{"first_name", "Anna"}, {"last_name", "Lund"}, {"email", "anna@lund.example"}});
  run("UPDATE persons SET restricted = 1 WHERE id = " + std::to_string(id));
  EXPECT_TRUE(find("person",
                   {{"first_name", "Anna"}, {"last_name", "Lund"}, {"email", "anna@lund.example"}},
                   reader(access::every_circle, {"contact"}))
                  .empty());
}

TEST_P(DuplicatesTest, ReasonsAreSentencesInTheReadersLanguage) {
  create("company", {{"name", "Nordlys A/S"}, {"org_number", "12345678"}});
  auto scope = reader(access::every_circle, {"contact"});
  for (const auto& [language, text] :
       {std::pair{"da", "CVR-nummer: det samme"}, {"en", "Registration no.: the same"}}) {
    scope.actor.language = language;
    const auto out = find("company", {{"name", "Nordlys"}, {"org_number", "DK 12345678"}}, scope);
    ASSERT_EQ(out.size(), 1u);
    EXPECT_EQ(out[0].at("certainty").as_string(), "certain");
    const auto& reason = out[0].at("reasons").as_array().at(0).as_object();
    EXPECT_EQ(reason.at("kind").as_string(), "number");
    EXPECT_EQ(reason.at("text").as_string(), text);
    EXPECT_EQ(reason.at("mine").as_string(), "DK 12345678");
    EXPECT_EQ(reason.at("theirs").as_string(), "12345678");
  }
}

TEST_P(DuplicatesTest, ADismissedPairIsNotBroughtUpAgain) {
  const auto a = create("company", {{"name", "Nordlys A/S"}});
  const auto b = create("company", {{"name", "Nordlys ApS"}});
  scan("company");
  EXPECT_EQ(pairs("company", system_).at("pairs").as_array().size(), 1u);
  EXPECT_EQ(find("company", {{"name", "Nordlys A/S"}}, system_, a).size(), 1u);
  ASSERT_TRUE(duplicates_->dismiss(system_, type("company"), RecordId{b}, RecordId{a}).ok());
  EXPECT_EQ(find("company", {{"name", "Nordlys A/S"}}, system_, a).size(), 0u);
  EXPECT_EQ(pairs("company", system_).at("pairs").as_array().size(), 0u);
  scan("company");
  EXPECT_EQ(pairs("company", system_).at("pairs").as_array().size(), 0u);
  ASSERT_TRUE(duplicates_->restore(system_, type("company"), RecordId{a}, RecordId{b}).ok());
  EXPECT_EQ(pairs("company", system_).at("pairs").as_array().size(), 1u);
  EXPECT_EQ(duplicates_->dismiss(reader(only_mine, {}), type("company"), RecordId{a}, RecordId{b})
                .error()
                .code,
            "records/not_found");
}

INSTANTIATE_EACH_ENGINE(DuplicatesTest);

}  // namespace
}  // namespace fokus::duplicates
