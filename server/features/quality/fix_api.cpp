// SPDX-License-Identifier: Apache-2.0
// Putting many records right, and looking at all of them.
#include "features/quality/api_parts.hpp"
#include "features/quality/finding_call.hpp"
#include "features/quality/fixes.hpp"
#include "records/rights.hpp"

namespace fokus::quality {
namespace {

namespace json = boost::json;
using access::Right;
using access::Visit;
using net::Method;
using net::Reply;

Reply reply(const json::object& body, int status = 200) {
  return Reply::json(json::serialize(body), status);
}

std::string in_language(const records::Labels& labels, const std::string& language) {
  for (const auto& wanted : {language, std::string("en")})
    if (const auto found = labels.find(wanted); found != labels.end()) return found->second;
  return {};
}

class FixApi {
 public:
  explicit FixApi(Quality& quality) : quality_(quality), parts_(quality.parts()) {}

  Result<Reply> fix(Visit& visit) const {
    const auto body = TRY(records::body_object(visit.call));
    const FixOrder order = TRY(parse_fix_order(quality_, visit.scope, body));
    TRY(records::check_type_right(visit.scope, *order.filter.types.front(),
                                  access::Action::update));
    quality_.try_catch_up(limits::catch_up_max);
    const auto* preview = body.if_contains("preview");
    if (preview && preview->is_bool() && preview->get_bool())
      return reply(TRY(preview_fixes(quality_, visit.scope, order)));
    return reply(TRY(fix_later(quality_, visit.scope, order, body)), 202);
  }

  Result<Reply> scan(Visit& visit) const {
    const auto dictionary = parts_.dictionary.current();
    const auto body =
        visit.call.body.empty() ? json::object() : TRY(records::body_object(visit.call));
    const records::RecordType* type = nullptr;
    if (const auto* name = body.if_contains("type"); name && !name->is_null()) {
      if (!name->is_string()) return invalid("type", "not_a_text");
      type = TRY(named_type(*dictionary, visit.scope, std::string_view(name->get_string())));
    }
    const JobId job = TRY(quality_.scan_later(visit.scope, type));
    return reply({{"job", job.value}}, 202);
  }

  Result<Reply> status(Visit& visit) const {
    const auto dictionary = parts_.dictionary.current();
    const auto rules = quality_.rules().current();
    json::array types;
    parts_.database.read([&](store::Session& session) {
      types.clear();
      const Scans scans = read_scans(session);
      for (const auto* type : readable_types(*dictionary, visit.scope, *rules))
        types.push_back(one(session, visit, *type, scans));
    });
    return reply({{"types", std::move(types)}});
  }

 private:
  struct Scans {
    std::map<std::string, std::pair<std::int64_t, std::int64_t>> ended;  // at, records
    std::int64_t job = 0, done = 0, total = 0;
  };

  Scans read_scans(store::Session& session) const {
    Scans out;
    for (auto rows = session.query(parts_.statements["quality.list_scans"]); rows->next();)
      out.ended[std::string(rows->text(0))] = {rows->integer(1), rows->integer(2)};
    auto rows = session.query(parts_.statements["quality.running_scan"]);
    if (rows->next()) {
      out.job = rows->integer(0);
      out.done = rows->integer(1);
      out.total = rows->integer(2);
    }
    return out;
  }

  json::object one(store::Session& session, const Visit& visit, const records::RecordType& type,
                   const Scans& scans) const {
    const auto ended = scans.ended.find(type.name);
    const bool was_scanned = ended != scans.ended.end();
    return {
        {"type", type.name},
        {"label", in_language(type.label_plural, visit.scope.actor.language)},
        {"records", was_scanned ? json::value(ended->second.second) : json::value()},
        {"scanned_at",
         was_scanned ? json::value(render_instant(Instant{ended->second.first})) : json::value()},
        {"job", scans.job ? json::value(scans.job) : json::value()},
        {"done", scans.done},
        {"total", scans.total},
        {"waiting", session.query_integer(parts_.statements["quality.count_queue"], {type.name})}};
  }

  Quality& quality_;
  const records::ApiParts& parts_;
};

}  // namespace

std::vector<access::Route> fix_routes(Quality& quality) {
  const auto api = std::make_shared<FixApi>(quality);
  const auto to = [&](auto member) -> access::Handler {
    return [api, member](Visit& visit) { return ((*api).*member)(visit); };
  };
  const auto steward = Right::function(access::functions::bulk_edit);
  return {
      {Method::post,
       "/api/v1/quality/fixes",
       steward,
       to(&FixApi::fix),
       {"Put many records right as suggested: preview or start",
        {.body = "{type!: text, rules!: [text], filter: text?, ids: [id], except: [id], "
                 "preview: boolean, ...}",
         .answer = "$job",
         .preview = "{count!: integer, not_fixable!: integer, not_allowed!: integer, "
                    "capped!: boolean, rules!: [object], sample!: [object]}",
         .status = 202}},
       net::Lane::slow},
      {Method::post,
       "/api/v1/quality/scans",
       steward,
       to(&FixApi::scan),
       {"Look at all records again",
        {.body = "{type: text?}", .answer = "{job!: id}", .status = 202}}},
      {Method::get,
       "/api/v1/quality/status",
       Right::signed_in(),
       to(&FixApi::status),
       {"When all records were last looked at", {.answer = "{types!: [object]}"}}},
  };
}

std::vector<access::Route> quality_routes(Quality& quality) {
  std::vector<access::Route> out = rule_routes(quality);
  for (auto&& more : {finding_routes(quality), score_routes(quality), fix_routes(quality)})
    for (const auto& route : more) out.push_back(route);
  return out;
}

}  // namespace fokus::quality
