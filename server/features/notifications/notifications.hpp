// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <memory>
#include <vector>

#include "features/diary/diary.hpp"
#include "features/notifications/notice.hpp"
#include "records/api.hpp"
#include "records/record_watch.hpp"

// What users are told of: reminders, invitations, records that became theirs or that they watch,
// work that has ended. Each user reads the own ones only, and of the records that these are about
// what that user may see by then.
namespace fokus::notifications {

class Ticker;

class Notifications {
 public:
  explicit Notifications(const records::ApiParts& parts);
  ~Notifications();

  // For records::Records::set_record_watch: plans reminders, and tells of what others did.
  void follow(store::Transaction& tx, const records::RecordType& type, RecordId id,
              const records::WatchedRecord* before, const records::WatchedRecord* after) const;
  // For diary::Diary::set_listener.
  void hear(store::Transaction& tx, const access::Scope& scope, const diary::DiaryNews& news) const;

  // Before jobs->start(): the sweep, and the planning of what no save has planned.
  void add_jobs() const;
  // Asks for a job that plans what no save has planned: records that were written another way.
  void plan_later() const;
  void plan_later(store::Transaction& tx) const;
  // Tells of what is due and of jobs that have ended, from now until stop() or the end of this.
  void start();
  void stop();

  const records::ApiParts& parts() const { return parts_; }

 private:
  records::ApiParts parts_;
  std::unique_ptr<Ticker> ticker_;
};

// Tells the users of jobs that ended since that moment, each once, whichever node asks.
void tell_ended_jobs(const records::ApiParts& parts, Instant since);
// Removes what was told before that moment, at most so many.
std::int64_t remove_told_before(store::Transaction& tx, const records::ApiParts& parts,
                                Instant before, int limit);

std::vector<access::Route> notification_routes(const Notifications& notifications);
std::vector<access::Route> watch_routes(const Notifications& notifications);

}  // namespace fokus::notifications
