// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <map>

#include "features/dav/ical.hpp"
#include "features/dav/ical_values.hpp"
#include "features/diary/diary.hpp"
#include "features/vcard/vcard.hpp"

namespace fokus::dav {
namespace {

using diary::content_line;
using diary::escaped_text;

std::string upper(std::string text) {
  for (char& c : text)
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  return text;
}

class CalendarWriter {
 public:
  CalendarWriter(const std::vector<Component>& all, const TimeZone& zone) : all_(all), zone_(zone) {
    const auto whole =
        std::find_if(all.begin(), all.end(), [](const auto& one) { return !one.recurrence_id; });
    if (whole != all.end()) whole_ = &*whole;
  }

  std::string write() {
    std::string components;
    for (const auto& one : all_) components += component(one);
    std::string out = content_line("BEGIN", "VCALENDAR") + content_line("VERSION", "2.0") +
                      content_line("PRODID", "-//Fokus//Diary//EN") +
                      content_line("CALSCALE", "GREGORIAN");
    for (const auto& [name, from] : zones_)
      if (const auto zone = TimeZone::find(name)) out += diary::render_zone(*zone, from);
    return out + components + content_line("END", "VCALENDAR");
  }

 private:
  std::string component(const Component& one) {
    const std::string name = one.is_task ? "VTODO" : "VEVENT";
    std::string out = content_line("BEGIN", name) + content_line("UID", escaped_text(one.uid)) +
                      content_line("DTSTAMP", utc_digits(one.changed_at));
    if (one.recurrence_id && whole_) out += moment("RECURRENCE-ID", *whole_, *one.recurrence_id);
    out += times(one) + texts(one) + people(one);
    return out + kept(one) + content_line("END", name);
  }

  std::string times(const Component& one) {
    std::string out;
    if (one.starts_at) out += moment("DTSTART", one, *one.starts_at);
    if (one.ends_at && !one.is_task) out += end(one, *one.ends_at);
    if (one.due_on) out += content_line("DUE;VALUE=DATE", digits_of(*one.due_on));
    if (one.done_at) out += content_line("COMPLETED", utc_digits(*one.done_at));
    if (!one.rule.empty()) out += content_line("RRULE", rule(one));
    for (const auto at : one.left_out) out += moment("EXDATE", one, at);
    return out;
  }

  std::string end(const Component& one, Instant at) {
    if (!one.all_day) return moment("DTEND", one, at);
    // The first day that is free again, whether the end is midnight or a moment before.
    return content_line("DTEND;VALUE=DATE", digits_of(plus_days(zone_.date_of(at.plus_ms(-1)), 1)));
  }

  // A moment of that component: of a series in its zone, as its rule goes by the wall clock.
  std::string moment(const std::string& name, const Component& of, Instant at) {
    if (of.all_day) return content_line(name + ";VALUE=DATE", digits_of(zone_.date_of(at)));
    const auto zone = of.rule.empty() ? std::nullopt : TimeZone::find(of.zone);
    if (!zone || zone->name() == "UTC") return content_line(name, utc_digits(at));
    const auto [known, is_new] = zones_.try_emplace(zone->name(), at);
    if (!is_new) known->second = std::min(known->second, at);
    return content_line(name + ";TZID=" + zone->name(), local_digits(*zone, at));
  }

  // The end of a rule has the form of the beginning: a day, or a moment of UTC.
  std::string rule(const Component& one) {
    auto parsed = diary::parse_recurrence(one.rule);
    if (!parsed) return one.rule;
    const auto zone = TimeZone::find(one.zone).value_or(zone_);
    if (one.all_day && parsed->until) {
      parsed->until_date = zone.date_of(*parsed->until);
      parsed->until.reset();
    } else if (!one.all_day && parsed->until_date) {
      parsed->until = zone.midnight(plus_days(*parsed->until_date, 1)).plus_ms(-ms_per_second);
      parsed->until_date.reset();
    }
    return diary::render_recurrence(*parsed);
  }

  std::string texts(const Component& one) {
    std::string out = content_line("SUMMARY", escaped_text(one.summary));
    if (!one.location.empty()) out += content_line("LOCATION", escaped_text(one.location));
    if (!one.description.empty()) out += content_line("DESCRIPTION", escaped_text(one.description));
    const bool is_told = std::any_of(one.rest.begin(), one.rest.end(),
                                     [](const auto& line) { return has_name(line, "STATUS"); });
    if (one.is_task && !(is_told && one.status == "planned")) {
      out += content_line("STATUS", one.status == "done"        ? "COMPLETED"
                                    : one.status == "cancelled" ? "CANCELLED"
                                                                : "NEEDS-ACTION");
      if (one.status == "done") out += content_line("PERCENT-COMPLETE", "100");
    } else if (!one.is_task && one.status == "cancelled") {
      out += content_line("STATUS", "CANCELLED");
    }
    if (one.priority == "high") out += content_line("PRIORITY", "1");
    if (one.priority == "normal") out += content_line("PRIORITY", "5");
    if (one.priority == "low") out += content_line("PRIORITY", "9");
    return out;
  }

  std::string people(const Component& one) {
    std::string out;
    if (!one.organizer.empty()) out += content_line("ORGANIZER", "mailto:" + one.organizer);
    for (const auto& attendee : one.attendees) {
      if (!attendee.line.empty()) {
        out += vcard::folded(attendee.line);
        continue;
      }
      const std::string answer =
          attendee.answer == "invited" ? "NEEDS-ACTION" : upper(attendee.answer);
      out += content_line("ATTENDEE;PARTSTAT=" + answer, "mailto:" + attendee.email);
    }
    return out;
  }

  // Lines of the program's own; the reminder comes before other inner components, so that it is the
  // first when it is read.
  static std::string kept(const Component& one) {
    std::string out, inner;
    for (const auto& line : one.rest) {
      const bool is_said = (has_name(line, "STATUS") && one.status != "planned") ||
                           (has_name(line, "PERCENT-COMPLETE") && one.status == "done");
      if (is_said) continue;
      if (inner.empty() && !has_name(line, "BEGIN"))
        out += vcard::folded(line);
      else
        inner += vcard::folded(line);
    }
    if (one.reminder_minutes) out += alarm(*one.reminder_minutes);
    return out + inner;
  }

  static bool has_name(std::string_view line, std::string_view name) {
    if (line.size() <= name.size() || upper(std::string(line.substr(0, name.size()))) != name)
      return false;
    return line[name.size()] == ':' || line[name.size()] == ';';
  }

  static std::string alarm(std::int64_t minutes) {
    return content_line("BEGIN", "VALARM") + content_line("ACTION", "DISPLAY") +
           content_line("DESCRIPTION", "Reminder") +
           content_line("TRIGGER", render_minutes_before(minutes)) + content_line("END", "VALARM");
  }

  const std::vector<Component>& all_;
  const TimeZone& zone_;
  const Component* whole_ = nullptr;
  std::map<std::string, Instant> zones_;  // with the first moment in them
};

}  // namespace

std::string render_calendar(const std::vector<Component>& components, const TimeZone& zone) {
  return CalendarWriter(components, zone).write();
}

}  // namespace fokus::dav
