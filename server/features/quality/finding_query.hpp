// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "features/quality/evaluator.hpp"

namespace fokus::quality {

// Which findings are asked for. What is absent does not narrow.
struct FindingFilter {
  std::vector<const records::RecordType*> types;
  std::vector<std::string> rules;  // keys
  std::vector<Severity> severities;
  std::optional<std::string> field, value;
  std::optional<std::int64_t> owner, group;  // 0: nobody's
  std::int64_t record = 0, only = 0;         // a record of the one type; a finding
  std::vector<std::int64_t> records;         // likewise several
  records::NodePtr criteria;                 // on the records of the one type
  std::optional<bool> dismissed = false;
};

// Where a finding stands in the order of the lists: errors first, then the newest record.
struct FindingPlace {
  std::int64_t severity = 0, record = 0, id = 0;
};
std::string render_place(const FindingPlace& place);
std::optional<FindingPlace> parse_place(std::string_view text);

struct FindingRow {
  std::int64_t id = 0, record = 0, rule = 0, severity = 0;
  const records::RecordType* type = nullptr;
  std::string field, reason;
  Instant found_at;
  std::int64_t dismissed_at = 0, dismissed_by = 0;
  FindingPlace place() const { return {severity, record, id}; }
};

// Reads findings with the rights of the viewer inside the query: of records that may be read, by
// rules and of fields that tell nothing that is masked. One for each call.
class FindingQuery {
 public:
  FindingQuery(const Quality& quality, const access::Scope& scope,
               records::DictionaryPtr dictionary);

  struct Page {
    std::optional<FindingPlace> after;
    bool backwards = false;
    int limit = limits::page_default;
  };
  // One more than asked for, when there are more. Errors: those of criteria.
  Result<std::vector<FindingRow>> list(store::Session& session, const FindingFilter& filter,
                                       const Page& page) const;
  // In the order of their numbers, of records on which the actor may do that: for work that goes
  // through all of one type.
  Result<std::vector<FindingRow>> list_after(store::Session& session, const FindingFilter& filter,
                                             std::int64_t after, int limit,
                                             access::Action action) const;
  Result<std::int64_t> count(store::Session& session, const FindingFilter& filter,
                             access::Action action, std::int64_t cap) const;
  // {"total", "records", "groups"}. by: rule, severity, type, field, owner, group, value. Errors:
  // "quality/invalid" with by.
  Result<boost::json::object> group(store::Session& session, const FindingFilter& filter,
                                    const std::string& by, int limit) const;

  // " FROM … WHERE …" of one type, findings as f and records as t; false: there can be none.
  Result<bool> append_source(store::Session& session, const records::RecordType& type,
                             const FindingFilter& filter, access::Action action,
                             records::SqlText& sql) const;
  // Whatever the rule is about may be seen by the viewer.
  bool is_visible(const records::RecordType& type, const Rule& rule) const;
  const records::Dictionary& dictionary() const { return *dictionary_; }
  const RuleSet& rules() const { return *rules_; }
  const Quality& quality() const { return quality_; }
  const access::Scope& scope() const { return scope_; }
  records::CriteriaContext context(store::Session& session) const;

 private:
  // Rules about related records find a record only for who sees those.
  void append_seen(const records::CriteriaContext& asked, const records::RecordType& type,
                   const Rule& rule, records::SqlText& sql) const;
  void append_narrow(const records::RecordType& type, const FindingFilter& filter,
                     records::SqlText& sql) const;
  std::vector<FindingRow> read_rows(store::Session& session, const records::SqlText& sql) const;
  std::string label_of(store::Session& session, const FindingFilter& filter, const std::string& by,
                       const store::Value& key) const;

  const Quality& quality_;
  const access::Scope& scope_;
  records::DictionaryPtr dictionary_;
  RuleSetPtr rules_;
};

// What people are called, each asked for once.
class PeopleNames {
 public:
  explicit PeopleNames(store::Session& session) : session_(session) {}
  boost::json::value user(std::int64_t id);  // {"id", "name"}, or null
 private:
  store::Session& session_;
  std::map<std::int64_t, std::string> known_;
};

}  // namespace fokus::quality
