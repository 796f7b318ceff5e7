// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <vector>

#include "access/parts.hpp"
#include "features/diary/series.hpp"
#include "records/api.hpp"
#include "records/record_watch.hpp"

// Appointments are activities. What a diary adds to them: repetition, invitations, a question that
// is answered with days side by side, and a feed for calendar programs. Neighbours take the maths
// of series from here.
namespace fokus::diary {

// What a save of the appointment alone does not show, for whoever tells people of it.
struct DiaryNews {
  enum class What { invited, answered, left_out } what = What::invited;
  RecordId activity;
  std::int64_t user = 0;         // invited: who is; answered: whose appointment it is
  std::string_view answer = {};  // accepted, declined, tentative
  Instant at = {};               // left_out: when the occurrence would have begun
};
// In the transaction of what happened.
using DiaryListener =
    std::function<void(store::Transaction&, const access::Scope&, const DiaryNews&)>;

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

  // Before anything is changed; one listener.
  void set_listener(DiaryListener listener) { listener_ = std::move(listener); }
  void tell(store::Transaction& tx, const access::Scope& scope, const DiaryNews& news) const {
    if (listener_) listener_(tx, scope, news);
  }

  const records::ApiParts& parts() const { return parts_; }
  const access::Parts& access() const { return access_; }

 private:
  records::ApiParts parts_;
  const access::Parts& access_;
  DiaryListener listener_;
};

std::vector<access::Route> diary_routes(const Diary& diary);

}  // namespace fokus::diary

// What else neighbours may use; all of it stands on what is above.
#include "features/diary/appointments.hpp"
#include "features/diary/feed.hpp"
#include "features/diary/occurrences.hpp"
#include "features/diary/participants.hpp"
