// SPDX-License-Identifier: Apache-2.0
// /api/v1/register_updates/proposals: the queue of differences.
#include <algorithm>

#include "features/register_updates/proposals.hpp"
#include "features/register_updates/request_values.hpp"

namespace fokus::register_updates {
namespace {

namespace json = boost::json;
using access::Action;
using access::Right;
using access::Visit;
using net::Method;
using net::Reply;

constexpr std::array<std::string_view, 4> states = {"open", "accepted", "rejected", "gone"};

Reply reply(const json::object& body, int status = 200) {
  return Reply::json(json::serialize(body), status);
}

Error invalid(std::string field, std::string code) {
  return field_error("register_updates/invalid", std::move(field), std::move(code));
}

bool is_true(const json::object& body, std::string_view key) {
  const auto* value = body.if_contains(key);
  return value && value->is_bool() && value->get_bool();
}

Result<std::vector<std::int64_t>> ids_in(const json::value& value) {
  std::vector<std::int64_t> out;
  if (!value.is_array() || value.get_array().empty()) return invalid("ids", "not_a_list");
  if (value.get_array().size() > limits::ids_max)
    return field_error("register_updates/invalid", "ids", "too_many",
                       {{"max", std::to_string(limits::ids_max)}});
  for (const auto& id : value.get_array()) {
    if (!id.is_int64() || id.get_int64() < 1) return invalid("ids", "not_a_number");
    out.push_back(id.get_int64());
  }
  return out;
}

// {"action", "ids" or "filter"}
Result<Decision> decision_in(const json::object& body, const access::Scope& scope) {
  Decision out;
  const auto* action = body.if_contains("action");
  const std::string_view word =
      action && action->is_string() ? std::string_view(action->get_string()) : "";
  if (word != "accept" && word != "reject") return invalid("action", "unknown");
  out.accepts = word == "accept";
  const auto* ids = body.if_contains("ids");
  const auto* filter = body.if_contains("filter");
  if ((ids != nullptr) == (filter != nullptr)) return invalid("filter", "ids_or_filter");
  if (filter) {
    if (!filter->is_object()) return invalid("filter", "wrong_kind");
    out.filter = TRY(parse_proposal_filter(filter->get_object(), scope));
  } else {
    out.filter.ids = TRY(ids_in(*ids));
  }
  out.filter.state = "open";
  return out;
}

class ProposalApi {
 public:
  explicit ProposalApi(const RegisterUpdates& updates)
      : updates_(updates), parts_(updates.parts()) {}

  Result<Reply> list(Visit& visit) const {
    const auto page = TRY(access::parse_page(visit.call));
    auto filter = TRY(filter_asked(visit));
    const auto state = visit.call.query_value("state").value_or("open");
    if (std::find(states.begin(), states.end(), state) == states.end())
      return invalid("state", "unknown");
    filter.state = std::string(state);
    filter.company = TRY(number_asked(visit, "company"));
    auto items = parts_.database.read([&](store::Session& session) {
      return list_proposals(updates_, session, visit.scope, Action::read, filter, before_of(page),
                            page.rows_to_read());
    });
    return reply(TRY(access::page_of(visit.call, std::move(items))));
  }

  Result<Reply> count(Visit& visit) const {
    auto filter = TRY(filter_asked(visit));
    filter.state = "open";
    return parts_.database.read([&](store::Session& session) {
      const auto open = count_proposals(updates_, session, visit.scope, Action::read, filter);
      json::array by_field, by_provider;
      for (const auto& [field, n] : count_by(updates_, session, visit.scope, filter, "field"))
        by_field.push_back(json::object{{"field", field}, {"count", n}});
      for (const auto& [name, n] : count_by(updates_, session, visit.scope, filter, "provider")) {
        const auto* provider = registers::find_provider(name);
        by_provider.push_back(json::object{
            {"provider", name}, {"title", provider ? provider->title : name}, {"count", n}});
      }
      return reply({{"open", open},
                    {"by_field", std::move(by_field)},
                    {"by_provider", std::move(by_provider)}});
    });
  }

  Result<Reply> accept(Visit& visit) const {
    const auto id = TRY(records::id_of(visit)).value;
    const auto body = TRY(records::body_object(visit.call));
    const bool is_for_all = is_true(body, "always");
    if (is_for_all && !visit.scope.permissions().has_function(access::functions::administer))
      return make_error(ErrorKind::forbidden, "access/forbidden");
    const auto accepted = parts_.database.write([&](store::Transaction& tx) -> Result<Accepted> {
      const auto out = TRY(accept_proposal(updates_, tx, visit.scope, id, BatchId{}));
      if (is_for_all) TRY(always(tx, visit.scope, id));
      return out;
    });
    if (!accepted && accepted.error().code == "register_updates/moved")
      parts_.database.write([&](store::Transaction& tx) { close_moved(updates_, tx, id); });
    if (!accepted) return accepted.error();
    return reply({{"id", id},
                  {"state", "accepted"},
                  {"batch", accepted->batch.value},
                  {"version", accepted->version}});
  }

  Result<Reply> reject(Visit& visit) const {
    const auto id = TRY(records::id_of(visit)).value;
    TRY(parts_.database.write(
        [&](store::Transaction& tx) { return reject_proposal(updates_, tx, visit.scope, id); }));
    return reply({{"id", id}, {"state", "rejected"}});
  }

  Result<Reply> reopen(Visit& visit) const {
    const auto id = TRY(records::id_of(visit)).value;
    TRY(parts_.database.write(
        [&](store::Transaction& tx) { return reopen_proposal(updates_, tx, visit.scope, id); }));
    return reply({{"id", id}, {"state", "open"}});
  }

  Result<Reply> decide(Visit& visit) const {
    const auto body = TRY(records::body_object(visit.call));
    const auto decision = TRY(decision_in(body, visit.scope));
    if (is_true(body, "preview")) return preview(visit, decision);
    const auto started = TRY(decide_later(updates_, visit.scope, decision));
    return reply({{"job", started.job.value},
                  {"batch", started.batch ? json::value(started.batch.value) : json::value()}},
                 202);
  }

 private:
  static Result<ProposalFilter> filter_asked(const Visit& visit) {
    ProposalFilter out;
    out.field = std::string(visit.call.query_value("field").value_or(""));
    out.provider = std::string(visit.call.query_value("provider").value_or(""));
    out.owner = TRY(owner_asked(visit));
    return out;
  }

  // From now on values of this field follow the register by themselves.
  Status always(store::Transaction& tx, const access::Scope& scope, std::int64_t id) const {
    const auto place = TRY(place_of_proposal(updates_, tx, scope, id));
    const auto settings = updates_.settings_of(tx, *place.provider);
    auto policies = settings_to_json(settings).at("policies").as_object();
    policies[place.field] = "always";
    TRY(updates_.change(tx, scope, *place.provider, {{"policies", policies}}, std::nullopt));
    return {};
  }

  Result<Reply> preview(Visit& visit, const Decision& decision) const {
    return parts_.database.read([&](store::Session& session) {
      auto sample = list_proposals(updates_, session, visit.scope, Action::update, decision.filter,
                                   std::numeric_limits<std::int64_t>::max(), limits::sample_max);
      const auto count =
          count_proposals(updates_, session, visit.scope, Action::update, decision.filter);
      return reply({{"count", count}, {"sample", std::move(sample)}});
    });
  }

  const RegisterUpdates& updates_;
  const records::ApiParts& parts_;
};

constexpr const char* proposal_answer =
    "{id!: id, company!: object, owner: object?, field!: text, present: any, offered: any, "
    "provider!: text, title: text, obtained_on: text, found_at!: instant, state!: text, "
    "reason: text, decided_at: instant?, decided_by: object?, batch: id?}";

}  // namespace

// tidy: table
std::vector<access::Route> proposal_routes(const RegisterUpdates& updates) {
  const auto api = std::make_shared<ProposalApi>(updates);
  const auto to = [&](auto member) -> access::Handler {
    return [api, member](Visit& visit) { return ((*api).*member)(visit); };
  };
  const std::string base = "/api/v1/register_updates/proposals", one = base + "/{id}";
  const std::string proposal(proposal_answer);
  return {
      {Method::get,
       base,
       Right::signed_in(),
       to(&ProposalApi::list),
       {"Differences between companies and their registers",
        {.query = "state, field, provider, owner, company, limit: limit, cursor",
         .answer = "{items!: [" + proposal + "], next!: text?}"}}},
      {Method::get,
       base + "/counts",
       Right::signed_in(),
       to(&ProposalApi::count),
       {"How many differences wait, by field and register",
        {.query = "field, provider, owner",
         .answer = "{open!: integer, by_field!: [{field!: text, count!: integer}], "
                   "by_provider!: [{provider!: text, title: text, count!: integer}]}"}}},
      {Method::post,
       one + "/accept",
       Right::signed_in(),
       to(&ProposalApi::accept),
       {"Take a register's value over",
        {.body = "{always: boolean}",
         .answer = "{id!: id, state!: text, batch!: id, version!: integer}"}}},
      {Method::post,
       one + "/reject",
       Right::signed_in(),
       to(&ProposalApi::reject),
       {"Leave a register's value, also from now on", {.answer = "{id!: id, state!: text}"}}},
      {Method::post,
       one + "/reopen",
       Right::signed_in(),
       to(&ProposalApi::reopen),
       {"Take a rejection back", {.answer = "{id!: id, state!: text}"}}},
      {Method::post,
       base + "/decide",
       Right::function(access::functions::bulk_edit),
       to(&ProposalApi::decide),
       {"Decide about many differences",
        {.body = "{action!: text, ids: [id], filter: {field: text, provider: text, owner: any}, "
                 "preview: boolean}",
         .answer = "{job!: id, batch: id?}",
         .preview = "{count!: integer, sample!: [" + proposal + "]}",
         .status = 202}}},
  };
}

}  // namespace fokus::register_updates
