// SPDX-License-Identifier: Apache-2.0
// Amounts in several currencies, on both engines, against what somebody works out from the rows.
#include <algorithm>
#include <cmath>

#include "features/dashboards/dashboards_testing.hpp"

namespace fokus::dashboards {
namespace {

// What somebody would work out from the rows, one by one.
struct Amounts {
  std::vector<std::int64_t> minor;
  std::int64_t weighted = 0, base = 0;

  double of(std::string_view kind) const {
    std::vector<std::int64_t> n = minor;
    std::sort(n.begin(), n.end());
    double sum = 0;
    for (const auto one : n) sum += static_cast<double>(one);
    if (kind == "sum") return sum;
    if (kind == "weighted") return std::round(static_cast<double>(weighted) / 100);
    if (kind == "average") return std::round(sum / static_cast<double>(n.size()));
    if (kind == "minimum") return static_cast<double>(n.front());
    if (kind == "maximum") return static_cast<double>(n.back());
    return std::round(static_cast<double>(n[(n.size() - 1) / 2] + n[n.size() / 2]) / 2);
  }
};

class CurrencyTilesTest : public DashboardsTest {
 protected:
  void SetUp() override {
    DashboardsTest::SetUp();
    if (IsSkipped()) return;
    seed("test");
    carl_ = scope_of("carl@example.org");
    (*database_)->write([&](store::Transaction& tx) {
      tx.execute(
          "UPDATE sales SET amount_currency = 'EUR', amount_base = amount * 8 WHERE id % 2 = 0");
      tx.execute(
          "UPDATE sales SET amount_currency = 'JPY', amount_base = amount * 5 WHERE id % 5 = 0");
      for (const auto& [code, rate] : {std::pair("EUR", 8), std::pair("USD", 5)})
        tx.execute(
            (*statements_)["records.save_rate"],
            {code, "DKK", "2026-01-01", rate * std::int64_t{100'000'000}, clock_.now(), nullptr});
      ASSERT_TRUE(
          records::publish_dictionary(tx, *statements_, embedded_model(), holder_, clock_.now())
              .ok());
    });
    (*database_)->read([&](store::Session& session) {
      auto rows = session.query(
          "SELECT amount_currency, amount, probability, amount_base FROM sales "
          "WHERE archived_at IS NULL AND amount IS NOT NULL");
      while (rows->next()) {
        auto& one = expected_[std::string(rows->text(0))];
        one.minor.push_back(rows->integer(1));
        if (!rows->is_null(2)) one.weighted += rows->integer(1) * rows->integer(2);
        one.base += rows->integer(3);
      }
    });
  }

  json::object tile(const char* kind, const char* currency) {
    const auto definition = parse_definition(
        {{"title", "x"},
         {"presentation", "number"},
         {"record_type", "sale"},
         {"currency", currency},
         {"measures",
          json::array{{{"kind", kind}, {"field", "amount"}, {"weight", "probability"}}}}});
    EXPECT_TRUE(definition.ok()) << kind;
    return answer(carl_, *definition);
  }

  access::Scope carl_;
  std::map<std::string, Amounts> expected_;
};
INSTANTIATE_EACH_ENGINE(CurrencyTilesTest);

TEST_P(CurrencyTilesTest, EachCurrencyHasItsOwnFigureAndItsOwnRecords) {
  const auto& type = *holder_.current()->find("sale");
  ASSERT_EQ(expected_.size(), 3u);
  for (const auto* kind : {"sum", "average", "minimum", "maximum", "median", "weighted"}) {
    const auto found = tile(kind, "own");
    check_cells(carl_, type, found, kind);
    const auto& measures = found.at("measures").as_array();
    const auto& cells = found.at("total").at("cells").as_array();
    ASSERT_EQ(measures.size(), 3u) << kind;
    ASSERT_EQ(cells.size(), 3u) << kind;
    for (std::size_t i = 0; i < measures.size(); ++i) {
      const std::string code(measures[i].at("currency").as_string());
      const double unit = code == "JPY" ? 1 : 100;
      EXPECT_EQ(std::string(cells[i].at("value").at("currency").as_string()), code);
      EXPECT_NEAR(cells[i].at("number").to_number<double>(), expected_.at(code).of(kind) / unit,
                  1e-6)
          << kind << " " << code;
      EXPECT_EQ(cells[i].at("count").as_int64(),
                static_cast<std::int64_t>(expected_.at(code).minor.size()));
    }
    EXPECT_EQ(found.at("currency").at("rule"), "own");
  }
}

TEST_P(CurrencyTilesTest, AChosenCurrencyHasTheRateOfToday) {
  long double base = 0;
  for (const auto& [code, one] : expected_) base += static_cast<long double>(one.base);
  const auto found = tile("sum", "USD");
  check_cells(carl_, *holder_.current()->find("sale"), found, "USD");
  const auto& cell = found.at("total").at("cells").at(0);
  EXPECT_EQ(cell.at("value").at("currency"), "USD");
  EXPECT_NEAR(cell.at("number").to_number<double>(),
              static_cast<double>(std::round(base / 5) / 100), 1e-6);
  EXPECT_EQ(found.at("currency").at("rule"), "converted");
  EXPECT_EQ(found.at("currency").at("rate_day"), "2026-11-25");
  EXPECT_EQ(tile("sum", "DKK").at("currency").at("rule"), "base");
  EXPECT_EQ(refusal(carl_, R"({"title":"x","presentation":"number","record_type":"sale",)"
                           R"("currency":"GBP"})"),
            "dashboards/invalid_tile currency:without_rate");
}

}  // namespace
}  // namespace fokus::dashboards
