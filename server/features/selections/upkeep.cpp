// SPDX-License-Identifier: Apache-2.0
// What happens to selections over time: who came and went in those that keep it, and the end of
// those whose time is over.
#include "features/selections/selection_calls.hpp"

namespace fokus::selections {
namespace {

namespace json = boost::json;
using access::Right;
using access::Scope;
using access::Visit;
using net::Method;
using net::Reply;

constexpr std::string_view upkeep_kind = "selection_upkeep";
constexpr std::string_view snapshot_kind = "selection_snapshot";
constexpr int expired_step = 100;

class Upkeep {
 public:
  Upkeep(const Selections& selections, work::Run& run)
      : selections_(selections), parts_(selections.parts()), run_(run) {}

  // Every night: one selection after the other, then the retention.
  Result<json::object> all() {
    json::object state = run_.job().state;
    while (!run_.should_stop()) {
      if (integer_of(state, "selection") == 0 && !next_selection(state)) break;
      TRY(look(SelectionId{integer_of(state, "selection")}, state));
      if (!run_.should_stop()) state["selection"] = 0;
    }
    if (!run_.should_stop()) state["ended"] = end_expired();
    return state;
  }

  Result<json::object> one() {
    json::object state = run_.job().state;
    TRY(look(SelectionId{integer_of(run_.job().input, "selection")}, state));
    return state;
  }

 private:
  struct Step {
    json::object state;
    bool more = false;
  };

  bool next_selection(json::object& state) {
    const std::int64_t next = parts_.database.read([&](store::Session& session) {
      return session.query_integer(parts_.statements["selections.list_keeping_history"],
                                   {integer_of(state, "last")});
    });
    state["selection"] = state["last"] = next;
    state["after"] = state["members"] = 0;
    return next != 0;
  }

  // Stores the difference between who was in and who is in, as the owner sees it.
  Status look(SelectionId id, json::object& state) {
    const auto scope = scope_of(id);
    if (!scope) return note(id, "owner_gone");
    const auto dictionary = parts_.dictionary.current();
    const auto found = parts_.database.read(
        [&](store::Session& session) { return look_now(session, *scope, *dictionary, id); });
    if (!found) return note(id, found.error().code);
    if (*found > limits::history_members_max) return note(id, "too_many");
    while (!run_.should_stop()) {
      Step done = TRY(parts_.database.write(
          [&](store::Transaction& tx) { return step(tx, *scope, *dictionary, id, state); }));
      state = std::move(done.state);
      if (!done.more) return {};
    }
    return {};
  }

  Result<Scope> scope_of(SelectionId id) const {
    Scope system;
    system.actor = access::system_actor();
    const Selection s = TRY(parts_.database.read(
        [&](store::Session& session) { return selections_.get(session, system, id); }));
    Scope scope;
    scope.actor = TRY(parts_.actor_of(s.owner));
    scope.route = "job:selection_upkeep";
    return scope;
  }

  Result<std::int64_t> look_now(store::Session& session, const Scope& scope,
                                const records::Dictionary& dictionary, SelectionId id) const {
    const Selection s = TRY(selections_.get(session, scope, id));
    const auto* type = TRY(type_of(dictionary, scope, s));
    const auto inside = selection_node(id.value);
    records::ListQuery query;
    query.criteria = inside.get();
    return TRY(parts_.records.count(session, scope, *type, query, limits::history_members_max + 1))
        .value;
  }

  // Both are walked in the order of their numbers, a piece at a time. Leaves the state alone: a
  // transaction that runs twice begins with the same one.
  Result<Step> step(store::Transaction& tx, const Scope& scope,
                    const records::Dictionary& dictionary, SelectionId id,
                    const json::object& state) {
    const Selection s = TRY(selections_.get(tx, scope, id));
    const auto* type = TRY(type_of(dictionary, scope, s));
    const auto inside = selection_node(id.value);
    const std::int64_t after = integer_of(state, "after");
    const auto now_in = TRY(parts_.records.list_ids(tx, scope, *type, access::Action::read,
                                                    inside.get(), after, limits::member_step));
    const bool last = now_in.size() < static_cast<std::size_t>(limits::member_step);
    const std::int64_t until = last ? std::numeric_limits<std::int64_t>::max() : now_in.back();
    std::vector<std::int64_t> kept;
    {
      auto rows = tx.query(parts_.statements["selections.list_kept_between"], {id, after, until});
      while (rows->next()) kept.push_back(rows->integer(0));
    }
    save_difference(tx, scope, id, kept, now_in);
    json::object next = state;
    next["members"] = integer_of(state, "members") + static_cast<std::int64_t>(now_in.size());
    next["after"] = last ? 0 : until;
    if (last)
      tx.execute(parts_.statements["selections.save_snapshot"],
                 {id, parts_.clock.now(), integer_of(next, "members")});
    run_.save_state(tx, next, integer_of(next, "members"), 0);
    return Step{std::move(next), !last};
  }

  void save_difference(store::Transaction& tx, const Scope& scope, SelectionId id,
                       const std::vector<std::int64_t>& before,
                       const std::vector<std::int64_t>& now_in) const {
    std::vector<std::int64_t> came, went;
    std::set_difference(now_in.begin(), now_in.end(), before.begin(), before.end(),
                        std::back_inserter(came));
    std::set_difference(before.begin(), before.end(), now_in.begin(), now_in.end(),
                        std::back_inserter(went));
    const Instant now = parts_.clock.now();
    for (const auto record : came)
      tx.execute(parts_.statements["selections.add_member"],
                 {id, record, now, scope.actor.user, 0});
    for (const auto record : went)
      tx.execute(parts_.statements["selections.remove_member"], {id, record, now, 0});
  }

  Status note(SelectionId id, std::string_view outcome) const {
    parts_.database.write([&](store::Transaction& tx) {
      tx.execute(parts_.statements["selections.save_snapshot_outcome"], {id, outcome});
    });
    return {};
  }

  // A selection whose time is over goes; one that others are made of is completed and stays.
  std::int64_t end_expired() const {
    const auto ended = parts_.database.write([&](store::Transaction& tx) -> Result<std::int64_t> {
      std::vector<SelectionId> due;
      {
        auto rows = tx.query(parts_.statements["selections.list_expired"],
                             {parts_.clock.now(), expired_step});
        while (rows->next()) due.push_back(SelectionId{rows->integer(0)});
      }
      for (const auto id : due) {
        if (selections_.users_of(tx, id).empty())
          tx.execute(parts_.statements["selections.remove"], {id});
        else
          tx.execute(parts_.statements["selections.complete"], {id, parts_.clock.now()});
      }
      return static_cast<std::int64_t>(due.size());
    });
    return ended.value();
  }

  const Selections& selections_;
  const records::ApiParts& parts_;
  work::Run& run_;
};

}  // namespace

std::vector<access::Route> snapshot_routes(const Selections& selections) {
  const auto take = [&selections](Visit& visit) -> Result<Reply> {
    const Selection s = TRY(get_editable(selections, visit.scope, TRY(selection_id_of(visit))));
    if (s.kind == "static" || !s.keeps_history)
      return make_error(ErrorKind::conflict, "selections/keeps_no_history");
    const auto& parts = selections.parts();
    const JobId job = TRY(parts.database.write([&](store::Transaction& tx) -> Result<JobId> {
      return parts.jobs.create(tx, snapshot_kind, access::author_of(visit.scope.actor),
                               {{"selection", s.id.value}}, parts.clock.now());
    }));
    return Reply::json(json::serialize(json::object{{"job", job.value}}), 202);
  };
  return {{Method::post,
           "/api/v1/selections/{id}/snapshots",
           Right::signed_in(),
           take,
           {"Keep who is in today, for the history", {.answer = "$job", .status = 202}}}};
}

void add_upkeep_jobs(const Selections& selections) {
  auto& jobs = selections.parts().jobs;
  jobs.add_kind(std::string(snapshot_kind),
                [&selections](work::Run& run) { return Upkeep(selections, run).one(); });
  jobs.add_kind(std::string(upkeep_kind),
                [&selections](work::Run& run) { return Upkeep(selections, run).all(); });
  jobs.add_schedule(std::string(upkeep_kind), ms_per_day);
}

}  // namespace fokus::selections
