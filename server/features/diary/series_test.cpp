// SPDX-License-Identifier: Apache-2.0
// Occurrences by the wall clock of their zone.
#include "features/diary/series.hpp"

#include <gtest/gtest.h>

#include "base/text.hpp"

namespace fokus::diary {
namespace {

Instant at(const char* text) {
  return *parse_instant(text);
}

Series series(const char* rule, const char* starts, const char* ends = nullptr,
              const char* zone = "Europe/Copenhagen") {
  Series out;
  out.rule = parse_recurrence(rule).value();
  out.zone = TimeZone::find(zone).value();
  out.starts_at = at(starts);
  if (ends) out.ends_at = at(ends);
  return out;
}

// "11-30T08:00 12-07T08:00": all of one year or two, short enough to compare.
std::string moments(const std::vector<Occurrence>& all) {
  std::vector<std::string> out;
  for (const auto& one : all) out.push_back(render_instant(one.starts_at).substr(5, 11));
  return join(out, " ");
}

std::string between(const Series& series, const char* from, const char* to) {
  return moments(list_occurrences(series, at(from), at(to)));
}

TEST(Series, KeepsTheTimeOfTheWallClock) {
  const auto weekly = series("FREQ=WEEKLY", "2026-03-23T08:00:00Z", "2026-03-23T09:00:00Z");
  EXPECT_EQ(between(weekly, "2026-03-20T00:00:00Z", "2026-04-10T00:00:00Z"),
            "03-23T08:00 03-30T07:00 04-06T07:00");
  EXPECT_EQ(between(weekly, "2026-10-19T00:00:00Z", "2026-11-01T00:00:00Z"),
            "10-19T07:00 10-26T08:00");
  EXPECT_EQ(between(series("FREQ=WEEKLY", "2026-03-23T08:00:00Z", nullptr, "UTC"),
                    "2026-03-20T00:00:00Z", "2026-04-01T00:00:00Z"),
            "03-23T08:00 03-30T08:00");
}

TEST(Series, GoesOverTheGapInSpringAndTakesTheFirstInAutumn) {
  // 29 March 2026: 02:00 becomes 03:00. 25 October 2026: 03:00 becomes 02:00.
  const auto night = series("FREQ=DAILY", "2026-03-27T01:30:00Z", "2026-03-27T02:00:00Z");
  EXPECT_EQ(between(night, "2026-03-27T00:00:00Z", "2026-03-31T00:00:00Z"),
            "03-27T01:30 03-28T01:30 03-29T01:30 03-30T00:30");
  EXPECT_EQ(between(night, "2026-10-24T00:00:00Z", "2026-10-27T00:00:00Z"),
            "10-24T00:30 10-25T00:30 10-26T01:30");
  const auto found = find_occurrence(night, at("2026-03-29T01:30:00Z"));
  ASSERT_TRUE(found.has_value());
  EXPECT_EQ(found->ends_at, at("2026-03-29T02:00:00Z")) << "half an hour stays half an hour";
}

TEST(Series, LastsForDaysWhenItIsAllDay) {
  auto days = series("FREQ=WEEKLY;BYDAY=SA", "2026-03-21T23:00:00Z", "2026-03-22T23:00:00Z");
  days.rule = parse_recurrence("FREQ=WEEKLY").value();
  days.all_day = true;
  const auto found = list_occurrences(days, at("2026-03-28T00:00:00Z"), at("2026-03-30T00:00:00Z"));
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(render_instant(found[0].starts_at), "2026-03-28T23:00:00.000Z");
  EXPECT_EQ(render_instant(*found[0].ends_at), "2026-03-29T22:00:00.000Z") << "a day of 23 hours";
}

TEST(Series, EndsByItsNumberOrMoment) {
  EXPECT_EQ(between(series("FREQ=DAILY;COUNT=3", "2026-11-27T09:00:00Z"), "2026-11-28T00:00:00Z",
                    "2027-01-01T00:00:00Z"),
            "11-28T09:00 11-29T09:00");
  EXPECT_EQ(between(series("FREQ=DAILY;UNTIL=20261129T090000Z", "2026-11-27T09:00:00Z"),
                    "2026-11-01T00:00:00Z", "2027-01-01T00:00:00Z"),
            "11-27T09:00 11-28T09:00 11-29T09:00");
  EXPECT_EQ(between(series("FREQ=DAILY;UNTIL=20261129T085959Z", "2026-11-27T09:00:00Z"),
                    "2026-11-01T00:00:00Z", "2027-01-01T00:00:00Z"),
            "11-27T09:00 11-28T09:00");
  EXPECT_EQ(between(series("FREQ=DAILY;UNTIL=20261128", "2026-11-27T23:30:00Z"),
                    "2026-11-01T00:00:00Z", "2027-01-01T00:00:00Z"),
            "11-27T23:30")
      << "the day is that of Copenhagen";
  EXPECT_EQ(between(series("FREQ=DAILY;UNTIL=20200101", "2026-11-27T09:00:00Z"),
                    "2026-11-01T00:00:00Z", "2027-01-01T00:00:00Z"),
            "11-27T09:00")
      << "an end before the beginning leaves the first";
}

TEST(Series, LeavesOutWhatIsLeftOut) {
  auto daily = series("FREQ=DAILY;COUNT=4", "2026-11-27T09:00:00Z");
  daily.left_out = parse_left_out("2026-11-29T10:00:00+01:00\r\n2026-11-27T09:00:00Z\n").value();
  EXPECT_EQ(between(daily, "2026-11-01T00:00:00Z", "2027-01-01T00:00:00Z"),
            "11-28T09:00 11-30T09:00");
  EXPECT_FALSE(find_occurrence(daily, at("2026-11-29T09:00:00Z")));
  EXPECT_FALSE(find_occurrence(daily, at("2026-11-28T09:00:01Z")));
  EXPECT_TRUE(find_occurrence(daily, at("2026-11-28T09:00:00Z")));
  EXPECT_EQ(count_before(daily, at("2026-11-30T09:00:00Z")), 3);
  EXPECT_EQ(parse_left_out("yesterday").error().errors.at(0).code, "not_an_instant");
}

TEST(Series, ShowsWhatIsStillGoingOnAndNeverMoreThanAThousand) {
  const auto night = series("FREQ=DAILY", "2026-11-01T20:00:00Z", "2026-11-02T04:00:00Z");
  EXPECT_EQ(between(night, "2026-11-05T00:00:00Z", "2026-11-05T12:00:00Z"), "11-04T20:00");
  EXPECT_EQ(between(night, "2026-11-05T04:00:00Z", "2026-11-05T12:00:00Z"), "");
  EXPECT_EQ(list_occurrences(night, at("2026-01-01T00:00:00Z"), at("2400-01-01T00:00:00Z")).size(),
            limits::occurrences_max);
}

TEST(Series, MovesAsAWhole) {
  auto weekly = series("FREQ=WEEKLY;BYDAY=MO;UNTIL=20261214T080000Z", "2026-11-30T08:00:00Z",
                       "2026-11-30T09:00:00Z");
  weekly.left_out = {at("2026-12-07T08:00:00Z")};
  const auto move =
      move_between(weekly.zone, at("2026-12-14T08:00:00Z"), at("2026-12-15T12:30:00Z"));
  EXPECT_EQ(move.days, 1);
  const auto later = moved(weekly, move).value();
  EXPECT_EQ(between(later, "2026-11-01T00:00:00Z", "2027-02-01T00:00:00Z"),
            "12-01T12:30 12-15T12:30");
  EXPECT_EQ(render_instant(*later.ends_at), "2026-12-01T13:30:00.000Z");
  EXPECT_EQ(render_left_out(later.left_out), "2026-12-08T12:30:00.000Z");
}

TEST(Series, EndsBeforeAnOccurrence) {
  auto daily = series("FREQ=DAILY;COUNT=10", "2026-11-27T09:00:00Z");
  daily.rule = ended_before(daily, at("2026-11-29T09:00:00Z"));
  EXPECT_EQ(render_recurrence(daily.rule), "FREQ=DAILY;UNTIL=20261128T225959Z");
  EXPECT_EQ(between(daily, "2026-11-01T00:00:00Z", "2027-01-01T00:00:00Z"),
            "11-27T09:00 11-28T09:00");
}

}  // namespace
}  // namespace fokus::diary
