// SPDX-License-Identifier: Apache-2.0
// Bulk edit and undo as jobs: a step is one transaction together with the place where it goes on.
#include "records/bulk.hpp"
#include "records/undo.hpp"

namespace fokus::records {
namespace {

namespace json = boost::json;

std::int64_t integer_of(const json::object& o, std::string_view key) {
  const auto* v = o.if_contains(key);
  return v && v->is_int64() ? v->get_int64() : 0;
}

json::object start_state(const json::object& saved) {
  if (!saved.empty()) return saved;
  return {{"after", 0}, {"changed", 0}, {"unchanged", 0}, {"failed", 0}, {"errors", json::array()}};
}

void add(json::object& state, std::string_view key, std::int64_t n) {
  state[key] = integer_of(state, key) + n;
}

void note(json::object& state, json::object one) {
  add(state, "failed", 1);
  auto& errors = state["errors"];
  if (!errors.is_array()) errors = json::array();  // an older program may have begun the work
  if (errors.get_array().size() >= static_cast<std::size_t>(limits::bulk_errors_max)) return;
  errors.get_array().push_back(std::move(one));
}

void note_error(json::object& state, std::int64_t id, const Error& error) {
  json::object one{{"id", id}, {"code", error.code}};
  if (!error.errors.empty())
    one["field"] = error.errors.front().field, one["reason"] = error.errors.front().code;
  note(state, std::move(one));
}

class BulkJob {
 public:
  BulkJob(const ApiParts& parts, work::Run& run) : parts_(parts), run_(run) {}

  Result<json::object> edit() {
    const auto dictionary = parts_.dictionary.current();
    const auto& input = run_.job().input;
    const RecordType* type = dictionary->find(input.at("type").as_string());
    if (!type) return make_error(ErrorKind::not_found, "records/no_such_type");
    const BulkEdit edit = TRY(parse_bulk_edit(*dictionary, *type, input));
    Scope scope = TRY(job_scope("job:bulk_edit"));
    json::object state = start_state(run_.job().state);
    while (!run_.should_stop()) {
      Step done = TRY(parts_.database.write(
          [&](store::Transaction& tx) { return step(tx, scope, edit, state); }));
      state = std::move(done.state);
      trace_read(parts_, scope, edit.archiving ? "remove" : "change", *edit.type, done.changed,
                 "bulk edit");
      if (!done.more) return state;
    }
    return state;
  }

  Result<json::object> undo() {
    const BatchId batch{integer_of(run_.job().input, "batch")};
    Scope scope = TRY(job_scope("job:undo"));
    json::object state = run_.job().state;
    if (state.empty())
      state = {{"before", std::numeric_limits<std::int64_t>::max()},
               {"undone", 0},
               {"conflicts", 0},
               {"failed", 0},
               {"errors", json::array()}};
    while (!run_.should_stop()) {
      Step done = TRY(parts_.database.write([&](store::Transaction& tx) -> Result<Step> {
        json::object next = state;
        const auto [step, refused] =
            TRY(undo_some({parts_.records, parts_.statements, parts_.clock}, tx, scope,
                          {batch, integer_of(state, "before"), limits::bulk_step}));
        add(next, "undone", step.undone);
        add(next, "conflicts", step.conflicts);
        for (const auto& one : refused) note(next, to_json(one));
        next["before"] = step.next_before;
        run_.save_state(tx, next, integer_of(next, "undone"), 0);
        return Step{std::move(next), {}, step.next_before != 0};
      }));
      state = std::move(done.state);
      if (!done.more) return state;
    }
    return state;
  }

 private:
  struct Step {
    json::object state;
    std::vector<std::int64_t> changed;
    bool more = false;
  };

  Result<Scope> job_scope(std::string route) const {
    Scope scope;
    scope.actor = TRY(parts_.actor_of(run_.job().created_by));
    scope.route = std::move(route);
    return scope;
  }

  // Leaves the state alone: a transaction that runs twice begins with the same one.
  Result<Step> step(store::Transaction& tx, const Scope& scope, const BulkEdit& edit,
                    const json::object& state) {
    const auto ids = TRY(next_ids(parts_.records, tx, scope, edit, integer_of(state, "after")));
    Step out{state, {}, !ids.empty()};
    json::object& next = out.state;
    const Provenance provenance{0, BatchId{integer_of(run_.job().input, "batch")},
                                edit.archiving ? "archive" : "bulk_edit"};
    for (const std::int64_t id : ids) {
      tx.in_savepoint([&] {
        const auto saved =
            edit.archiving ? parts_.records.archive(tx, scope, *edit.type, RecordId{id}, provenance)
                           : parts_.records.update(tx, scope, *edit.type, RecordId{id},
                                                   edit.changes, std::nullopt, provenance);
        if (saved) {
          add(next, saved->changed ? "changed" : "unchanged", 1);
          if (saved->changed) out.changed.push_back(id);
        } else {
          note_error(next, id, saved.error());
        }
        return saved.ok();
      });
      next["after"] = id;
    }
    const std::int64_t done =
        integer_of(next, "changed") + integer_of(next, "unchanged") + integer_of(next, "failed");
    run_.save_state(tx, next, done, integer_of(run_.job().input, "total"));
    return out;
  }

  const ApiParts& parts_;
  work::Run& run_;
};

}  // namespace

void add_bulk_jobs(const ApiParts& parts) {
  parts.jobs.add_kind("bulk_edit", [parts](work::Run& run) { return BulkJob(parts, run).edit(); });
  parts.jobs.add_kind("undo", [parts](work::Run& run) { return BulkJob(parts, run).undo(); });
}

}  // namespace fokus::records
