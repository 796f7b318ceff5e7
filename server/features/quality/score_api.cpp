// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "features/quality/api_parts.hpp"
#include "features/quality/draft_check.hpp"
#include "features/quality/finding_call.hpp"
#include "features/quality/finding_json.hpp"
#include "features/quality/scores.hpp"

namespace fokus::quality {
namespace {

namespace json = boost::json;
using access::Right;
using access::Visit;
using net::Method;
using net::Reply;

constexpr int series_days = 90;

Reply reply(const json::object& body, int status = 200) {
  return Reply::json(json::serialize(body), status);
}

// What the record would gain, the most first.
json::array improvements_of(const json::array& findings) {
  json::array out;
  for (const auto& one : findings) {
    const auto& finding = one.as_object();
    if (!finding.at("dismissed").is_null() || finding.at("weight").as_int64() == 0) continue;
    out.push_back(json::object{{"finding", finding.at("id")},
                               {"rule", finding.at("rule")},
                               {"field", finding.at("field")},
                               {"text", finding.at("text")},
                               {"points", finding.at("weight")}});
  }
  std::stable_sort(out.begin(), out.end(), [](const json::value& a, const json::value& b) {
    return a.at("points").as_int64() > b.at("points").as_int64();
  });
  return out;
}

class ScoreApi {
 public:
  explicit ScoreApi(Quality& quality) : quality_(quality), parts_(quality.parts()) {}

  Result<Reply> record(Visit& visit) const {
    const auto dictionary = parts_.dictionary.current();
    const auto& type = *TRY(named_type(*dictionary, visit.scope, visit.call.param("type")));
    const RecordId id = TRY(records::id_of(visit));
    quality_.try_catch_up(type, id);
    const FindingQuery query(quality_, visit.scope, dictionary);
    const FindingWriter writer(query);
    FindingFilter filter;
    filter.types = {&type};
    filter.record = id.value;
    return parts_.database.read([&](store::Session& session) -> Result<Reply> {
      std::string text;
      JsonWriter json(text);
      TRY(parts_.records.get(session, visit.scope, type, id, json));
      const auto rows = TRY(query.list(session, filter, {std::nullopt, false, limits::page_max}));
      const auto findings = writer.describe(session, rows);
      const auto improvements = improvements_of(findings);
      std::int64_t points = 0;
      for (const auto& one : improvements) points += one.at("points").as_int64();
      return reply({{"type", type.name},
                    {"id", id.value},
                    {"score", std::max<std::int64_t>(0, 100 - points)},
                    {"findings", findings},
                    {"improvements", improvements}});
    });
  }

  Result<Reply> check(Visit& visit) const {
    const auto dictionary = parts_.dictionary.current();
    const auto body = TRY(records::body_object(visit.call));
    const auto* name = body.if_contains("type");
    if (!name || !name->is_string()) return invalid("type", "required");
    const auto& type =
        *TRY(named_type(*dictionary, visit.scope, std::string_view(name->get_string())));
    const auto* record = body.if_contains("record");
    if (!record || !record->is_object()) return invalid("record", "required");
    std::int64_t id = 0;
    if (const auto* said = body.if_contains("id"); said && !said->is_null()) {
      if (!said->is_int64() || said->get_int64() <= 0) return invalid("id", "not_an_id");
      id = said->get_int64();
    }
    const FindingQuery query(quality_, visit.scope, dictionary);
    return reply(TRY(check_draft(query, type, id, record->get_object())));
  }

  Result<Reply> scores(Visit& visit) const {
    const auto dictionary = parts_.dictionary.current();
    quality_.try_catch_up(limits::catch_up_max);
    const FindingQuery query(quality_, visit.scope, dictionary);
    const auto name = visit.call.query_value("type").value_or("");
    std::vector<const records::RecordType*> types;
    if (name.empty())
      types = readable_types(*dictionary, visit.scope, query.rules());
    else
      types = {TRY(named_type(*dictionary, visit.scope, name))};
    const std::string by(visit.call.query_value("by").value_or("all"));
    return parts_.database.read([&](store::Session& session) -> Result<Reply> {
      return reply(TRY(list_scores(query, session, types, by)));
    });
  }

  Result<Reply> series(Visit& visit) const {
    const auto dictionary = parts_.dictionary.current();
    const auto name = visit.call.query_value("type").value_or("");
    if (name.empty()) return invalid("type", "required");
    const auto& type = *TRY(named_type(*dictionary, visit.scope, name));
    const std::string by(visit.call.query_value("by").value_or("all"));
    if (by != "all" && by != "owner" && by != "group") return invalid("by", "unknown");
    std::int64_t id = 0;
    if (by != "all")
      id = TRY(parse_whose(visit.scope, visit.call.query_value("id").value_or(""), by));
    TRY(check_whose(visit.scope, by, id));
    const auto days = TRY(parse_count(visit.call, "days", limits::series_days_max, series_days));
    const Date from =
        plus_days(date_from_days(parts_.clock.now().ms / ms_per_day), -static_cast<int>(days));
    return parts_.database.read([&](store::Session& session) -> Result<Reply> {
      return reply(list_series(session, parts_.statements, type, by, id, from));
    });
  }

 private:
  // Figures of the whole base tell of records that one may not read: of one's own, or for those
  // whose work they are.
  static Status check_whose(const access::Scope& scope, const std::string& by, std::int64_t id) {
    const auto& actor = scope.actor;
    const bool is_steward = actor.kind == access::ActorKind::system ||
                            scope.permissions().has_function(access::functions::bulk_edit) ||
                            scope.permissions().has_function(access::functions::administer);
    const bool is_own_group =
        id != 0 && (id == actor.primary_group.value ||
                    std::find(actor.other_groups.begin(), actor.other_groups.end(), GroupId{id}) !=
                        actor.other_groups.end());
    const bool is_own =
        by == "owner" ? id != 0 && id == actor.user.value : by == "group" && is_own_group;
    return is_steward || is_own ? Status() : make_error(ErrorKind::forbidden, "quality/forbidden");
  }

  Quality& quality_;
  const records::ApiParts& parts_;
};

}  // namespace

std::vector<access::Route> score_routes(Quality& quality) {
  const auto api = std::make_shared<ScoreApi>(quality);
  const auto to = [&](auto member) -> access::Handler {
    return [api, member](Visit& visit) { return ((*api).*member)(visit); };
  };
  const std::string base = "/api/v1/quality";
  return {
      {Method::get,
       base + "/records/{type}/{id}",
       Right::signed_in(),
       to(&ScoreApi::record),
       {"The score of one record and what would improve it",
        {.answer = "{type!: text, id!: id, score!: integer, findings!: [object], "
                   "improvements!: [object]}"}}},
      {Method::post,
       base + "/check",
       Right::signed_in(),
       to(&ScoreApi::check),
       {"What would be wrong with a record as a form has it",
        {.body = "{type!: text, record!: object, id: id?}",
         .answer = "{score!: integer, findings!: [object]}",
         .only_asks = true}}},
      {Method::get,
       base + "/scores",
       Right::signed_in(),
       to(&ScoreApi::scores),
       {"Scores by owner, group or type", {.query = "type, by", .answer = "{groups!: [object]}"}},
       net::Lane::slow},
      {Method::get,
       base + "/series",
       Right::signed_in(),
       to(&ScoreApi::series),
       {"Scores over time", {.query = "type, by, id, days", .answer = "{points!: [object]}"}}},
  };
}

}  // namespace fokus::quality
