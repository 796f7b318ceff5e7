// SPDX-License-Identifier: Apache-2.0
#include "features/notifications/reminder_plan.hpp"

#include <gtest/gtest.h>

namespace fokus::notifications {
namespace {

Instant at(const char* text) {
  return *parse_instant(text);
}

Remindable once(const char* starts_at, std::int64_t minutes) {
  Remindable out;
  out.zone = *TimeZone::find("Europe/Copenhagen");
  out.starts_at = at(starts_at);
  out.minutes = minutes;
  return out;
}

Remindable weekly(std::int64_t minutes) {
  Remindable out = once("2027-03-22T08:00:00Z", minutes);  // nine o'clock in Copenhagen
  diary::Series series;
  series.rule = *diary::parse_recurrence("FREQ=WEEKLY;COUNT=3");
  series.zone = out.zone;
  series.starts_at = out.starts_at;
  out.series = series;
  return out;
}

// "2027-03-22T07:45 2027-03-22T08:00": when to tell, and what it counts to.
std::string text(const std::optional<Reminder>& reminder) {
  if (!reminder) return "nothing";
  return render_instant(reminder->due_at).substr(0, 16) + " " +
         render_instant(reminder->moment).substr(0, 16);
}

TEST(ReminderPlan, CountsTheMinutesBackFromTheBeginning) {
  const auto meeting = once("2027-03-22T08:00:00Z", 15);
  EXPECT_EQ(text(next_reminder(meeting, at("2027-03-01T00:00:00Z"))),
            "2027-03-22T07:45 2027-03-22T08:00");
  EXPECT_EQ(text(next_reminder(meeting, at("2027-03-22T08:00:00Z"))), "nothing");
}

TEST(ReminderPlan, KeepsTheWallClockWhenSummerComes) {
  const auto series = weekly(60);
  EXPECT_EQ(text(next_reminder(series, at("2027-03-22T08:00:00Z"))),
            "2027-03-29T06:00 2027-03-29T07:00");
  EXPECT_EQ(text(next_reminder(series, at("2027-04-05T07:00:00Z"))), "nothing");
}

TEST(ReminderPlan, LeavesOutWhatTheSeriesLeavesOut) {
  auto series = weekly(60);
  series.series->left_out = {at("2027-03-29T07:00:00Z")};
  EXPECT_EQ(text(next_reminder(series, at("2027-03-22T08:00:00Z"))),
            "2027-04-05T06:00 2027-04-05T07:00");
}

TEST(ReminderPlan, CountsWholeDaysFromEightInTheMorning) {
  auto day = once("2027-06-30T22:00:00Z", 24 * 60);  // the first of July in Copenhagen
  day.all_day = true;
  const auto reminder = next_reminder(day, at("2027-06-01T00:00:00Z"));
  EXPECT_EQ(text(reminder), "2027-06-30T06:00 2027-07-01T06:00");
  EXPECT_EQ(render_date(*reminder->on_day), "2027-07-01");
  auto task = once("2027-01-01T00:00:00Z", 0);
  task.due_on = parse_date("2027-01-15");
  EXPECT_EQ(text(next_reminder(task, at("2027-01-10T00:00:00Z"))),
            "2027-01-15T07:00 2027-01-15T07:00");
}

TEST(ReminderPlan, RemindsOncePerOccurrenceUnlessItMoves) {
  const auto meeting = once("2027-03-22T08:00:00Z", 15);
  const Instant now = at("2027-03-22T07:50:00Z");
  EXPECT_EQ(text(plan(meeting, now, {})), "2027-03-22T07:45 2027-03-22T08:00");
  Planned told{at("2027-03-22T08:00:00Z"), false, false};
  EXPECT_EQ(text(plan(meeting, now, told)), "nothing");
  told.is_moved = true;
  EXPECT_EQ(text(plan(meeting, now, told)), "2027-03-22T07:45 2027-03-22T08:00");
}

TEST(ReminderPlan, RemindsAgainWhoAsksForLater) {
  const auto meeting = once("2027-03-22T08:00:00Z", 5);
  const Planned told{at("2027-03-22T08:00:00Z"), false, true};
  EXPECT_EQ(text(plan(meeting, at("2027-03-22T07:50:00Z"), told)),
            "2027-03-22T07:55 2027-03-22T08:00");
  EXPECT_EQ(text(plan(meeting, at("2027-03-22T07:58:00Z"), told)), "nothing");
}

TEST(ReminderPlan, CatchesUpWhatIsNotOlderThanADay) {
  const auto series = weekly(0);
  const Instant told = at("2027-03-22T08:00:00Z");
  EXPECT_EQ(text(plan_after(series, at("2027-03-30T06:00:00Z"), told)),
            "2027-03-29T07:00 2027-03-29T07:00");
  EXPECT_EQ(text(plan_after(series, at("2027-03-30T08:00:00Z"), told)),
            "2027-04-05T07:00 2027-04-05T07:00");
}

TEST(ReminderPlan, FindsWhatComesAgainAfterYears) {
  auto series = weekly(0);
  series.series->rule = *diary::parse_recurrence("FREQ=YEARLY;INTERVAL=5");
  EXPECT_EQ(text(next_reminder(series, at("2027-03-22T08:00:00Z"))),
            "2032-03-22T08:00 2032-03-22T08:00");
}

}  // namespace
}  // namespace fokus::notifications
