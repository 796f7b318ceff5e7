// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "records/draft.hpp"

namespace fokus::records {

namespace limits {
constexpr std::int64_t moved_events_max = 1'000;  // told one by one of each type that moves along
}  // namespace limits

// Users are records like others, but other records and all sign-ins hang on them. Called by the
// save recipe after the row of a user was written, with the administrators counted before; does
// nothing for other types but groups.
//
// - A new primary group moves everything the user owns into it: circles compare the group that is
//   kept with each row.
// - The last administrator stays: error "access/last_administrator".
// - Of groups: one that is somebody's primary group stays: error "access/group_in_use".
struct UserChange {
  const Draft& before;
  const Draft& after;
  std::int64_t administrators_before;
};
Status follow_user_change(store::Transaction& tx, const store::Statements& sql,
                          const Dictionary& dictionary, RecordId user, const UserChange& change);

// Of a user whose field (an index) is written: the time zone must be one that is known, and the
// language one of the UI's, as in the profile: everything that they see is made in them. Adds
// "unknown_time_zone" or "not_a_language".
void add_unknown_preference(const Draft& after, std::size_t field, Error& wrong);

std::int64_t count_administrators(store::Transaction& tx, const store::Statements& sql,
                                  const RecordType& type);

}  // namespace fokus::records
