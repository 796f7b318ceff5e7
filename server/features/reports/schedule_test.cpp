// SPDX-License-Identifier: Apache-2.0
#include "features/reports/schedule.hpp"

#include <gtest/gtest.h>

namespace fokus::reports {
namespace {

Instant at(std::string_view text) {
  return parse_instant(text).value();
}

Schedule daily(int minute = 8 * 60) {
  return {Frequency::daily, {}, minute, "Europe/Copenhagen"};
}

std::vector<std::string> next_texts(const Schedule& schedule, std::string_view after, int count) {
  std::vector<std::string> out;
  for (const auto moment : next_occasions(schedule, at(after), count))
    out.push_back(render_instant(moment).substr(0, 16));
  return out;
}

using Texts = std::vector<std::string>;

TEST(ReportSchedule, IsAtTheSameTimeOfTheClockBeforeAndAfterDaylightSaving) {
  // Summer time begins on 2027-03-28 and ends on 2026-10-25.
  EXPECT_EQ(next_texts(daily(), "2027-03-26T12:00:00Z", 3),
            (Texts{"2027-03-27T07:00", "2027-03-28T06:00", "2027-03-29T06:00"}));
  EXPECT_EQ(next_texts(daily(), "2026-10-23T12:00:00Z", 3),
            (Texts{"2026-10-24T06:00", "2026-10-25T07:00", "2026-10-26T07:00"}));
}

TEST(ReportSchedule, IsOnceADayWhereTheClockLeapsAndWhereAnHourComesTwice) {
  constexpr int half_past_two = 2 * 60 + 30;
  EXPECT_EQ(next_texts(daily(half_past_two), "2027-03-27T12:00:00Z", 2),
            (Texts{"2027-03-28T01:30", "2027-03-29T00:30"}));
  EXPECT_EQ(next_texts(daily(half_past_two), "2026-10-24T12:00:00Z", 2),
            (Texts{"2026-10-25T00:30", "2026-10-26T01:30"}));
}

TEST(ReportSchedule, LeavesTheWeekendOut) {
  Schedule schedule = daily();
  schedule.frequency = Frequency::weekdays;
  // 2026-11-27 is a Friday.
  EXPECT_EQ(next_texts(schedule, "2026-11-26T12:00:00Z", 3),
            (Texts{"2026-11-27T07:00", "2026-11-30T07:00", "2026-12-01T07:00"}));
}

TEST(ReportSchedule, IsOnTheChosenDaysOfTheWeek) {
  const Schedule schedule{Frequency::weekly, {1, 4}, 8 * 60, "Europe/Copenhagen"};
  EXPECT_EQ(next_texts(schedule, "2026-11-27T12:00:00Z", 3),
            (Texts{"2026-11-30T07:00", "2026-12-03T07:00", "2026-12-07T07:00"}));
}

TEST(ReportSchedule, TakesTheLastDayOfAShorterMonth) {
  Schedule schedule{Frequency::monthly, {31}, 8 * 60, "Europe/Copenhagen"};
  EXPECT_EQ(next_texts(schedule, "2027-01-15T12:00:00Z", 3),
            (Texts{"2027-01-31T07:00", "2027-02-28T07:00", "2027-03-31T06:00"}));
  schedule.days = {last_day_of_month};
  EXPECT_EQ(next_texts(schedule, "2028-02-01T12:00:00Z", 2),
            (Texts{"2028-02-29T07:00", "2028-03-31T06:00"}));
}

TEST(ReportSchedule, FindsTheOccasionThatHasJustBeen) {
  const Schedule schedule{Frequency::weekly, {1}, 8 * 60, "Europe/Copenhagen"};
  EXPECT_EQ(last_occasion(schedule, at("2026-11-27T12:00:00Z")), at("2026-11-23T07:00:00Z"));
  EXPECT_EQ(last_occasion(schedule, at("2026-11-23T07:00:00Z")), at("2026-11-23T07:00:00Z"));
  EXPECT_EQ(next_occasion(schedule, at("2026-11-23T07:00:00Z")), at("2026-11-30T07:00:00Z"));
}

TEST(ReportSchedule, NextIsAlwaysLaterAndLastNeverIs) {
  for (const auto frequency :
       {Frequency::daily, Frequency::weekdays, Frequency::weekly, Frequency::monthly})
    for (const char* zone :
         {"Europe/Copenhagen", "Asia/Kolkata", "America/St_Johns", "Pacific/Apia", "UTC"})
      for (std::int64_t hours = 0; hours < 24 * 400; hours += 53) {
        Schedule schedule{frequency, {}, 2 * 60 + 15, zone};
        if (frequency == Frequency::weekly) schedule.days = {3};
        if (frequency == Frequency::monthly) schedule.days = {30};
        const Instant now = at("2026-01-01T00:00:00Z").plus_ms(hours * ms_per_hour);
        const Instant next = next_occasion(schedule, now);
        ASSERT_GT(next, now);
        ASSERT_LE(last_occasion(schedule, now), now);
        ASSERT_EQ(last_occasion(schedule, next), next);
      }
}

}  // namespace
}  // namespace fokus::reports
