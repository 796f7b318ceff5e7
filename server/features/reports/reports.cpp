// SPDX-License-Identifier: Apache-2.0
#include "features/reports/reports.hpp"

#include "base/text.hpp"
#include "features/reports/courier.hpp"
#include "features/reports/delivery.hpp"
#include "platform/random.hpp"

namespace fokus::reports {
namespace {

namespace json = boost::json;

constexpr int planned_max = 50;  // of one transaction
constexpr int step_rows = 500;
constexpr std::size_t lease_bytes = 12;
constexpr std::string_view sweep_kind = "report_sweep";
constexpr std::int64_t sweep_every_ms = 6 * ms_per_hour;

struct DueSubscription {
  std::int64_t id = 0;
  UserId owner;
  Schedule schedule;
  Instant next_at;
};

std::vector<DueSubscription> list_due(store::Transaction& tx, const records::ApiParts& parts) {
  std::vector<DueSubscription> out;
  auto rows = tx.query(parts.statements["reports.list_due"], {parts.clock.now(), planned_max});
  while (rows->next()) {
    DueSubscription one{rows->integer(0), UserId{rows->integer(1)}, {}, Instant{rows->integer(6)}};
    one.schedule.frequency = find_frequency(rows->text(2)).value_or(Frequency::weekly);
    for (const auto day : split(rows->text(3), ','))
      if (!day.empty()) one.schedule.days.push_back(std::stoi(std::string(day)));
    one.schedule.minute = static_cast<int>(rows->integer(4));
    one.schedule.zone = rows->text(5);
    out.push_back(std::move(one));
  }
  return out;
}

// Of several occasions that were missed the last one counts: its numbers are those of now anyway.
void plan(store::Transaction& tx, const records::ApiParts& parts, const DueSubscription& due) {
  const auto& sql = parts.statements;
  const Instant now = parts.clock.now();
  // Whoever set it up is gone: nobody is there who wants it.
  if (tx.query_integer(sql["reports.is_active_user"], {due.owner}) == 0) {
    tx.execute(sql["reports.switch_off"], {due.id});
    tx.execute(sql["reports.remove_waiting"], {due.id});
    return;
  }
  const Instant occasion = std::max(due.next_at, last_occasion(due.schedule, now));
  if (occasion >= now.plus_ms(-limits::caught_up_ms))
    tx.execute(sql["reports.add_deliveries"], {due.id, occasion, now});
  tx.execute(sql["reports.set_next"], {due.id, next_occasion(due.schedule, now)});
}

// What was being handed over when its node died is not taken up again: it may have arrived.
struct Taken {
  bool was_due = false;
  std::optional<Due> due;
};
Taken take(store::Transaction& tx, const records::ApiParts& parts, const std::string& lease) {
  const auto& sql = parts.statements;
  const Instant now = parts.clock.now();
  Due due;
  bool was_handing = false;
  {
    auto rows = tx.query(sql["reports.find_due_delivery"], {now});
    if (!rows->next()) return {};
    due.id = rows->integer(0);
    due.subscription = SubscriptionId{rows->integer(1)};
    due.user = UserId{rows->integer(2)};
    due.occasion = Instant{rows->integer(3)};
    was_handing = rows->text(4) == states::handing;
    due.attempts = static_cast<int>(rows->integer(5)) + 1;
  }
  if (was_handing) {
    tx.execute(sql["reports.give_up_delivery"], {due.id, states::unsure, "reports/unsure", now});
    return {true, std::nullopt};
  }
  tx.execute(sql["reports.take_delivery"], {due.id, lease, now.plus_ms(limits::lease_ms)});
  return {true, due};
}

Result<json::object> sweep(const records::ApiParts& parts, work::Run& run) {
  const Instant before = parts.clock.now().plus_ms(-limits::keep_ms);
  std::int64_t removed = 0, step = step_rows;
  while (step == step_rows && !run.should_stop()) {
    parts.database.write([&](store::Transaction& tx) {
      step = tx.execute(parts.statements["reports.remove_old_deliveries"], {before, step_rows});
    });
    removed += step;
  }
  return json::object{{"removed", removed}};
}

}  // namespace

Reports::Reports(const records::ApiParts& parts, const dashboards::Dashboards& dashboards,
                 connect::Outbound& outbound, mail::MailOut& mail)
    : parts_(parts),
      dashboards_(dashboards),
      postbox_(std::make_unique<Postbox>(parts, outbound, mail)) {}

Reports::~Reports() = default;

void Reports::declare_connector() const {
  postbox_->declare();
}

void Reports::add_jobs() const {
  parts_.jobs.add_kind(std::string(sweep_kind),
                       [this](work::Run& run) { return sweep(parts_, run); });
  parts_.jobs.add_schedule(std::string(sweep_kind), sweep_every_ms);
}

void Reports::start() {
  courier_ = std::make_unique<Courier>(*this);
}

void Reports::stop() {
  courier_.reset();
}

// Looks before it writes: an idle program must not queue for the writer once a second.
int Reports::plan_due() const {
  const bool has_due = parts_.database.read([&](store::Session& session) {
    return session.query_integer(parts_.statements["reports.has_due"], {parts_.clock.now()}) != 0;
  });
  if (!has_due) return 0;
  std::size_t seen = 0;
  parts_.database.write([&](store::Transaction& tx) {
    const auto due = list_due(tx, parts_);
    for (const auto& one : due) plan(tx, parts_, one);
    seen = due.size();
  });
  return static_cast<int>(seen);
}

bool Reports::deliver_next(const std::function<bool()>& should_stop) const {
  const bool has_due = parts_.database.read([&](store::Session& session) {
    return session.query_integer(parts_.statements["reports.has_due_delivery"],
                                 {parts_.clock.now()}) != 0;
  });
  if (!has_due) return false;
  const auto lease = SystemRandom().hex(lease_bytes);
  Taken taken;
  parts_.database.write([&](store::Transaction& tx) { taken = take(tx, parts_, lease); });
  if (taken.due) Delivery(*this, *postbox_, *taken.due, lease, should_stop).run();
  return taken.was_due;
}

void Reports::forget_record(store::Transaction& tx, const records::RecordType& type,
                            RecordId id) const {
  if (type.name != "user") return;
  for (const char* name : {"reports.remove_of_owner", "reports.remove_receivers_of_user",
                           "reports.remove_deliveries_of_user"})
    tx.execute(parts_.statements[name], {id});
}

}  // namespace fokus::reports
