// SPDX-License-Identifier: Apache-2.0
// Many companies: as a job that somebody asked for, and at night.
#include <algorithm>

#include "features/register_updates/proposals.hpp"
#include "features/register_updates/walk.hpp"
#include "platform/locale.hpp"

namespace fokus::register_updates {
namespace {

namespace json = boost::json;
using access::Scope;

constexpr std::string_view run_kind = "register_update";
constexpr std::string_view night_kind = "register_nightly";

// ---- at night

struct LastRun {
  std::string cursor;
  Instant at;
};

LastRun last_run(store::Session& session, const records::ApiParts& parts,
                 const Provider& provider) {
  auto rows = session.query(parts.statements["register_updates.find_run"], {provider.name});
  if (!rows->next()) return {};
  return {std::string(rows->text(0)), Instant{rows->integer(1)}};
}

class Night {
 public:
  Night(const RegisterUpdates& updates, work::Run& run)
      : updates_(updates), parts_(updates.parts()), run_(run), state_(run.job().state) {
    scope_.actor = access::system_actor();
    scope_.route = "job:register_nightly";
  }

  Result<json::object> go() {
    for (const auto& provider : registers::shipped_providers()) {
      if (run_.should_stop()) return state_;
      if (is_done(provider)) continue;
      const auto settings = parts_.database.read(
          [&](store::Session& session) { return updates_.settings_of(session, provider); });
      if (!settings.is_nightly) continue;
      ask(provider, settings);
    }
    return state_;
  }

 private:
  bool is_done(const Provider& provider) const {
    const auto* done = state_.if_contains("done");
    if (!done || !done->is_array()) return false;
    const auto& names = done->get_array();
    return std::find(names.begin(), names.end(), json::value(provider.name)) != names.end();
  }

  // What one provider refuses does not keep the others from being asked.
  void ask(const Provider& provider, const Settings& settings) {
    const auto last = parts_.database.read(
        [&](store::Session& session) { return last_run(session, parts_, provider); });
    const Instant now = parts_.clock.now();
    if (last.at.ms != 0 && now.ms - last.at.ms < limits::rest_ms) return;
    Walk walk({updates_, run_, scope_, [this](const json::object& part) { return with(part); }},
              {provider, settings, settings.source}, part_of(provider, last));
    const bool has_feed = reads_changes(provider, settings);
    const bool by_changes = has_feed && !last.cursor.empty();
    // What changes while all are looked at comes in the night after.
    if (has_feed && !by_changes) walk.mark_feed(render_instant(now.plus_ms(-ms_per_day)));
    const Status status = by_changes ? walk.changes() : walk.all("");
    if (run_.should_stop()) return;
    finish(provider, walk.state(), status, by_changes || status.ok());
  }

  // A file that is loaded is read from end to end; only over the network a list is worth its call.
  bool reads_changes(const Provider& provider, const Settings& settings) const {
    const bool is_local = settings.source == Source::local ||
                          (settings.source == Source::best && updates_.has_local(provider));
    return !is_local && provider.online.has_feed() && updates_.can_online(provider);
  }

  json::object part_of(const Provider& provider, const LastRun& last) const {
    const auto* part = state_.if_contains("part");
    if (part && part->is_object() && text_in(part->get_object(), "provider") == provider.name)
      return part->get_object();
    return {{"provider", provider.name}, {"cursor", last.cursor}};
  }

  json::object with(const json::object& part) const {
    json::object out = state_;
    out["part"] = part;
    return out;
  }

  // A walk over all that ended halfway is begun again: changes alone would leave out the rest.
  void finish(const Provider& provider, const json::object& part, const Status& status,
              bool keeps_cursor) {
    auto counts = counts_of(part);
    if (!status) counts["error"] = status.error().code;
    const auto& sql = parts_.statements;
    json::object next = state_;
    next.erase("part");
    if (!next.contains("done")) next["done"] = json::array();
    next["done"].as_array().emplace_back(provider.name);
    next[provider.name] = counts;
    parts_.database.write([&](store::Transaction& tx) {
      if (const auto cursor = text_in(part, "cursor"); keeps_cursor && !cursor.empty())
        tx.execute(sql["register_updates.save_cursor"], {provider.name, cursor});
      tx.execute(sql["register_updates.save_run"],
                 {provider.name, parts_.clock.now(), json::serialize(counts)});
      run_.save_state(tx, next, number_in(part, "checked"), 0);
    });
    state_ = std::move(next);
  }

  const RegisterUpdates& updates_;
  const records::ApiParts& parts_;
  work::Run& run_;
  Scope scope_;
  json::object state_;
};

bool is_night(const records::ApiParts& parts) {
  const auto dictionary = parts.records.dictionary_ptr();
  const auto zone = TimeZone::find(dictionary->installation.default_time_zone);
  const auto hour = zone.value_or(TimeZone::utc()).time_of_day_ms(parts.clock.now()) / ms_per_hour;
  return hour >= limits::night_begins_hour && hour < limits::night_ends_hour;
}

Result<json::object> run_order(const RegisterUpdates& updates, work::Run& run) {
  const auto& parts = updates.parts();
  const auto& input = run.job().input;
  const auto* provider = registers::find_provider(text_in(input, "provider"));
  if (!provider) return make_error(ErrorKind::not_found, "registers/not_found");
  Scope scope;
  scope.actor = TRY(parts.actor_of(run.job().created_by));
  scope.route = "job:register_update";
  const auto settings = parts.database.read(
      [&](store::Session& session) { return updates.settings_of(session, *provider); });
  const auto source = parse_source(text_in(input, "source")).value_or(settings.source);
  json::object state = run.job().state;
  if (state.empty()) state["total"] = number_in(input, "total");
  Walk walk({updates, run, scope, [](const json::object& part) { return part; }},
            {*provider, settings, source}, state);
  TRY(walk.all(text_in(input, "filter")));
  return counts_of(walk.state());
}

}  // namespace

std::string criteria_of(const Provider& provider, const std::string& filter) {
  std::string out = "not register_exempt eq true and not " + provider.company_field + " empty";
  if (!provider.country.empty())
    out += " and (country eq '" + provider.country + "' or country empty)";
  if (!filter.empty()) out += " and (" + filter + ")";
  return out;
}

Result<std::int64_t> RegisterUpdates::count(const Scope& scope, const Order& order) const {
  const auto dictionary = parts_.records.dictionary_ptr();
  const auto* type = dictionary->find("company");
  if (!type) return make_error(ErrorKind::not_found, "records/no_such_type");
  // On its own first, so that a bracket too many does not change what the rest means.
  if (!order.filter.empty()) TRY(records::parse_filter(order.filter));
  const auto criteria = TRY(records::parse_filter(criteria_of(*order.provider, order.filter)));
  records::ListQuery query;
  query.criteria = criteria.get();
  const auto counted = TRY(parts_.database.read([&](store::Session& session) {
    return parts_.records.count(session, scope, *type, query, 0, access::Action::update);
  }));
  return counted.value;
}

Result<JobId> RegisterUpdates::update_later(const Scope& scope, const Order& order) const {
  const auto total = TRY(count(scope, order));
  json::object input{{"type", "company"},
                     {"provider", order.provider->name},
                     {"filter", order.filter},
                     {"total", total}};
  if (order.source) input["source"] = source_name(*order.source);
  return parts_.database.write([&](store::Transaction& tx) -> Result<JobId> {
    return parts_.jobs.create(tx, run_kind, access::author_of(scope.actor), input,
                              parts_.clock.now());
  });
}

Result<json::object> RegisterUpdates::run_night(work::Run& run) const {
  return Night(*this, run).go();
}

void RegisterUpdates::add_jobs() {
  parts_.jobs.add_kind(std::string(run_kind),
                       [this](work::Run& run) { return run_order(*this, run); });
  parts_.jobs.add_kind(std::string(night_kind), [this](work::Run& run) -> Result<json::object> {
    // One that was begun in the night goes on until it is done.
    if (run.job().state.empty() && !is_night(parts_)) return json::object();
    return run_night(run);
  });
  parts_.jobs.add_schedule(std::string(night_kind), limits::nightly_every_ms);
  parts_.jobs.add_kind("register_decide",
                       [this](work::Run& run) { return run_decision(*this, run); });
}

}  // namespace fokus::register_updates
