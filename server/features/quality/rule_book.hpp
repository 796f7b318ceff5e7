// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "features/quality/rule.hpp"
#include "records/api.hpp"
#include "records/if_match.hpp"

namespace fokus::quality {

// All rules at one moment. Immutable.
struct RuleSet {
  std::vector<Rule> rules;  // in the order of their numbers

  const Rule* find(std::string_view key) const;
  const Rule* find(std::int64_t id) const;
  // Those that are on and fit the type.
  std::vector<const Rule*> of_type(std::string_view type) const;
};
using RuleSetPtr = std::shared_ptr<const RuleSet>;

// The rules that come with the program and what administrators made of them, in memory; other nodes
// learn of a change through the database. Thread-safe.
class RuleBook {
 public:
  explicit RuleBook(const records::ApiParts& parts) : parts_(parts) {}

  // Gives shipped rules their numbers and reads all. Rules that no longer fit the dictionary are
  // there, but off.
  void load();
  RuleSetPtr current() const;

  // Errors: "quality/invalid_rule", "quality/too_many_rules" (conflict).
  Result<Rule> create(const access::Scope& scope, boost::json::object form);
  // Errors: also "quality/no_such_rule", "quality/rule_stale" with current_version.
  Result<Rule> change(const access::Scope& scope, std::string_view key,
                      const boost::json::object& changes, const records::Versions& expected);
  // Own ones are removed, with their findings; shipped ones become what came with the program.
  // True: removed.
  Result<bool> remove(const access::Scope& scope, std::string_view key,
                      const records::Versions& expected);

 private:
  Result<Rule> store(const access::Scope& scope, const Rule& rule, const std::string& definition,
                     const records::Versions& expected);
  RuleSet read(store::Session& session) const;

  records::ApiParts parts_;
  mutable std::mutex mutex_;
  RuleSetPtr current_ = std::make_shared<const RuleSet>();
};

// Whether one of the fields that the rule looks at is of a class that few people see (special,
// national_id, credential): it does not count in the score that everybody sees.
bool is_private(const records::RecordType& type, const Rule& rule);

}  // namespace fokus::quality
