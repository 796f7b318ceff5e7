// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "features/notifications/reminder_plan.hpp"
#include "records/api.hpp"
#include "records/record_watch.hpp"

// The rows that say when activities remind, kept with every save and used up as time goes on.
namespace fokus::notifications {

// After a save of an activity: `before` and `after` as records::RecordWatch has them.
void keep_reminder(store::Transaction& tx, const records::ApiParts& parts, RecordId activity,
                   const records::WatchedRecord* before, const records::WatchedRecord* after);

// Tells owners, and participants who accepted, of what is due, and plans what comes next; some at a
// time. Several nodes may do it at once: each row is taken by one of them. Returns how many it saw
// to; 0 when nothing is due.
int remind_due(store::Transaction& tx, const records::ApiParts& parts, int limit);

// What stands on whole days reminds by the clock of its owner, who has moved to another zone: those
// reminders are unplanned then. Returns how many.
std::int64_t forget_plans_of_owner(store::Transaction& tx, const records::ApiParts& parts,
                                   RecordId owner);

// Plans activities that no save has planned, after that number; returns the last one it saw to, or
// 0 when there are no more.
std::int64_t plan_unplanned(store::Transaction& tx, const records::ApiParts& parts,
                            std::int64_t after, int limit);

}  // namespace fokus::notifications
