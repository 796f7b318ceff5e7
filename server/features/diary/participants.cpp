// SPDX-License-Identifier: Apache-2.0
#include "features/diary/participants.hpp"

#include <algorithm>

#include "base/text.hpp"
#include "records/announce.hpp"
#include "records/criteria.hpp"
#include "records/rights.hpp"

namespace fokus::diary {
namespace {

using access::Action;
using access::Scope;

constexpr std::size_t ids_of_one_query = 500;

// What the actor may do with the appointment, beside being invited.
struct Standing {
  std::int64_t owner = 0;
  bool is_readable = false, is_editable = false, is_invited = false;
};

std::string as_number(const records::CriteriaContext& context, const records::RecordType& type,
                      Action action, records::SqlText& sql) {
  records::SqlText rights{"", std::move(sql.values)};
  const bool is_limited = records::append_rights(context, type, action, "t", rights);
  sql.values = std::move(rights.values);
  return is_limited ? "CASE WHEN " + rights.text + " THEN 1 ELSE 0 END" : "1";
}

Result<Standing> find_standing(const Diary& diary, store::Session& session, const Scope& scope,
                               RecordId activity) {
  const auto dictionary = diary.parts().dictionary.current();
  const auto& type = *dictionary->find("activity");
  const records::CriteriaContext context{*dictionary, scope, diary.parts().clock.now(),
                                         session.engine()};
  records::SqlText sql;
  const auto reads = as_number(context, type, Action::read, sql);
  const auto edits = as_number(context, type, Action::update, sql);
  const auto me = sql.bind(scope.actor.user.value), id = sql.bind(activity.value);
  sql.text = "SELECT t.owner, " + reads + ", " + edits +
             ", (SELECT count(*) FROM activity_participants p WHERE p.activity = t.id AND "
             "p.user_id = " +
             me + ") FROM activities t WHERE t.archived_at IS NULL AND t.id = " + id;
  const auto params = sql.params();
  auto rows = session.query(sql.text, store::Params(params));
  if (!rows->next()) return make_error(ErrorKind::not_found, "records/not_found");
  const Standing out{rows->integer(0), rows->boolean(1), rows->boolean(2), rows->boolean(3)};
  if (!out.is_readable && !out.is_invited)
    return make_error(ErrorKind::not_found, "records/not_found");
  return out;
}

void announce(const Diary& diary, store::Transaction& tx, const Scope& scope, RecordId activity) {
  const auto& parts = diary.parts();
  const auto dictionary = parts.dictionary.current();
  const records::CriteriaContext context{*dictionary, scope, parts.clock.now(), tx.engine()};
  records::announce(tx, parts.statements, context, *dictionary->find("activity"), activity);
}

std::vector<Participant> of_one(store::Session& session, RecordId activity) {
  auto all = read_participants(session, std::array{activity.value});
  return std::move(all[activity.value]);
}

}  // namespace

std::map<std::int64_t, std::vector<Participant>> read_participants(
    store::Session& session, std::span<const std::int64_t> activities) {
  std::map<std::int64_t, std::vector<Participant>> out;
  for (std::size_t at = 0; at < activities.size(); at += ids_of_one_query) {
    records::SqlText sql;
    std::vector<std::string> ids;
    for (const auto id : activities.subspan(at, std::min(ids_of_one_query, activities.size() - at)))
      ids.push_back(sql.bind(id));
    sql.text =
        "SELECT p.activity, p.user_id, u.name, p.answer FROM activity_participants p "
        "JOIN users u ON u.id = p.user_id WHERE p.activity IN (" +
        join(ids, ", ") + ") ORDER BY u.name, u.id";
    const auto params = sql.params();
    for (auto rows = session.query(sql.text, store::Params(params)); rows->next();)
      out[rows->integer(0)].push_back(
          {rows->integer(1), std::string(rows->text(2)), std::string(rows->text(3))});
  }
  return out;
}

boost::json::array to_json(const std::vector<Participant>& participants) {
  boost::json::array out;
  for (const auto& one : participants)
    out.push_back({{"user", one.user}, {"name", one.name}, {"answer", one.answer}});
  return out;
}

Status invite(const Diary& diary, store::Transaction& tx, const Scope& scope, RecordId activity,
              const std::vector<std::int64_t>& users) {
  const auto standing = TRY(find_standing(diary, tx, scope, activity));
  const auto dictionary = diary.parts().dictionary.current();
  if (!standing.is_readable) return make_error(ErrorKind::not_found, "records/not_found");
  if (!standing.is_editable) return make_error(ErrorKind::forbidden, "records/forbidden");
  TRY(records::check_type_right(scope, *dictionary->find("activity"), Action::update));
  if (users.size() > limits::participants_max)
    return field_error("diary/invalid", "users", "too_many",
                       {{"max", std::to_string(limits::participants_max)}});
  const auto& sql = diary.parts().statements;
  const auto before = of_one(tx, activity);
  const auto is_in = [&](std::int64_t user) {
    return std::any_of(before.begin(), before.end(),
                       [&](const Participant& one) { return one.user == user; });
  };
  for (const auto user : users) {
    if (user == standing.owner || is_in(user)) continue;
    if (tx.query_integer(sql["diary.is_active_user"], {user}) == 0)
      return field_error("diary/invalid", "users", "no_such_record");
    tx.execute(sql["diary.add_participant"],
               {activity, user, "invited", nullptr, diary.parts().clock.now(), scope.actor.user});
    diary.tell(tx, scope, {DiaryNews::What::invited, activity, user});
  }
  for (const auto& one : before)
    if (std::find(users.begin(), users.end(), one.user) == users.end())
      tx.execute(sql["diary.remove_participant"], {activity, one.user});
  announce(diary, tx, scope, activity);
  return {};
}

Status answer(const Diary& diary, store::Transaction& tx, const Scope& scope, RecordId activity,
              std::string_view answer) {
  const auto standing = find_standing(diary, tx, scope, activity);
  if (!standing || !standing->is_invited)
    return make_error(ErrorKind::not_found, "diary/not_invited");
  tx.execute(diary.parts().statements["diary.answer"],
             {activity, scope.actor.user, answer, diary.parts().clock.now()});
  diary.tell(tx, scope, {DiaryNews::What::answered, activity, standing->owner, answer});
  announce(diary, tx, scope, activity);
  return {};
}

Result<std::vector<Participant>> list_participants(const Diary& diary, store::Session& session,
                                                   const Scope& scope, RecordId activity) {
  TRY(find_standing(diary, session, scope, activity));
  return of_one(session, activity);
}

}  // namespace fokus::diary
