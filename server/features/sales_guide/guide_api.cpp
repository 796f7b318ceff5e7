// SPDX-License-Identifier: Apache-2.0
// /api/v1/sales_guide, and /api/v1/sales/{id}/guide
#include "access/handlers_of.hpp"
#include "features/sales_guide/sales_guide.hpp"
#include "records/if_match.hpp"

namespace fokus::sales_guide {
namespace {

namespace json = boost::json;
using access::Right;
using access::Visit;
using net::Method;
using net::Reply;

#define SUGGESTION_MEMBERS \
  "key!: text, kind!: text, title!: object, text: object, days: integer, owner: sale|me"
constexpr const char* guide_body =
    "{stages!: [{stage!: text, suggestions!: [{" SUGGESTION_MEMBERS "}]}]}";
constexpr const char* guide_answer =
    "{version!: integer, is_shipped!: boolean, stages!: [{stage!: text, suggestions!: "
    "[{" SUGGESTION_MEMBERS "}]}]}";
constexpr const char* sale_answer =
    "{stage!: text, may_change!: boolean, stages!: [{stage!: text, suggestions!: "
    "[{" SUGGESTION_MEMBERS
    ", state!: open|done|skipped|created, changed_at: instant?, activity: {id!: id, name: text?, "
    "status: text, starts_at: instant}?}]}]}";
#undef SUGGESTION_MEMBERS

class GuideApi {
 public:
  explicit GuideApi(const SalesGuide& guide) : guide_(guide), database_(guide.parts().database) {}

  Result<Reply> get(Visit&) const { return state(); }

  Result<Reply> save(Visit& visit) const {
    return keep(visit, TRY(parse_guide(TRY(records::body_object(visit.call)))));
  }

  Result<Reply> reset(Visit& visit) const { return keep(visit, std::nullopt); }

  Result<Reply> of_sale(Visit& visit) const { return reply_of(visit, TRY(records::id_of(visit))); }

  Result<Reply> set_state(Visit& visit) const {
    const RecordId sale = TRY(records::id_of(visit));
    const auto input = TRY(records::body_object(visit.call));
    const auto* given = input.if_contains("state");
    const auto state = given && given->is_string() ? find_state(std::string(given->get_string()))
                                                   : std::optional<State>();
    if (!state) return field_error("sales_guide/invalid", "state", given ? "unknown" : "required");
    const std::string suggestion(visit.call.param("suggestion"));
    TRY(database_.write([&](store::Transaction& tx) {
      return guide_.set_state(tx, visit.scope, sale, suggestion, *state);
    }));
    return reply_of(visit, sale);
  }

 private:
  Result<Reply> keep(Visit& visit, const std::optional<Guide>& guide) const {
    TRY(records::save_if_match(database_, visit.call, [&](auto& tx, auto version) {
      return guide_.save(tx, visit.scope, guide, version);
    }));
    return state();
  }

  Result<Reply> state() const {
    const auto stored =
        database_.read([&](store::Session& session) { return guide_.find(session); });
    json::object body = guide_to_json(stored.guide);
    body["version"] = stored.version;
    body["is_shipped"] = stored.is_shipped;
    Reply out = Reply::json(json::serialize(body));
    out.header("ETag", "\"v" + std::to_string(stored.version) + "\"");
    return out;
  }

  Result<Reply> reply_of(const Visit& visit, RecordId sale) const {
    return Reply::json(json::serialize(TRY(database_.read(
        [&](store::Session& session) { return guide_.of_sale(session, visit.scope, sale); }))));
  }

  const SalesGuide& guide_;
  store::Database& database_;
};

}  // namespace

std::vector<access::Route> sales_guide_routes(const SalesGuide& guide) {
  const auto to = access::handlers_of(std::make_shared<GuideApi>(guide));
  const auto admin = Right::function(access::functions::administer);
  const std::string base = "/api/v1/sales_guide", one = "/api/v1/sales/{id}/guide";
  return {
      {Method::get,
       base,
       Right::signed_in(),
       to(&GuideApi::get),
       {"What is suggested in each stage of a sale", {.answer = guide_answer}}},
      {Method::put,
       base,
       admin,
       to(&GuideApi::save),
       {"Change the sales guide", {.body = guide_body, .answer = guide_answer, .versioned = true}}},
      {Method::remove,
       base,
       admin,
       to(&GuideApi::reset),
       {"Back to the guide that comes with the program",
        {.answer = guide_answer, .versioned = true}}},
      {Method::get,
       one,
       Right::signed_in(),
       to(&GuideApi::of_sale),
       {"The guide for a sale, and what became of it", {.answer = sale_answer}}},
      {Method::put,
       one + "/{suggestion}",
       Right::signed_in(),
       to(&GuideApi::set_state),
       {"Say what became of a suggestion, or make an activity of it",
        {.body = "{state!: open|done|skipped|created}", .answer = sale_answer}}},
  };
}

}  // namespace fokus::sales_guide
