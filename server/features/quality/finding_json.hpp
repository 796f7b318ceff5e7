// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "features/quality/finding_query.hpp"

namespace fokus::quality {

// Describes findings with the values that the records have now. Must be made outside of a session:
// what the checks know may have to be read first.
class FindingWriter {
 public:
  explicit FindingWriter(const FindingQuery& query);

  // As the API shows them; without those whose record no longer has the problem. Reads of persons
  // are in the access log.
  boost::json::array describe(store::Session& session, const std::vector<FindingRow>& rows) const;

  // What would put it right now: empty when nothing does, when the viewer may not see or change
  // what it would change, or when the problem is gone. The record stays as it was looked at until
  // the transaction ends.
  boost::json::object changes_of(store::Transaction& tx, const FindingRow& row) const;

  // {"rule","severity","weight","field","text","value","suggestion"}; nothing for what is masked.
  std::optional<boost::json::object> hit_json(const records::RecordType& type, const Rule& rule,
                                              const Hit& hit) const;

 private:
  struct Found {
    const Rule* rule = nullptr;
    Hit hit;
  };
  std::map<std::int64_t, records::Draft> read_drafts(store::Session& session,
                                                     const records::RecordType& type,
                                                     const std::vector<FindingRow>& rows) const;
  std::optional<Found> find(const FindingRow& row, const records::Draft& draft) const;
  boost::json::object one(PeopleNames& people, const FindingRow& row, const records::Draft& draft,
                          const Found& found) const;
  bool is_filtered(store::Session& session, const FindingRow& row, const Rule& rule) const;
  bool may_change(const records::RecordType& type, const records::Draft& draft) const;
  bool sees_all(const records::RecordType& type, const boost::json::object& changes) const;

  const FindingQuery& query_;
  KnowledgePtr knowledge_;
};

}  // namespace fokus::quality
