// SPDX-License-Identifier: Apache-2.0
#include "features/notifications/reminders.hpp"

#include <algorithm>
#include <set>

#include "features/notifications/notice.hpp"

namespace fokus::notifications {
namespace {

namespace json = boost::json;
using records::Draft;

// What of an activity decides when it reminds, as it is stored.
struct Facts {
  std::int64_t owner = 0;
  std::string kind, status, due_on, rule, rule_zone, left_out;
  Instant starts_at;
  std::optional<Instant> ends_at;
  bool all_day = false;
  std::optional<std::int64_t> minutes;

  bool operator==(const Facts&) const = default;
};

std::optional<std::int64_t> number_in(const Draft& draft, std::string_view field) {
  if (store::is_null(draft[field][0])) return std::nullopt;
  return draft.integer(field);
}

Facts facts_of(const Draft& draft) {
  Facts out;
  out.owner = draft.integer("owner");
  out.kind = draft.text("kind"), out.status = draft.text("status");
  out.due_on = draft.text("due_on");
  out.rule = draft.text("recurrence"), out.rule_zone = draft.text("recurrence_zone");
  out.left_out = draft.text("recurrence_except");
  out.starts_at = Instant{draft.integer("starts_at")};
  if (const auto ends = number_in(draft, "ends_at")) out.ends_at = Instant{*ends};
  out.all_day = draft.integer("all_day") != 0;
  out.minutes = number_in(draft, "reminder_minutes");
  return out;
}

std::optional<Facts> read_facts(store::Session& session, const records::ApiParts& parts,
                                std::int64_t activity) {
  auto rows = session.query(parts.statements["notifications.read_remindable"], {activity});
  if (!rows->next()) return std::nullopt;
  Facts out;
  out.owner = rows->integer(1);
  out.kind = rows->text(2), out.status = rows->text(3);
  out.starts_at = Instant{rows->integer(4)};
  if (!rows->is_null(5)) out.ends_at = Instant{rows->integer(5)};
  out.all_day = rows->boolean(6);
  out.due_on = rows->text(7);
  out.minutes = rows->integer(8);
  out.rule = rows->text(9), out.rule_zone = rows->text(10), out.left_out = rows->text(11);
  return out;
}

TimeZone zone_of(store::Session& session, const records::ApiParts& parts, std::int64_t owner) {
  const auto own = session.query_text(parts.statements["notifications.time_zone_of"], {owner});
  if (const auto zone = TimeZone::find(own.value_or(""))) return *zone;
  const auto dictionary = parts.dictionary.current();
  return TimeZone::find(dictionary->installation.default_time_zone).value_or(TimeZone::utc());
}

// Nothing when it does not remind: without minutes, done, called off.
std::optional<Remindable> remindable(store::Session& session, const records::ApiParts& parts,
                                     const Facts& facts) {
  if (!facts.minutes || facts.status == "done" || facts.status == "cancelled") return std::nullopt;
  Remindable out;
  out.minutes = *facts.minutes;
  out.starts_at = facts.starts_at;
  out.all_day = facts.all_day;
  out.series = diary::make_series({facts.rule, facts.rule_zone, facts.left_out},
                                  {facts.starts_at, facts.ends_at}, facts.all_day);
  if (!out.series && facts.kind == "task") out.due_on = parse_date(facts.due_on);
  if (out.series)
    out.zone = out.series->zone;
  else if (out.all_day || out.due_on)
    out.zone = zone_of(session, parts, facts.owner);
  return out;
}

struct Row {
  bool is_there = false;
  std::optional<Instant> reminded;
};

Row find_row(store::Session& session, const records::ApiParts& parts, std::int64_t activity) {
  auto rows = session.query(parts.statements["notifications.find_reminder"], {activity});
  if (!rows->next()) return {};
  Row out{true, {}};
  if (!rows->is_null(1)) out.reminded = Instant{rows->integer(1)};
  return out;
}

void save_row(store::Transaction& tx, const records::ApiParts& parts, std::int64_t activity,
              const std::optional<Reminder>& next, const std::optional<Instant>& reminded) {
  std::optional<Instant> due, moment;
  if (next) due = next->due_at, moment = next->moment;
  tx.execute(parts.statements["notifications.save_reminder"], {activity, due, moment, reminded});
}

// What stands in the place of an occurrence was reminded of when the occurrence was.
std::optional<Instant> reminded_in_series(store::Session& session, const records::ApiParts& parts,
                                          const Draft& draft) {
  const auto series = draft.integer("recurrence_of");
  if (series == 0) return std::nullopt;
  return find_row(session, parts, series).reminded;
}

bool is_elsewhere(const Facts& before, const Facts& after) {
  return before.starts_at != after.starts_at || before.all_day != after.all_day ||
         before.due_on != after.due_on || before.kind != after.kind ||
         before.rule_zone != after.rule_zone;
}

void tell(store::Transaction& tx, const records::ApiParts& parts, std::int64_t activity,
          const Facts& facts, const Remindable& what, const Reminder& reminder) {
  std::set<std::int64_t> users{facts.owner};
  for (auto rows = tx.query(parts.statements["notifications.list_coming"], {activity});
       rows->next();)
    users.insert(rows->integer(0));
  json::object params{{"minutes", what.minutes}};
  if (reminder.on_day)
    params["on"] = render_date(*reminder.on_day);
  else
    params["starts_at"] = render_instant(reminder.starts_at);
  for (const auto user : users) {
    Notice notice;
    notice.user = UserId{user};
    notice.kind = what.is_task() ? kinds::task_due : kinds::reminder;
    notice.record_type = "activity";
    notice.record = activity;
    notice.params = params;
    add_notice(tx, parts.statements, parts.clock.now(), std::move(notice));
  }
}

void remind(store::Transaction& tx, const records::ApiParts& parts, std::int64_t activity,
            Instant moment) {
  const Instant now = parts.clock.now();
  const auto facts = read_facts(tx, parts, activity);
  const auto what = facts ? remindable(tx, parts, *facts) : std::nullopt;
  if (!what) return save_row(tx, parts, activity, std::nullopt, moment);
  const auto reminder = next_reminder(*what, moment.plus_ms(-1));
  // Otherwise the owner's time zone has become another since it was planned.
  const bool is_it = reminder && reminder->moment == moment && reminder->due_at <= now;
  if (!is_it)
    return save_row(tx, parts, activity, plan(*what, now, {}),
                    find_row(tx, parts, activity).reminded);
  if (reminder->due_at >= now.plus_ms(-caught_up_ms))
    tell(tx, parts, activity, *facts, *what, *reminder);
  save_row(tx, parts, activity, plan_after(*what, now, moment), moment);
}

}  // namespace

void keep_reminder(store::Transaction& tx, const records::ApiParts& parts, RecordId activity,
                   const records::WatchedRecord* before, const records::WatchedRecord* after) {
  const auto& sql = parts.statements;
  if (!before && !after) {
    tx.execute(sql["notifications.remove_reminder"], {activity});
    return;
  }
  const auto was = before ? std::optional(facts_of(before->draft)) : std::nullopt;
  const auto is = after ? std::optional(facts_of(after->draft)) : std::nullopt;
  if (was == is || ((!was || !was->minutes) && (!is || !is->minutes))) return;
  const Row row = find_row(tx, parts, activity.value);
  const auto what = is ? remindable(tx, parts, *is) : std::nullopt;
  if (!row.is_there && !what) return;
  Planned planned{row.reminded, was && is && is_elsewhere(*was, *is),
                  was && is && was->minutes != is->minutes};
  if (!row.is_there && !was) planned.reminded = reminded_in_series(tx, parts, after->draft);
  const auto next = what ? plan(*what, parts.clock.now(), planned) : std::nullopt;
  save_row(tx, parts, activity.value, next, planned.is_moved ? std::nullopt : planned.reminded);
}

int remind_due(store::Transaction& tx, const records::ApiParts& parts, int limit) {
  std::vector<std::pair<std::int64_t, Instant>> due;
  for (auto rows = tx.query(parts.statements["notifications.list_due"], {parts.clock.now(), limit});
       rows->next();)
    due.emplace_back(rows->integer(0), Instant{rows->integer(2)});
  for (const auto& [activity, moment] : due) remind(tx, parts, activity, moment);
  return static_cast<int>(due.size());
}

std::int64_t forget_plans_of_owner(store::Transaction& tx, const records::ApiParts& parts,
                                   RecordId owner) {
  return tx.execute(parts.statements["notifications.forget_plans_of_owner"], {owner});
}

std::int64_t plan_unplanned(store::Transaction& tx, const records::ApiParts& parts,
                            std::int64_t after, int limit) {
  std::vector<std::int64_t> ids;
  for (auto rows = tx.query(parts.statements["notifications.list_unplanned"], {after, limit});
       rows->next();)
    ids.push_back(rows->integer(0));
  for (const auto id : ids) {
    const auto facts = read_facts(tx, parts, id);
    const auto what = facts ? remindable(tx, parts, *facts) : std::nullopt;
    save_row(tx, parts, id, what ? plan(*what, parts.clock.now(), {}) : std::nullopt, std::nullopt);
  }
  return ids.empty() ? 0 : ids.back();
}

}  // namespace fokus::notifications
