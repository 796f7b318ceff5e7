// SPDX-License-Identifier: Apache-2.0
// Settings, exchange rates, and what amounts are worth in the base currency, on both engines.
#include "records/base_amounts.hpp"
#include "records/place_testing.hpp"

namespace fokus::records {
namespace {

constexpr std::int64_t one = 100'000'000;  // a rate of 1

TEST(Rates, HoldFromTheirDayOnUntilTheNextOne) {
  ExchangeRates rates;
  rates.add("EUR", "DKK", "2026-01-01", 7 * one);
  rates.add("EUR", "DKK", "2026-07-01", 8 * one);
  EXPECT_FALSE(rates.find("EUR", "DKK", "2025-12-31"));
  EXPECT_EQ(rates.find("EUR", "DKK", "2026-01-01"), 7.0L);
  EXPECT_EQ(rates.find("EUR", "DKK", "2026-06-30"), 7.0L);
  EXPECT_EQ(rates.find("EUR", "DKK", "2026-07-01"), 8.0L);
  EXPECT_EQ(rates.find("EUR", "DKK", "2030-01-01"), 8.0L);
  EXPECT_FALSE(rates.find("USD", "DKK", "2026-07-01"));
}

TEST(Rates, FollowFromTheirInverseAndByWayOfAnotherCurrency) {
  ExchangeRates rates;
  rates.add("EUR", "DKK", "2026-01-01", 8 * one);
  rates.add("SEK", "DKK", "2026-01-01", one / 2);
  EXPECT_EQ(rates.find("DKK", "EUR", "2026-02-01"), 0.125L);
  EXPECT_EQ(rates.find("SEK", "EUR", "2026-02-01"), 0.0625L);
  EXPECT_EQ(rates.find("DKK", "DKK", "1999-01-01"), 1.0L);
}

class Money : public testing::Place {
 protected:
  std::int64_t sale(const boost::json::object& more) {
    boost::json::object values{{"name", "Borde"},
                               {"amount", {{"amount", "100.00"}, {"currency", "EUR"}}}};
    for (const auto& [key, value] : more) values[key] = value;
    return create("sale", values);
  }
  std::int64_t base(std::int64_t id) {
    return number("SELECT amount_base FROM sales WHERE id = " + std::to_string(id));
  }
  std::string refusal(const boost::json::object& settings) {
    const auto refused = (*database_)->write([&](store::Transaction& tx) -> Status {
      TRY(save_settings(tx, *statements_, settings, {0, 0, "system"}));
      return {};
    });
    return refused.ok() ? "" : refused.error().errors.at(0).code;
  }
};
INSTANTIATE_EACH_ENGINE(Money);

TEST_P(Money, SettingsAreCheckedKeptAndHaveAHistory) {
  EXPECT_EQ(refusal({{"base_currency", "kr"}}), "not_a_currency");
  EXPECT_EQ(refusal({{"default_time_zone", "Mars/Olympus"}}), "unknown_time_zone");
  EXPECT_EQ(refusal({{"default_language", "xx"}}), "not_a_language");
  EXPECT_EQ(refusal({{"first_day_of_week", 8}}), "out_of_range");
  EXPECT_EQ(refusal({{"bin_days", "30"}}), "not_a_number");
  EXPECT_EQ(refusal({{"colour", "red"}}), "unknown_setting");
  EXPECT_EQ(number("SELECT count(*) FROM settings_history"), 0);
  const auto before = holder_.current()->revision;
  set({{"base_currency", "EUR"}, {"company_name", "Nordhavn Møbler"}, {"bin_days", 30}});
  const auto now = holder_.current();
  EXPECT_GT(now->revision, before);
  EXPECT_EQ(now->installation.base_currency, "EUR");
  EXPECT_EQ(now->installation.company_name, "Nordhavn Møbler");
  EXPECT_TRUE(now->installation.base_amounts_pending);
  // The days of the bin were what they are.
  EXPECT_EQ(number("SELECT count(*) FROM settings_history"), 2);
}

TEST_P(Money, AnAmountHasTheRateOfItsDay) {
  rate("EUR", "DKK", "2026-01-01", 7 * one);
  rate("EUR", "DKK", "2027-01-01", 8 * one);
  EXPECT_EQ(base(sale({{"expected_on", "2026-12-31"}})), 70000);
  const auto later = sale({{"expected_on", "2027-03-01"}});
  EXPECT_EQ(base(later), 80000);
  EXPECT_EQ(base(sale({})), 70000);  // the day that it is made
  ASSERT_TRUE(update("sale", later, {{"closed_on", "2026-11-01"}}).ok());
  EXPECT_EQ(base(later), 70000);
  EXPECT_EQ(count("sale", "amount gt 690"), 3);
}

TEST_P(Money, ARateThatChangesLeavesWhatNobodyTouches) {
  rate("EUR", "DKK", "2026-01-01", 7 * one);
  const auto id = sale({});
  rate("EUR", "DKK", "2026-01-01", 6 * one);
  ASSERT_TRUE(update("sale", id, {{"name", "Stole"}}).ok());
  EXPECT_EQ(base(id), 70000);
  ASSERT_TRUE(update("sale", id, {{"amount", {{"amount", "200.00"}, {"currency", "EUR"}}}}).ok());
  EXPECT_EQ(base(id), 120000);
}

TEST_P(Money, WithoutARateTheFieldIsNamed) {
  rate("EUR", "DKK", "2026-01-01", 7 * one);
  const auto refused = try_create("sale", {{"name", "Gammelt"},
                                           {"amount", {{"amount", "1.00"}, {"currency", "EUR"}}},
                                           {"expected_on", "2025-01-01"}});
  ASSERT_FALSE(refused.ok());
  const auto& problem = refused.error().errors.at(0);
  EXPECT_EQ(problem.field, "amount");
  EXPECT_EQ(problem.code, "currency_without_rate");
  EXPECT_EQ(problem.params.at("date"), "2025-01-01");
  EXPECT_EQ(number("SELECT count(*) FROM sales"), 0);
}

TEST_P(Money, AnotherBaseCurrencyIsPreviewedAndHasItsOwnDigits) {
  rate("EUR", "DKK", "2026-01-01", 8 * one);
  sale({});
  create("sale", {{"name", "Danske"}, {"amount", {{"amount", "80.00"}, {"currency", "DKK"}}}});
  create("sale", {{"name", "Gamle"},
                  {"amount", {{"amount", "80.00"}, {"currency", "DKK"}}},
                  {"expected_on", "2020-01-01"}});
  set({{"base_currency", "EUR"}});
  const auto found = (*database_)->read([&](store::Session& session) {
    return preview_base_amounts(session, *holder_.current());
  });
  ASSERT_TRUE(found.ok());
  EXPECT_EQ(found->amounts, 3);
  EXPECT_EQ(found->changed, 2);
  EXPECT_EQ(found->missing.at("DKK").count, 1);
  EXPECT_EQ(found->missing.at("DKK").earliest, "2020-01-01");
  set({{"base_currency", "JPY"}});
  rate("EUR", "JPY", "2026-01-01", 160 * one);
  EXPECT_EQ(base(sale({})), 16000);
  EXPECT_EQ(count("sale", "amount eq 16000"), 1);
}

}  // namespace
}  // namespace fokus::records
