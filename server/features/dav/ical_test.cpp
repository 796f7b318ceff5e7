// SPDX-License-Identifier: Apache-2.0
#include "features/dav/ical.hpp"

#include <gtest/gtest.h>

#include "base/text.hpp"
#include "features/dav/events.hpp"
#include "features/dav/ical_values.hpp"

namespace fokus::dav {
namespace {

const TimeZone& zone() {
  static const TimeZone copenhagen = *TimeZone::find("Europe/Copenhagen");
  return copenhagen;
}

std::string calendar(const std::string& inside) {
  return "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//T//T//EN\r\n" + inside + "END:VCALENDAR\r\n";
}
std::string event(const std::string& lines) {
  return "BEGIN:VEVENT\r\nUID:u1\r\nDTSTAMP:20261101T000000Z\r\n" + lines + "END:VEVENT\r\n";
}
std::string task(const std::string& lines) {
  return "BEGIN:VTODO\r\nUID:u1\r\n" + lines + "END:VTODO\r\n";
}

Component parse(const std::string& inside) {
  auto read = parse_calendar(calendar(inside), zone());
  EXPECT_TRUE(read.ok()) << inside;
  return read.ok() ? read->front() : Component{};
}
std::string refusal(const std::string& text) {
  const auto read = parse_calendar(text, zone());
  return read.ok()                     ? ""
         : read.error().errors.empty() ? read.error().code
                                       : read.error().errors.at(0).code;
}
std::string at(const std::optional<Instant>& moment) {
  return moment ? render_instant(*moment).substr(0, 16) : "";
}

TEST(Ical, ReadsTimesInTheirZones) {
  const auto local =
      parse(event("DTSTART;TZID=Europe/Copenhagen:20270322T090000\r\n"
                  "DURATION:PT1H30M\r\n"));
  EXPECT_EQ(at(local.starts_at) + " " + at(local.ends_at), "2027-03-22T08:00 2027-03-22T09:30");
  EXPECT_EQ(at(parse(event("DTSTART:20270322T090000Z\r\n")).starts_at), "2027-03-22T09:00");
  EXPECT_EQ(at(parse(event("DTSTART:20270322T090000\r\n")).starts_at), "2027-03-22T08:00");
  EXPECT_EQ(at(parse(event("DTSTART;TZID=Romance Standard Time:20270322T090000\r\n")).starts_at),
            "2027-03-22T08:00");
  const std::string own =
      "BEGIN:VTIMEZONE\r\nTZID:Mine\r\nX-LIC-LOCATION:Asia/Tokyo\r\nEND:VTIMEZONE\r\n";
  EXPECT_EQ(at(parse(own + event("DTSTART;TZID=Mine:20270322T090000\r\n")).starts_at),
            "2027-03-22T00:00");
  EXPECT_EQ(refusal(calendar(event("DTSTART;TZID=Moon:20270322T090000\r\n"))), "unknown_zone");
  const auto day = parse(event("DTSTART;VALUE=DATE:20270322\r\n"));
  EXPECT_TRUE(day.all_day);
  EXPECT_EQ(at(day.starts_at) + " " + at(day.ends_at), "2027-03-21T23:00 2027-03-22T23:00");
}

TEST(Ical, ReadsTextsPeopleAndReminders) {
  const auto one = parse(
      event("DTSTART:20270322T090000Z\r\nSUMMARY:M\\, n\r\nLOCATION:Havnegade 1\r\nPRIORITY:2\r\n"
            "STATUS:CANCELLED\r\nATTENDEE;PARTSTAT=ACCEPTED:MAILTO:Bo@Example.org\r\n"
            "X-OWN;A=b:c\r\nBEGIN:VALARM\r\nACTION:DISPLAY\r\nTRIGGER:-PT15M\r\nEND:VALARM\r\n"
            "BEGIN:VALARM\r\nACTION:AUDIO\r\nTRIGGER:-P1D\r\nEND:VALARM\r\n"));
  EXPECT_EQ(one.summary, "M, n");
  EXPECT_EQ(one.priority + " " + one.status, "high cancelled");
  ASSERT_EQ(one.attendees.size(), 1u);
  EXPECT_EQ(one.attendees[0].email + " " + one.attendees[0].answer, "bo@example.org accepted");
  EXPECT_EQ(one.reminder_minutes, 15);
  EXPECT_EQ(one.rest, (std::vector<std::string>{"X-OWN;A=b:c", "BEGIN:VALARM", "ACTION:AUDIO",
                                                "TRIGGER:-P1D", "END:VALARM"}));
}

TEST(Ical, ReadsTasks) {
  const auto one =
      parse(task("SUMMARY:Ring\r\nDUE;VALUE=DATE:20270402\r\nSTATUS:COMPLETED\r\n"
                 "COMPLETED:20270401T100000Z\r\nPERCENT-COMPLETE:100\r\n"));
  EXPECT_TRUE(one.is_task);
  EXPECT_EQ(one.due_on, (Date{2027, 4, 2}));
  EXPECT_EQ(one.status + " " + at(one.done_at), "done 2027-04-01T10:00");
  const auto begun = parse(task("DTSTART:20270401T100000Z\r\nSTATUS:IN-PROCESS\r\n"));
  EXPECT_FALSE(begun.starts_at.has_value());
  EXPECT_EQ(begun.status, "planned");
  EXPECT_EQ(begun.rest,
            (std::vector<std::string>{"STATUS:IN-PROCESS", "DTSTART:20270401T100000Z"}));
}

TEST(Ical, ReadsSeriesWithReplacements) {
  const auto read = parse_calendar(
      calendar(event("RECURRENCE-ID;TZID=Europe/Copenhagen:20270329T090000\r\n"
                     "DTSTART;TZID=Europe/Copenhagen:20270330T110000\r\n") +
               event("DTSTART;TZID=Europe/Copenhagen:20270322T090000\r\nRRULE:FREQ=WEEKLY\r\n"
                     "EXDATE;TZID=Europe/Copenhagen:20270405T090000,20270412T090000\r\n")),
      zone());
  ASSERT_TRUE(read.ok());
  ASSERT_EQ(read->size(), 2u);
  EXPECT_EQ(read->front().rule, "FREQ=WEEKLY");
  EXPECT_EQ(read->front().zone, "Europe/Copenhagen");
  ASSERT_EQ(read->front().left_out.size(), 2u);
  EXPECT_EQ(at(read->front().left_out[0]), "2027-04-05T07:00");
  EXPECT_EQ(at(read->back().recurrence_id), "2027-03-29T07:00");
}

TEST(Ical, IsTheSameReadAgain) {
  const auto read = parse_calendar(
      calendar(event("DTSTART;TZID=Europe/Copenhagen:20270322T090000\r\n"
                     "DTEND;TZID=Europe/Copenhagen:20270322T100000\r\n"
                     "RRULE:FREQ=WEEKLY;UNTIL=20271231T225959Z\r\nSUMMARY:Å; b\r\n"
                     "EXDATE;TZID=Europe/Copenhagen:20270405T090000\r\nPRIORITY:5\r\n"
                     "BEGIN:VALARM\r\nACTION:AUDIO\r\nTRIGGER;RELATED=END:-PT5M\r\nEND:VALARM\r\n"
                     "BEGIN:VALARM\r\nACTION:DISPLAY\r\nTRIGGER:PT0M\r\nEND:VALARM\r\n") +
               event("RECURRENCE-ID;TZID=Europe/Copenhagen:20270329T090000\r\n"
                     "DTSTART:20270330T090000Z\r\n")),
      zone());
  ASSERT_TRUE(read.ok());
  EXPECT_EQ(read->front().reminder_minutes, 0);
  const auto text = render_calendar(*read, zone());
  const auto again = parse_calendar(text, zone());
  ASSERT_TRUE(again.ok()) << text;
  ASSERT_EQ(again->size(), 2u);
  for (std::size_t i = 0; i < 2; ++i) {
    EXPECT_TRUE(is_same((*read)[i], (*again)[i])) << text;
    EXPECT_EQ((*read)[i].rest, (*again)[i].rest);
  }
  EXPECT_EQ(render_calendar(*again, zone()), text);
  EXPECT_NE(text.find("BEGIN:VTIMEZONE"), std::string::npos);
}

TEST(Ical, RefusesWhatIsNoCalendar) {
  EXPECT_EQ(refusal(""), "not_a_calendar");
  EXPECT_EQ(refusal("BEGIN:VCARD\r\nEND:VCARD\r\n"), "not_a_calendar");
  EXPECT_EQ(refusal("BEGIN:VCALENDAR\r\n"), "unclosed");
  EXPECT_EQ(refusal(calendar("")), "no_component");
  EXPECT_EQ(refusal(calendar("BEGIN:VJOURNAL\r\nUID:a\r\nEND:VJOURNAL\r\n")), "no_component");
  EXPECT_EQ(refusal(calendar(event("SUMMARY:A\r\n"))), "bad_time");
  EXPECT_EQ(refusal(calendar(event("DTSTART:20270322T250000Z\r\n"))), "bad_time");
  EXPECT_EQ(refusal(calendar(event("DTSTART:20270322T090000Z\r\nRRULE:FREQ=HOURLY\r\n"))),
            "unknown_frequency");
  EXPECT_EQ(refusal(calendar(event("DTSTART:20270322T090000Z\r\n") +
                             event("DTSTART:20270322T090000Z\r\n"))),
            "several_uids");
  EXPECT_EQ(refusal(calendar("BEGIN:VEVENT\r\nDTSTART:20270322T090000Z\r\nEND:VEVENT\r\n")),
            "no_uid");
  EXPECT_EQ(refusal(calendar(event("SUMMARY:\xff\r\n"))), "not_utf8");
  EXPECT_EQ(refusal(std::string(limits::calendar_bytes_max + 1, 'x')), "dav/too_large");
  std::string deep;
  for (int i = 0; i < 6; ++i) deep += "BEGIN:VEVENT\r\n";
  EXPECT_EQ(refusal("BEGIN:VCALENDAR\r\n" + deep), "too_deep");
}

TEST(Ical, ReadsDurations) {
  EXPECT_EQ(parse_duration("PT15M"), 15 * ms_per_minute);
  EXPECT_EQ(parse_duration("-P1DT2H"), -26 * ms_per_hour);
  EXPECT_EQ(parse_duration("P2W"), 14 * ms_per_day);
  for (const char* none : {"", "P", "PT", "15M", "P1H", "PT1D", "PT9999999M", "P99999W"})
    EXPECT_FALSE(parse_duration(none).has_value()) << none;
}

TEST(Ical, TellsWhatChanged) {
  Component before;
  before.summary = "A", before.starts_at = parse_instant("2027-03-22T08:00:00Z");
  before.ends_at = parse_instant("2027-03-22T09:00:00Z");
  before.location = "Her";
  Component after = before;
  EXPECT_TRUE(changes_of(before, after, zone()).empty());
  after.location.clear();
  after.summary = "B";
  after.reminder_minutes = 10;
  after.rule = "FREQ=DAILY";
  const auto changes = changes_of(before, after, zone());
  EXPECT_TRUE(changes.at("location").is_null());
  EXPECT_EQ(changes.at("name"), "B");
  EXPECT_EQ(changes.at("reminder_minutes"), 10);
  EXPECT_EQ(changes.at("recurrence_zone"), "UTC");
  EXPECT_EQ(changes.size(), 5u);
}

}  // namespace
}  // namespace fokus::dav
