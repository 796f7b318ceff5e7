// SPDX-License-Identifier: Apache-2.0
// What calendar programs are told, read back by libical.
#include <gtest/gtest.h>
#include <libical/ical.h>

#include "base/text.hpp"
#include "features/diary/feed.hpp"

namespace fokus::diary {
namespace {

Instant at(const char* text) {
  return *parse_instant(text);
}

Appointment meeting(std::int64_t id, const char* starts, const char* ends) {
  Appointment out;
  out.id = id;
  out.name = "Status";
  out.kind = "meeting", out.status = "planned";
  out.starts_at = at(starts), out.ends_at = at(ends);
  out.updated_at = at("2026-11-01T00:00:00Z");
  return out;
}

Appointment weekly(std::int64_t id, const char* rule, const char* left_out) {
  auto out = meeting(id, "2026-03-23T08:00:00Z", "2026-03-23T09:00:00Z");
  out.series = make_series(rule, "Europe/Copenhagen", left_out, out);
  return out;
}

std::string render(const std::vector<Appointment>& all) {
  return render_calendar(all, *TimeZone::find("Europe/Copenhagen"));
}

bool has_line(const std::string& text, const std::string& line) {
  return text.find("\r\n" + line + "\r\n") != std::string::npos;
}

// libical's own word on it: nothing that it could not read.
int faults_of(const std::string& text) {
  icalcomponent* read = icalparser_parse_string(text.c_str());
  if (!read) return -1;
  const int faults = icalcomponent_count_errors(read);
  icalcomponent_free(read);
  return faults;
}

TEST(Calendar, TellsTitleTimeAndPlaceOnly) {
  auto one = meeting(12, "2026-11-30T08:00:00Z", "2026-11-30T09:00:00Z");
  one.name = "Møde: a, b; c\\d\ne";
  one.location = "Havnegade 1";
  const auto text = render({one});
  EXPECT_TRUE(has_line(text, "UID:activity-12@fokus"));
  EXPECT_TRUE(has_line(text, "DTSTAMP:20261101T000000Z"));
  EXPECT_TRUE(has_line(text, "DTSTART:20261130T080000Z"));
  EXPECT_TRUE(has_line(text, "DTEND:20261130T090000Z"));
  EXPECT_TRUE(has_line(text, "SUMMARY:Møde: a\\, b\\; c\\\\d\\ne"));
  EXPECT_TRUE(has_line(text, "LOCATION:Havnegade 1"));
  EXPECT_EQ(faults_of(text), 0) << text;
  EXPECT_EQ(text, render({one})) << "asked twice, it is the same";
}

TEST(Calendar, TellsDaysAsDays) {
  auto day = meeting(1, "2026-11-29T23:00:00Z", "2026-12-01T23:00:00Z");
  day.all_day = true;
  auto task = meeting(2, "2026-11-20T08:00:00Z", "2026-11-20T09:00:00Z");
  task.kind = "task", task.due_on = "2026-12-04";
  const auto text = render({day, task});
  EXPECT_TRUE(has_line(text, "DTSTART;VALUE=DATE:20261130"));
  EXPECT_TRUE(has_line(text, "DTEND;VALUE=DATE:20261202"));
  EXPECT_TRUE(has_line(text, "DTSTART;VALUE=DATE:20261204\r\nTRANSP:TRANSPARENT"));
  EXPECT_EQ(faults_of(text), 0) << text;
}

TEST(Calendar, TellsSeriesInTheirZone) {
  auto series = weekly(5, "FREQ=WEEKLY;UNTIL=20261231",
                       "2026-03-30T07:00:00Z\n2026-04-06T07:00:00Z\n2026-10-26T08:00:00Z");
  auto moved = meeting(6, "2026-04-07T11:00:00Z", "2026-04-07T12:00:00Z");
  moved.recurrence_of = 5, moved.occurrence_at = at("2026-04-06T07:00:00Z");
  auto stranger = meeting(7, "2026-04-08T11:00:00Z", "2026-04-08T12:00:00Z");
  stranger.recurrence_of = 99, stranger.occurrence_at = at("2026-04-06T07:00:00Z");
  const auto text = render({series, moved, stranger});
  EXPECT_TRUE(has_line(text, "DTSTART;TZID=Europe/Copenhagen:20260323T090000"));
  EXPECT_TRUE(has_line(text, "RRULE:FREQ=WEEKLY;UNTIL=20261231T225959Z"));
  EXPECT_TRUE(has_line(text, "EXDATE;TZID=Europe/Copenhagen:20260330T090000"));
  EXPECT_TRUE(has_line(text, "EXDATE;TZID=Europe/Copenhagen:20261026T090000"));
  EXPECT_FALSE(has_line(text, "EXDATE;TZID=Europe/Copenhagen:20260406T090000"));
  EXPECT_TRUE(has_line(text, "RECURRENCE-ID;TZID=Europe/Copenhagen:20260406T090000"));
  EXPECT_FALSE(has_line(text, "UID:activity-6@fokus"));
  EXPECT_TRUE(has_line(text, "UID:activity-7@fokus")) << "its series is not told";
  EXPECT_EQ(text.find("BEGIN:VTIMEZONE"), text.rfind("BEGIN:VTIMEZONE"));
  EXPECT_EQ(faults_of(text), 0) << text;
}

TEST(Calendar, DefinesZonesThatHoldAtTheFirstAppointment) {
  const auto zone = render_zone(*TimeZone::find("Europe/Copenhagen"), at("2026-03-23T08:00:00Z"));
  EXPECT_TRUE(zone.starts_with("BEGIN:VTIMEZONE\r\nTZID:Europe/Copenhagen\r\n"));
  EXPECT_TRUE(has_line(zone, "TZOFFSETTO:+0100"));
  EXPECT_TRUE(has_line(zone, "TZOFFSETFROM:+0200"));
  EXPECT_TRUE(has_line(zone, "RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU"));
  EXPECT_LT(zone.find("DTSTART:2025"), zone.size());
  for (const char* name : {"Asia/Tokyo", "America/New_York", "Australia/Lord_Howe", "Asia/Kolkata"})
    EXPECT_EQ(faults_of("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\n" +
                        render_zone(*TimeZone::find(name), at("2026-03-23T08:00:00Z")) +
                        "END:VCALENDAR\r\n"),
              0)
        << name;
}

TEST(Calendar, BreaksLongLinesBetweenLetters) {
  std::string name;
  for (int i = 0; i < 100; ++i) name += "å";
  const auto line = content_line("SUMMARY", name);
  for (const auto piece : split(line, '\n')) {
    EXPECT_LE(piece.size(), 76u);
    EXPECT_TRUE(is_clean_utf8(trim(piece)));
  }
  EXPECT_EQ(replace_all(line, "\r\n ", ""), "SUMMARY:" + name + "\r\n");
}

}  // namespace
}  // namespace fokus::diary
