// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "features/duplicates/matcher.hpp"
#include "records/api.hpp"
#include "records/if_match.hpp"

namespace fokus::duplicates {

// The rules of one type as they are used now.
struct TypeRules {
  Matcher matcher;
  std::int64_t version = 0;  // 0: as shipped, never changed
  bool is_shipped = true;
  std::vector<std::int64_t> slots;  // of matcher.rules().keys, in their order
};
using TypeRulesPtr = std::shared_ptr<const TypeRules>;
using RuleSet = std::map<std::string, TypeRulesPtr, std::less<>>;

// A blocking key of a type in the database, and whether all records have theirs.
struct Slot {
  std::int64_t id = 0;
  std::string type, spec;
  bool is_built = false, is_retired = false;
};

// Which block of duplicate_keys a text of a slot stands in: slot · 2^47 + the upper bits of a hash
// of the text. Two texts in one block cost a comparison, nothing else.
std::int64_t block_of(std::int64_t slot, std::string_view text);
constexpr int slot_shift = 47;

// The rules of all types: those of the program, and what an administrator made of them. Keeps one
// snapshot in memory; other nodes learn of a change through the database. Thread-safe.
class RuleBook {
 public:
  explicit RuleBook(const records::ApiParts& parts) : parts_(parts) {}

  // Reads the rules, makes slots for keys that have none and retires those that no rule has.
  void load();
  TypeRulesPtr find(std::string_view type) const;
  RuleSet all() const;

  // Errors: "records/stale" when another version than `expected` is there; those of parse_rules().
  Status save(const access::Scope& scope, const records::RecordType& type,
              const boost::json::object& input, const records::Versions& expected);
  // Back to what is shipped; types without get none.
  Status reset(const access::Scope& scope, const records::RecordType& type,
               const records::Versions& expected);

  static std::vector<Slot> list_slots(store::Session& session, const store::Statements& sql);

 private:
  Status write_rules(const access::Scope& scope, const records::RecordType& type,
                     const std::string& rules, bool ask, const records::Versions& expected);
  RuleSet read_rules(store::Session& session) const;
  void adopt_slots(store::Transaction& tx, RuleSet& rules) const;

  records::ApiParts parts_;
  mutable std::mutex mutex_;
  RuleSet rules_;
};

}  // namespace fokus::duplicates
