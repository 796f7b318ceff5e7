// SPDX-License-Identifier: Apache-2.0
// Merges that take longer than a call may: large ones, and many. A step is one merge, in one
// transaction together with the place where the job goes on.
#include <limits>

#include "features/merge/merge.hpp"

namespace fokus::merge {
namespace {

namespace json = boost::json;

constexpr std::size_t errors_max = 500;

std::int64_t integer_of(const json::object& o, std::string_view key) {
  const auto* v = o.if_contains(key);
  return v && v->is_int64() ? v->get_int64() : 0;
}

void add(json::object& state, const char* key) {
  state[key] = integer_of(state, key) + 1;
}

void note_error(json::object& state, const char* key, std::int64_t id, const Error& error) {
  add(state, "failed");
  auto& errors = state["errors"];
  if (!errors.is_array()) errors = json::array();
  if (errors.get_array().size() < errors_max)
    errors.get_array().push_back(json::object{{key, id}, {"code", error.code}});
}

class MergeJob {
 public:
  MergeJob(const Merges& merges, work::Run& run)
      : merges_(merges), parts_(merges.parts()), run_(run), input_(run.job().input) {}

  Result<json::object> one() {
    const access::Scope scope = TRY(job_scope("job:merge"));
    const auto dictionary = parts_.dictionary.current();
    const auto order = TRY(order_of(*dictionary, input_));
    json::object state = run_.job().state;
    if (state.contains("merge")) return state;
    return parts_.database.write([&](store::Transaction& tx) -> Result<json::object> {
      const auto merged = TRY(merges_.merge(tx, scope, order, {}, 0));
      json::object done{{"merge", merged.id.value}, {"moved", merged.moved}};
      run_.save_state(tx, done, 1, 1);
      return done;
    });
  }

  Result<json::object> undo_one() {
    const access::Scope scope = TRY(job_scope("job:merge_undo"));
    json::object state = run_.job().state;
    if (state.contains("restored")) return state;
    const auto* keep = input_.if_contains("keep_edits");
    return parts_.database.write([&](store::Transaction& tx) -> Result<json::object> {
      const auto undone = TRY(merges_.undo(tx, scope, MergeId{integer_of(input_, "merge")},
                                           !keep || keep->as_bool(), 0));
      json::object done{{"restored", static_cast<std::int64_t>(undone.restored.size())},
                        {"conflicts", static_cast<std::int64_t>(undone.conflicts.size())}};
      run_.save_state(tx, done, 1, 1);
      return done;
    });
  }

  Result<json::object> many() {
    const access::Scope scope = TRY(job_scope("job:bulk_merge"));
    const auto dictionary = parts_.dictionary.current();
    const auto& groups = input_.at("groups").as_array();
    json::object state = run_.job().state;
    while (!run_.should_stop() &&
           integer_of(state, "next") < static_cast<std::int64_t>(groups.size()))
      state = TRY(parts_.database.write(
          [&](store::Transaction& tx) { return step(tx, scope, *dictionary, groups, state); }));
    return state;
  }

  // Newest first, so that a merge of merged ones is taken back in order.
  Result<json::object> undo_many() {
    const access::Scope scope = TRY(job_scope("job:undo_merges"));
    json::object state = run_.job().state;
    while (!run_.should_stop()) {
      const json::object before = state;
      const bool more = TRY(parts_.database.write(
          [&](store::Transaction& tx) { return undo_step(tx, scope, before, state); }));
      if (!more) break;
    }
    return state;
  }

 private:
  Result<access::Scope> job_scope(std::string route) const {
    access::Scope scope;
    scope.actor = TRY(parts_.actor_of(run_.job().created_by));
    scope.route = std::move(route);
    return scope;
  }

  static Result<MergeOrder> order_of(const records::Dictionary& dictionary,
                                     const json::object& input) {
    const auto* type = dictionary.find(input.at("type").as_string());
    if (!type) return make_error(ErrorKind::not_found, "records/no_such_type");
    return parse_order(*type, input);
  }

  Result<json::object> step(store::Transaction& tx, const access::Scope& scope,
                            const records::Dictionary& dictionary, const json::array& groups,
                            json::object state) const {
    const std::int64_t at = integer_of(state, "next");
    const auto& group = groups.at(static_cast<std::size_t>(at)).as_object();
    tx.in_savepoint([&] {
      const auto merged = merge_group(tx, scope, dictionary, group);
      if (merged)
        add(state, "merged");
      else
        note_error(state, "keep", integer_of(group, "keep"), merged.error());
      return merged.ok();
    });
    state["next"] = at + 1;
    run_.save_state(tx, state, at + 1, static_cast<std::int64_t>(groups.size()));
    return state;
  }

  Result<Merged> merge_group(store::Transaction& tx, const access::Scope& scope,
                             const records::Dictionary& dictionary,
                             const json::object& group) const {
    const auto order = TRY(order_of(dictionary, group));
    return merges_.merge(tx, scope, order, BatchId{integer_of(input_, "batch")}, 0);
  }

  Result<bool> undo_step(store::Transaction& tx, const access::Scope& scope,
                         const json::object& before, json::object& after) const {
    json::object state = before;
    const BatchId batch{integer_of(input_, "batch")};
    const auto* next = state.if_contains("before");
    const std::int64_t id = tx.query_integer(
        parts_.statements["merge.list_of_batch"],
        {batch, next ? next->as_int64() : std::numeric_limits<std::int64_t>::max(), 1});
    if (id == 0) {
      tx.execute(parts_.statements["records.mark_batch_undone"], {batch, parts_.clock.now()});
      run_.save_state(tx, state, integer_of(state, "undone"), 0);
      after = std::move(state);
      return false;
    }
    tx.in_savepoint([&] {
      const auto undone = merges_.undo(tx, scope, MergeId{id}, true, 0);
      if (undone)
        add(state, "undone");
      else
        note_error(state, "merge", id, undone.error());
      return undone.ok();
    });
    state["before"] = id;
    run_.save_state(tx, state, integer_of(state, "undone"), 0);
    after = std::move(state);
    return true;
  }

  const Merges& merges_;
  const records::ApiParts& parts_;
  work::Run& run_;
  const json::object& input_;
};

}  // namespace

void add_bulk_merge_jobs(const Merges& merges) {
  auto& jobs = merges.parts().jobs;
  const auto add_job = [&](const char* kind, Result<json::object> (MergeJob::*body)()) {
    jobs.add_kind(kind,
                  [&merges, body](work::Run& run) { return (MergeJob(merges, run).*body)(); });
  };
  add_job("merge", &MergeJob::one);
  add_job("merge_undo", &MergeJob::undo_one);
  add_job("bulk_merge", &MergeJob::many);
  add_job("undo_merges", &MergeJob::undo_many);
}

}  // namespace fokus::merge
