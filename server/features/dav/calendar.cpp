// SPDX-License-Identifier: Apache-2.0
#include "features/dav/calendar.hpp"

#include <algorithm>

#include "base/text.hpp"
#include "features/diary/diary.hpp"

namespace fokus::dav {
namespace {

constexpr std::string_view ending = ".ics";
constexpr int slice_days = 182;  // asked about at once, within what one look at the diary answers

TimeZone zone_of(const access::Scope& scope) {
  return TimeZone::find(scope.actor.time_zone).value_or(TimeZone::utc());
}

std::string server_uid(std::int64_t id) {
  return "activity-" + std::to_string(id) + "@fokus";
}

Error too_many_entries() {
  Error out = make_error(ErrorKind::too_large, "dav/too_many_entries");
  out.params["max"] = std::to_string(diary::limits::entries_max);
  return out;
}

// Lines and strangers that only the program knows of, by what they belong to.
using Kept = std::map<std::optional<Instant>, Component>;

Kept kept_of(const std::optional<Resource>& resource, const TimeZone& zone) {
  Kept out;
  if (!resource || resource->body.empty()) return out;
  auto parsed = parse_calendar(resource->body, zone);
  if (!parsed) return out;
  for (auto& one : *parsed) out.emplace(one.recurrence_id, std::move(one));
  return out;
}

void add_kept(const Kept& kept, Component& component) {
  const auto at = kept.find(component.recurrence_id);
  if (at == kept.end()) return;
  const Component& known = at->second;
  component.rest = known.rest;
  for (const auto& line : known.rest)
    if (lower_ascii(line.substr(0, 9)) == "organizer") component.organizer.clear();
  for (const auto& one : known.attendees) {
    const auto same = std::find_if(component.attendees.begin(), component.attendees.end(),
                                   [&](const auto& other) { return other.email == one.email; });
    if (same == component.attendees.end())
      component.attendees.push_back(one);
    else if (same->answer == one.answer)
      same->line = one.line;
  }
}

}  // namespace

Instant told(Instant at, bool all_day, const TimeZone& zone) {
  if (all_day) return zone.midnight(zone.date_of(at));
  return {at.ms - (at.ms % ms_per_second + ms_per_second) % ms_per_second};
}

CalendarCollection::CalendarCollection(const Dav& dav, const access::Scope& scope)
    : Collection(dav, scope, "calendars/" + std::to_string(scope.actor.user.value) + "/diary",
                 "activity"),
      zone_(zone_of(scope)) {}

bool CalendarCollection::may_create() const {
  return scope_.permissions().may("activity", access::Action::create);
}

// In slices, each of which the diary answers as a whole. What began long ago and lasts is of no
// slice but the first.
Status CalendarCollection::find_entries(store::Session& session) const {
  entries_.clear();
  const Date today = zone_.date_of(dav_.parts().clock.now());
  const Date first = plus_days(today, -limits::diary_days_back),
             last = plus_days(today, limits::diary_days_ahead);
  std::map<std::int64_t, diary::Appointment> found;
  for (Date from = first; from < last; from = plus_days(from, slice_days)) {
    const Date to = std::min(plus_days(from, slice_days), last);
    const diary::Question question{
        {scope_.actor.user.value}, zone_.midnight(from), zone_.midnight(to), from, to};
    auto slice = diary::find_appointments(dav_.diary(), session, scope_, question);
    if (slice.is_cut) return too_many_entries();
    for (auto& one : slice.appointments) found.insert_or_assign(one.id, std::move(one));
  }
  for (auto& [id, one] : found) {
    if (one.recurrence_of && one.occurrence_at && found.contains(one.recurrence_of)) continue;
    entries_.emplace(id, Entry{std::move(one), {}});
  }
  add_replacements(session);
  const Instant from = zone_.midnight(first), to = zone_.midnight(last);
  std::erase_if(entries_, [&](const auto& pair) {
    const auto& [appointment, replacements] = pair.second;
    return appointment.series && replacements.empty() &&
           diary::list_occurrences(*appointment.series, from, to).empty();
  });
  return {};
}

void CalendarCollection::add_replacements(store::Session& session) const {
  for (auto& [id, entry] : entries_) {
    if (!entry.appointment.series) continue;
    const auto most = static_cast<std::int64_t>(limits::components_max - 1);
    for (auto rows = session.query(dav_.parts().statements["dav.list_replacements"], {id, most});
         rows->next();) {
      const Instant at{rows->integer(1)};
      const bool is_new = entry.replacements.empty() || entry.replacements.back().at != at;
      const Instant starts{rows->integer(3)};
      const Instant ends = rows->is_null(4) ? starts : Instant{rows->integer(4)};
      if (is_new)
        entry.replacements.push_back({rows->integer(0), rows->integer(2), at, starts, ends});
    }
  }
}

std::string CalendarCollection::state_of(const Entry& entry,
                                         const std::vector<diary::Participant>& people) const {
  const auto& one = entry.appointment;
  std::string out = view_of(scope_) + "|" + zone_.name() + "|" + std::to_string(one.id) + ":" +
                    std::to_string(one.version) + (one.is_readable ? "r" : "") +
                    (one.is_editable ? "e" : "");
  for (const auto& replacement : entry.replacements)
    out += "|" + std::to_string(replacement.id) + ":" + std::to_string(replacement.version);
  for (const auto& person : people) out += "|" + std::to_string(person.user) + "=" + person.answer;
  return digest_of(out);
}

Result<std::vector<Member>> CalendarCollection::list(store::Session& session) const {
  TRY(find_entries(session));
  std::vector<std::int64_t> ids;
  for (const auto& [id, entry] : entries_) ids.push_back(id);
  const auto people = diary::read_participants(session, ids);
  const auto known = resources().list(session);
  static const std::vector<diary::Participant> nobody;
  std::vector<Member> out;
  for (const auto& [id, entry] : entries_) {
    const auto invited = people.find(id);
    const auto resource = known.find(id);
    Member member;
    member.id = id;
    member.state = state_of(entry, invited == people.end() ? nobody : invited->second);
    member.name = resource == known.end() ? "activity-" + std::to_string(id) + std::string(ending)
                                          : resource->second.name;
    member.etag =
        resource == known.end() ? member.state : etag_of(member.state, resource->second.digest);
    out.push_back(std::move(member));
  }
  std::sort(out.begin(), out.end(),
            [](const Member& a, const Member& b) { return a.name < b.name; });
  return out;
}

// Who is invited is told to whoever may read the appointment and users.
void CalendarCollection::add_people(store::Session& session, const Entry& entry,
                                    std::int64_t activity, Component& component) const {
  if (!scope_.permissions().may("user", access::Action::read)) return;
  const auto& sql = dav_.parts().statements;
  for (auto rows = session.query(sql["dav.list_attendees"], {activity}); rows->next();)
    if (!rows->text(2).empty())
      component.attendees.push_back({lower_ascii(rows->text(2)), std::string(rows->text(3)), {}});
  if (component.attendees.empty()) return;
  const auto owner = session.query_text(sql["dav.find_email"], {entry.appointment.owner});
  component.organizer = lower_ascii(owner.value_or(""));
}

Result<Shown> CalendarCollection::show(store::Session& session, const Entry& entry,
                                       records::Seen& seen) const {
  const auto& whole = entry.appointment;
  Shown out;
  out.is_readable = whole.is_readable;
  if (whole.is_readable) {
    const auto record = TRY(read_record(dav_, session, scope_, type_, whole.id, seen));
    out.may_update = dav::may_update(record);
    out.components.push_back(component_of(record));
  } else {
    out.components.push_back(component_of(whole));
  }
  out.records.push_back(whole.id);
  for (const auto& one : entry.replacements) {
    auto record = read_record(dav_, session, scope_, type_, one.id, seen);
    if (!record) continue;  // not for this viewer: the occurrence is left out
    Component component = component_of(*record);
    component.recurrence_id = told(one.at, out.components.front().all_day, zone_);
    out.components.push_back(std::move(component));
    out.records.push_back(one.id);
    std::erase(out.components.front().left_out, one.at);
  }
  if (whole.is_readable)
    for (std::size_t i = 0; i < out.components.size(); ++i)
      add_people(session, entry, out.records[i], out.components[i]);
  return out;
}

Result<std::string> CalendarCollection::read(store::Session& session, const Member& member,
                                             std::string_view, records::Seen& seen) const {
  const auto at = entries_.find(member.id);
  if (at == entries_.end()) return make_error(ErrorKind::not_found, "records/not_found");
  const auto resource = resources().find(session, member.id);
  auto shown = TRY(show(session, at->second, seen));
  if (resource && resource->whole_state == member.state) return resource->body;
  const auto kept = kept_of(resource, zone_);
  for (auto& component : shown.components) {
    component.uid = resource ? resource->uid : server_uid(member.id);
    add_kept(kept, component);
  }
  return render_calendar(shown.components, zone_);
}

namespace {

// Within the years that a calendar of this program can have.
bool has_occurrence(const diary::Series& series, Instant from, Instant to) {
  constexpr std::int64_t far_ms = 3'660 * ms_per_day;
  const Instant first = std::max(from, series.starts_at.plus_ms(-ms_per_day));
  return !diary::list_occurrences(series, first, std::min(to, first.plus_ms(far_ms))).empty();
}

bool is_same_people(const Component& record, const Component& sent) {
  auto a = record.attendees, b = sent.attendees;
  const auto by_email = [](const Attendee& x, const Attendee& y) { return x.email < y.email; };
  std::sort(a.begin(), a.end(), by_email);
  std::sort(b.begin(), b.end(), by_email);
  // Strangers are the program's own; of users all must be told.
  return std::all_of(a.begin(), a.end(), [&](const Attendee& one) {
    return std::find(b.begin(), b.end(), one) != b.end();
  });
}

bool is_whole(const std::vector<Component>& records, const std::vector<Component>& sent,
              const TimeZone& zone) {
  if (records.size() != sent.size()) return false;
  for (std::size_t i = 0; i < sent.size(); ++i) {
    Component seen = as_seen(records[i], zone);
    seen.uid = sent[i].uid;
    if (!is_same(seen, sent[i]) || !is_same_people(records[i], sent[i])) return false;
  }
  return true;
}

}  // namespace

Result<Saved> CalendarCollection::put(store::Transaction& tx, const Put& put) const {
  const auto parsed = TRY(parse_calendar(put.body, zone_));
  const std::string& uid = parsed.front().uid;
  const auto known = resources().list(tx);
  for (const auto& member : put.members) {
    const auto at = known.find(member.id);
    const bool is_this = put.there && put.there->id == member.id;
    const bool has_uid = uid == (at == known.end() ? server_uid(member.id) : at->second.uid);
    if (is_this != has_uid) return make_error(ErrorKind::forbidden, "dav/uid_conflict");
  }
  CalendarSave save(dav_, tx, scope_, zone_);
  std::int64_t id = 0;
  records::Seen seen;
  if (put.there) {
    id = put.there->id;
    const auto& entry = entries_.at(id);
    const auto shown = TRY(show(tx, entry, seen));
    TRY(save.change(shown, entry, parsed));
  } else if (id_in_name(put.name, type_, ending)) {
    return make_error(ErrorKind::forbidden, "dav/not_here");
  } else {
    id = TRY(save.create(parsed));
  }
  bool is_exact = false;
  std::string state;
  const auto after = TRY(list(tx));
  if (!entries_.contains(id)) return make_error(ErrorKind::forbidden, "dav/out_of_window");
  for (const auto& member : after)
    if (member.id == id) {
      const auto shown = TRY(show(tx, entries_.at(id), seen));
      is_exact = is_whole(shown.components, parsed, zone_);
      state = member.state;
    }
  resources().save(tx, {id, put.name, uid, {}, is_exact ? state : std::string(), put.body});
  return Saved{id, is_exact ? etag_of(state, digest_of(put.body)) : ""};
}

bool CalendarCollection::fits(const Member& member, const CalendarFilter& filter) const {
  const auto at = entries_.find(member.id);
  if (at == entries_.end()) return false;
  const auto& [one, replacements] = at->second;
  if (filter.is_task && *filter.is_task != (one.kind == "task")) return false;
  if (!filter.from && !filter.to) return true;
  const Instant from = filter.from.value_or(Instant{INT64_MIN / 2}),
                to = filter.to.value_or(Instant{INT64_MAX / 2});
  const auto touches = [&](Instant starts, Instant ends) {
    return starts < to && (ends > from || (starts == ends && starts >= from));
  };
  for (const auto& replacement : replacements)
    if (touches(replacement.starts_at, replacement.ends_at)) return true;
  if (one.series) return has_occurrence(*one.series, from, to);
  // A task without a day is always to be done.
  if (one.kind == "task" && one.due_on.empty()) return true;
  if (const auto due = parse_date(one.due_on); one.kind == "task" && due)
    return touches(zone_.midnight(*due), zone_.midnight(plus_days(*due, 1)));
  return touches(one.starts_at, one.ends_at.value_or(one.starts_at));
}

Status CalendarCollection::remove(store::Transaction& tx, const Member& member) const {
  const auto at = entries_.find(member.id);
  if (at == entries_.end()) return make_error(ErrorKind::not_found, "records/not_found");
  const auto& whole = at->second.appointment;
  if (whole.owner != scope_.actor.user.value)
    return diary::answer(dav_.diary(), tx, scope_, RecordId{whole.id}, "declined");
  const auto dictionary = dav_.parts().dictionary.current();
  const auto& type = *dictionary->find(type_);
  const auto provenance = provenance_of(dav_, tx, CollectionKind::calendar, "archive");
  for (const auto& one : at->second.replacements)
    TRY(dav_.parts().records.archive(tx, scope_, type, RecordId{one.id}, provenance));
  TRY(dav_.parts().records.archive(tx, scope_, type, RecordId{whole.id}, provenance));
  return {};
}

std::unique_ptr<Collection> make_calendar(const Dav& dav, const access::Scope& scope) {
  return std::make_unique<CalendarCollection>(dav, scope);
}

}  // namespace fokus::dav
