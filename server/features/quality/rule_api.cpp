// SPDX-License-Identifier: Apache-2.0
#include "features/quality/api_parts.hpp"
#include "features/quality/finding_call.hpp"
#include "features/quality/rule_preview.hpp"

namespace fokus::quality {
namespace {

namespace json = boost::json;
using access::Right;
using access::Visit;
using net::Method;
using net::Reply;

json::object shown(const Rule& rule, const std::string& language) {
  json::object out = rule_to_json(rule);
  out["is_shipped"] = rule.is_shipped;
  out["is_changed"] = rule.is_changed;
  out["version"] = rule.version;
  out["text"] = rule.text(language);
  return out;
}

std::string in_language(const records::Labels& labels, const std::string& language) {
  const auto own = labels.find(language);
  return own != labels.end() ? own->second : labels.at("en");
}

class RuleApi {
 public:
  explicit RuleApi(Quality& quality) : quality_(quality) {}

  Result<Reply> list(Visit& visit) const {
    const auto dictionary = quality_.parts().dictionary.current();
    const auto rules = quality_.rules().current();
    const auto type_name = visit.call.query_value("type").value_or("");
    const records::RecordType* only =
        type_name.empty() ? nullptr : TRY(named_type(*dictionary, visit.scope, type_name));
    const auto open = visit.call.query_value("counts").value_or("") == "true"
                          ? TRY(count_open(visit.scope, dictionary))
                          : std::map<std::string, std::int64_t>();
    json::array out;
    for (const auto& rule : rules->rules) {
      if (only && rule.type != only->name) continue;
      if (!named_type(*dictionary, visit.scope, rule.type).ok()) continue;
      json::object one = shown(rule, visit.scope.actor.language);
      if (const auto found = open.find(rule.key); found != open.end())
        one["open"] = found->second;
      else if (!open.empty())
        one["open"] = 0;
      out.push_back(std::move(one));
    }
    return Reply::json(json::serialize(json::object{{"rules", std::move(out)}}));
  }

  Result<Reply> get(Visit& visit) const {
    const auto rules = quality_.rules().current();
    const Rule* rule = rules->find(visit.call.param("key"));
    if (!rule) return make_error(ErrorKind::not_found, "quality/no_such_rule");
    return reply(visit, *rule);
  }

  Result<Reply> create(Visit& visit) const {
    auto form = TRY(records::body_object(visit.call));
    const Rule rule = TRY(quality_.rules().create(visit.scope, std::move(form)));
    look_anew(rule);
    return reply(visit, rule, 201);
  }

  // What it would find, before it is stored.
  Result<Reply> preview(Visit& visit) const {
    auto form = TRY(records::body_object(visit.call));
    if (const auto* key = form.if_contains("key"); !key || key->is_null())
      form["key"] = "own_preview";
    const Rule rule = TRY(parse_rule(form));
    const auto dictionary = quality_.parts().dictionary.current();
    TRY(check_rule(*dictionary, rule));
    const FindingQuery query(quality_, visit.scope, dictionary);
    const auto& type = *TRY(named_type(*dictionary, visit.scope, rule.type));
    return Reply::json(json::serialize(TRY(preview_rule(query, type, rule))));
  }

  Result<Reply> change(Visit& visit) const {
    const auto changes = TRY(records::body_object(visit.call));
    const auto versions = TRY(records::parse_if_match(visit.call.header("If-Match")));
    const Rule rule =
        TRY(quality_.rules().change(visit.scope, visit.call.param("key"), changes, versions));
    look_anew(rule);
    return reply(visit, rule);
  }

  Result<Reply> remove(Visit& visit) const {
    const std::string key(visit.call.param("key"));
    const auto versions = TRY(records::parse_if_match(visit.call.header("If-Match")));
    if (!TRY(quality_.rules().remove(visit.scope, key, versions))) {
      const auto rules = quality_.rules().current();
      if (const Rule* rule = rules->find(key)) look_anew(*rule);
    }
    return Reply::no_content();
  }

  Result<Reply> checks(Visit& visit) const {
    json::array out;
    for (const auto& check : all_checks()) {
      json::array kinds, params;
      for (const auto kind : check.kinds) kinds.emplace_back(kind);
      for (const auto& param : check.params)
        params.push_back(
            json::object{{"name", param.name}, {"kind", param.kind}, {"default", param.fallback}});
      out.push_back(json::object{{"name", check.name},
                                 {"label", in_language(check.label, visit.scope.actor.language)},
                                 {"kinds", std::move(kinds)},
                                 {"needs_field", check.needs_field},
                                 {"params", std::move(params)},
                                 {"suggests", check.suggests}});
    }
    return Reply::json(json::serialize(json::object{{"checks", std::move(out)}}));
  }

 private:
  static Reply reply(const Visit& visit, const Rule& rule, int status = 200) {
    Reply out = Reply::json(json::serialize(shown(rule, visit.scope.actor.language)), status);
    out.header("ETag", "\"v" + std::to_string(rule.version) + "\"");
    return out;
  }

  // A scan that is under way looks at what it has passed with the old rule: the night puts it
  // right.
  void look_anew(const Rule& rule) const {
    const auto dictionary = quality_.parts().dictionary.current();
    const auto* type = dictionary->find(rule.type);
    access::Scope system;
    system.actor = access::system_actor();
    if (type) std::ignore = quality_.scan_later(system, type);
  }

  Result<std::map<std::string, std::int64_t>> count_open(
      const access::Scope& scope, const records::DictionaryPtr& dictionary) const {
    quality_.try_catch_up(limits::catch_up_max);
    const FindingQuery query(quality_, scope, dictionary);
    FindingFilter filter;
    filter.types = readable_types(*dictionary, scope, query.rules());
    const auto counted = TRY(quality_.parts().database.read([&](store::Session& session) {
      return query.group(session, filter, "rule", static_cast<int>(limits::own_rules_max));
    }));
    std::map<std::string, std::int64_t> out;
    for (const auto& group : counted.at("groups").as_array())
      if (group.at("key").is_string())
        out[std::string(group.at("key").get_string())] = group.at("count").as_int64();
    return out;
  }

  Quality& quality_;
};

}  // namespace

std::vector<access::Route> rule_routes(Quality& quality) {
  const auto api = std::make_shared<RuleApi>(quality);
  const auto to = [&](auto member) -> access::Handler {
    return [api, member](Visit& visit) { return ((*api).*member)(visit); };
  };
  const auto admin = Right::function(access::functions::administer);
  const std::string base = "/api/v1/quality/rules";
  return {
      {Method::get,
       base,
       Right::signed_in(),
       to(&RuleApi::list),
       {"What records are looked at for",
        {.query = "type, counts: boolean", .answer = "{rules!: [object]}"}},
       net::Lane::slow},
      {Method::get,
       base + "/{key}",
       Right::signed_in(),
       to(&RuleApi::get),
       {"One rule", {.answer = "object"}}},
      {Method::post,
       base,
       admin,
       to(&RuleApi::create),
       {"Add a rule", {.body = "object", .answer = "object", .status = 201}}},
      {Method::post,
       base + "/preview",
       admin,
       to(&RuleApi::preview),
       {"What a rule would find",
        {.body = "object",
         .answer = "{count!: integer, capped!: boolean, sample!: [object]}",
         .only_asks = true}},
       net::Lane::slow},
      {Method::patch,
       base + "/{key}",
       admin,
       to(&RuleApi::change),
       {"Change a rule, or switch it on or off",
        {.body = "object", .answer = "object", .versioned = true}}},
      {Method::remove,
       base + "/{key}",
       admin,
       to(&RuleApi::remove),
       {"Remove an own rule, or give one back the form that it came in", {}}},
      {Method::get,
       "/api/v1/quality/checks",
       Right::signed_in(),
       to(&RuleApi::checks),
       {"The checks that rules can name", {.answer = "{checks!: [object]}"}}},
  };
}

}  // namespace fokus::quality
