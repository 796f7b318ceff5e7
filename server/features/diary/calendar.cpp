// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <map>
#include <set>

#include "base/text.hpp"
#include "features/diary/feed.hpp"

namespace fokus::diary {
namespace {

constexpr std::size_t line_bytes_max = 75;  // RFC 5545, 3.1

// 2026-11-30T08:00:00.000Z → 20261130T080000
std::string digits_of(std::string_view text) {
  std::string out;
  for (const char c : text)
    if (c != '-' && c != ':') out += c;
  return out;
}

std::string day_value(Date day) {
  return digits_of(render_date(day));
}
std::string utc_value(Instant at) {
  return digits_of(render_instant(at).substr(0, 19)) + "Z";
}
std::string local_value(const TimeZone& zone, Instant at) {
  return digits_of(render_instant({at.ms + zone.offset_ms(at)}).substr(0, 19));
}

class Calendar {
 public:
  Calendar(const std::vector<Appointment>& all, const TimeZone& zone) : all_(all), zone_(zone) {
    for (const auto& one : all)
      if (one.series) series_[one.id] = &one;
    for (const auto& one : all)
      if (series_of(one)) replaced_[one.recurrence_of].insert(one.occurrence_at->ms);
  }

  std::string render() {
    std::string events;
    for (const auto& one : all_) events += event(one);
    std::string out = content_line("BEGIN", "VCALENDAR") + content_line("VERSION", "2.0") +
                      content_line("PRODID", "-//Fokus//Diary//EN") +
                      content_line("CALSCALE", "GREGORIAN");
    for (const auto& [name, from] : zones_)
      if (const auto zone = TimeZone::find(name)) out += render_zone(*zone, from);
    return out + events + content_line("END", "VCALENDAR");
  }

 private:
  // The series in whose stead it stands, when that is told too.
  const Appointment* series_of(const Appointment& one) const {
    const auto at = series_.find(one.recurrence_of);
    return one.recurrence_of && one.occurrence_at && at != series_.end() ? at->second : nullptr;
  }

  std::string event(const Appointment& one) {
    const Appointment* series = series_of(one);
    const auto id = series ? series->id : one.id;
    std::string out = content_line("BEGIN", "VEVENT");
    out += content_line("UID", "activity-" + std::to_string(id) + "@fokus");
    out += content_line("DTSTAMP", utc_value(one.updated_at));
    out += times(one);
    if (series) out += moment("RECURRENCE-ID", *series, *one.occurrence_at);
    if (one.series) out += repetition(one);
    out += content_line("SUMMARY", escaped_text(one.name));
    if (!one.location.empty()) out += content_line("LOCATION", escaped_text(one.location));
    out += content_line("STATUS", one.status == "cancelled" ? "CANCELLED" : "CONFIRMED");
    return out + content_line("END", "VEVENT");
  }

  std::string times(const Appointment& one) {
    // A task takes no time of its day.
    if (one.kind == "task" && !one.due_on.empty() && !one.series)
      return content_line("DTSTART;VALUE=DATE", digits_of(one.due_on)) +
             content_line("TRANSP", "TRANSPARENT");
    std::string out = moment("DTSTART", one, one.starts_at);
    if (!one.ends_at || *one.ends_at <= one.starts_at) return out;
    if (!one.all_day) return out + moment("DTEND", one, *one.ends_at);
    // The first day that is free again, whether the end is midnight or a moment before.
    const Date last = zone_of(one).date_of(one.ends_at->plus_ms(-1));
    return out + content_line("DTEND;VALUE=DATE", day_value(plus_days(last, 1)));
  }

  const TimeZone& zone_of(const Appointment& one) const {
    return one.series ? one.series->zone : zone_;
  }

  // A moment of that appointment: of a series in its zone, as its rule goes by the wall clock.
  std::string moment(const std::string& name, const Appointment& of, Instant at) {
    if (of.all_day) return content_line(name + ";VALUE=DATE", day_value(zone_of(of).date_of(at)));
    if (!of.series || of.series->zone.name() == "UTC") return content_line(name, utc_value(at));
    const auto& zone = of.series->zone;
    const auto [known, is_new] = zones_.try_emplace(zone.name(), at);
    if (!is_new) known->second = std::min(known->second, at);
    return content_line(name + ";TZID=" + zone.name(), local_value(zone, at));
  }

  std::string repetition(const Appointment& one) {
    Recurrence rule = one.series->rule;
    const auto& zone = one.series->zone;
    // The end has the form of the beginning: a day, or a moment of UTC.
    if (one.all_day && rule.until) {
      rule.until_date = zone.date_of(*rule.until);
      rule.until.reset();
    } else if (!one.all_day && rule.until_date) {
      rule.until = zone.midnight(plus_days(*rule.until_date, 1)).plus_ms(-ms_per_second);
      rule.until_date.reset();
    }
    std::string out = content_line("RRULE", render_recurrence(rule));
    const auto told = replaced_.find(one.id);
    for (const auto at : one.series->left_out)
      if (told == replaced_.end() || !told->second.contains(at.ms))
        out += moment("EXDATE", one, at);
    return out;
  }

  const std::vector<Appointment>& all_;
  const TimeZone& zone_;
  std::map<std::int64_t, const Appointment*> series_;
  std::map<std::int64_t, std::set<std::int64_t>> replaced_;  // occurrences told on their own
  std::map<std::string, Instant> zones_;                     // with the first moment in them
};

}  // namespace

std::string render_calendar(const std::vector<Appointment>& appointments, const TimeZone& zone) {
  return Calendar(appointments, zone).render();
}

std::string content_line(std::string_view name, std::string_view value) {
  std::string line = std::string(name) + ":" + std::string(value), out;
  std::string_view rest = line;
  // A line goes on behind a blank, which is one of its bytes; no letter is taken apart.
  for (std::size_t room = line_bytes_max; rest.size() > room; room = line_bytes_max - 1) {
    const auto piece = cut_utf8(rest, room);
    out += std::string(piece) + "\r\n ";
    rest.remove_prefix(piece.size());
  }
  return out + std::string(rest) + "\r\n";
}

std::string escaped_text(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '\n')
      out += "\\n";
    else if (c == '\\' || c == ',' || c == ';')
      (out += '\\') += c;
    else if (static_cast<unsigned char>(c) >= ' ' && c != 127)
      out += c;
  }
  return out;
}

}  // namespace fokus::diary
