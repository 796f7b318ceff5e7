// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <vector>

#include "access/parts.hpp"
#include "records/api.hpp"
#include "records/record_watch.hpp"

// Appointments are activities. What a diary adds to them: repetition, invitations, a question that
// is answered with days side by side, and a feed for calendar programs.
namespace fokus::diary {

class Diary {
 public:
  // Both outlive this.
  Diary(const records::ApiParts& parts, const access::Parts& access)
      : parts_(parts), access_(access) {}

  // For records::Records::set_save_rule, so that it holds on every way in. A rule of repetition is
  // written as the diary reads it, and gets the zone of whoever sets it. Errors:
  // "diary/invalid_recurrence" (see recurrence.hpp; also is_an_occurrence), "diary/invalid" with
  // recurrence_zone (unknown_zone), recurrence_except, recurrence_of (same_record) or
  // reminder_minutes (out_of_range).
  static Status check_save(const access::Scope& scope, records::Draft& draft,
                           const records::Draft* stored);
  // For records::Records::set_record_watch: who had answered is asked again when the time becomes
  // another; who was invited to what is gone is forgotten.
  void follow(store::Transaction& tx, const records::RecordType& type, RecordId id,
              const records::WatchedRecord* before, const records::WatchedRecord* after) const;

  const records::ApiParts& parts() const { return parts_; }
  const access::Parts& access() const { return access_; }

 private:
  records::ApiParts parts_;
  const access::Parts& access_;
};

std::vector<access::Route> diary_routes(const Diary& diary);

}  // namespace fokus::diary
