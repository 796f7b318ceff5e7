// SPDX-License-Identifier: Apache-2.0
#include "features/dashboards/alert_watch.hpp"

#include <algorithm>
#include <chrono>

#include "features/dashboards/alerts.hpp"
#include "features/notifications/notifications.hpp"

namespace fokus::dashboards {
namespace {

namespace json = boost::json;

constexpr auto tick = std::chrono::seconds(1);
// Days turn, rights change and other nodes make alerts: now and then all are gone through anyway.
constexpr int ticks_between_rounds = 60;

notifications::Notice notice_of(const Alert& alert, const std::string& title,
                                const TileNumber& number) {
  notifications::Notice out;
  out.user = alert.user;
  out.kind = notifications::kinds::alert;
  out.params = {{"alert", alert.id},
                {"dashboard", alert.dashboard.value},
                {"tile", alert.tile},
                {"title", title},
                {"condition", alert_condition_name(alert.condition)},
                {"value", alert.value},
                {"number", number.number.value_or(0)},
                {"unit", number.unit},
                {"currency", number.currency}};
  out.once = "alert:" + std::to_string(alert.id) + ":" + std::to_string(alert.fired_count);
  return out;
}

}  // namespace

Alerts::Alerts(const Dashboards& dashboards) : dashboards_(dashboards) {}

Alerts::~Alerts() = default;

void Alerts::start() {
  watch_ = std::make_unique<AlertWatch>(dashboards_);
}

void Alerts::stop() {
  watch_.reset();
}

void Alerts::forget_record(store::Transaction& tx, const records::RecordType& type,
                           RecordId id) const {
  if (type.name != "user") return;
  tx.execute(dashboards_.parts().statements["dashboards.remove_alerts_of_user"], {id});
}

int AlertRound::look() {
  const Instant now = parts_.clock.now();
  auto alerts =
      parts_.database.read([&](store::Session& session) { return awake_alerts(session, parts_); });
  std::erase_if(seen_, [&](const auto& one) {
    return std::none_of(alerts.begin(), alerts.end(),
                        [&](const Alert& alert) { return alert.id == one.first; });
  });
  next_.reset();
  int told = 0;
  std::optional<access::Scope> scope;
  UserId user;
  for (auto& alert : alerts) {
    if (alert.user != user) {
      user = alert.user;
      // Nobody whom the house does not let in is told of anything.
      scope.reset();
      if (auto actor = parts_.actor_of(work::JobAuthor(user))) {
        scope.emplace();
        scope->actor = *std::move(actor);
        scope->route = "alert";
      }
    }
    if (scope && look_at_one(*scope, alert, now)) ++told;
  }
  return told;
}

// A number that cannot be had, a sum beyond 64 bits, holds up no other alert.
bool AlertRound::look_at_one(const access::Scope& scope, Alert& alert, Instant now) {
  try {
    return look_at(scope, alert, now);
  } catch (const store::Failure& failure) {
    if (failure.transient()) throw;
    return false;
  }
}

bool AlertRound::look_at(const access::Scope& scope, Alert& alert, Instant now) {
  auto definition = parts_.database.read([&](store::Session& session) {
    return dashboards_.definition_of(session, scope, alert.dashboard, alert.tile);
  });
  if (!definition || !is_watchable(*definition)) return false;
  const auto mark = dashboards_.answers().mark(scope, *definition, alert.filters);
  if (!mark) return false;
  const auto known = seen_.find(alert.id);
  // Whoever changes an alert has it looked at anew, with what is there already.
  if (known != seen_.end() && known->second == *mark && alert.checked_at.ms != 0) return false;
  // The first look after a start, or at a new one, holds up no look at what changes after it.
  const bool is_first = known == seen_.end() || alert.checked_at.ms == 0;
  const Instant due = alert.checked_at.plus_ms(limits::alert_every_ms);
  if (now < due && !is_first) {
    next_ = std::min(next_.value_or(due), due);
    return false;
  }
  if (!claim(alert, is_first ? now.plus_ms(-limits::alert_every_ms) : now)) return false;
  seen_[alert.id].clear();
  const auto answer = dashboards_.answers().answer(scope, *definition, alert.filters);
  const auto number =
      answer ? number_in(*answer, alert.measure) : Result<TileNumber>(answer.error());
  if (!number) return false;  // too slow, or the tile is another one by now: tried again
  seen_[alert.id] = *mark;
  return keep(*definition, scope, alert, *number, now);
}

// Of several nodes that see the same change one goes on. None does who is killed after this: the
// next start, or change, finds what was crossed.
bool AlertRound::claim(Alert& alert, Instant as_checked_at) {
  const auto claimed = parts_.database.write([&](store::Transaction& tx) -> Result<bool> {
    return tx.execute(parts_.statements["dashboards.claim_alert"],
                      {alert.id, alert.checked_at, as_checked_at}) != 0;
  });
  alert.checked_at = as_checked_at;
  return claimed.value();
}

bool AlertRound::keep(const Definition& definition, const access::Scope& scope, Alert& alert,
                      const TileNumber& number, Instant now) {
  const bool fires = judge(alert, number.number);
  if (fires) {
    alert.fired_at = now;
    ++alert.fired_count;
  }
  const auto title = title_of(definition, scope.actor.language);
  const auto kept = parts_.database.write([&](store::Transaction& tx) -> Result<bool> {
    if (!keep_alert_state(tx, parts_, alert)) return false;
    if (fires)
      notifications::add_notice(tx, parts_.statements, now, notice_of(alert, title, number));
    return fires;
  });
  return kept.value();
}

AlertWatch::AlertWatch(const Dashboards& dashboards)
    : dashboards_(dashboards), round_(dashboards), thread_([this] { run(); }) {}

AlertWatch::~AlertWatch() {
  {
    std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  woken_.notify_all();
  thread_.join();
}

bool AlertWatch::is_due(int ticks) {
  const auto changes = dashboards_.changes().of_everything();
  const bool has_changed = changes != changes_;
  changes_ = changes;
  const auto next = round_.next();
  return has_changed || ticks % ticks_between_rounds == 0 ||
         (next && *next <= dashboards_.parts().clock.now());
}

void AlertWatch::run() {
  for (int ticks = 0;; ++ticks) {
    try {
      if (is_due(ticks)) round_.look();
    } catch (const std::exception&) {
      // The database is away, or was busy; the next round sees the same. Nothing that one alert
      // brings about may end the program.
    }
    std::unique_lock lock(mutex_);
    if (woken_.wait_for(lock, tick, [&] { return stopping_; })) return;
  }
}

}  // namespace fokus::dashboards
