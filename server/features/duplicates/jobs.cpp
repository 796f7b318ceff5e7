// SPDX-License-Identifier: Apache-2.0
// What goes on beside the calls: scans, and keys for records that were there before their rule.
#include <algorithm>

#include "features/duplicates/key_store.hpp"
#include "features/duplicates/scan.hpp"

namespace fokus::duplicates {

namespace {
constexpr std::string_view scan_kind = "duplicate_scan";
constexpr std::string_view keys_kind = "duplicate_keys";
}  // namespace

Result<JobId> Duplicates::scan_later(const access::Scope& scope,
                                     const records::RecordType& type) const {
  if (!book_.find(type.name)) return make_error(ErrorKind::invalid, "duplicates/no_rules");
  const Instant now = parts_.clock.now();
  return parts_.database.write([&](store::Transaction& tx) -> Result<JobId> {
    const auto running =
        tx.query_integer(parts_.statements["duplicates.running_scan"], {type.name});
    if (running != 0) {
      Error error = make_error(ErrorKind::conflict, "duplicates/running");
      error.params["job"] = std::to_string(running);
      return error;
    }
    const std::int64_t scan =
        tx.insert(parts_.statements["duplicates.add_scan"], {type.name, now, scope.actor.user});
    const auto job = parts_.jobs.create(tx, scan_kind, access::author_of(scope.actor),
                                        {{"type", type.name}, {"scan", scan}}, now);
    tx.execute(parts_.statements["duplicates.set_scan_job"], {scan, job});
    return job;
  });
}

void Duplicates::add_jobs() {
  parts_.jobs.add_kind(std::string(scan_kind),
                       [this](work::Run& run) { return Scan(*this, run).go(); });
  parts_.jobs.add_kind(std::string(keys_kind),
                       [this](work::Run& run) { return KeyBuilder(parts_, book_, run).build(); });
}

void Duplicates::build_keys_later() const {
  parts_.database.write([&](store::Transaction& tx) {
    const auto slots = RuleBook::list_slots(tx, parts_.statements);
    const bool is_open = std::any_of(slots.begin(), slots.end(), [](const Slot& slot) {
      return slot.is_retired || !slot.is_built;
    });
    if (!is_open || tx.query_integer(parts_.statements["duplicates.has_key_job"]) != 0) return;
    parts_.jobs.create(tx, keys_kind, UserId{}, {}, parts_.clock.now());
  });
}

}  // namespace fokus::duplicates
