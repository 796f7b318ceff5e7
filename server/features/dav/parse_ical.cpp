// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <set>

#include "base/text.hpp"
#include "features/dav/ical.hpp"
#include "features/dav/ical_values.hpp"
#include "features/diary/diary.hpp"
#include "features/vcard/vcard.hpp"

namespace fokus::dav {
namespace {

using vcard::ContentLine;

Error bad(std::string code) {
  return field_error("dav/bad_calendar", "calendar", std::move(code));
}

// BEGIN:VEVENT … END:VEVENT: its own lines, and where its inner components are among them.
struct Block {
  std::string name;
  std::vector<std::string> lines;               // without BEGIN and END
  std::vector<std::vector<std::string>> inner;  // with BEGIN and END
};

std::string mark_of(std::string_view line, std::string_view mark) {
  if (line.size() > 100 || lower_ascii(line.substr(0, mark.size())) != mark) return {};
  return lower_ascii(trim(line.substr(mark.size())));
}

// The blocks directly in VCALENDAR.
Result<std::vector<Block>> blocks_of(const std::vector<std::string>& lines) {
  std::vector<Block> out;
  std::vector<std::string> open;
  for (const auto& line : lines) {
    if (!is_clean_utf8(line)) return bad("not_utf8");
    const auto begins = mark_of(line, "begin:"), ends = mark_of(line, "end:");
    if (!begins.empty()) {
      if (open.empty() && (begins != "vcalendar" || !out.empty())) return bad("not_a_calendar");
      if (open.size() == limits::component_depth_max) return bad("too_deep");
      open.push_back(begins);
      if (open.size() == 2) {
        if (out.size() == limits::components_max) return bad("too_many");
        out.push_back({begins, {}, {}});
      }
      if (open.size() == 3) out.back().inner.push_back({line});
      if (open.size() > 3) out.back().inner.back().push_back(line);
      continue;
    }
    if (open.empty()) return bad("not_a_calendar");
    if (!ends.empty()) {
      if (open.back() != ends) return bad("unclosed");
      if (open.size() > 2) out.back().inner.back().push_back(line);
      open.pop_back();
      continue;
    }
    if (open.size() == 2) out.back().lines.push_back(line);
    if (open.size() > 2) out.back().inner.back().push_back(line);
  }
  if (!open.empty() || lines.empty()) return bad(lines.empty() ? "not_a_calendar" : "unclosed");
  return out;
}

ZoneNames zones_of(const std::vector<Block>& blocks) {
  ZoneNames out;
  for (const auto& block : blocks) {
    if (block.name != "vtimezone") continue;
    std::string id, place;
    for (const auto& line : block.lines) {
      const auto one = vcard::parse_line(line);
      if (one && one->name == "TZID") id = trim(one->value);
      if (one && one->name == "X-LIC-LOCATION") place = trim(one->value);
    }
    out.emplace(id, place);
  }
  return out;
}

class ComponentReader {
 public:
  ComponentReader(const TimeZone& zone, const ZoneNames& names) : zone_(zone), names_(names) {}

  Result<Component> read(const Block& block) {
    out_.is_task = block.name == "vtodo";
    for (const auto& line : block.lines) {
      const auto one = vcard::parse_line(line);
      if (!one || one->name == "DTSTAMP" || one->name == "CREATED" || one->name == "LAST-MODIFIED")
        continue;
      if (one->name == "DTSTART") starts_line_ = line;
      if (one->name == "DUE") due_line_ = line;
      if (!TRY(take(*one, line))) TRY(keep(line));
    }
    for (const auto& lines : block.inner)
      if (!take_alarm(lines))
        for (const auto& line : lines) TRY(keep(line));
    TRY(finish());
    return std::move(out_);
  }

 private:
  Status keep(const std::string& line) {
    kept_bytes_ += line.size();
    if (kept_bytes_ > limits::kept_bytes_max) return bad("too_many");
    out_.rest.push_back(line);
    return {};
  }

  Result<Moment> moment(const ContentLine& line, std::string_view value) {
    bool is_zone_unknown = false;
    auto at = parse_moment(line, value, zone_, names_, is_zone_unknown);
    if (!at) return bad(is_zone_unknown ? "unknown_zone" : "bad_time");
    return std::move(*at);
  }

  Result<bool> take(const ContentLine& line, const std::string& whole) {
    if (line.name == "UID") return out_.uid = vcard::unescaped(line.value), true;
    if (line.name == "SUMMARY") return out_.summary = vcard::unescaped(line.value), true;
    if (line.name == "LOCATION") return out_.location = vcard::unescaped(line.value), true;
    if (line.name == "DESCRIPTION") return out_.description = vcard::unescaped(line.value), true;
    if (line.name == "DTSTART") return starts_ = TRY(moment(line, line.value)), true;
    if (line.name == "DTEND" || line.name == "DUE")
      return ends_ = TRY(moment(line, line.value)), true;
    if (line.name == "RECURRENCE-ID")
      return out_.recurrence_id = TRY(moment(line, line.value)).at, true;
    if (line.name == "COMPLETED") return out_.done_at = TRY(moment(line, line.value)).at, true;
    if (line.name == "DURATION") {
      duration_ = parse_duration(line.value);
      return duration_ ? Result<bool>(true) : bad("bad_time");
    }
    if (line.name == "RRULE") {
      if (!out_.rule.empty()) return bad("too_many");
      rule_ = TRY(diary::parse_recurrence(trim(line.value)));
      out_.rule = diary::render_recurrence(*rule_);
      return true;
    }
    if (line.name == "EXDATE") return take_left_out(line);
    if (line.name == "ATTENDEE") return take_attendee(line, whole);
    return take_word(line);
  }

  Result<bool> take_left_out(const ContentLine& line) {
    for (const auto value : split(line.value, ',')) {
      if (trim(value).empty()) continue;
      if (out_.left_out.size() == diary::limits::left_out_max) return bad("too_many");
      out_.left_out.push_back(TRY(moment(line, value)).at);
    }
    return true;
  }

  Result<bool> take_attendee(const ContentLine& line, const std::string& whole) {
    if (out_.attendees.size() == limits::attendees_max) return bad("too_many");
    constexpr std::string_view scheme = "mailto:";
    std::string email = lower_ascii(trim(line.value));
    if (!email.starts_with(scheme)) return false;
    email.erase(0, scheme.size());
    const auto said = line.words_of("PARTSTAT");
    const std::string word = said.empty() ? "" : said.front();
    const bool is_known = word == "accepted" || word == "declined" || word == "tentative";
    out_.attendees.push_back({email, is_known ? word : "invited", whole});
    return true;
  }

  bool take_word(const ContentLine& line) {
    const auto word = lower_ascii(trim(line.value));
    if (line.name == "STATUS") {
      if (word == "cancelled") out_.status = "cancelled";
      if (word == "completed" && out_.is_task) out_.status = "done";
      // What records do not tell apart stays as it was said.
      return word != "tentative" && word != "in-process";
    }
    if (line.name == "PRIORITY") {
      if (word.size() != 1 || word[0] < '0' || word[0] > '9') return false;
      if (word[0] != '0')
        out_.priority = word[0] < '5' ? "high" : word[0] == '5' ? "normal" : "low";
      return true;
    }
    if (line.name == "PERCENT-COMPLETE" && out_.is_task) {
      if (word == "100" && out_.status == "planned") out_.status = "done";
      return word == "100" || word == "0";
    }
    return false;
  }

  // The first that is so many minutes before the beginning; the others stay as they are.
  bool take_alarm(const std::vector<std::string>& lines) {
    if (out_.reminder_minutes || mark_of(lines.front(), "begin:") != "valarm") return false;
    std::optional<std::int64_t> before;
    for (const auto& line : lines) {
      const auto one = vcard::parse_line(line);
      if (!one) continue;
      if (one->name == "ACTION" && lower_ascii(trim(one->value)) == "email") return false;
      if (one->name == "REPEAT") return false;
      if (one->name != "TRIGGER") continue;
      const auto related = one->words_of("RELATED");
      if (!related.empty() && related.front() == "end") return false;
      before = parse_duration(one->value);
    }
    constexpr std::int64_t minutes_max = 40'320;
    if (!before || *before > 0 || *before % ms_per_minute != 0 ||
        -*before / ms_per_minute > minutes_max)
      return false;
    out_.reminder_minutes = -*before / ms_per_minute;
    return true;
  }

  Status finish() {
    if (out_.uid.empty() || out_.uid.size() > 255) return bad("no_uid");
    if (out_.is_task) TRY(keep_times_of_task());
    if (starts_) {
      out_.starts_at = starts_->at;
      out_.all_day = starts_->is_day;
      out_.zone = starts_->zone;
    }
    if (!out_.is_task && !starts_) return bad("bad_time");
    if (!out_.rule.empty() && !starts_) return bad("bad_time");
    finish_end();
    if (out_.ends_at && out_.starts_at && *out_.ends_at <= *out_.starts_at) out_.ends_at.reset();
    std::sort(out_.left_out.begin(), out_.left_out.end());
    out_.left_out.erase(std::unique(out_.left_out.begin(), out_.left_out.end()),
                        out_.left_out.end());
    if (rule_) finish_rule();
    return {};
  }

  // A task has the day on which it is due, or it is repeated; the other times are the program's
  // own.
  Status keep_times_of_task() {
    if (out_.rule.empty() && starts_) {
      TRY(keep(starts_line_));
      starts_.reset();
    } else if (!out_.rule.empty() && ends_) {
      TRY(keep(due_line_));
      ends_.reset();
    }
    return {};
  }

  void finish_end() {
    if (out_.is_task) {
      if (ends_) out_.due_on = zone_.date_of(ends_->at);
      return;
    }
    if (ends_)
      out_.ends_at = ends_->at;
    else if (duration_ && starts_->is_day)
      out_.ends_at = zone_.midnight(
          plus_days(zone_.date_of(starts_->at), static_cast<int>(*duration_ / ms_per_day)));
    else if (duration_)
      out_.ends_at = starts_->at.plus_ms(*duration_);
    else if (starts_->is_day)
      out_.ends_at = zone_.midnight(plus_days(zone_.date_of(starts_->at), 1));
  }

  // The end of a rule is written as a day or as a moment, whatever the beginning is.
  void finish_rule() {
    const auto zone = find_zone(out_.zone).value_or(zone_);
    if (rule_->until) {
      rule_->until_date = zone.date_of(*rule_->until);
      rule_->until.reset();
    }
    out_.rule = diary::render_recurrence(*rule_);
  }

  const TimeZone& zone_;
  const ZoneNames& names_;
  Component out_;
  std::optional<Moment> starts_, ends_;
  std::optional<std::int64_t> duration_;
  std::optional<diary::Recurrence> rule_;
  std::string starts_line_, due_line_;
  std::size_t kept_bytes_ = 0;
};

Status check_whole(const std::vector<Component>& components) {
  if (components.empty()) return bad("no_component");
  std::size_t wholes = 0;
  std::set<Instant> replaced;
  for (const auto& one : components) {
    if (one.uid != components.front().uid) return bad("several_uids");
    if (one.is_task != components.front().is_task) return bad("several_uids");
    wholes += !one.recurrence_id;
    if (one.recurrence_id && !replaced.insert(*one.recurrence_id).second) return bad("too_many");
  }
  if (wholes == 0) return bad("no_series");
  return wholes == 1 ? Status{} : bad("several_uids");
}

// Occurrences of what lasts for days are days, however they are written.
void tell_days(std::vector<Component>& components, const TimeZone& zone) {
  const auto whole = std::find_if(components.begin(), components.end(),
                                  [](const auto& one) { return !one.recurrence_id; });
  if (whole == components.end() || !whole->all_day) return;
  const auto day = [&](Instant at) { return zone.midnight(zone.date_of(at)); };
  for (auto& at : whole->left_out) at = day(at);
  for (auto& one : components)
    if (one.recurrence_id) one.recurrence_id = day(*one.recurrence_id);
}

bool is_before(const Component& a, const Component& b) {
  return a.recurrence_id.value_or(Instant{INT64_MIN}) <
         b.recurrence_id.value_or(Instant{INT64_MIN});
}

}  // namespace

Result<std::vector<Component>> parse_calendar(std::string_view text, const TimeZone& zone) {
  if (text.size() > limits::calendar_bytes_max)
    return Error{ErrorKind::too_large,
                 "dav/too_large",
                 {},
                 {{"max", std::to_string(limits::calendar_bytes_max)}}};
  const auto lines = vcard::unfold(text, limits::calendar_lines_max);
  if (!lines) return bad("too_many");
  const auto blocks = TRY(blocks_of(*lines));
  const auto names = zones_of(blocks);
  std::vector<Component> out;
  for (const auto& block : blocks) {
    if (block.name == "vtimezone") continue;
    if (block.name != "vevent" && block.name != "vtodo") return bad("no_component");
    out.push_back(TRY(ComponentReader(zone, names).read(block)));
  }
  tell_days(out, zone);
  TRY(check_whole(out));
  std::sort(out.begin(), out.end(), is_before);
  // A replacement is of no use without a rule.
  if (out.size() > 1 && out.front().rule.empty()) return bad("no_series");
  return out;
}

bool is_same(const Component& a, const Component& b) {
  return a.is_task == b.is_task && a.uid == b.uid && a.recurrence_id == b.recurrence_id &&
         a.starts_at == b.starts_at && a.ends_at == b.ends_at && a.done_at == b.done_at &&
         a.all_day == b.all_day && a.due_on == b.due_on && a.rule == b.rule &&
         (a.rule.empty() || a.zone == b.zone) && a.left_out == b.left_out &&
         a.summary == b.summary && a.location == b.location && a.description == b.description &&
         a.status == b.status && a.priority == b.priority &&
         a.reminder_minutes == b.reminder_minutes;
}

}  // namespace fokus::dav
