// SPDX-License-Identifier: Apache-2.0
// Rules and the days that they stand for.
#include "features/diary/recurrence.hpp"

#include <gtest/gtest.h>

#include "base/text.hpp"

namespace fokus::diary {
namespace {

std::string days_of(const char* text, const char* start, const char* to, std::size_t limit = 12,
                    const char* from = nullptr) {
  const auto rule = parse_recurrence(text);
  if (!rule) return rule.error().errors.at(0).code;
  const Date first = *parse_date(start);
  if (const auto checked = check_days(*rule, first); !checked.ok())
    return checked.error().errors.at(0).code;
  std::vector<std::string> out;
  for (const Date day :
       list_days(*rule, first, from ? *parse_date(from) : first, *parse_date(to), limit))
    out.push_back(render_date(day));
  return join(out, " ");
}

struct Case {
  const char *rule, *start, *to, *days;
};

// The kinds of rules that RFC 5545, 3.8.5.3, has examples of, from days of our own.
const Case cases[] = {
    // Every day, for so many, until a day, each second and each tenth, every day of a January.
    {"FREQ=DAILY;COUNT=3", "2026-11-27", "2027-12-31", "2026-11-27 2026-11-28 2026-11-29"},
    {"FREQ=DAILY", "2026-02-27", "2026-03-01", "2026-02-27 2026-02-28 2026-03-01"},
    {"FREQ=DAILY;INTERVAL=2", "2026-12-29", "2027-01-03", "2026-12-29 2026-12-31 2027-01-02"},
    {"FREQ=DAILY;INTERVAL=10;COUNT=4", "2026-09-02", "2027-12-31",
     "2026-09-02 2026-09-12 2026-09-22 2026-10-02"},
    {"FREQ=DAILY;BYMONTH=1", "2027-01-30", "2028-01-02",
     "2027-01-30 2027-01-31 2028-01-01 2028-01-02"},
    {"FREQ=DAILY;BYDAY=MO,TU,WE,TH,FR", "2026-11-26", "2026-12-01",
     "2026-11-26 2026-11-27 2026-11-30 2026-12-01"},
    // Every week, each second one, on some days; where the week begins decides which is second.
    {"FREQ=WEEKLY;COUNT=3", "2026-12-22", "2027-12-31", "2026-12-22 2026-12-29 2027-01-05"},
    {"FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,WE,FR", "2026-11-02", "2026-11-20",
     "2026-11-02 2026-11-04 2026-11-06 2026-11-16 2026-11-18 2026-11-20"},
    {"FREQ=WEEKLY;BYDAY=TU,TH;COUNT=4", "2026-11-24", "2027-12-31",
     "2026-11-24 2026-11-26 2026-12-01 2026-12-03"},
    {"FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=MO", "1997-08-05", "1998-01-01",
     "1997-08-05 1997-08-10 1997-08-19 1997-08-24"},
    {"FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=SU", "1997-08-05", "1998-01-01",
     "1997-08-05 1997-08-17 1997-08-19 1997-08-31"},
    // Months: a numbered weekday, from either end, days of the month, months that lack the day.
    {"FREQ=MONTHLY;COUNT=3;BYDAY=1FR", "2026-11-06", "2027-12-31",
     "2026-11-06 2026-12-04 2027-01-01"},
    {"FREQ=MONTHLY;INTERVAL=2;COUNT=4;BYDAY=1SU,-1SU", "2026-09-06", "2027-12-31",
     "2026-09-06 2026-09-27 2026-11-01 2026-11-29"},
    {"FREQ=MONTHLY;COUNT=3;BYDAY=-2MO", "2026-11-23", "2027-12-31",
     "2026-11-23 2026-12-21 2027-01-18"},
    {"FREQ=MONTHLY;BYMONTHDAY=-3", "2026-12-29", "2027-03-31",
     "2026-12-29 2027-01-29 2027-02-26 2027-03-29"},
    {"FREQ=MONTHLY;COUNT=4;BYMONTHDAY=2,15", "2026-11-02", "2027-12-31",
     "2026-11-02 2026-11-15 2026-12-02 2026-12-15"},
    {"FREQ=MONTHLY;COUNT=4;BYMONTHDAY=1,-1", "2027-01-01", "2027-12-31",
     "2027-01-01 2027-01-31 2027-02-01 2027-02-28"},
    {"FREQ=MONTHLY", "2027-01-31", "2027-08-01", "2027-01-31 2027-03-31 2027-05-31 2027-07-31"},
    {"FREQ=MONTHLY;INTERVAL=18;COUNT=4;BYMONTHDAY=10,11", "2026-09-10", "2029-12-31",
     "2026-09-10 2026-09-11 2028-03-10 2028-03-11"},
    {"FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13", "2026-02-13", "2027-08-31",
     "2026-02-13 2026-03-13 2026-11-13 2027-08-13"},
    {"FREQ=MONTHLY;BYDAY=SA;BYMONTHDAY=7,8,9,10,11,12,13", "2026-11-07", "2027-01-31",
     "2026-11-07 2026-12-12 2027-01-09"},
    {"FREQ=MONTHLY;COUNT=3;BYDAY=TU,WE,TH;BYSETPOS=3", "2026-11-05", "2027-12-31",
     "2026-11-05 2026-12-03 2027-01-07"},
    {"FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1", "2026-10-30", "2027-01-31",
     "2026-10-30 2026-11-30 2026-12-31 2027-01-29"},
    // Years: months, days and weeks of the year, the twentieth Monday, election day, a leap day.
    {"FREQ=YEARLY;COUNT=4;BYMONTH=6,7", "2026-06-10", "2029-01-01",
     "2026-06-10 2026-07-10 2027-06-10 2027-07-10"},
    {"FREQ=YEARLY;INTERVAL=3;COUNT=4;BYYEARDAY=1,100,200", "2026-01-01", "2033-01-01",
     "2026-01-01 2026-04-10 2026-07-19 2029-01-01"},
    {"FREQ=YEARLY;COUNT=3;BYDAY=20MO", "2026-05-18", "2033-01-01",
     "2026-05-18 2027-05-17 2028-05-15"},
    {"FREQ=YEARLY;COUNT=3;BYWEEKNO=20;BYDAY=MO", "2026-05-11", "2033-01-01",
     "2026-05-11 2027-05-17 2028-05-15"},
    {"FREQ=YEARLY;COUNT=3;BYMONTH=3;BYDAY=TH", "2026-03-05", "2033-01-01",
     "2026-03-05 2026-03-12 2026-03-19"},
    {"FREQ=YEARLY;INTERVAL=4;BYMONTH=11;BYDAY=TU;BYMONTHDAY=2,3,4,5,6,7,8", "2024-11-05",
     "2033-01-01", "2024-11-05 2028-11-07 2032-11-02"},
    {"FREQ=YEARLY", "2024-02-29", "2033-01-01", "2024-02-29 2028-02-29 2032-02-29"},
    {"FREQ=YEARLY;BYMONTHDAY=2", "2026-11-02", "2027-01-31", "2026-11-02 2026-12-02 2027-01-02"},
    // The first day is there, whatever the rule says, and is the first of the number.
    {"FREQ=WEEKLY;BYDAY=MO;COUNT=3", "2026-11-26", "2027-01-01",
     "2026-11-26 2026-11-30 2026-12-07"},
    {"freq=weekly;byday=mo;until=20261207", "2026-11-30", "2026-12-07", "2026-11-30 2026-12-07"},
};

TEST(Recurrence, FallsOnItsDays) {
  for (const auto& one : cases)
    EXPECT_EQ(days_of(one.rule, one.start, one.to), one.days) << one.rule;
}

TEST(Recurrence, FallsOnceOnADayThatIsSaidTwice) {
  EXPECT_EQ(days_of("FREQ=WEEKLY;BYDAY=WE,WE,FR", "2026-12-02", "2026-12-20"),
            days_of("FREQ=WEEKLY;BYDAY=WE,FR", "2026-12-02", "2026-12-20"));
}

TEST(Recurrence, IsTheSameFromTheMiddle) {
  for (const auto& one : cases) {
    const std::string all = days_of(one.rule, one.start, one.to, 100);
    const std::string late = days_of(one.rule, one.start, one.to, 100, "2026-12-01");
    EXPECT_TRUE(all.ends_with(late)) << one.rule << ": " << late;
    EXPECT_TRUE(late.empty() || late >= "2026-12-01") << one.rule;
  }
}

TEST(Recurrence, TakesFromItsFirstDayWhatItDoesNotSay) {
  EXPECT_EQ(days_of("FREQ=YEARLY;BYWEEKNO=10", "2024-06-07", "2027-12-31", 9, "2025-01-01"),
            "2025-03-07 2026-03-06 2027-03-12");
  EXPECT_EQ(days_of("FREQ=YEARLY;BYMONTH=3,6", "2000-01-31", "2030-12-31", 9, "2030-01-01"),
            "2030-03-31");
  EXPECT_EQ(days_of("FREQ=MONTHLY;INTERVAL=5", "1990-10-30", "2030-12-31", 3, "2030-01-01"),
            "2030-05-30 2030-10-30");
  EXPECT_EQ(
      days_of("FREQ=WEEKLY;INTERVAL=3;BYDAY=SU,TH", "2000-01-02", "2030-01-31", 9, "2030-01-01"),
      days_of("FREQ=WEEKLY;INTERVAL=3;BYDAY=SU,TH", "2000-01-02", "2030-01-31", 5000)
          .substr(days_of("FREQ=WEEKLY;INTERVAL=3;BYDAY=SU,TH", "2000-01-02", "2030-01-31", 5000)
                      .find("2030-01")));
}

TEST(Recurrence, IsWrittenAsItWasRead) {
  for (const auto& one : cases) {
    const auto rule = parse_recurrence(one.rule);
    ASSERT_TRUE(rule.ok()) << one.rule;
    const auto text = render_recurrence(*rule);
    EXPECT_EQ(render_recurrence(parse_recurrence(text).value()), text);
  }
  EXPECT_EQ(render_recurrence(*parse_recurrence("RRULE:COUNT=5;freq=daily;INTERVAL=2")),
            "FREQ=DAILY;INTERVAL=2;COUNT=5");
  EXPECT_EQ(render_recurrence(*parse_recurrence("FREQ=DAILY;UNTIL=20261231T225959Z")),
            "FREQ=DAILY;UNTIL=20261231T225959Z");
}

TEST(Recurrence, RefusesWhatIsNoRule) {
  const std::pair<const char*, const char*> wrong[] = {
      {"weekly", "not_a_rule"},
      {"FREQ=", "not_a_rule"},
      {"FREQ=WEEKLY;", "not_a_rule"},
      {"BYDAY=MO", "unknown_frequency"},
      {"FREQ=HOURLY", "unknown_frequency"},
      {"FREQ=SECONDLY;COUNT=3", "unknown_frequency"},
      {"FREQ=DAILY;FREQ=DAILY", "repeated"},
      {"FREQ=DAILY;BYHOUR=9", "unknown_part"},
      {"FREQ=DAILY;RSCALE=HEBREW", "unknown_part"},
      {"FREQ=DAILY;X-THING=1", "unknown_part"},
      {"FREQ=DAILY;INTERVAL=0", "out_of_range"},
      {"FREQ=DAILY;INTERVAL=1000", "out_of_range"},
      {"FREQ=DAILY;COUNT=0", "out_of_range"},
      {"FREQ=DAILY;COUNT=1001", "out_of_range"},
      {"FREQ=DAILY;COUNT=-1", "out_of_range"},
      {"FREQ=DAILY;COUNT=3;UNTIL=20270101", "two_ends"},
      {"FREQ=DAILY;UNTIL=20270230", "not_a_rule"},
      {"FREQ=DAILY;UNTIL=20270101T080000", "not_a_rule"},
      {"FREQ=WEEKLY;BYDAY=XX", "out_of_range"},
      {"FREQ=WEEKLY;BYDAY=2MO", "out_of_range"},
      {"FREQ=MONTHLY;BYDAY=6MO", "out_of_range"},
      {"FREQ=MONTHLY;BYDAY=MO,", "out_of_range"},
      {"FREQ=MONTHLY;BYMONTHDAY=0", "out_of_range"},
      {"FREQ=MONTHLY;BYMONTHDAY=32", "out_of_range"},
      {"FREQ=YEARLY;BYMONTH=13", "out_of_range"},
      {"FREQ=WEEKLY;BYMONTHDAY=3", "not_with_frequency"},
      {"FREQ=MONTHLY;BYWEEKNO=3", "not_with_frequency"},
      {"FREQ=MONTHLY;BYYEARDAY=3", "not_with_frequency"},
      {"FREQ=MONTHLY;BYDAY=5MO;BYMONTHDAY=1", "not_with_frequency"},
      {"FREQ=MONTHLY;BYSETPOS=1", "nothing_to_choose_from"},
      {"FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30", "never"},
      {"FREQ=MONTHLY;BYMONTH=2;BYMONTHDAY=30", "never"},
      {"FREQ=MONTHLY;BYDAY=MO,TU,WE;BYSETPOS=300", "never"},
      {"FREQ=YEARLY;INTERVAL=4;BYMONTH=2;BYMONTHDAY=29", "never"},
      {"FREQ=YEARLY;INTERVAL=13", "never"}};
  for (const auto& [rule, code] : wrong)
    EXPECT_EQ(days_of(rule, "2026-01-01", "2030-01-01"), code) << rule;
  EXPECT_EQ(days_of("FREQ=DAILY", "1850-01-01", "2030-01-01"), "out_of_range");
  EXPECT_EQ(
      parse_recurrence("FREQ=DAILY;BYMONTHDAY=1" + std::string(500, '1')).error().errors[0].code,
      "too_long");
}

TEST(Recurrence, MovesAlongWithItsFirstDay) {
  const auto moved = [](const char* rule, const char* from, const char* to) -> std::string {
    const auto out = moved_rule(*parse_recurrence(rule), *parse_date(from), *parse_date(to));
    return out ? render_recurrence(*out) : out.error().errors.at(0).code;
  };
  EXPECT_EQ(moved("FREQ=DAILY;INTERVAL=2", "2026-11-27", "2026-11-30"), "FREQ=DAILY;INTERVAL=2");
  EXPECT_EQ(moved("FREQ=WEEKLY;BYDAY=MO,SU;COUNT=4", "2026-11-29", "2026-12-01"),
            "FREQ=WEEKLY;BYDAY=WE,TU;COUNT=4");
  EXPECT_EQ(moved("FREQ=WEEKLY;BYDAY=MO", "2026-11-30", "2026-11-27"), "FREQ=WEEKLY;BYDAY=FR");
  EXPECT_EQ(moved("FREQ=MONTHLY;BYMONTHDAY=15", "2026-11-15", "2026-11-17"),
            "FREQ=MONTHLY;BYMONTHDAY=17");
  EXPECT_EQ(moved("FREQ=MONTHLY;BYMONTHDAY=-1", "2026-11-30", "2026-11-29"),
            "FREQ=MONTHLY;BYMONTHDAY=-2");
  EXPECT_EQ(moved("FREQ=MONTHLY;BYDAY=2TU", "2026-11-10", "2026-11-18"), "FREQ=MONTHLY;BYDAY=3WE");
  EXPECT_EQ(moved("FREQ=MONTHLY;BYDAY=-1FR", "2026-11-27", "2026-11-23"),
            "FREQ=MONTHLY;BYDAY=-2MO");
  EXPECT_EQ(moved("FREQ=YEARLY;BYMONTH=6;BYMONTHDAY=30", "2026-06-30", "2026-07-01"),
            "FREQ=YEARLY;BYMONTH=7;BYMONTHDAY=1");
  EXPECT_EQ(moved("FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1", "2026-11-30", "2026-11-29"),
            "cannot_move");
  EXPECT_EQ(moved("FREQ=MONTHLY;BYMONTHDAY=1,15", "2026-11-15", "2026-11-16"), "cannot_move");
  EXPECT_EQ(moved("FREQ=MONTHLY;BYMONTHDAY=1,15", "2026-11-15", "2026-11-15"),
            "FREQ=MONTHLY;BYMONTHDAY=1,15");
}

}  // namespace
}  // namespace fokus::diary
