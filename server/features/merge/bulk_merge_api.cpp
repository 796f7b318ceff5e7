// SPDX-License-Identifier: Apache-2.0
// Many merges: preview and start.
#include "features/merge/bulk_merge.hpp"

namespace fokus::merge {
namespace {

namespace json = boost::json;
using access::Right;
using access::Scope;
using access::Visit;
using net::Method;
using net::Reply;

constexpr std::size_t shown_max = 200;  // groups that a preview lists

struct Plan {
  std::vector<MergeOrder> orders;
  std::int64_t too_large = 0, not_allowed = 0;  // records; groups
};

constexpr const char* bulk_body = "{pairs: [[id]], certain: boolean}";

class BulkMergeApi {
 public:
  explicit BulkMergeApi(const Merges& merges) : merges_(merges), parts_(merges.parts()) {}

  Result<Reply> preview(Visit& visit) const {
    const auto dictionary = parts_.dictionary.current();
    const auto& type = *TRY(records::type_of(*dictionary, visit));
    const auto input = TRY(records::body_object(visit.call));
    std::string body;
    std::vector<std::int64_t> seen;
    TRY(parts_.database.read([&](store::Session& session) -> Status {
      const auto plan = TRY(plan_of(session, visit.scope, type, input));
      body = render(session, visit.scope, type, plan, seen);
      return {};
    }));
    records::trace_read(parts_, visit.scope, "list", type, seen, "bulk merge preview");
    return Reply::json(std::move(body));
  }

  Result<Reply> start(Visit& visit) const {
    const auto dictionary = parts_.dictionary.current();
    const auto& type = *TRY(records::type_of(*dictionary, visit));
    const auto input = TRY(records::body_object(visit.call));
    const auto plan = TRY(parts_.database.read(
        [&](store::Session& session) { return plan_of(session, visit.scope, type, input); }));
    if (plan.orders.empty()) return invalid("pairs", "nothing_to_merge");
    json::array groups;
    for (const auto& order : plan.orders) groups.push_back(order_to_json(order));
    const auto total = static_cast<std::int64_t>(plan.orders.size());
    BatchId batch;
    const JobId job = TRY(parts_.database.write([&](store::Transaction& tx) -> Result<JobId> {
      batch = parts_.records.create_batch(tx, visit.scope, "merge", type.name,
                                          {{"action", "merge"}, {"count", total}});
      return parts_.jobs.create(tx, "bulk_merge", access::author_of(visit.scope.actor),
                                {{"type", type.name}, {"groups", groups}, {"batch", batch.value}},
                                parts_.clock.now());
    }));
    return Reply::json(json::serialize(json::object{{"job", job.value}, {"batch", batch.value}}),
                       202);
  }

 private:
  Result<Pairs> pairs_of(store::Session& session, const Scope& scope,
                         const records::RecordType& type, const json::object& input) const {
    const auto* certain = input.if_contains("certain");
    if (certain && !certain->is_null() && !certain->is_bool())
      return invalid("certain", "not_a_boolean");
    if (!certain || certain->is_null() || !certain->get_bool()) return parse_pairs(input);
    if (!merges_.certain_pairs()) return make_error(ErrorKind::conflict, "merge/no_scan");
    return merges_.certain_pairs()(session, scope, type);
  }

  Result<Plan> plan_of(store::Session& session, const Scope& scope, const records::RecordType& type,
                       const json::object& input) const {
    const auto grouping = group_pairs(TRY(pairs_of(session, scope, type, input)));
    Plan out;
    out.too_large = grouping.too_large;
    for (const auto& group : grouping.groups) {
      auto order = plan_group(merges_, session, scope, type, group);
      if (!order && order.error().code == "merge/not_mergeable") return order.error();
      if (order)
        out.orders.push_back(std::move(*order));
      else
        ++out.not_allowed;
    }
    return out;
  }

  std::string render(store::Session& session, const Scope& scope, const records::RecordType& type,
                     const Plan& plan, std::vector<std::int64_t>& seen) const {
    std::string body;
    JsonWriter json(body);
    json.begin_object().key("groups").begin_array();
    for (const auto& order : plan.orders) {
      if (seen.size() >= shown_max) break;
      const auto label = label_of(parts_, session, scope, type, order.keep.value);
      json.begin_object().field("keep", order.keep.value).key("merge").begin_array();
      for (const auto id : order.merge) json.value(id.value);
      json.end_array().field("label", label.value_or("")).end_object();
      seen.push_back(order.keep.value);
    }
    json.end_array().field("count", static_cast<std::int64_t>(plan.orders.size()));
    json.key("left_out").begin_array();
    const auto left_out = [&](std::string_view reason, std::int64_t count) {
      if (count > 0) json.begin_object().field("reason", reason).field("count", count).end_object();
    };
    left_out("too_large", plan.too_large);
    left_out("not_allowed", plan.not_allowed);
    json.end_array().end_object();
    return body;
  }

  const Merges& merges_;
  const records::ApiParts& parts_;
};

}  // namespace

std::vector<access::Route> bulk_merge_routes(const Merges& merges) {
  const auto api = std::make_shared<BulkMergeApi>(merges);
  const auto right = Right::function(access::functions::bulk_edit);
  return {
      {Method::post,
       "/api/v1/{type}/merge/bulk/preview",
       right,
       [api](Visit& visit) { return api->preview(visit); },
       {"What many merges would do",
        {.body = bulk_body,
         .answer = "{groups!: [{keep!: id, merge!: [id], label: text?}], count!: integer, "
                   "left_out!: [{reason!: text, count!: integer}]}"}},
       net::Lane::slow},
      {Method::post,
       "/api/v1/{type}/merge/bulk",
       right,
       [api](Visit& visit) { return api->start(visit); },
       {"Start many merges",
        {.body = bulk_body, .answer = "{job!: id, batch!: id}", .status = 202}},
       net::Lane::slow},
  };
}

}  // namespace fokus::merge
