// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <boost/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "features/duplicates/rule_book.hpp"
#include "features/duplicates/subjects.hpp"
#include "records/api.hpp"

namespace fokus::duplicates {

namespace limits {
constexpr int entry_block_max = 200;      // of one key, the newest, when a record is entered
constexpr int entry_records_max = 1'000;  // compared when a record is entered
constexpr int candidates_max = 50;
constexpr int candidates_default = 10;
constexpr std::size_t scan_block_max = 200;  // larger blocks are not compared by a scan
constexpr int scan_rows = 20'000;            // keys read in one step of a scan
constexpr int pairs_max = 200;               // of one page
constexpr int pairs_default = 50;
constexpr int scans_max = 50;
constexpr int certain_pairs_max = 5'000;  // of one bulk merge
}  // namespace limits

// What the viewer may not see takes no part: per comparison. `any` says that there is such a one.
struct LeftOut {
  std::vector<bool> comparisons;
  bool any = false;
};
LeftOut left_out_of(const access::Scope& scope, const Matcher& matcher,
                    const records::RecordType& type);
// The same for whoever sees no masked class at all.
LeftOut masked_comparisons(const Matcher& matcher, const records::RecordType& type);

// Records that a new one, or one that is there, may be the same as. Thread-safe.
class Duplicates {
 public:
  explicit Duplicates(const records::ApiParts& parts);

  // Loads the rules; once, before anything else.
  void open();
  // Other nodes' changes are heard no more; before the database goes.
  void close() { subscription_.reset(); }
  RuleBook& rules() { return book_; }
  const RuleBook& rules() const { return book_; }
  const records::ApiParts& parts() const { return parts_; }

  // For records::Records::set_duplicate_check and set_record_watch.
  Status check(store::Session& session, const access::Scope& scope, const records::RecordType& type,
               const boost::json::object& values) const;
  void follow(store::Transaction& tx, const records::RecordType& type, RecordId id,
              const records::WatchedRecord* before, const records::WatchedRecord* after) const;

  struct Question {
    const boost::json::object& values;  // as for a create
    std::int64_t exclude = 0;           // the record itself, when it is there already
    int limit = limits::candidates_default;
    int from = 0;  // score; 0: what the rules call possible
  };
  // [{"id", "type", "label", "score", "certainty", "reasons", "record"}], the best first; only
  // what the actor may read, and without what was dismissed. In the access log.
  boost::json::array find(store::Session& session, const access::Scope& scope,
                          const records::RecordType& type, const Question& question) const;

  // "Not a duplicate", and back. Error: "records/not_found" when one cannot be read.
  Status dismiss(const access::Scope& scope, const records::RecordType& type, RecordId a,
                 RecordId b) const;
  Status restore(const access::Scope& scope, const records::RecordType& type, RecordId a,
                 RecordId b) const;

  // Looks through all records of the type; one at a time. Errors: "duplicates/running" (conflict)
  // with the job, "duplicates/no_rules".
  Result<JobId> scan_later(const access::Scope& scope, const records::RecordType& type) const;

  // Bodies of the jobs "duplicate_scan" and "duplicate_keys"; before jobs.start().
  void add_jobs();
  // Makes the job that builds missing keys, when there are some and no such job.
  void build_keys_later() const;

 private:
  Status check_readable(store::Session& session, const access::Scope& scope,
                        const records::RecordType& type, RecordId id) const;

  records::ApiParts parts_;
  RuleBook book_;
  store::Subscription subscription_;
};

// GET and PUT of rules, questions, dismissals, scans and pairs.
std::vector<access::Route> duplicate_routes(Duplicates& duplicates);

}  // namespace fokus::duplicates
