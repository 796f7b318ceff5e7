// SPDX-License-Identifier: Apache-2.0
// Work that has ended, and the room's own jobs.
#include <algorithm>

#include "features/notifications/notice.hpp"
#include "features/notifications/notifications.hpp"
#include "features/notifications/reminders.hpp"

namespace fokus::notifications {
namespace {

namespace json = boost::json;

constexpr std::string_view sweep_kind = "notification_sweep";
constexpr std::string_view plan_kind = "reminder_plan";
constexpr std::int64_t sweep_every_ms = 6 * ms_per_hour;
constexpr int step_rows = 500;
constexpr int jobs_max = 500;  // told of at a time

// What somebody asks for and then does something else. Others end while one looks at them.
constexpr std::array told_kinds = std::to_array<std::string_view>(
    {"import", "import_reversal", "bulk_edit", "undo", "bulk_merge", "undo_merges",
     "duplicate_scan", "register_load", "base_amounts", "selection_members",
     "undo_selection_members", "selection_follow_ups", "quality_scan", "quality_fix"});

struct Ended {
  std::int64_t id = 0, user = 0, ended_at = 0;
  std::string kind, type;
  bool is_done = false;
};

std::string type_in(std::string_view input) {
  boost::system::error_code failed;
  const auto parsed = json::parse(std::string(input), failed);
  const auto* type =
      !failed && parsed.is_object() ? parsed.get_object().if_contains("type") : nullptr;
  return type && type->is_string() ? std::string(type->get_string()) : std::string();
}

std::vector<Ended> list_ended(store::Session& session, const records::ApiParts& parts,
                              Instant since) {
  std::vector<Ended> out;
  for (auto rows =
           session.query(parts.statements["notifications.list_ended_jobs"], {since, jobs_max});
       rows->next();) {
    const std::string kind(rows->text(1));
    if (std::find(told_kinds.begin(), told_kinds.end(), kind) == told_kinds.end()) continue;
    out.push_back({rows->integer(0), rows->integer(3), rows->integer(4), kind,
                   type_in(rows->text(5)), rows->text(2) == "done"});
  }
  return out;
}

void tell(store::Transaction& tx, const records::ApiParts& parts, const Ended& job) {
  Notice notice;
  notice.user = UserId{job.user};
  notice.kind = job.is_done ? kinds::job_done : kinds::job_failed;
  notice.params = {{"job", job.id}, {"job_kind", job.kind}};
  if (!job.type.empty()) notice.params["type"] = job.type;
  // One that is taken up again ends again.
  notice.once = "job:" + std::to_string(job.id) + ":" + std::to_string(job.ended_at);
  add_notice(tx, parts.statements, Instant{job.ended_at}, std::move(notice));
}

Result<json::object> sweep(const records::ApiParts& parts, work::Run& run) {
  const Instant before = parts.clock.now().plus_ms(-limits::keep_ms);
  std::int64_t removed = 0, step = step_rows;
  while (step == step_rows && !run.should_stop()) {
    step = parts.database
               .write([&](store::Transaction& tx) -> Result<std::int64_t> {
                 return remove_told_before(tx, parts, before, step_rows);
               })
               .value();
    removed += step;
  }
  return json::object{{"removed", removed}};
}

Result<json::object> plan_all(const records::ApiParts& parts, work::Run& run) {
  const auto* kept = run.job().state.if_contains("after");
  std::int64_t after = kept && kept->is_int64() ? kept->get_int64() : 0;
  while (!run.should_stop()) {
    std::int64_t next = 0;
    parts.database.write([&](store::Transaction& tx) {
      next = plan_unplanned(tx, parts, after, step_rows);
      if (next != 0) run.save_state(tx, {{"after", next}}, 0, 0);
    });
    if (next == 0) break;
    after = next;
  }
  return json::object();
}

}  // namespace

void tell_ended_jobs(const records::ApiParts& parts, Instant since) {
  const auto ended = parts.database.read(
      [&](store::Session& session) { return list_ended(session, parts, since); });
  if (ended.empty()) return;
  parts.database.write([&](store::Transaction& tx) {
    for (const auto& job : ended) tell(tx, parts, job);
  });
}

std::int64_t remove_told_before(store::Transaction& tx, const records::ApiParts& parts,
                                Instant before, int limit) {
  return tx.execute(parts.statements["notifications.remove_before"], {before, limit});
}

void Notifications::plan_later() const {
  parts_.database.write([&](store::Transaction& tx) { plan_later(tx); });
}

void Notifications::plan_later(store::Transaction& tx) const {
  parts_.jobs.create(tx, plan_kind, UserId{}, {}, parts_.clock.now());
}

void Notifications::add_jobs() const {
  parts_.jobs.add_kind(std::string(sweep_kind),
                       [this](work::Run& run) { return sweep(parts_, run); });
  parts_.jobs.add_kind(std::string(plan_kind),
                       [this](work::Run& run) { return plan_all(parts_, run); });
  parts_.jobs.add_schedule(std::string(sweep_kind), sweep_every_ms);
}

}  // namespace fokus::notifications
