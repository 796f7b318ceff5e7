// SPDX-License-Identifier: Apache-2.0
// Decisions about many proposals, as a job.
#include "features/register_updates/proposals.hpp"

namespace fokus::register_updates {
namespace {

namespace json = boost::json;
using access::Action;
using access::Scope;

json::object decision_to_json(const Decision& decision) {
  json::array ids;
  for (const auto id : decision.filter.ids) ids.emplace_back(id);
  return {{"type", "company"},
          {"action", decision.accepts ? "accept" : "reject"},
          {"field", decision.filter.field},
          {"provider", decision.filter.provider},
          {"owner", decision.filter.owner},
          {"ids", std::move(ids)}};
}

Decision decision_from_json(const json::object& input) {
  Decision out;
  out.accepts = input.at("action").as_string() == "accept";
  out.filter.state = "open";
  out.filter.field = std::string(input.at("field").as_string());
  out.filter.provider = std::string(input.at("provider").as_string());
  out.filter.owner = input.at("owner").as_int64();
  for (const auto& id : input.at("ids").as_array()) out.filter.ids.push_back(id.as_int64());
  return out;
}

class DecisionRun {
 public:
  DecisionRun(const RegisterUpdates& updates, work::Run& run)
      : updates_(updates), parts_(updates.parts()), run_(run), state_(run.job().state) {}

  Result<json::object> go() {
    const auto& input = run_.job().input;
    const auto decision = decision_from_json(input);
    batch_ = BatchId{input.at("batch").as_int64()};
    scope_.actor = TRY(parts_.actor_of(run_.job().created_by));
    scope_.route = "job:register_decide";
    if (state_.empty())
      state_ = {
          {"before", input.at("up_to").as_int64() + 1}, {"done", 0}, {"failed", 0}, {"gone", 0}};
    while (!run_.should_stop()) {
      json::object next;
      bool more = false;
      parts_.database.write([&](store::Transaction& tx) { more = step(tx, decision, next); });
      state_ = std::move(next);
      if (!more) break;
    }
    return json::object{{decision.accepts ? "accepted" : "rejected", state_.at("done")},
                        {"failed", state_.at("failed")},
                        {"gone", state_.at("gone")},
                        {"batch", batch_.value}};
  }

 private:
  // A transaction may run twice: what it counts is taken over when it has ended.
  bool step(store::Transaction& tx, const Decision& decision, json::object& next) {
    next = state_;
    const auto page = list_proposals(updates_, tx, scope_, Action::update, decision.filter,
                                     next.at("before").as_int64(), limits::decided_per_step);
    for (const auto& item : page) {
      const auto id = item.at("id").as_int64();
      add(next, decide(tx, decision, id));
      next["before"] = id;
    }
    run_.save_state(tx, next, next.at("done").as_int64(), run_.job().input.at("total").as_int64());
    return !page.empty();
  }

  static void add(json::object& state, const char* what) {
    state[what] = state.at(what).as_int64() + 1;
  }

  const char* decide(store::Transaction& tx, const Decision& decision, std::int64_t id) {
    std::string code;
    const bool ok = tx.in_savepoint([&] {
      const Status status =
          decision.accepts ? accept(tx, id) : reject_proposal(updates_, tx, scope_, id);
      if (!status) code = status.error().code;
      return status.ok();
    });
    if (ok) return "done";
    if (code != "register_updates/moved") return "failed";
    close_moved(updates_, tx, id);
    return "gone";
  }

  Status accept(store::Transaction& tx, std::int64_t id) {
    TRY(accept_proposal(updates_, tx, scope_, id, batch_));
    return {};
  }

  const RegisterUpdates& updates_;
  const records::ApiParts& parts_;
  work::Run& run_;
  Scope scope_;
  BatchId batch_;
  json::object state_;
};

}  // namespace

Result<DecisionJob> decide_later(const RegisterUpdates& updates, const Scope& scope,
                                 const Decision& decision) {
  const auto& parts = updates.parts();
  return parts.database.write([&](store::Transaction& tx) -> Result<DecisionJob> {
    ProposalFilter open = decision.filter;
    open.state = "open";
    DecisionJob out;
    auto input = decision_to_json(decision);
    if (decision.accepts)
      out.batch = parts.records.create_batch(
          tx, scope, "register", "company",
          {{"register", decision.filter.provider}, {"action", "accept"}});
    input["batch"] = out.batch.value;
    // What is proposed from now on was in nobody's preview.
    input["up_to"] = tx.query_integer(parts.statements["register_updates.newest_proposal"]);
    input["total"] = count_proposals(updates, tx, scope, Action::update, open);
    out.job = parts.jobs.create(tx, "register_decide", access::author_of(scope.actor), input,
                                parts.clock.now());
    return out;
  });
}

Result<json::object> run_decision(const RegisterUpdates& updates, work::Run& run) {
  return DecisionRun(updates, run).go();
}

}  // namespace fokus::register_updates
