// SPDX-License-Identifier: Apache-2.0
// How far a sale came in the guide, and the activities that are made of it.
#include <array>
#include <map>

#include "base/text.hpp"
#include "features/sales_guide/sales_guide.hpp"
#include "platform/locale.hpp"
#include "records/announce.hpp"
#include "records/rights.hpp"

namespace fokus::sales_guide {
namespace {

namespace json = boost::json;
using access::Action;
using access::Scope;
using records::RecordType;

constexpr std::array<std::pair<std::string_view, State>, 4> states = {
    {{"open", State::open},
     {"done", State::done},
     {"skipped", State::skipped},
     {"created", State::created}}};
constexpr std::int64_t start_of_work_ms = 9 * ms_per_hour;

std::string_view word_of(State state) {
  for (const auto& [word, one] : states)
    if (one == state) return word;
  return "open";
}

struct SaleFacts {
  std::string stage;
  std::int64_t owner = 0, company = 0, person = 0;
  bool is_editable = false;
};

// The right as a number, over the rows of `t`.
std::string as_number(const records::CriteriaContext& context, const RecordType& type,
                      Action action, records::SqlText& sql) {
  records::SqlText rights{"", std::move(sql.values)};
  const bool is_limited = records::append_rights(context, type, action, "t", rights);
  sql.values = std::move(rights.values);
  return is_limited ? "CASE WHEN " + rights.text + " THEN 1 ELSE 0 END" : "1";
}

Result<SaleFacts> find_sale(const records::CriteriaContext& context, store::Session& session,
                            RecordId sale) {
  const RecordType& type = *context.dictionary.find("sale");
  records::SqlText sql;
  const auto reads = as_number(context, type, Action::read, sql);
  const auto edits = as_number(context, type, Action::update, sql);
  sql.text = "SELECT t.stage, t.owner, t.company, t.person, " + reads + ", " + edits +
             " FROM sales t WHERE t.archived_at IS NULL AND t.id = " + sql.bind(sale.value);
  const auto params = sql.params();
  auto rows = session.query(sql.text, store::Params(params));
  if (!rows->next() || !rows->boolean(4))
    return make_error(ErrorKind::not_found, "records/not_found");
  return SaleFacts{std::string(rows->text(0)), rows->integer(1), rows->integer(2), rows->integer(3),
                   rows->boolean(5)};
}

struct Step {
  State state = State::open;
  std::int64_t activity = 0;
  Instant changed_at;
};
using Steps = std::map<std::string, Step, std::less<>>;

Steps read_steps(store::Session& session, const store::Statements& sql, RecordId sale) {
  Steps out;
  for (auto rows = session.query(sql["sales_guide.list_steps"], {sale}); rows->next();)
    out[std::string(rows->text(0))] = {find_state(rows->text(1)).value_or(State::open),
                                       rows->is_null(2) ? 0 : rows->integer(2),
                                       Instant{rows->integer(3)}};
  return out;
}

// Those of the activities that the viewer may see.
std::map<std::int64_t, json::object> read_activities(const records::CriteriaContext& context,
                                                     store::Session& session, const Steps& steps) {
  const RecordType& type = *context.dictionary.find("activity");
  records::SqlText sql;
  std::vector<std::string> ids;
  for (const auto& [key, step] : steps)
    if (step.activity != 0) ids.push_back(sql.bind(step.activity));
  std::map<std::int64_t, json::object> out;
  if (ids.empty()) return out;
  sql.text =
      "SELECT t.id, t.name, t.status, t.starts_at FROM activities t WHERE t.archived_at IS NULL "
      "AND t.id IN (" +
      join(ids, ", ") + ") AND ";
  if (!records::append_rights(context, type, Action::read, "t", sql)) sql.text += "1=1";
  const bool is_masked = records::is_masked(context.scope, *type.find("name"));
  const auto params = sql.params();
  for (auto rows = session.query(sql.text, store::Params(params)); rows->next();)
    out[rows->integer(0)] = {
        {"id", rows->integer(0)},
        {"name", is_masked ? json::value() : json::value(json::string(rows->text(1)))},
        {"status", json::string(rows->text(2))},
        {"starts_at", render_instant(Instant{rows->integer(3)})}};
  return out;
}

bool is_there(store::Session& session, std::int64_t activity) {
  return session.query_integer(
             "SELECT count(*) FROM activities WHERE id = $1 AND archived_at IS NULL", {activity}) !=
         0;
}

// A link is given only to what its maker may see.
void put_link(const records::ApiParts& parts, store::Session& session, const Scope& scope,
              const char* type, std::int64_t id, json::object& values) {
  if (id == 0) return;
  std::string unused;
  JsonWriter writer(unused);
  const auto dictionary = parts.dictionary.current();
  if (parts.records.get(session, scope, *dictionary->find(type), RecordId{id}, writer))
    values[type] = id;
}

// On the clock of whoever asks: that many days on, when work begins, and not in the past.
void put_times(const Scope& scope, Instant now, const Suggestion& suggestion,
               json::object& values) {
  const auto zone = TimeZone::find(scope.actor.time_zone).value_or(TimeZone::utc());
  const Date day = plus_days(zone.date_of(now), static_cast<int>(suggestion.days));
  const Instant at = std::max(now, zone.instant_of(day, start_of_work_ms));
  values["starts_at"] = render_instant(at);
  if (suggestion.kind == "task") values["due_on"] = render_date(day);
  if (suggestion.kind == "meeting") values["ends_at"] = render_instant(at.plus_ms(ms_per_hour));
}

}  // namespace

std::optional<State> find_state(std::string_view word) {
  for (const auto& [known, state] : states)
    if (known == word) return state;
  return std::nullopt;
}

Result<json::object> SalesGuide::of_sale(store::Session& session, const Scope& scope,
                                         RecordId sale) const {
  const auto dictionary = parts_.dictionary.current();
  const records::CriteriaContext context{*dictionary, scope, parts_.clock.now(), session.engine()};
  const auto facts = TRY(find_sale(context, session, sale));
  const auto steps = read_steps(session, parts_.statements, sale);
  const auto activities = read_activities(context, session, steps);
  json::array stages;
  for (const auto& stage : find(session).guide.stages) {
    json::array suggestions;
    for (const auto& suggestion : stage.suggestions) {
      json::object one = suggestion_to_json(suggestion);
      const auto step = steps.find(suggestion.key);
      const Step now = step == steps.end() ? Step() : step->second;
      one["state"] = word_of(now.state);
      one["changed_at"] =
          step == steps.end() ? json::value() : json::value(render_instant(now.changed_at));
      const auto activity = activities.find(now.activity);
      one["activity"] =
          activity == activities.end() ? json::value() : json::value(activity->second);
      suggestions.push_back(std::move(one));
    }
    stages.push_back(json::object{{"stage", stage.stage}, {"suggestions", std::move(suggestions)}});
  }
  return json::object{
      {"stage", facts.stage}, {"may_change", facts.is_editable}, {"stages", std::move(stages)}};
}

Result<RecordId> SalesGuide::create_activity(store::Transaction& tx, const Scope& scope,
                                             RecordId sale, const Suggestion& suggestion) const {
  const auto dictionary = parts_.dictionary.current();
  const records::CriteriaContext context{*dictionary, scope, parts_.clock.now(), tx.engine()};
  const auto facts = TRY(find_sale(context, tx, sale));
  json::object values{{"name", label_in(suggestion.title, scope.actor.language)},
                      {"kind", suggestion.kind},
                      {"sale", sale.value}};
  const auto text = label_in(suggestion.text, scope.actor.language);
  if (!text.empty()) values["description"] = text;
  if (suggestion.owner == Owner::sale && facts.owner != 0) values["owner"] = facts.owner;
  put_link(parts_, tx, scope, "company", facts.company, values);
  put_link(parts_, tx, scope, "person", facts.person, values);
  put_times(scope, context.now, suggestion, values);
  const auto saved = TRY(
      parts_.records.create(tx, scope, *dictionary->find("activity"), values, {0, {}, "create"}));
  return saved.id;
}

Status SalesGuide::set_state(store::Transaction& tx, const Scope& scope, RecordId sale,
                             std::string_view suggestion, State state) const {
  const auto& sql = parts_.statements;
  const auto dictionary = parts_.dictionary.current();
  const records::CriteriaContext context{*dictionary, scope, parts_.clock.now(), tx.engine()};
  // Two that click at the same time make one activity.
  tx.query_integer(sql["sales_guide.lock_sale"], {sale});
  const auto facts = TRY(find_sale(context, tx, sale));
  if (!facts.is_editable) return make_error(ErrorKind::forbidden, "records/forbidden");
  const Guide guide = find(tx).guide;
  const Suggestion* one = guide.find(suggestion);
  if (!one) return make_error(ErrorKind::not_found, "sales_guide/no_such_suggestion");
  const auto steps = read_steps(tx, sql, sale);
  const auto before = steps.find(suggestion);
  const std::int64_t made = before == steps.end() ? 0 : before->second.activity;
  if (state == State::open) {
    tx.execute(sql["sales_guide.remove_step"], {sale, one->key});
  } else {
    // What was made once stays linked when it is ticked off by hand.
    std::optional<std::int64_t> activity;
    if (made != 0 && is_there(tx, made)) activity = made;
    if (state == State::created && !activity)
      activity = TRY(create_activity(tx, scope, sale, *one)).value;
    tx.execute(sql["sales_guide.save_step"],
               {sale, one->key, word_of(state), activity, context.now, scope.actor.user});
  }
  records::announce(tx, sql, context, *dictionary->find("sale"), sale);
  return {};
}

}  // namespace fokus::sales_guide
