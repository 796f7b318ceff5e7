// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <boost/json.hpp>
#include <map>
#include <span>
#include <string>
#include <vector>

#include "features/diary/diary.hpp"

// Colleagues who are invited to an appointment, and what they answered.
namespace fokus::diary {

namespace limits {
constexpr std::size_t participants_max = 50;  // of one appointment
}

struct Participant {
  std::int64_t user = 0;
  std::string name;
  std::string answer;  // invited, accepted, declined, tentative
};
// By appointment; of each by name.
std::map<std::int64_t, std::vector<Participant>> read_participants(
    store::Session& session, std::span<const std::int64_t> activities);
boost::json::array to_json(const std::vector<Participant>& participants);

// Those and no others are invited then; the answers of those who stay are kept, and the owner needs
// no invitation. The appointment is announced as changed. Errors: "records/not_found",
// "records/forbidden" (the appointment may not be changed), "diary/invalid" with users
// (no_such_record, too_many).
Status invite(const Diary& diary, store::Transaction& tx, const access::Scope& scope,
              RecordId activity, const std::vector<std::int64_t>& users);
// Error: "diary/not_invited" (404).
Status answer(const Diary& diary, store::Transaction& tx, const access::Scope& scope,
              RecordId activity, std::string_view answer);
// Whoever may read the appointment or is invited to it. Error: "records/not_found".
Result<std::vector<Participant>> list_participants(const Diary& diary, store::Session& session,
                                                   const access::Scope& scope, RecordId activity);

std::vector<access::Route> participant_routes(const Diary& diary);

}  // namespace fokus::diary
