// SPDX-License-Identifier: Apache-2.0
// What cells become without a database: moments, contact points, and what columns are guessed to
// be.
#include "features/imports/row_values.hpp"

#include <gtest/gtest.h>

#include "features/imports/cell_instants.hpp"
#include "features/imports/column_guess.hpp"

namespace fokus::imports {
namespace {

namespace json = boost::json;

std::string moment(std::string_view cell, DateOrder order = DateOrder::day_first) {
  const auto instant = instant_of_cell(cell, order, *TimeZone::find("Europe/Copenhagen"));
  return instant.ok() ? *instant : instant.error().errors.at(0).code;
}

TEST(CellInstants, AreReadByTheClocksOfTheZone) {
  EXPECT_EQ(moment("2026-07-01 09:00"), "2026-07-01T07:00:00.000Z");
  EXPECT_EQ(moment("2026-12-01T09:00:30"), "2026-12-01T08:00:30.000Z");
  EXPECT_EQ(moment("01-07-2026 9.30"), "2026-07-01T07:30:00.000Z");
  EXPECT_EQ(moment("1. juli 2026 9:30:15.25"), "2026-07-01T07:30:15.250Z");
  EXPECT_EQ(moment("7/1/2026 9:00 PM", DateOrder::month_first), "2026-07-01T19:00:00.000Z");
  EXPECT_EQ(moment("7/1/2026 12:00 AM", DateOrder::month_first), "2026-06-30T22:00:00.000Z");
  EXPECT_EQ(moment("2026-07-01"), "2026-06-30T22:00:00.000Z");
  EXPECT_EQ(moment("31. december 2025"), "2025-12-30T23:00:00.000Z");
}

TEST(CellInstants, WithAnOffsetStandAsTheyAre) {
  for (const char* text : {"2026-07-01T09:00:00Z", "2026-07-01 09:00+05:00"})
    EXPECT_EQ(moment(text), text);
}

TEST(CellInstants, KnowTheDaysOnWhichClocksAreSet) {
  EXPECT_EQ(moment("2026-03-29 02:30"), "no_such_time");
  EXPECT_EQ(moment("2026-03-29 03:00"), "2026-03-29T01:00:00.000Z");
  EXPECT_EQ(moment("2026-10-25 02:30"), "2026-10-25T00:30:00.000Z");  // of two the first
}

TEST(CellInstants, LeaveToTheRecipeWhatTheyDoNotUnderstand) {
  for (const char* text :
       {"soon", "2026-07-01 25:00", "01-07-2026 9:00 XM", "0:30 AM", "32-13-2026"})
    EXPECT_EQ(moment(text), text);
}

const json::array points = {
    json::object{{"kind", "phone"}, {"label", "work"}, {"value", "+45 1"}, {"primary", false}},
    json::object{{"kind", "phone"}, {"label", ""}, {"value", "+45 2"}, {"primary", true}},
    json::object{{"kind", "address"},
                 {"label", "visiting"},
                 {"value", json::object{{"street", "Ålgade 9, 2. tv"},
                                        {"postcode", "6950"},
                                        {"city", "Ringkøbing"},
                                        {"region", nullptr},
                                        {"country", "DK"}}},
                 {"primary", true}}};

TEST(ContactCells, WriteAndReadTheSame) {
  EXPECT_EQ(points_line(points, "phone"), "work: +45 1; +45 2");
  EXPECT_EQ(points_line(points, "address"), "visiting: Ålgade 9, 2. tv, 6950 Ringkøbing, DK");
  for (const auto kind : {"phone", "address"})
    EXPECT_EQ(points_line(replace_points({}, kind, points_line(points, kind)), kind),
              points_line(points, kind));
  EXPECT_EQ(points_line(nullptr, "phone"), "");
}

TEST(ContactCells, KeepThePointsThatTheyName) {
  const auto after = replace_points(points, "phone", "+45 2; Lager: +45 3");
  ASSERT_EQ(after.size(), 3u);
  EXPECT_EQ(after[0], points[2]);
  EXPECT_EQ(after[1], points[1]);
  EXPECT_EQ(after[2],
            (json::object{
                {"kind", "phone"}, {"label", "Lager"}, {"value", "+45 3"}, {"primary", false}}));
}

TEST(ContactCells, TakeAnAddressApart) {
  const auto parse = [](const char* line) { return json::serialize(parse_address_line(line)); };
  EXPECT_EQ(parse("Ålgade 9"), R"({"street":"Ålgade 9"})");
  EXPECT_EQ(parse("Ålgade 9, Ringkøbing"), R"({"street":"Ålgade 9","city":"Ringkøbing"})");
  EXPECT_EQ(parse("Ålgade 9, 2. tv, 6950 Ringkøbing"),
            R"({"street":"Ålgade 9, 2. tv","postcode":"6950","city":"Ringkøbing"})");
  EXPECT_EQ(parse("A 1, 111 22 Stockholm, Uppland, SE"),
            R"({"country":"SE","street":"A 1","postcode":"111 22","city":"Stockholm",)"
            R"("region":"Uppland"})");
}

class ShipGuess : public ::testing::Test {
 protected:
  void SetUp() override {
    ship_.name = "x_ship";
    ship_.contact_points = true;
    add("name", records::FieldKind::text);
    add("x_value", records::FieldKind::money);
    add("x_crew", records::FieldKind::links);
  }
  void add(const char* name, records::FieldKind kind) {
    records::Field field;
    field.name = name;
    field.kind = kind;
    field.label = {{"en", std::string(name).substr(name[1] == '_' ? 2 : 0)}};
    ship_.fields.push_back(records::finish_field(field));
  }
  std::vector<std::string> guess(std::vector<FileColumn> columns) {
    guess_columns(dictionary_, ship_, columns, [](const records::Field&) { return true; });
    std::vector<std::string> out;
    for (const auto& column : columns) out.push_back(column.guess);
    return out;
  }
  std::string refusal(const json::object& mapping) {
    std::vector<std::string> columns;
    for (const auto& [key, column] : mapping) columns.emplace_back(column.as_string());
    const auto plan = make_plan(dictionary_, ship_, columns, {{"mapping", mapping}});
    return plan.ok() ? "" : plan.error().errors.at(0).code;
  }
  records::RecordType ship_;
  records::Dictionary dictionary_;
};

TEST_F(ShipGuess, KnowsPointsMembersAndCurrencies) {
  using Keys = std::vector<std::string>;
  EXPECT_EQ(guess({{"name", {}, ""}, {"phone", {}, ""}, {"E-mail", {}, ""}, {"crew", {}, ""}}),
            (Keys{"name", "contact_points.phone", "contact_points.email", "x_crew"}));
  EXPECT_EQ(guess({{"contact_points.url", {}, ""}, {"contact_points.address", {}, ""}}),
            (Keys{"contact_points.url", "contact_points.address"}));
  EXPECT_EQ(guess({{"x_value", {}, ""}, {"x_value.currency", {}, ""}}),
            (Keys{"x_value", "x_value.currency"}));
  EXPECT_EQ(guess({{"value", {}, ""}, {"Valuta", {}, ""}}), (Keys{"x_value", "x_value.currency"}));
  EXPECT_EQ(guess({{"name", {}, ""}, {"Valuta", {}, ""}}), (Keys{"name", ""}));
}

TEST_F(ShipGuess, MapsThemAndNoOthers) {
  EXPECT_EQ(refusal({{"name", "a"}, {"contact_points.phone", "b"}, {"x_crew", "c"}}), "");
  EXPECT_EQ(refusal({{"x_value", "a"}, {"x_value.currency", "b"}}), "");
  EXPECT_EQ(refusal({{"name", "a"}, {"x_value.currency", "b"}}), "amount_not_mapped");
  EXPECT_EQ(refusal({{"contact_points", "a"}}), "unknown_field");
  EXPECT_EQ(refusal({{"contact_points.fax", "a"}}), "unknown_field");
  EXPECT_EQ(refusal({{"x_value.colour", "a"}}), "unknown_field");
  ship_.contact_points = false;
  EXPECT_EQ(refusal({{"contact_points.phone", "a"}}), "unknown_field");
}

}  // namespace
}  // namespace fokus::imports
