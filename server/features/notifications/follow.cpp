// SPDX-License-Identifier: Apache-2.0
// Whom a save concerns.
#include <algorithm>
#include <set>
#include <vector>

#include "features/notifications/notice.hpp"
#include "features/notifications/notifications.hpp"
#include "features/notifications/reminders.hpp"

namespace fokus::notifications {
namespace {

namespace json = boost::json;
using records::Draft;
using records::RecordType;
using records::WatchedRecord;
using Users = std::set<std::int64_t>;

Users list_users(store::Session& session, std::string_view sql,
                 std::initializer_list<store::Param> params) {
  Users out;
  for (auto rows = session.query(sql, params); rows->next();) out.insert(rows->integer(0));
  return out;
}

bool is_any_changed(const Draft& before, const Draft& after,
                    std::initializer_list<std::string_view> fields) {
  return std::any_of(fields.begin(), fields.end(),
                     [&](auto field) { return before[field] != after[field]; });
}

std::int64_t owner_of(const Draft& draft) {
  return draft.type.owned ? draft.integer("owner") : 0;
}

// What began already concerns nobody any more, unless it comes again. A task is there until its day
// is over, wherever that is.
bool is_ahead(const Draft& draft, Instant now) {
  if (!draft.text("recurrence").empty()) return true;
  const auto due = draft.text("kind") == "task" ? parse_date(draft.text("due_on")) : std::nullopt;
  if (due) return (days_from_epoch(*due) + 2) * ms_per_day > now.ms;
  return Instant{draft.integer("starts_at")} > now;
}

bool is_of_series(const Draft& draft) {
  return draft.type.name == "activity" &&
         (!draft.text("recurrence").empty() || draft.integer("recurrence_of") != 0);
}

json::array names_of_changed(const Draft& before, const Draft& after) {
  json::array out;
  for (const auto i : records::changed_fields(before, after)) {
    const auto& field = after.type.fields[i];
    if (!field.read_only && !field.hidden && field.name != "owner_group" &&
        out.size() < limits::fields_max)
      out.emplace_back(field.name);
  }
  return out;
}

// One save, and whom it was told already: nobody hears twice of it.
class Save {
 public:
  Save(store::Transaction& tx, const records::ApiParts& parts, const RecordType& type, RecordId id,
       std::int64_t by)
      : tx_(tx), parts_(parts), type_(type), id_(id), by_(by) {}

  void tell_owner(const Draft* before, const Draft& after) {
    const auto owner = owner_of(after);
    if (owner == 0 || (before && owner_of(*before) == owner)) return;
    if (!before && is_of_series(after))
      return tell_unless_divided({owner}, kinds::assigned, {}, Gather::type, after);
    tell(owner, kinds::assigned, {}, Gather::type);
  }

  void tell_attendees(const Draft* before, const Draft* after) {
    const Instant now = parts_.clock.now();
    if (!before || (!is_ahead(*before, now) && !(after && is_ahead(*after, now)))) return;
    const bool is_off = before->text("status") == "cancelled";
    const bool ends = !after || after->text("status") == "cancelled";
    const json::object from = when(*before);
    if (ends && !is_off) return tell_all_attendees(kinds::cancelled, *before, {{"from", from}});
    if (ends || after->text("status") == "done" ||
        !is_any_changed(
            *before, *after,
            {"starts_at", "ends_at", "all_day", "due_on", "recurrence", "recurrence_zone"}))
      return;
    const json::object params{{"from", from}, {"to", when(*after)}};
    const bool is_rule_only = !is_any_changed(
        *before, *after, {"starts_at", "ends_at", "all_day", "due_on", "recurrence_zone"});
    if (is_rule_only)
      return tell_unless_divided(list_attendees(*after), kinds::moved, params, Gather::record,
                                 *after);
    tell_all_attendees(kinds::moved, *after, params);
  }

  void tell_watchers(const Draft* before, const Draft* after) {
    const auto watchers =
        list_users(tx_, parts_.statements["notifications.list_watchers"], {type_.name, id_});
    if (watchers.empty()) return;
    if (!after) return tell_watchers_later();
    json::object params{{"change", before ? "changed" : "restored"}};
    if (before) params["fields"] = names_of_changed(*before, *after);
    for (const auto user : watchers) tell(user, kinds::changed, params, Gather::record);
  }

 private:
  void tell(std::int64_t user, std::string_view kind, json::object params, Gather gather) {
    if (!told_.insert(user).second) return;
    add_notice(tx_, parts_.statements, parts_.clock.now(),
               make_notice(user, kind, std::move(params)), gather);
  }

  Notice make_notice(std::int64_t user, std::string_view kind, json::object params) const {
    Notice notice;
    notice.user = UserId{user};
    notice.kind = kind;
    notice.record_type = type_.name;
    notice.record = id_.value;
    notice.by = by_;
    notice.params = std::move(params);
    return notice;
  }

  // Who divides a series ends it here and makes its rest: both are one act, and those who attend
  // hear of the rest when its time becomes another. The change set is whole at the end only.
  void tell_unless_divided(const Users& users, std::string_view kind, const json::object& params,
                           Gather gather, const Draft& draft) {
    std::vector<Notice> notices;
    for (const auto user : users)
      if (told_.insert(user).second) notices.push_back(make_notice(user, kind, params));
    tx_.at_end([parts = parts_, id = id_,
                version = std::max<std::int64_t>(1, draft.integer("version")), gather,
                notices = std::move(notices)](store::Transaction& tx) {
      if (tx.query_integer(parts.statements["notifications.is_divided"], {id, version}) != 0)
        return;
      for (const auto& notice : notices)
        add_notice(tx, parts.statements, parts.clock.now(), notice, gather);
    });
  }

  Users list_attendees(const Draft& draft) const {
    auto users = list_users(tx_, parts_.statements["notifications.list_invited"], {id_});
    users.insert(owner_of(draft));
    return users;
  }

  void tell_all_attendees(std::string_view kind, const Draft& draft, const json::object& params) {
    for (const auto user : list_attendees(draft)) tell(user, kind, params, Gather::record);
  }

  // Who merges puts the others into the bin first and takes their watchers along afterwards: at the
  // end only those are left for whom it went into the bin.
  void tell_watchers_later() const {
    tx_.at_end([parts = parts_, type = std::string(type_.name), id = id_, by = by_,
                told = told_](store::Transaction& tx) {
      for (const auto user :
           list_users(tx, parts.statements["notifications.list_watchers"], {type, id})) {
        if (told.contains(user)) continue;
        Notice notice;
        notice.user = UserId{user};
        notice.kind = kinds::changed;
        notice.record_type = type;
        notice.record = id.value;
        notice.by = by;
        notice.params = {{"change", "archived"}};
        add_notice(tx, parts.statements, parts.clock.now(), std::move(notice), Gather::record);
      }
    });
  }

  static json::object when(const Draft& draft) {
    const auto rule = draft.text("recurrence");
    const bool is_task = draft.text("kind") == "task" && !draft.text("due_on").empty();
    if (rule.empty() && is_task) return {{"on", draft.text("due_on")}};
    json::object out{{"starts_at", render_instant(Instant{draft.integer("starts_at")})}};
    if (draft.integer("all_day") != 0) out["all_day"] = true;
    if (!rule.empty()) out["is_series"] = true;
    return out;
  }

  store::Transaction& tx_;
  const records::ApiParts& parts_;
  const RecordType& type_;
  RecordId id_;
  std::int64_t by_;
  Users told_;
};

void forget(store::Transaction& tx, const store::Statements& sql, const RecordType& type,
            RecordId id) {
  tx.execute(sql["notifications.remove_of_record"], {type.name, id});
  tx.execute(sql["notifications.remove_watches_of_record"], {type.name, id});
  if (type.name != "user") return;
  tx.execute(sql["notifications.remove_of_user"], {id});
  tx.execute(sql["notifications.remove_watches_of_user"], {id});
  tx.execute(sql["notifications.remove_choices"], {id});
}

}  // namespace

void Notifications::follow(store::Transaction& tx, const RecordType& type, RecordId id,
                           const WatchedRecord* before, const WatchedRecord* after) const {
  const bool is_activity = type.name == "activity";
  if (is_activity) keep_reminder(tx, parts_, id, before, after);
  if (!before && !after) return forget(tx, parts_.statements, type, id);
  const Draft* was = before ? &before->draft : nullptr;
  const Draft* is = after ? &after->draft : nullptr;
  const bool is_other_zone =
      type.name == "user" && was && is && (*was)["time_zone"] != (*is)["time_zone"];
  if (is_other_zone && forget_plans_of_owner(tx, parts_, id) != 0) plan_later(tx);
  // What the program does by itself is nobody's act: nobody is told of it.
  const auto by = (is ? *is : *was).integer("updated_by");
  if (by == 0) return;
  Save save(tx, parts_, type, id, by);
  if (is) save.tell_owner(was, *is);
  if (is_activity) save.tell_attendees(was, is);
  // Nobody watches what is not there yet; what comes back out of the bin has been saved before.
  if (was || is->integer("version") > 1) save.tell_watchers(was, is);
}

void Notifications::hear(store::Transaction& tx, const access::Scope& scope,
                         const diary::DiaryNews& news) const {
  using What = diary::DiaryNews::What;
  const Instant now = parts_.clock.now();
  Notice notice;
  notice.record_type = "activity";
  notice.record = news.activity.value;
  notice.by = scope.actor.user.value;
  if (notice.by == 0) return;
  if (news.what != What::left_out) {
    const bool is_invited = news.what == What::invited;
    notice.user = UserId{news.user};
    notice.kind = is_invited ? kinds::invited : kinds::answered;
    if (!is_invited) notice.params["answer"] = news.answer;
    return add_notice(tx, parts_.statements, now, std::move(notice), Gather::record);
  }
  if (news.at <= now) return;
  notice.kind = kinds::cancelled;
  notice.params["from"] = json::object{{"starts_at", render_instant(news.at)}};
  for (const auto user :
       list_users(tx, parts_.statements["notifications.list_attending"], {news.activity})) {
    notice.user = UserId{user};
    add_notice(tx, parts_.statements, now, notice, Gather::none);
  }
}

}  // namespace fokus::notifications
