// SPDX-License-Identifier: Apache-2.0
#include "features/dashboards/period.hpp"

#include <gtest/gtest.h>

#include "features/dashboards/chart_rows.hpp"

namespace fokus::dashboards {
namespace {

// 2026-11-25 12:00 in Copenhagen, a Wednesday.
const Instant noon = *parse_instant("2026-11-25T11:00:00Z");
constexpr const char* zone = "Europe/Copenhagen";

std::string days_text(const records::Days& days) {
  return render_date(days.first) + " " + render_date(days.last);
}
std::string days_of(std::string_view text, Instant now = noon) {
  const auto period = parse_period(text, now, zone);
  return period ? days_text(period->days) : "nothing";
}
std::string before(std::string_view text, std::string_view comparison, Instant now = noon) {
  return days_text(compared_days(*parse_period(text, now, zone), comparison));
}

TEST(Period, ReadsWordsDatesAndToDate) {
  EXPECT_EQ(days_of("this_month"), "2026-11-01 2026-11-30");
  EXPECT_EQ(days_of("last_quarter"), "2026-07-01 2026-09-30");
  EXPECT_EQ(days_of("last(30 days)"), "2026-10-26 2026-11-25");
  EXPECT_EQ(days_of("year_to_date"), "2026-01-01 2026-11-25");
  EXPECT_EQ(days_of("month_to_date"), "2026-11-01 2026-11-25");
  EXPECT_EQ(days_of("2026-01-15..2026-02-01"), "2026-01-15 2026-02-01");
}

TEST(Period, RefusesWhatIsNone) {
  for (const auto* text : {"", "this", "me", "decade_to_date", "2026-02-01..2026-01-01", "last(3)",
                           "this_month or true", "2026-01-01..soon"})
    EXPECT_EQ(days_of(text), "nothing") << text;
}

TEST(Period, BeginsAtLocalMidnight) {
  const Instant late = *parse_instant("2026-12-31T23:30:00Z");  // already January in Copenhagen
  EXPECT_EQ(days_of("this_month", late), "2027-01-01 2027-01-31");
  EXPECT_EQ(days_of("year_to_date", late), "2027-01-01 2027-01-01");
}

TEST(Period, IsComparedWithTheOneBefore) {
  EXPECT_EQ(before("this_month", "previous_period"), "2026-10-01 2026-10-31");
  EXPECT_EQ(before("this_quarter", "previous_period"), "2026-07-01 2026-09-30");
  EXPECT_EQ(before("this_year", "previous_period"), "2025-01-01 2025-12-31");
  EXPECT_EQ(before("this_week", "previous_period"), "2026-11-16 2026-11-22");
  EXPECT_EQ(before("today", "previous_period"), "2026-11-24 2026-11-24");
  EXPECT_EQ(before("last(30 days)", "previous_period"), "2026-09-25 2026-10-25");
  EXPECT_EQ(before("month_to_date", "previous_period"), "2026-10-01 2026-10-25");
  EXPECT_EQ(before("2026-01-11..2026-01-20", "previous_period"), "2026-01-01 2026-01-10");
  // The shorter month ends it.
  const Instant march = *parse_instant("2026-03-31T10:00:00Z");
  EXPECT_EQ(before("month_to_date", "previous_period", march), "2026-02-01 2026-02-28");
}

TEST(Period, IsComparedWithTheYearBefore) {
  EXPECT_EQ(before("this_month", "previous_year"), "2025-11-01 2025-11-30");
  EXPECT_EQ(before("year_to_date", "previous_year"), "2025-01-01 2025-11-25");
  EXPECT_EQ(before("last(30 days)", "previous_year"), "2025-10-26 2025-11-25");
  const Instant february = *parse_instant("2025-02-10T10:00:00Z");
  EXPECT_EQ(before("this_month", "previous_year", february), "2024-02-01 2024-02-29");
}

TEST(ChartRows, TimeHasNoGaps) {
  const records::GroupBy by{"closed_on", records::TimeUnit::month};
  std::vector<records::Measure> measures(2);
  measures[1].kind = records::Measure::Kind::average;
  measures[1].path = "amount";
  std::vector<ChartRow> rows(2);
  rows[0].keys = {{std::string("2026-02"), {}, false}};
  rows[0].count = 3;
  rows[1].keys = {{store::Value(), {}, false}};  // without a date
  const auto out =
      without_gaps(std::move(rows), by, measures, records::Days{{2026, 1, 15}, {2026, 3, 2}});
  ASSERT_EQ(out.size(), 4u);
  EXPECT_EQ(std::get<std::string>(out[0].keys[0].value), "2026-01");
  EXPECT_EQ(std::get<std::int64_t>(out[0].values[0]), 0);
  EXPECT_TRUE(store::is_null(out[0].values[1])) << "no average of nothing";
  EXPECT_EQ(records::render_filter(*out[0].criteria),
            "closed_on between 2026-01-01 and 2026-01-31");
  EXPECT_EQ(out[1].count, 3);
  EXPECT_EQ(std::get<std::string>(out[2].keys[0].value), "2026-03");
  EXPECT_TRUE(store::is_null(out[3].keys[0].value));
}

TEST(ChartRows, FiscalQuartersHaveNoGapsEither) {
  const records::GroupBy by{"closed_on", records::TimeUnit::fiscal_quarter, 7};
  std::vector<ChartRow> rows(1);
  rows[0].keys = {{std::string("2025/26-Q4"), {}, false}};
  rows[0].count = 2;
  const auto out = without_gaps(std::move(rows), by, std::vector<records::Measure>(1),
                                records::Days{{2026, 4, 1}, {2026, 12, 31}});
  ASSERT_EQ(out.size(), 3u);
  EXPECT_EQ(out[0].count, 2);
  EXPECT_EQ(std::get<std::string>(out[1].keys[0].value), "2026/27-Q1");
  EXPECT_EQ(records::render_filter(*out[2].criteria),
            "closed_on between 2026-10-01 and 2026-12-31");
}

TEST(Period, FiscalYearsBeginAsTheInstallationHasIt) {
  records::Installation installation;
  installation.fiscal_year_start_month = 9;
  const auto days = [&](std::string_view text) {
    const auto period = parse_period(text, noon, zone, installation);
    return period ? days_text(period->days) : "nothing";
  };
  const auto compared = [&](std::string_view text, std::string_view with) {
    return days_text(compared_days(*parse_period(text, noon, zone, installation), with));
  };
  EXPECT_EQ(days("this_fiscal_year"), "2026-09-01 2027-08-31");
  EXPECT_EQ(days("fiscal_year_to_date"), "2026-09-01 2026-11-25");
  EXPECT_EQ(days("fiscal_quarter_to_date"), "2026-09-01 2026-11-25");
  EXPECT_EQ(days("last_fiscal_quarter"), "2026-06-01 2026-08-31");
  EXPECT_EQ(compared("this_fiscal_year", "previous_period"), "2025-09-01 2026-08-31");
  EXPECT_EQ(compared("fiscal_year_to_date", "previous_period"), "2025-09-01 2025-11-25");
  EXPECT_EQ(compared("fiscal_year_to_date", "previous_year"), "2025-09-01 2025-11-25");
  EXPECT_EQ(compared("this_fiscal_quarter", "previous_period"), "2026-06-01 2026-08-31");
  EXPECT_EQ(compared("this_fiscal_quarter", "previous_year"), "2025-09-01 2025-11-30");
}

}  // namespace
}  // namespace fokus::dashboards
