// SPDX-License-Identifier: Apache-2.0
#include "features/duplicates/rule_api.hpp"

#include "access/handlers_of.hpp"
#include "records/if_match.hpp"

namespace fokus::duplicates {
namespace {

namespace json = boost::json;
using access::Right;
using access::Visit;
using net::Method;
using net::Reply;

json::object to_json(const TypeRules& rules) {
  json::object out = rules_to_json(rules.matcher.rules());
  out["version"] = rules.version;
  out["is_shipped"] = rules.is_shipped;
  return out;
}

class RuleApi {
 public:
  explicit RuleApi(Duplicates& duplicates) : duplicates_(duplicates) {}

  Result<Reply> list(Visit& visit) const {
    json::array rules, kinds;
    for (const auto& [type, one] : duplicates_.rules().all()) {
      const bool is_readable = visit.scope.actor.kind == access::ActorKind::system ||
                               visit.scope.permissions().may(type, access::Action::read);
      if (is_readable) rules.push_back(to_json(*one));
    }
    for (std::size_t i = 0; i < kind_names.size(); ++i)
      kinds.push_back(
          json::object{{"kind", kind_names[i]},
                       {"label", label_of(static_cast<Kind>(i), visit.scope.actor.language)}});
    return Reply::json(
        json::serialize(json::object{{"rules", std::move(rules)}, {"kinds", std::move(kinds)}}));
  }

  Result<Reply> save(Visit& visit) const {
    const auto dictionary = duplicates_.parts().dictionary.current();
    const auto& type = *TRY(type_of(*dictionary, visit));
    const auto input = TRY(records::body_object(visit.call));
    const auto versions = TRY(records::parse_if_match(visit.call.header("If-Match")));
    TRY(duplicates_.rules().save(visit.scope, type, input, versions));
    return changed(type);
  }

  Result<Reply> reset(Visit& visit) const {
    const auto dictionary = duplicates_.parts().dictionary.current();
    const auto& type = *TRY(type_of(*dictionary, visit));
    const auto versions = TRY(records::parse_if_match(visit.call.header("If-Match")));
    TRY(duplicates_.rules().reset(visit.scope, type, versions));
    return changed(type);
  }

 private:
  // By its name or its plural; users and lists are not compared.
  static Result<const records::RecordType*> type_of(const records::Dictionary& dictionary,
                                                    const Visit& visit) {
    const auto name = visit.call.param("type");
    const auto* type = dictionary.find(name);
    if (!type) type = dictionary.find_plural(name);
    if (!type || type->system) return make_error(ErrorKind::not_found, "records/no_such_type");
    return type;
  }

  // New keys are built beside; what is missing of them is found by the other keys meanwhile.
  Result<Reply> changed(const records::RecordType& type) const {
    duplicates_.build_keys_later();
    const auto rules = duplicates_.rules().find(type.name);
    if (!rules) return Reply::no_content();
    Reply out = Reply::json(json::serialize(to_json(*rules)));
    out.header("ETag", "\"v" + std::to_string(rules->version) + "\"");
    return out;
  }

  Duplicates& duplicates_;
};

}  // namespace

std::vector<access::Route> rule_routes(Duplicates& duplicates) {
  const auto to = access::handlers_of(std::make_shared<RuleApi>(duplicates));
  const auto admin = Right::function(access::functions::administer);
  const std::string base = "/api/v1/duplicates/rules";
  return {
      {Method::get,
       base,
       Right::signed_in(),
       to(&RuleApi::list),
       {"How records of each type are compared",
        {.answer = "{rules!: [object], kinds!: [object]}"}}},
      {Method::put,
       base + "/{type}",
       admin,
       to(&RuleApi::save),
       {"Change how they are compared", {.body = "object", .answer = "object", .versioned = true}}},
      {Method::remove,
       base + "/{type}",
       admin,
       to(&RuleApi::reset),
       {"Back to the rules that come with the program", {.answer = "object"}}},
  };
}

}  // namespace fokus::duplicates
