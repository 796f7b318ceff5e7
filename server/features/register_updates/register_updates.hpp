// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "features/register_updates/update_rules.hpp"
#include "features/registers/registers.hpp"
#include "records/api.hpp"

// Companies that follow their registers: at night and on demand, by the policy of each field, with
// a queue of differences that somebody decides about, and what registers say has happened.
namespace fokus::register_updates {

namespace limits {
constexpr std::size_t ids_max = 1'000;                  // named of one run or decision
constexpr int ids_per_step = 50;                        // companies whose numbers are read at once
constexpr int feed_pages_max = 200;                     // of one night
constexpr int failures_max = 5;                         // in a row, until a provider is given up
constexpr std::int64_t nightly_every_ms = ms_per_hour;  // how often the clock is looked at
constexpr int night_begins_hour = 1, night_ends_hour = 5;  // where the installation is
constexpr std::int64_t rest_ms = 20 * ms_per_hour;         // between two nights of one provider
constexpr int task_days = 7;                               // until the task of an event is due
constexpr int events_of_company = 20;                      // shown on its page
constexpr int sample_max = 20;                             // proposals that a preview shows
constexpr int decided_per_step = 100;
constexpr std::int64_t counted_max = 10'000;
}  // namespace limits

using registers::Provider;

// A company as an update needs it.
struct Subject {
  RecordId id;
  std::int64_t version = 0;
  std::string name;
  Numbers numbers;
  UserId owner;
  bool is_exempt = false;
};

// What one look came to.
struct Updated {
  registers::FillOutcome fill;
  std::int64_t proposed = 0;  // new ones in the queue
  std::vector<NewEvent> events;
  const Provider* provider = nullptr;
  std::string obtained_on;
};

// Thread-safe. Jobs block; so do calls that ask a provider over the network, which belong to the
// slow lane and never into a read() or write().
class RegisterUpdates {
 public:
  RegisterUpdates(const records::ApiParts& parts, const registers::Registers& registers);

  Settings settings_of(store::Session& session, const Provider& provider) const;
  // Errors: "records/stale"; those of register_updates::change_settings().
  Result<Settings> change(store::Transaction& tx, const access::Scope& scope,
                          const Provider& provider, const boost::json::object& input,
                          std::optional<std::int64_t> expected) const;

  // Looks at one company now, with the rights of the scope. `provider` null: the one of its country
  // that can be asked. Errors: "records/not_found", "records/forbidden",
  // "register_updates/exempt", "register_updates/no_number", "registers/not_found" and those of a
  // look-up over the network.
  Result<Updated> update_now(const access::Scope& scope, RecordId company, const Provider* provider,
                             std::optional<Source> source) const;

  struct Order {
    const Provider* provider = nullptr;
    std::optional<Source> source;  // none: as the settings say
    std::string filter;            // of companies; empty: all
  };
  // How many companies there are to look at. Errors: those of criteria.
  Result<std::int64_t> count(const access::Scope& scope, const Order& order) const;
  Result<JobId> update_later(const access::Scope& scope, const Order& order) const;

  // The bodies of the jobs; before jobs.start().
  void add_jobs();
  // One night's work, whatever the clock says; for the job.
  Result<boost::json::object> run_night(work::Run& run) const;

  // A record that goes for good takes along what is kept of it here.
  void forget_record(store::Transaction& tx, const records::RecordType& type, RecordId id) const;

  // --- for the files of this room
  std::optional<Subject> find_subject(store::Session& session, RecordId id) const;
  // The entry as the source has it. Errors: "registers/not_found", "register_updates/not_loaded"
  // (the file that is to be read is not there) and those of the network.
  Result<registers::Found> look_up(const Provider& provider, std::string_view number, Source source,
                                   const registers::OnlineCalls::Why& why) const;
  bool has_local(const Provider& provider) const;
  bool can_online(const Provider& provider) const;
  const records::ApiParts& parts() const { return parts_; }
  const registers::Registers& registers() const { return registers_; }

 private:
  const Provider* choose_provider(const Subject& subject) const;
  Status check_may_update(const access::Scope& scope, RecordId company) const;

  records::ApiParts parts_;
  const registers::Registers& registers_;
};

// The criteria of companies that can be looked at: live, with a number, not exempt, of the
// provider's country.
std::string criteria_of(const Provider& provider, const std::string& filter);

std::vector<access::Route> register_update_routes(RegisterUpdates& updates);
std::vector<access::Route> proposal_routes(const RegisterUpdates& updates);
std::vector<access::Route> register_event_routes(const RegisterUpdates& updates);

}  // namespace fokus::register_updates
