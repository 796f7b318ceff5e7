// SPDX-License-Identifier: Apache-2.0
// An activity for each member: preview, job; taken back like any other change set.
#include "features/selections/selection_calls.hpp"
#include "records/criteria_tree.hpp"
#include "records/rights.hpp"

namespace fokus::selections {
namespace {

namespace json = boost::json;
using access::Action;
using access::Right;
using access::Scope;
using access::Visit;
using net::Method;
using net::Reply;

constexpr std::string_view job_kind = "selection_follow_ups";
constexpr int step_size = 100;           // activities per transaction
constexpr int preview_max = 10;          // that are tried out
constexpr std::size_t errors_max = 100;  // reasons that a result lists

// What is made for each member, and where it goes.
struct Plan {
  Selection selection;
  const records::RecordType* members = nullptr;
  const records::RecordType* activity = nullptr;
  const records::Field* link = nullptr;  // of the activity, to the member
  json::object values;
  bool for_owner = false;  // the owner of the member does it, not who asks
};

class FollowUps {
 public:
  explicit FollowUps(const Selections& selections)
      : selections_(selections), parts_(selections.parts()) {}

  Result<Reply> create(Visit& visit) const {
    const auto input = TRY(records::body_object(visit.call));
    const bool only_shows = TRY(is_preview(input));
    const auto dictionary = parts_.dictionary.current();
    const SelectionId id = TRY(selection_id_of(visit));
    const Plan plan = TRY(parts_.database.read([&](store::Session& session) {
      return plan_of(session, visit.scope, *dictionary, id, input);
    }));
    return only_shows ? preview(visit.scope, plan) : start(visit.scope, plan);
  }

  Result<json::object> work(work::Run& run) const {
    const auto& input = run.job().input;
    const Scope scope = TRY(job_scope(parts_, run.job(), "job:selection_follow_ups"));
    const auto dictionary = parts_.dictionary.current();
    const Plan plan = TRY(parts_.database.read([&](store::Session& session) {
      return plan_of(session, scope, *dictionary, SelectionId{integer_of(input, "selection")},
                     input);
    }));
    json::object state = run.job().state;
    if (state.empty()) state["errors"] = json::array();
    while (!run.should_stop()) {
      Step done = TRY(parts_.database.write(
          [&](store::Transaction& tx) { return step(tx, run, scope, plan, state); }));
      state = std::move(done.state);
      if (!done.more) break;
    }
    return state;
  }

 private:
  Result<Plan> plan_of(store::Session& session, const Scope& scope,
                       const records::Dictionary& dictionary, SelectionId id,
                       const json::object& input) const {
    Plan plan;
    plan.selection = TRY(selections_.get(session, scope, id));
    plan.members = TRY(type_of(dictionary, scope, plan.selection));
    plan.activity = dictionary.find("activity");
    if (!plan.activity) return make_error(ErrorKind::not_found, "records/no_such_type");
    TRY(records::check_type_right(scope, *plan.activity, Action::create));
    if (!scope.permissions().may(plan.activity->name, Action::create))
      return make_error(ErrorKind::forbidden, "records/forbidden");
    for (const auto& field : plan.activity->fields)
      if (field.kind == records::FieldKind::link && field.target == plan.members->name &&
          !plan.link)
        plan.link = &field;
    if (!plan.link) return invalid("selection", "no_link");
    const auto* values = input.if_contains("values");
    if (!values || !values->is_object()) return invalid("values", "required");
    plan.values = values->get_object();
    const std::string who = TRY(said_text(input, "assign_to"));
    if (!who.empty() && who != "me" && who != "owner") return invalid("assign_to", "unknown");
    plan.for_owner = who == "owner" && plan.members->owned;
    return plan;
  }

  json::object values_for(store::Session& session, const Plan& plan, std::int64_t member) const {
    json::object values = plan.values;
    values[plan.link->name] = member;
    if (!plan.for_owner) return values;
    const std::int64_t owner = session.query_integer(
        "SELECT owner FROM " + plan.members->table + " WHERE id = $1", {member});
    if (owner != 0) values["owner"] = owner;
    return values;
  }

  Result<std::int64_t> total_of(store::Session& session, const Scope& scope,
                                const Plan& plan) const {
    const auto total = TRY(
        count_of(parts_, session, scope, *plan.members, *selection_node(plan.selection.id.value)));
    if (total > limits::follow_ups_max)
      return field_error("selections/invalid", "selection", "too_many",
                         {{"max", std::to_string(limits::follow_ups_max)}});
    return total;
  }

  Result<std::vector<std::int64_t>> next_members(store::Session& session, const Scope& scope,
                                                 const Plan& plan, std::int64_t after,
                                                 int limit) const {
    const auto inside = selection_node(plan.selection.id.value);
    return parts_.records.list_ids(session, scope, *plan.members, Action::read, inside.get(), after,
                                   limit);
  }

  // Makes the first ones for real in a transaction that is rolled back: what is shown is what would
  // happen, errors included.
  Result<Reply> preview(const Scope& scope, const Plan& plan) const {
    json::object out;
    std::vector<std::int64_t> ids;
    const auto rolled_back = parts_.database.write([&](store::Transaction& tx) -> Status {
      out = {{"count", TRY(total_of(tx, scope, plan))}};
      ids = TRY(next_members(tx, scope, plan, 0, preview_max));
      json::array sample;
      for (const auto id : ids) sample.push_back(try_out(tx, scope, plan, id));
      out["sample"] = std::move(sample);
      return make_error(ErrorKind::conflict, "selections/preview");
    });
    if (rolled_back.error().code != "selections/preview") return rolled_back.error();
    records::trace_read(parts_, scope, "list", *plan.members, ids, "follow-up preview");
    return Reply::json(json::serialize(out));
  }

  json::object try_out(store::Transaction& tx, const Scope& scope, const Plan& plan,
                       std::int64_t id) const {
    json::object one{{"id", id}};
    one["name"] = tx.query_text("SELECT name FROM " + plan.members->table + " WHERE id = $1", {id})
                      .value_or("");
    tx.in_savepoint([&] {
      const auto saved = parts_.records.create(tx, scope, *plan.activity, values_for(tx, plan, id),
                                               {0, {}, "create"});
      if (!saved) add_reason(one, saved.error());
      return false;
    });
    return one;
  }

  static void add_reason(json::object& one, const Error& error) {
    one["error"] = error.code;
    if (error.errors.empty()) return;
    one["field"] = error.errors.front().field;
    one["reason"] = error.errors.front().code;
  }

  Result<Reply> start(const Scope& scope, const Plan& plan) const {
    BatchId batch;
    const JobId job = TRY(parts_.database.write([&](store::Transaction& tx) -> Result<JobId> {
      const std::int64_t total = TRY(total_of(tx, scope, plan));
      batch = parts_.records.create_batch(tx, scope, "follow_ups", plan.activity->name,
                                          {{"selection", plan.selection.id.value},
                                           {"name", plan.selection.name},
                                           {"count", total}});
      const json::object input{{"selection", plan.selection.id.value},
                               {"values", plan.values},
                               {"assign_to", plan.for_owner ? "owner" : "me"},
                               {"total", total},
                               {"batch", batch.value}};
      return parts_.jobs.create(tx, job_kind, access::author_of(scope.actor), input,
                                parts_.clock.now());
    }));
    return accepted(job, batch);
  }

  struct Step {
    json::object state;
    bool more = false;
  };

  // Leaves the state alone: a transaction that runs twice begins with the same one.
  Result<Step> step(store::Transaction& tx, work::Run& run, const Scope& scope, const Plan& plan,
                    const json::object& state) const {
    const auto ids = TRY(next_members(tx, scope, plan, integer_of(state, "after"), step_size));
    json::object next = state;
    const records::Provenance provenance{0, BatchId{integer_of(run.job().input, "batch")},
                                         "create"};
    for (const auto id : ids) {
      tx.in_savepoint([&] {
        const auto saved =
            parts_.records.create(tx, scope, *plan.activity, values_for(tx, plan, id), provenance);
        const char* outcome = saved ? "created" : "failed";
        next[outcome] = integer_of(next, outcome) + 1;
        auto& errors = next["errors"].as_array();
        if (!saved && errors.size() < errors_max) {
          json::object one{{"id", id}};
          add_reason(one, saved.error());
          errors.push_back(std::move(one));
        }
        return saved.ok();
      });
      next["after"] = id;
    }
    const std::int64_t done = integer_of(next, "created") + integer_of(next, "failed");
    run.save_state(tx, next, done, integer_of(run.job().input, "total"));
    const bool more = !ids.empty() && integer_of(next, "created") < limits::follow_ups_max;
    return Step{std::move(next), more};
  }

  const Selections& selections_;
  const records::ApiParts& parts_;
};

}  // namespace

std::vector<access::Route> follow_up_routes(const Selections& selections) {
  const auto api = std::make_shared<FollowUps>(selections);
  return {{Method::post,
           "/api/v1/selections/{id}/follow-ups",
           Right::function(access::functions::bulk_edit),
           [api](Visit& visit) { return api->create(visit); },
           {"An activity for each member: preview or start",
            {.body = "{values!: object, assign_to: me|owner, preview: boolean}",
             .answer = "$job",
             .preview = "{count!: integer, sample!: [object]}",
             .status = 202}},
           net::Lane::slow}};
}

void add_follow_up_job(const Selections& selections) {
  selections.parts().jobs.add_kind(std::string(job_kind), [&selections](work::Run& run) {
    return FollowUps(selections).work(run);
  });
}

}  // namespace fokus::selections
