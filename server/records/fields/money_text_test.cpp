// SPDX-License-Identifier: Apache-2.0
#include "records/fields/money_text.hpp"

#include <gtest/gtest.h>

#include "records/fields/field_testing.hpp"

namespace fokus::records {
namespace {

namespace json = boost::json;

std::string cut(std::string_view text, std::string_view base = "DKK") {
  const auto said = cut_money_text(text, base);
  return said.ok() ? said->number + "|" + said->currency : said.error().errors.at(0).code;
}

TEST(MoneyText, TheCurrencyStandsBeforeOrBehind) {
  const std::pair<const char*, const char*> cases[] = {{"10,5 EUR", "10,5|EUR"},
                                                       {"EUR 12", "12|EUR"},
                                                       {"€ 12", "12|EUR"},
                                                       {"12€", "12|EUR"},
                                                       {"usd 1,234.50", "1,234.50|USD"},
                                                       {"US$ 5", "5|USD"},
                                                       {"$5", "5|USD"},
                                                       {"£ 5", "5|GBP"},
                                                       {"-12 SEK", "-12|SEK"},
                                                       {"SEK -12", "-12|SEK"},
                                                       {"12\u00A0EUR", "12|EUR"},
                                                       {"12\u202F€", "12|EUR"},
                                                       {"1.250,-", "1.250,-|"},
                                                       {" -12.50 ", "-12.50|"},
                                                       {"many", "many|"}};
  for (const auto& [in, out] : cases) EXPECT_EQ(cut(in), out) << in;
}

TEST(MoneyText, CrownsAreThoseOfTheHouse) {
  EXPECT_EQ(cut("kr. 1.250,00"), "1.250,00|DKK");
  EXPECT_EQ(cut("1 250 kr.", "SEK"), "1 250|SEK");
  EXPECT_EQ(cut("12 Kr", "ISK"), "12|ISK");
  EXPECT_EQ(cut("12 kr", "EUR"), "not_a_currency");
}

TEST(MoneyText, RefusesWordsThatAreNoCurrency) {
  for (const char* text : {"12 XQZ", "ca. 12", "12 %", "¥ 12", "EUR 12 USD", "(12)", "12 beer"})
    EXPECT_EQ(cut(text), "not_a_currency") << text;
}

TEST(MoneyText, IsTakenAsTheValueOfAField) {
  const testing::FieldWorld world;
  const Field field = world.field(FieldKind::money);
  const auto save = [&](const json::value& input) {
    const auto columns = parse_field_input(world.context, field, input);
    return columns.ok() ? testing::FieldWorld::read_out(field, *columns)
                        : columns.error().errors.at(0).code;
  };
  EXPECT_EQ(save("EUR 12"), R"({"amount":"12.00","currency":"EUR"})");
  EXPECT_EQ(save("12,50 €"), R"({"amount":"12.50","currency":"EUR"})");
  EXPECT_EQ(save("12.50"), R"({"amount":"12.50","currency":"DKK"})");
  EXPECT_EQ(save("12 XQZ"), "not_a_currency");
  EXPECT_EQ(save("many"), "not_a_number");
}

}  // namespace
}  // namespace fokus::records
