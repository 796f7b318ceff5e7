// SPDX-License-Identifier: Apache-2.0
// Members of a `links` field: rows of `relations` of kind "<type>.<field>". Not for other rooms.
#pragma once
#include "records/history.hpp"
#include "records/inner.hpp"

namespace fokus::records {

namespace limits {
constexpr std::size_t members_max = 500;  // of one field, as many as a read shows
}

struct MemberChange {
  const Field* field = nullptr;
  std::vector<std::int64_t> before, after;  // ids, in the order in which they joined
};

std::vector<std::int64_t> read_members(store::Session& session, const store::Statements& sql,
                                       const RecordType& type, const Field& field, RecordId id);

// The links fields of the input that become another set than they are; `id` none for a new record.
// Members that the actor may not see stay: what one does not see one does not take out. Errors with
// the field: "not_links", "not_a_link", "too_many", "no_such_record".
Result<std::vector<MemberChange>> parse_members(store::Session& session,
                                                const CriteriaContext& context,
                                                const Records::Inner& inner, const RecordType& type,
                                                std::optional<RecordId> id,
                                                const boost::json::object& input);
void save_members(store::Transaction& tx, const CriteriaContext& context,
                  const Records::Inner& inner, const RecordType& type, RecordId id,
                  const std::vector<MemberChange>& changes);
// {"field": "members", "old": [ids], "new": [ids]}; a new record has no "old".
void add_member_changes(std::string& payload, const std::vector<MemberChange>& changes,
                        bool is_new);

// What gives the field its members of before a change back: the input of an update. Those who are
// no longer there to be chosen are left out, which `lost` tells.
struct MemberReversal {
  boost::json::array members;
  bool lost = false;
};
// Nothing when the field was changed again since: it no longer holds what the change made of it.
std::optional<MemberReversal> reverse_members(store::Session& session,
                                              const CriteriaContext& context,
                                              const store::Statements& sql, const RecordType& type,
                                              const Field& field, RecordId id,
                                              const boost::json::object& change);

}  // namespace fokus::records
