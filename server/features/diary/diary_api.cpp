// SPDX-License-Identifier: Apache-2.0
// GET /api/v1/diary
#include <algorithm>
#include <charconv>
#include <set>

#include "base/text.hpp"
#include "features/diary/appointments.hpp"
#include "features/diary/feed.hpp"
#include "features/diary/occurrences.hpp"
#include "records/criteria.hpp"
#include "records/rights.hpp"

namespace fokus::diary {
namespace {

namespace json = boost::json;
using access::Right;
using access::Visit;
using net::Method;
using net::Reply;

constexpr int days_max = 62;
constexpr std::size_t users_max = 20;        // named one by one
constexpr std::size_t group_users_max = 50;  // with those of a group

constexpr const char* diary_answer =
    "{users!: [{id!: id, name!: text, group: id?}], entries!: [{activity!: id, occurrence_at!: "
    "instant?, kind!: {key!: text}, status!: {key!: text}, name!: text, starts_at!: instant, "
    "ends_at!: instant?, all_day!: boolean, due_on!: date?, location!: text?, users!: [id], "
    "owner!: id?, company!: {id!: id, title!: text}?, person!: {id!: id, title!: text}?, "
    "sale!: {id!: id, title!: text}?, is_series!: boolean, recurrence_of!: id?, participants!: "
    "[{user!: id, name!: text, answer!: invited|accepted|declined|tentative}], my_answer!: text?, "
    "may_read!: boolean, may_edit!: boolean, version!: integer}], is_cut!: boolean}";

Error invalid(std::string field, std::string code) {
  return field_error("diary/invalid", std::move(field), std::move(code));
}

Result<std::vector<std::int64_t>> ids_of(const net::Call& call, std::string_view name) {
  std::vector<std::int64_t> out;
  for (const auto& [key, value] : call.query) {
    if (key != name || value.empty()) continue;
    std::int64_t id = 0;
    const auto [end, failed] = std::from_chars(value.data(), value.data() + value.size(), id);
    if (failed != std::errc{} || end != value.data() + value.size())
      return invalid(std::string(name), "not_an_id");
    if (std::find(out.begin(), out.end(), id) == out.end()) out.push_back(id);
  }
  if (out.size() > users_max) return invalid(std::string(name), "too_many");
  return out;
}

Result<Date> day_of(const net::Call& call, const char* name) {
  const auto text = call.query_value(name).value_or("");
  if (text.empty()) return invalid(name, "required");
  const auto day = parse_date(text);
  if (!day || day->year < limits::year_first || day->year > limits::year_last)
    return invalid(name, "not_a_date");
  return *day;
}

struct Column {
  std::int64_t id, group;
  std::string name;
};

// What the answer says beside the appointments themselves.
struct Titles {
  std::map<std::int64_t, std::string> companies, persons, sales;
};

class DiaryReader {
 public:
  DiaryReader(const Diary& diary, const Visit& visit, store::Session& session)
      : diary_(diary),
        scope_(visit.scope),
        session_(session),
        dictionary_(diary.parts().dictionary.current()),
        context_{*dictionary_, scope_, diary.parts().clock.now(), session.engine()} {}

  Result<std::vector<Column>> columns(const std::vector<std::int64_t>& users,
                                      const std::vector<std::int64_t>& groups) const {
    std::vector<std::int64_t> wanted = users;
    for (const auto group : groups) {
      if (names_of("group", {group}).empty()) return invalid("group", "no_such_record");
      for (const auto user : members_of(group))
        if (wanted.size() < group_users_max &&
            std::find(wanted.begin(), wanted.end(), user) == wanted.end())
          wanted.push_back(user);
    }
    const auto me = scope_.actor.user.value;
    if (users.empty() && groups.empty()) wanted.push_back(me);
    const auto names = names_of("user", wanted);
    std::vector<Column> out;
    for (const auto user : wanted) {
      const auto name = names.find(user);
      if (name == names.end() && user != me) return invalid("user", "no_such_record");
      out.push_back({user, group_of(user), name == names.end() ? scope_.actor.name : name->second});
    }
    return out;
  }

  // Of what the viewer may read; the others are as if they were not there.
  std::map<std::int64_t, std::string> names_of(const char* type_name,
                                               const std::vector<std::int64_t>& ids) const {
    std::map<std::int64_t, std::string> out;
    if (ids.empty()) return out;
    const auto& type = *dictionary_->find(type_name);
    records::SqlText sql{
        "SELECT t.id, t.name FROM " + type.table + " t WHERE t.archived_at IS NULL AND t.id IN (",
        {}};
    for (std::size_t i = 0; i < ids.size(); ++i) sql.text += (i ? ", " : "") + sql.bind(ids[i]);
    sql.text += ") AND ";
    if (!records::append_rights(context_, type, access::Action::read, "t", sql)) sql.text += "1=1";
    const auto params = sql.params();
    for (auto rows = session_.query(sql.text, store::Params(params)); rows->next();)
      out[rows->integer(0)] = std::string(rows->text(1));
    return out;
  }

  Titles titles_of(const Found& found) const {
    const auto named = [&](const char* type, std::int64_t Appointment::*link) {
      std::set<std::int64_t> ids;
      for (const auto& one : found.appointments)
        if (one.*link) ids.insert(one.*link);
      return names_of(type, {ids.begin(), ids.end()});
    };
    return {named("company", &Appointment::company), named("person", &Appointment::person),
            named("sale", &Appointment::sale)};
  }

 private:
  std::vector<std::int64_t> members_of(std::int64_t group) const {
    std::vector<std::int64_t> out;
    for (auto rows = session_.query(diary_.parts().statements["diary.list_group"],
                                    {group, static_cast<std::int64_t>(group_users_max)});
         rows->next();)
      out.push_back(rows->integer(0));
    return out;
  }
  std::int64_t group_of(std::int64_t user) const {
    return session_.query_integer(diary_.parts().statements["diary.find_group"], {user});
  }

  const Diary& diary_;
  const access::Scope& scope_;
  store::Session& session_;
  records::DictionaryPtr dictionary_;
  records::CriteriaContext context_;
};

json::value id_or_null(std::int64_t id) {
  return id ? json::value(id) : json::value();
}

json::value text_or_null(const std::string& text) {
  return text.empty() ? json::value() : json::value(text);
}

json::value titled(std::int64_t id, const std::map<std::int64_t, std::string>& titles) {
  const auto at = titles.find(id);
  if (at == titles.end()) return nullptr;
  return json::object{{"id", id}, {"title", at->second}};
}

json::value moment(const std::optional<Instant>& at) {
  return at ? json::value(render_instant(*at)) : json::value();
}

struct Shown {
  const std::vector<Column>& columns;
  const Titles& titles;
  const std::map<std::int64_t, std::vector<Participant>>& participants;
  std::int64_t viewer;
};

json::object render(const Entry& entry, const Shown& shown) {
  const Appointment& one = *entry.appointment;
  static const std::vector<Participant> nobody;
  const auto at = shown.participants.find(one.id);
  const auto& invited = at == shown.participants.end() ? nobody : at->second;
  json::array users;
  json::value mine;
  for (const auto& column : shown.columns) {
    const auto is_in = [&](const Participant& p) {
      return p.user == column.id && p.answer != "declined";
    };
    if (column.id == one.owner || std::any_of(invited.begin(), invited.end(), is_in))
      users.emplace_back(column.id);
  }
  for (const auto& p : invited)
    if (p.user == shown.viewer) mine = p.answer;
  return {{"activity", one.id},
          {"occurrence_at", one.series ? moment(entry.starts_at) : moment(one.occurrence_at)},
          {"kind", {{"key", one.kind}}},
          {"status", {{"key", one.status}}},
          {"name", one.name},
          {"starts_at", render_instant(entry.starts_at)},
          {"ends_at", moment(entry.ends_at)},
          {"all_day", one.all_day},
          {"due_on", text_or_null(one.due_on)},
          {"location", text_or_null(one.location)},
          {"users", std::move(users)},
          {"owner", id_or_null(one.owner)},
          {"company", titled(one.company, shown.titles.companies)},
          {"person", titled(one.person, shown.titles.persons)},
          {"sale", titled(one.sale, shown.titles.sales)},
          {"is_series", one.series.has_value()},
          {"recurrence_of", id_or_null(one.recurrence_of)},
          {"participants", to_json(invited)},
          {"my_answer", std::move(mine)},
          {"may_read", one.is_readable},
          {"may_edit", one.is_editable},
          {"version", one.version}};
}

class DiaryApi {
 public:
  explicit DiaryApi(const Diary& diary) : diary_(diary) {}

  Result<Reply> get(Visit& visit) const {
    const auto dictionary = diary_.parts().dictionary.current();
    Question question = TRY(question_of(visit));
    const auto users = TRY(ids_of(visit.call, "user")), groups = TRY(ids_of(visit.call, "group"));
    records::Seen seen;
    auto body = TRY(diary_.parts().database.read([&](store::Session& session) {
      return answer(visit, session, question, {users, groups}, seen);
    }));
    records::trace_read(diary_.parts(), visit.scope, "list", *dictionary->find("activity"), {},
                        "diary", seen);
    return Reply::json(json::serialize(body));
  }

 private:
  using Whose = std::pair<std::vector<std::int64_t>, std::vector<std::int64_t>>;

  Result<Question> question_of(const Visit& visit) const {
    const Date from = TRY(day_of(visit.call, "from")), to = TRY(day_of(visit.call, "to"));
    if (to <= from) return invalid("to", "out_of_range");
    if (days_from_epoch(to) - days_from_epoch(from) > days_max)
      return field_error("diary/invalid", "to", "too_many", {{"max", std::to_string(days_max)}});
    const auto name = visit.call.query_value("zone").value_or("");
    const auto zone = TimeZone::find(name.empty() ? visit.scope.actor.time_zone : name);
    if (!zone && !name.empty()) return invalid("zone", "unknown_zone");
    const auto place = zone.value_or(TimeZone::utc());
    return Question{{}, place.midnight(from), place.midnight(to), from, to};
  }

  Result<json::object> answer(const Visit& visit, store::Session& session, Question& question,
                              const Whose& whose, records::Seen& seen) const {
    const DiaryReader reader(diary_, visit, session);
    const auto columns = TRY(reader.columns(whose.first, whose.second));
    json::array users, entries;
    for (const auto& column : columns) {
      question.users.push_back(column.id);
      users.push_back(
          {{"id", column.id}, {"name", column.name}, {"group", id_or_null(column.group)}});
    }
    const Found found = find_appointments(diary_, session, visit.scope, question);
    const Titles titles = reader.titles_of(found);
    for (const auto& [person, title] : titles.persons) seen.add("person", person);
    std::vector<std::int64_t> ids;
    for (const auto& one : found.appointments) ids.push_back(one.id);
    const auto participants = read_participants(session, ids);
    bool is_cut = false;
    const Shown shown{columns, titles, participants, visit.scope.actor.user.value};
    for (const auto& entry : list_entries(found, question, is_cut))
      entries.push_back(render(entry, shown));
    return json::object{
        {"users", std::move(users)}, {"entries", std::move(entries)}, {"is_cut", is_cut}};
  }

  const Diary& diary_;
};

}  // namespace

std::vector<access::Route> diary_routes(const Diary& diary) {
  const auto api = std::make_shared<DiaryApi>(diary);
  std::vector<access::Route> out = {
      {Method::get,
       "/api/v1/diary",
       Right::signed_in(),
       [api](Visit& visit) { return api->get(visit); },
       {"Diaries of some users, beside each other",
        {.query = "from!: date, to!: date, user: ids, group: ids, zone", .answer = diary_answer}},
       net::Lane::slow}};
  for (auto routes : {occurrence_routes(diary), participant_routes(diary), feed_routes(diary)})
    for (auto& route : routes) out.push_back(std::move(route));
  return out;
}

}  // namespace fokus::diary
