// SPDX-License-Identifier: Apache-2.0
// /api/v1/registers/{provider}/lookup and /online: what a provider answers at this moment.
#include "features/registers/register_json.hpp"

namespace fokus::registers {
namespace {

namespace json = boost::json;
using access::Right;
using access::Visit;
using net::Method;
using net::Reply;

constexpr int found_default = 10;

class OnlineApi {
 public:
  explicit OnlineApi(Registers& registers) : registers_(registers) {}

  Result<Reply> search(Visit& visit) const {
    const auto q = visit.call.query_value("q").value_or("");
    int limit = found_default;
    if (visit.call.query_value("limit"))
      limit = TRY(records::parse_list_call(visit.call)).query.limit;
    const auto found =
        TRY(registers_.search_online(visit.scope, visit.call.param("provider"), q, limit));
    json::array entries;
    for (const auto& one : found) entries.push_back(found_json(one));
    return Reply::json(json::serialize(json::object{{"entries", std::move(entries)}}));
  }

  Result<Reply> look_up(Visit& visit) const {
    return Reply::json(json::serialize(found_json(TRY(found_of(visit)))));
  }

  Result<Reply> make_company(Visit& visit) const {
    auto order = TRY(parse_fill_order(TRY(records::body_object(visit.call))));
    order.expected_versions = TRY(records::parse_if_match(visit.call.header("If-Match")));
    const auto found = TRY(found_of(visit));
    const auto outcome = TRY(registers_.make_company(visit.scope, found, order));
    const bool is_new = !order.company && !order.is_preview;
    return Reply::json(json::serialize(outcome_json(outcome)), is_new ? 201 : 200);
  }

 private:
  Result<Found> found_of(const Visit& visit) const {
    return registers_.look_up_online(visit.scope, visit.call.param("provider"),
                                     visit.call.param("number"));
  }

  Registers& registers_;
};

}  // namespace

std::vector<access::Route> online_routes(Registers& registers) {
  const auto api = std::make_shared<OnlineApi>(registers);
  const auto to = [&](auto member) -> access::Handler {
    return [api, member](Visit& visit) { return ((*api).*member)(visit); };
  };
  const std::string one = "/api/v1/registers/{provider}", entry = one + "/lookup/{number}";
  // They wait for another machine, and so never in the fast lane.
  return {
      {Method::get,
       one + "/online",
       Right::signed_in(),
       to(&OnlineApi::search),
       {"Entries that the provider finds by name, asked over the network",
        {.query = "q, limit: limit", .answer = "{entries!: [" + std::string(found_answer) + "]}"}},
       net::Lane::outside},
      {Method::get,
       entry,
       Right::signed_in(),
       to(&OnlineApi::look_up),
       {"One entry, asked of the provider over the network", {.answer = found_answer}},
       net::Lane::outside},
      {Method::post,
       entry + "/company",
       Right::signed_in(),
       to(&OnlineApi::make_company),
       {"Make a company of what the provider answers, or fill one with it",
        {.body = company_body,
         .answer = company_answer,
         .preview = company_answer,
         .status = 201,
         .versioned = true}},
       net::Lane::outside},
  };
}

}  // namespace fokus::registers
