// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <memory>
#include <mutex>
#include <optional>
#include <vector>

#include "features/quality/checks.hpp"
#include "features/quality/rule_book.hpp"
#include "records/api.hpp"
#include "records/record_watch.hpp"

// What is wrong with records, how good they are, and what puts them right. Rules look at records a
// moment after each save and at all of them every night; what they find is kept per record, rule
// and field, without the value. Nothing is ever changed unasked.
namespace fokus::quality {

// Nodes tell each other that a rule became another, or that places were counted; the payload is the
// key of the rule, or "places".
constexpr std::string_view rules_channel = "quality_rules";
// The field of a type that holds the score of each record, 0 to 100; types without it have none.
constexpr std::string_view score_field = "quality_score";

namespace limits {
constexpr int follow_step = 200;   // saved records looked at together
constexpr int scan_step = 1'000;   // of a scan, in one transaction
constexpr int catch_up_max = 400;  // looked at before a list is shown
constexpr int page_max = 200, page_default = 50;
constexpr int groups_max = 200;
constexpr int fix_step = 100;                   // findings put right in one transaction
constexpr std::int64_t fix_count_cap = 10'000;  // of a preview
constexpr int fix_sample = 20;
constexpr std::size_t ids_max = 10'000;
constexpr std::size_t reason_bytes_max = 2'000;
constexpr int series_days_max = 730;
constexpr std::int64_t snapshots_keep_days = 1'100;
constexpr std::int64_t register_addresses_max = 400'000;  // read for postcodes and their towns
}  // namespace limits

class Follower;
using KnowledgePtr = std::shared_ptr<const Knowledge>;

// Thread-safe.
class Quality {
 public:
  // `registers`: where local copies of registers lie; may be the same database. Both outlive it.
  Quality(const records::ApiParts& parts, store::Database& registers);
  ~Quality();

  void open();   // reads the rules; before anything else
  void close();  // hears of no change any more; before the database goes
  // Looks at saved records beside the calls, from now until stop().
  void start();
  void stop();
  // Bodies of the jobs "quality_scan", "quality_night" and "quality_fix"; before jobs.start().
  void add_jobs();

  // For records::Records::set_record_watch: notes that the record is to be looked at.
  void follow(store::Transaction& tx, const records::RecordType& type, RecordId id,
              const records::WatchedRecord* before, const records::WatchedRecord* after) const;

  RuleBook& rules() { return book_; }
  const RuleBook& rules() const { return book_; }
  const records::ApiParts& parts() const { return parts_; }
  store::Database& registers() const { return registers_; }

  // What the checks know of names and places; read when it is first asked for.
  KnowledgePtr knowledge() const;
  // To be read again.
  void forget_knowledge() const;

  // Looks at records that were saved, at most so many; returns how many it has looked at. Several
  // threads and nodes may do so at once.
  int catch_up(int limit) const;
  // The same for one record, when it waits or was never looked at.
  void catch_up(const records::RecordType& type, RecordId id) const;
  // Both before an answer, which does not fail with them: what waits stays for the next look.
  void try_catch_up(int limit) const;
  void try_catch_up(const records::RecordType& type, RecordId id) const;

  // A job that looks at all records of the type, or of all types. Errors: "quality/running"
  // (conflict) with the job.
  Result<JobId> scan_later(const access::Scope& scope, const records::RecordType* type) const;

 private:
  records::ApiParts parts_;
  store::Database& registers_;
  RuleBook book_;
  store::Subscription subscription_;
  mutable std::mutex mutex_;
  mutable KnowledgePtr knowledge_;
  std::unique_ptr<Follower> follower_;
};

std::vector<access::Route> quality_routes(Quality& quality);

}  // namespace fokus::quality
