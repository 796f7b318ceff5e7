// SPDX-License-Identifier: Apache-2.0
// Adding and removing many members: preview, job, undo.
#include "features/selections/selection_calls.hpp"
#include "records/criteria_tree.hpp"

namespace fokus::selections {
namespace {

namespace json = boost::json;
using access::Right;
using access::Scope;
using access::Visit;
using net::Method;
using net::Reply;
using records::NodePtr;

constexpr std::string_view batch_kind = "selection_members";
constexpr std::string_view undo_kind = "undo_selection_members";

// What of `chosen` would really change: who is not in yet, or who is in.
NodePtr changing(const Selection& s, const records::Node& chosen, bool adding) {
  NodePtr inside = selection_node(s.id.value);
  return both(records::clone(chosen),
              adding ? records::make_negation(std::move(inside)) : std::move(inside));
}

class MemberChangeApi {
 public:
  explicit MemberChangeApi(const Selections& selections)
      : selections_(selections), parts_(selections.parts()) {}

  Result<Reply> create(Visit& visit) const {
    const auto input = TRY(records::body_object(visit.call));
    const bool only_shows = TRY(is_preview(input));
    const std::string action = text_of(input, "action");
    if (action != "add" && action != "remove") return invalid("action", "unknown");
    const Selection s = TRY(get_editable(selections_, visit.scope, TRY(selection_id_of(visit))));
    if (s.kind != "static") return make_error(ErrorKind::conflict, "selections/not_static");
    const auto dictionary = parts_.dictionary.current();
    const auto* type = TRY(type_of(*dictionary, visit.scope, s));
    const NodePtr chosen = TRY(parse_chosen(input));
    const NodePtr really = changing(s, *chosen, action == "add");
    if (only_shows) return preview(visit.scope, *type, *chosen, *really);
    return start(visit.scope, s, *type, *really, action);
  }

 private:
  Result<Reply> preview(const Scope& scope, const records::RecordType& type,
                        const records::Node& chosen, const records::Node& really) const {
    json::object out;
    TRY(parts_.database.read([&](store::Session& session) -> Status {
      out["count"] = TRY(count_of(parts_, session, scope, type, chosen));
      out["changed"] = TRY(count_of(parts_, session, scope, type, really));
      return {};
    }));
    out["sample"] = TRY(sample_of(parts_, scope, type, really));
    return Reply::json(json::serialize(out));
  }

  Result<Reply> start(const Scope& scope, const Selection& s, const records::RecordType& type,
                      const records::Node& really, const std::string& action) const {
    BatchId batch;
    const JobId job = TRY(parts_.database.write([&](store::Transaction& tx) -> Result<JobId> {
      const std::int64_t total = TRY(count_of(parts_, tx, scope, type, really));
      if (total > limits::members_max)
        return field_error("selections/invalid", "filter", "too_many",
                           {{"max", std::to_string(limits::members_max)}});
      batch = parts_.records.create_batch(
          tx, scope, batch_kind, s.record_type,
          {{"selection", s.id.value}, {"name", s.name}, {"action", action}, {"count", total}});
      const json::object input{{"selection", s.id.value},
                               {"action", action},
                               {"criteria", records::criteria_to_json(really)},
                               {"total", total},
                               {"batch", batch.value}};
      return parts_.jobs.create(tx, batch_kind, access::author_of(scope.actor), input,
                                parts_.clock.now());
    }));
    return accepted(job, batch);
  }

  const Selections& selections_;
  const records::ApiParts& parts_;
};

class MemberJob {
 public:
  MemberJob(const Selections& selections, work::Run& run)
      : selections_(selections), parts_(selections.parts()), run_(run) {}

  Result<json::object> change() {
    const auto& input = run_.job().input;
    const Scope scope = TRY(job_scope(parts_, run_.job(), "job:selection_members"));
    const NodePtr criteria = TRY(records::criteria_from_json(input.at("criteria")));
    json::object state = run_.job().state;
    while (!run_.should_stop()) {
      Step done = TRY(parts_.database.write(
          [&](store::Transaction& tx) { return step(tx, scope, *criteria, state); }));
      state = std::move(done.state);
      if (!done.more) break;
    }
    return state;
  }

  Result<json::object> undo() {
    const Scope scope = TRY(job_scope(parts_, run_.job(), "job:undo_selection_members"));
    json::object state = run_.job().state;
    while (!run_.should_stop()) {
      Step done = TRY(parts_.database.write(
          [&](store::Transaction& tx) { return undo_step(tx, scope, state); }));
      state = std::move(done.state);
      if (!done.more) break;
    }
    return state;
  }

 private:
  struct Step {
    json::object state;
    bool more = false;
  };

  // Leaves the state alone: a transaction that runs twice begins with the same one.
  Result<Step> step(store::Transaction& tx, const Scope& scope, const records::Node& criteria,
                    const json::object& state) {
    const auto& input = run_.job().input;
    const Selection s =
        TRY(get_editable(selections_, tx, scope, SelectionId{integer_of(input, "selection")}));
    const bool adding = text_of(input, "action") == "add";
    const auto done = TRY(selections_.change_step(
        tx, scope, s, criteria,
        {adding, integer_of(state, "after"), BatchId{integer_of(input, "batch")}}));
    json::object next = state;
    next["changed"] = integer_of(state, "changed") + done.changed;
    next["after"] = done.after;
    run_.save_state(tx, next, integer_of(next, "changed"), integer_of(input, "total"));
    return Step{std::move(next), done.after != 0};
  }

  // First those that came in, then those that were taken out.
  Result<Step> undo_step(store::Transaction& tx, const Scope& scope, const json::object& state) {
    const bool leaving = state.contains("leaving");
    const BatchId batch{integer_of(run_.job().input, "batch")};
    std::vector<std::pair<std::int64_t, std::int64_t>> found;
    {
      auto rows = tx.query(parts_.statements[leaving ? "selections.list_batch_left"
                                                     : "selections.list_batch_joined"],
                           {batch, integer_of(state, "after"), limits::member_step});
      while (rows->next()) found.emplace_back(rows->integer(0), rows->integer(1));
    }
    json::object next = state;
    std::int64_t undone = 0;
    for (const auto& [selection, record] : found)
      undone += leaving ? tx.execute(parts_.statements["selections.add_member"],
                                     {selection, record, parts_.clock.now(), scope.actor.user, 0})
                        : tx.execute(parts_.statements["selections.remove_member"],
                                     {selection, record, parts_.clock.now(), 0});
    if (!found.empty())
      tx.execute(parts_.statements["selections.touch"], {found.front().first, parts_.clock.now()});
    next["undone"] = integer_of(state, "undone") + undone;
    next["after"] = found.empty() ? 0 : found.back().second;
    if (found.empty()) next["leaving"] = true;
    const bool more = !found.empty() || !leaving;
    if (!more)
      tx.execute(parts_.statements["records.mark_batch_undone"], {batch, parts_.clock.now()});
    run_.save_state(tx, next, integer_of(next, "undone"), 0);
    return Step{std::move(next), more};
  }

  const Selections& selections_;
  const records::ApiParts& parts_;
  work::Run& run_;
};

}  // namespace

std::vector<access::Route> member_change_routes(const Selections& selections) {
  const auto api = std::make_shared<MemberChangeApi>(selections);
  return {{Method::post,
           "/api/v1/selections/{id}/member-changes",
           Right::signed_in(),
           [api](Visit& visit) { return api->create(visit); },
           {"Add or take out many records: preview or start",
            {.body = "{action!: add|remove, preview: boolean, ids: [id], filter: text, "
                     "criteria: $criteria?, q: text, "
                     "selection: id}",
             .answer = "$job",
             .preview = "{count!: integer, changed!: integer, sample!: [object]}",
             .status = 202}},
           net::Lane::slow}};
}

void add_member_jobs(const Selections& selections) {
  const auto& parts = selections.parts();
  parts.jobs.add_kind(std::string(batch_kind), [&selections](work::Run& run) {
    return MemberJob(selections, run).change();
  });
  parts.jobs.add_kind(std::string(undo_kind),
                      [&selections](work::Run& run) { return MemberJob(selections, run).undo(); });
}

}  // namespace fokus::selections
