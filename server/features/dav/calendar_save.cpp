// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <set>

#include "features/dav/calendar.hpp"
#include "features/diary/diary.hpp"

namespace fokus::dav {
namespace {

namespace json = boost::json;

// What stands in the place of occurrences, by the occurrence.
std::map<Instant, Component> replacements_of(const std::vector<Component>& parsed) {
  std::map<Instant, Component> out;
  for (const auto& one : parsed)
    if (one.recurrence_id) out.emplace(*one.recurrence_id, one);
  return out;
}

// What is left out in the record: what the program leaves out, and what has a replacement already.
std::vector<Instant> left_out_with(const Component& whole, const std::set<Instant>& replaced) {
  std::vector<Instant> out = whole.left_out;
  out.insert(out.end(), replaced.begin(), replaced.end());
  std::sort(out.begin(), out.end());
  out.erase(std::unique(out.begin(), out.end()), out.end());
  return out;
}

std::vector<Instant> with_fraction(std::vector<Instant> moments, std::int64_t fraction) {
  for (auto& at : moments) at = at.plus_ms(fraction);
  return moments;
}

// The occurrence as it would be without a replacement.
Component occurrence_of(const Component& whole, Instant at) {
  Component out = whole;
  out.rule.clear();
  out.left_out.clear();
  out.recurrence_id = at;
  out.starts_at = at;
  if (whole.ends_at && whole.starts_at)
    out.ends_at = at.plus_ms(whole.ends_at->ms - whole.starts_at->ms);
  return out;
}

}  // namespace

CalendarSave::CalendarSave(const Dav& dav, store::Transaction& tx, const access::Scope& scope,
                           const TimeZone& zone)
    : dav_(dav),
      tx_(tx),
      scope_(scope),
      zone_(zone),
      dictionary_(dav.parts().dictionary.current()),
      type_(*dictionary_->find("activity")) {}

Result<std::int64_t> CalendarSave::create(const std::vector<Component>& parsed) {
  Component whole = parsed.front();
  const auto wanted = replacements_of(parsed);
  for (const auto& [at, one] : wanted) std::erase(whole.left_out, at);
  json::object values = changes_of(Component{}, whole, zone_);
  if (!values.contains("name")) values["name"] = "–";
  if (!whole.left_out.empty()) values["recurrence_except"] = diary::render_left_out(whole.left_out);
  const auto saved =
      TRY(dav_.parts().records.create(tx_, scope_, type_, values, provenance("create")));
  const Owned activity{saved.id, scope_.actor.user.value};
  TRY(save_people(activity, Component{}, whole));
  TRY(save_series(activity, wanted, whole, 0));
  return saved.id.value;
}

Status CalendarSave::change(const Shown& before, const Entry& entry,
                            const std::vector<Component>& parsed) {
  const auto& whole_record = entry.appointment;
  Component after = parsed.front();
  const bool has_answered = TRY(answer_invitation(entry, after));
  const Component known = as_seen(before.components.front(), zone_);
  if (!before.may_update) return check_unchanged(known, after, has_answered);
  auto wanted = replacements_of(parsed);
  const auto kept = TRY(save_replacements(before, entry, wanted));
  for (const auto& [at, one] : wanted) std::erase(after.left_out, at);
  auto changes = changes_of(known, after, zone_);
  // Moments are told in whole seconds; those of a series may have a fraction.
  const auto fraction = changes.contains("starts_at") ? 0 : whole_record.starts_at.ms % 1000;
  if (!after.rule.empty()) {
    std::set<Instant> replaced;
    for (std::size_t i = 1; i < before.components.size(); ++i)
      replaced.insert(*before.components[i].recurrence_id);
    const auto left_out = left_out_with(after, kept);
    if (left_out != left_out_with(known, replaced) || changes.contains("recurrence"))
      changes["recurrence_except"] = diary::render_left_out(with_fraction(left_out, fraction));
  }
  const RecordId id{whole_record.id};
  if (!changes.empty())
    TRY(dav_.parts().records.update(tx_, scope_, type_, id, changes, whole_record.version,
                                    provenance("update")));
  TRY(save_people({id, whole_record.owner}, before.components.front(), after));
  return save_series({id, whole_record.owner}, wanted, after, fraction);
}

// Those that the program still tells are changed and leave `wanted`, the others go into the bin.
Result<std::set<Instant>> CalendarSave::save_replacements(const Shown& before, const Entry& entry,
                                                          std::map<Instant, Component>& wanted) {
  std::set<Instant> kept;
  for (std::size_t i = 1; i < before.components.size(); ++i) {
    const Component& one = before.components[i];
    const RecordId id{before.records[i]};
    const auto at = wanted.find(*one.recurrence_id);
    if (at == wanted.end()) {
      TRY(dav_.parts().records.archive(tx_, scope_, type_, id, provenance("archive")));
      continue;
    }
    const auto changes = changes_of(as_seen(one, zone_), at->second, zone_);
    if (!changes.empty())
      TRY(dav_.parts().records.update(tx_, scope_, type_, id, changes, std::nullopt,
                                      provenance("update")));
    TRY(save_people({id, entry.appointment.owner}, one, at->second));
    kept.insert(at->first);
    wanted.erase(at);
  }
  return kept;
}

Status CalendarSave::save_series(const Owned& series, const std::map<Instant, Component>& wanted,
                                 const Component& whole, std::int64_t fraction) {
  for (const auto& [at, one] : wanted) {
    auto values = changes_of(occurrence_of(whole, at), one, zone_);
    values["starts_at"] = render_instant(one.starts_at.value_or(at));
    if (one.ends_at) values["ends_at"] = render_instant(*one.ends_at);
    const auto changed = TRY(diary::change_occurrence(
        dav_.diary(), tx_, scope_,
        {series.id, at.plus_ms(fraction), diary::Reach::one, std::nullopt}, values));
    TRY(save_people({changed.record, series.owner}, whole, one));
  }
  return {};
}

std::vector<std::int64_t> CalendarSave::users_of(const Component& component,
                                                 std::int64_t owner) const {
  std::vector<std::int64_t> out;
  for (const auto& one : component.attendees) {
    const auto user =
        tx_.query_integer(dav_.parts().statements["dav.find_user_of_email"], {fold(one.email)});
    if (user != 0 && user != owner) out.push_back(user);
  }
  std::sort(out.begin(), out.end());
  out.erase(std::unique(out.begin(), out.end()), out.end());
  return out;
}

// Colleagues are invited by their address; strangers stay what the program knows.
Status CalendarSave::save_people(const Owned& activity, const Component& before,
                                 const Component& after) {
  if (!scope_.permissions().may("user", access::Action::read)) return {};
  const auto was = users_of(before, activity.owner), is = users_of(after, activity.owner);
  return was == is ? Status{} : diary::invite(dav_.diary(), tx_, scope_, activity.id, is);
}

// Whoever is invited says whether they come.
Result<bool> CalendarSave::answer_invitation(const Entry& entry, const Component& after) {
  const RecordId id{entry.appointment.id};
  const std::string own =
      tx_.query_text(dav_.parts().statements["dav.find_answer"], {id, scope_.actor.user})
          .value_or("");
  const std::string email = fold(scope_.actor.email);
  for (const auto& one : after.attendees) {
    if (fold(one.email) != email || own.empty() || one.answer == own || one.answer == "invited")
      continue;
    TRY(diary::answer(dav_.diary(), tx_, scope_, id, one.answer));
    return true;
  }
  return false;
}

// Of what may not be changed, an answer is all that can be said.
Status CalendarSave::check_unchanged(const Component& known, const Component& after,
                                     bool has_answered) {
  Component same = known;
  same.uid = after.uid;
  if (has_answered || is_same(same, after)) return {};
  return make_error(ErrorKind::forbidden, "records/forbidden");
}

}  // namespace fokus::dav
