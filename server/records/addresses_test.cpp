// SPDX-License-Identifier: Apache-2.0
// Addresses among the contact points: parts, mirror, history, search, and what was there before.
#include "records/place_testing.hpp"
#include "records/search.hpp"

namespace fokus::records {
namespace {

namespace json = boost::json;

class Addresses : public testing::Place {
 protected:
  static json::object place(const char* street, const char* city) {
    return {{"street", street}, {"postcode", "8000"}, {"city", city}, {"country", "DK"}};
  }
  static json::object point(const char* label, json::value value, bool primary) {
    return {{"kind", "address"}, {"label", label}, {"value", value}, {"primary", primary}};
  }
  static json::array list(const json::object& one) {
    json::array out;
    out.emplace_back(one);
    return out;
  }
  json::array points(std::int64_t id) { return get("company", id).at("contact_points").as_array(); }
  json::array history(std::int64_t id) {
    std::string text;
    JsonWriter writer(text);
    write([&](store::Transaction& tx) {
      return records_->write_history(tx, system_, type("company"), RecordId{id}, 1'000'000, 50,
                                     writer);
    });
    return json::parse(text).at("items").as_array();
  }
};
INSTANTIATE_EACH_ENGINE(Addresses);

TEST_P(Addresses, MirrorTheRecordsOwnAddressBothWays) {
  const auto id =
      create("company", {{"name", "Nordlys ApS"}, {"address", place("Havnegade 1", "Aarhus C")}});
  ASSERT_EQ(points(id).size(), 1u);
  EXPECT_EQ(points(id)[0].at("label"), "visiting");
  EXPECT_EQ(points(id)[0].at("value").at("city"), "Aarhus C");
  ASSERT_TRUE(update("company", id,
                     {{"contact_points",
                       {point("postal", place("Postboks 7", "Viby J"), true),
                        point("visiting", place("Havnegade 1", "Aarhus C"), false)}}})
                  .ok());
  EXPECT_EQ(get("company", id).at("address").at("street"), "Postboks 7");
  ASSERT_TRUE(update("company", id, {{"address", place("Åboulevarden 3", "Aarhus C")}}).ok());
  EXPECT_EQ(points(id)[0].at("value").at("street"), "Åboulevarden 3");
  EXPECT_EQ(points(id).size(), 2u);
  ASSERT_TRUE(update("company", id, {{"contact_points", json::array()}}).ok());
  EXPECT_TRUE(get("company", id).at("address").is_null());
}

TEST_P(Addresses, TakeOneTextAsTheStreetAndRefuseNonsense) {
  const auto id = create(
      "company", {{"name", "A"}, {"contact_points", list(point("home", "Skovvej 4, Ry", true))}});
  EXPECT_EQ(points(id)[0].at("value").at("street"), "Skovvej 4, Ry");
  for (const json::value& wrong : {json::value(json::object()), json::value(7),
                                   json::value(nullptr), json::value({{"country", "Atlantis"}})}) {
    const auto refused =
        update("company", id, {{"contact_points", list(point("home", wrong, true))}});
    ASSERT_FALSE(refused.ok()) << json::serialize(wrong);
    EXPECT_EQ(refused.error().errors.at(0).field, "contact_points");
  }
}

TEST_P(Addresses, AreFoundByStreetAndCityInAnyScript) {
  create("company", {{"name", "Nordlys ApS"},
                     {"contact_points",
                      {point("visiting", place("Havnegade 1", "Aarhus C"), true),
                       point("invoice", place("Ålgade 9", "Ringkøbing"), false)}}});
  EXPECT_EQ(count("company", "", "aalgade"), 1);
  EXPECT_EQ(count("company", "", "ringkoebing"), 1);
  EXPECT_EQ(count("company", "any(contact_points: city eq 'Ringkøbing' and label eq 'invoice')"),
            1);
  EXPECT_EQ(count("company", "any(contact_points: street contains 'havnegade')"), 1);
  EXPECT_EQ(count("company", "any(contact_points: city eq 'Odense')"), 0);
  EXPECT_EQ(count("company", "address.city contains 'aarhus'"), 1);
}

TEST_P(Addresses, StandInTheHistoryAndCanBeTakenBack) {
  const auto id =
      create("company", {{"name", "Nordlys ApS"}, {"address", place("Havnegade 1", "Aarhus C")}});
  const auto before = points(id);
  const auto batch = (*database_)->write([&](store::Transaction& tx) -> Result<BatchId> {
    return records_->create_batch(tx, system_, "bulk_edit", "company", {});
  });
  ASSERT_TRUE(update("company", id,
                     {{"contact_points",
                       {point("visiting", place("Havnegade 1", "Aarhus C"), true),
                        point("invoice", place("Ålgade 9", "Ringkøbing"), false)}}},
                     {0, *batch, "bulk_edit"})
                  .ok());
  const auto newest = history(id).at(0).at("changes").as_array();
  ASSERT_EQ(newest.size(), 1u);
  EXPECT_EQ(newest[0].at("field"), "contact_points");
  EXPECT_EQ(newest[0].at("new").as_array().size(), 2u);
  EXPECT_EQ(newest[0].at("old"), before);
  const auto undone = (*database_)->write([&](store::Transaction& tx) {
    return records_->undo_batch(tx, system_, *batch, 1'000'000, 50);
  });
  ASSERT_TRUE(undone.ok());
  EXPECT_EQ(undone->undone, 1);
  EXPECT_EQ(points(id), before);
}

TEST_P(Addresses, WhatWasThereBeforeTheyHadPartsIsKept) {
  const auto own =
      create("company", {{"name", "Egen"}, {"address", place("Havnegade 1", "Aarhus C")}});
  const auto text = create("company", {{"name", "Tekst"}});
  run("DELETE FROM contact_points");
  for (const auto id : {own, text})
    run("INSERT INTO contact_points(record_type, record_id, kind, label, value, value_f, "
        "is_primary, position, street, street_f) VALUES ('company', " +
        std::to_string(id) +
        ", 'address', 'Lager', 'Fabriksvej 2, 7000 Fredericia', 'fabriksvej 2, 7000 fredericia', "
        "1, 1, 'Fabriksvej 2, 7000 Fredericia', 'fabriksvej 2, 7000 fredericia')");
  for (int twice = 0; twice < 2; ++twice)
    write([&](store::Transaction& tx) -> Status {
      adopt_addresses(tx, *statements_, *holder_.current(), clock_.now());
      return {};
    });
  const auto of_own = points(own);
  ASSERT_EQ(of_own.size(), 2u);
  EXPECT_EQ(of_own[0].at("label"), "Lager");
  EXPECT_FALSE(of_own[0].at("primary").as_bool());
  EXPECT_EQ(of_own[1].at("value").at("city"), "Aarhus C");
  EXPECT_TRUE(of_own[1].at("primary").as_bool());
  EXPECT_EQ(number("SELECT count(*) FROM contact_points WHERE value = "
                   "'Havnegade 1, 8000 Aarhus C, DK' AND value_f = 'havnegade 1, 8000 aarhus c, "
                   "dk'"),
            1);
  EXPECT_EQ(get("company", text).at("address").at("street"), "Fabriksvej 2, 7000 Fredericia");
  EXPECT_EQ(count("company", "", "fredericia"), 2);
  // A save of something else takes nothing away.
  ASSERT_TRUE(update("company", own, {{"name", "Egen ApS"}}).ok());
  EXPECT_EQ(get("company", own).at("address").at("street"), "Havnegade 1");
  EXPECT_EQ(points(own), of_own);
}

}  // namespace
}  // namespace fokus::records
