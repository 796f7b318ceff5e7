// SPDX-License-Identifier: Apache-2.0
// /api/v1/activities/{id}/participants and /answer
#include <algorithm>
#include <array>

#include "access/handlers_of.hpp"
#include "features/diary/participants.hpp"

namespace fokus::diary {
namespace {

namespace json = boost::json;
using access::Right;
using access::Visit;
using net::Method;
using net::Reply;

constexpr const char* participants_answer =
    "{participants!: [{user!: id, name!: text, answer!: invited|accepted|declined|tentative}]}";
constexpr std::array answers = {"accepted", "declined", "tentative"};

Reply reply_of(const std::vector<Participant>& participants) {
  return Reply::json(json::serialize(json::object{{"participants", to_json(participants)}}));
}

class ParticipantApi {
 public:
  explicit ParticipantApi(const Diary& diary) : diary_(diary) {}

  Result<Reply> list(Visit& visit) const { return reply(visit, TRY(records::id_of(visit))); }

  Result<Reply> save(Visit& visit) const {
    const RecordId id = TRY(records::id_of(visit));
    const auto input = TRY(records::body_object(visit.call));
    const auto* listed = input.if_contains("users");
    if (!listed || !listed->is_array())
      return field_error("diary/invalid", "users", listed ? "not_a_list" : "required");
    std::vector<std::int64_t> users;
    for (const auto& one : listed->get_array()) {
      const auto* user = one.is_object() ? one.get_object().if_contains("id") : &one;
      if (!user || !user->is_int64()) return field_error("diary/invalid", "users", "not_an_id");
      users.push_back(user->get_int64());
    }
    TRY(diary_.parts().database.write(
        [&](store::Transaction& tx) { return invite(diary_, tx, visit.scope, id, users); }));
    return reply(visit, id);
  }

  Result<Reply> answer(Visit& visit) const {
    const RecordId id = TRY(records::id_of(visit));
    const auto input = TRY(records::body_object(visit.call));
    const auto* given = input.if_contains("answer");
    const bool is_known = given && given->is_string() &&
                          std::find(answers.begin(), answers.end(),
                                    std::string_view(given->get_string())) != answers.end();
    if (!is_known) return field_error("diary/invalid", "answer", given ? "unknown" : "required");
    const std::string text(given->get_string());
    TRY(diary_.parts().database.write(
        [&](store::Transaction& tx) { return diary::answer(diary_, tx, visit.scope, id, text); }));
    return reply(visit, id);
  }

 private:
  Result<Reply> reply(const Visit& visit, RecordId id) const {
    return reply_of(TRY(diary_.parts().database.read([&](store::Session& session) {
      return list_participants(diary_, session, visit.scope, id);
    })));
  }

  const Diary& diary_;
};

}  // namespace

std::vector<access::Route> participant_routes(const Diary& diary) {
  const auto to = access::handlers_of(std::make_shared<ParticipantApi>(diary));
  return {
      {Method::get,
       "/api/v1/activities/{id}/participants",
       Right::signed_in(),
       to(&ParticipantApi::list),
       {"Who is invited to an appointment", {.answer = participants_answer}}},
      {Method::put,
       "/api/v1/activities/{id}/participants",
       Right::signed_in(),
       to(&ParticipantApi::save),
       {"Invite colleagues, and no others",
        {.body = "{users!: [any]}", .answer = participants_answer}}},
      {Method::post,
       "/api/v1/activities/{id}/answer",
       Right::signed_in(),
       to(&ParticipantApi::answer),
       {"Accept or decline an invitation",
        {.body = "{answer!: accepted|declined|tentative}", .answer = participants_answer}}},
  };
}

}  // namespace fokus::diary
