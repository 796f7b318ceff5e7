// SPDX-License-Identifier: Apache-2.0
#include "features/duplicates/rule_book.hpp"

#include <algorithm>

namespace fokus::duplicates {
namespace {

namespace json = boost::json;

struct Row {
  std::int64_t version = 0;
  std::string rules;
  bool ask = true;
};

std::map<std::string, Row, std::less<>> read_rows(store::Session& session,
                                                  const store::Statements& sql) {
  std::map<std::string, Row, std::less<>> out;
  for (auto rows = session.query(sql["duplicates.list_rules"]); rows->next();)
    out[std::string(rows->text(0))] = {rows->integer(1), std::string(rows->text(2)),
                                       rows->boolean(3)};
  return out;
}

// Rules that no longer fit their type (a field was removed) leave it with those that are shipped.
std::optional<Rules> rules_of(const records::RecordType& type, const Row* row) {
  if (row && !row->rules.empty()) {
    auto changed = parse_rules(json::parse(row->rules).as_object(), type);
    if (changed) return std::move(*changed);
  }
  auto out = shipped_rules(type);
  if (out && row) out->ask_on_create = row->ask;
  return out;
}

}  // namespace

std::int64_t block_of(std::int64_t slot, std::string_view text) {
  std::uint64_t hash = 14'695'981'039'346'656'037ULL;  // FNV-1a
  for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 1'099'511'628'211ULL;
  // The finish of MurmurHash3, so that the upper bits depend on all of them.
  hash = (hash ^ hash >> 33) * 0xff51afd7ed558ccdULL;
  hash = (hash ^ hash >> 33) * 0xc4ceb9fe1a85ec53ULL;
  hash ^= hash >> 33;
  return (slot << slot_shift) + static_cast<std::int64_t>(hash >> (64 - slot_shift));
}

std::vector<Slot> RuleBook::list_slots(store::Session& session, const store::Statements& sql) {
  std::vector<Slot> out;
  for (auto rows = session.query(sql["duplicates.list_slots"]); rows->next();)
    out.push_back({rows->integer(0), std::string(rows->text(1)), std::string(rows->text(2)),
                   rows->boolean(3), rows->boolean(4)});
  return out;
}

RuleSet RuleBook::read_rules(store::Session& session) const {
  const auto dictionary = parts_.dictionary.current();
  const auto rows = read_rows(session, parts_.statements);
  RuleSet out;
  for (const auto& [name, type] : dictionary->types) {
    const auto row = rows.find(name);
    const Row* changed = row == rows.end() ? nullptr : &row->second;
    auto rules = rules_of(type, changed);
    if (!rules) continue;
    const bool is_shipped = !changed || changed->rules.empty();
    out[name] = std::make_shared<const TypeRules>(
        TypeRules{Matcher(std::move(*rules)), changed ? changed->version : 0, is_shipped, {}});
  }
  return out;
}

void RuleBook::adopt_slots(store::Transaction& tx, RuleSet& rules) const {
  const auto& sql = parts_.statements;
  const auto known = list_slots(tx, sql);
  const auto is_known = [&](const std::string& type, const std::string& spec) {
    return std::any_of(known.begin(), known.end(), [&](const Slot& slot) {
      return slot.type == type && slot.spec == spec && !slot.is_retired;
    });
  };
  for (const auto& [name, one] : rules)
    for (const auto& key : one->matcher.rules().keys)
      if (!is_known(name, key.spec)) tx.execute(sql["duplicates.add_slot"], {name, key.spec});
  const auto slots = list_slots(tx, sql);
  for (const auto& slot : slots) {
    const auto owner = rules.find(slot.type);
    const bool is_used =
        owner != rules.end() && std::any_of(owner->second->matcher.rules().keys.begin(),
                                            owner->second->matcher.rules().keys.end(),
                                            [&](const Key& key) { return key.spec == slot.spec; });
    if (!is_used && !slot.is_retired) tx.execute(sql["duplicates.retire_slot"], {slot.id});
  }
  for (auto& [name, one] : rules) {
    TypeRules with_slots = *one;
    for (const auto& key : one->matcher.rules().keys)
      for (const auto& slot : slots)
        if (slot.type == name && slot.spec == key.spec) with_slots.slots.push_back(slot.id);
    one = std::make_shared<const TypeRules>(std::move(with_slots));
  }
}

void RuleBook::load() {
  RuleSet loaded;
  parts_.database.write([&](store::Transaction& tx) {
    loaded = read_rules(tx);
    adopt_slots(tx, loaded);
  });
  std::lock_guard lock(mutex_);
  rules_ = std::move(loaded);
}

TypeRulesPtr RuleBook::find(std::string_view type) const {
  std::lock_guard lock(mutex_);
  const auto found = rules_.find(type);
  return found == rules_.end() ? nullptr : found->second;
}

RuleSet RuleBook::all() const {
  std::lock_guard lock(mutex_);
  return rules_;
}

Status RuleBook::write_rules(const access::Scope& scope, const records::RecordType& type,
                             const std::string& rules, bool ask,
                             const records::Versions& expected) {
  TRY(parts_.database.write([&](store::Transaction& tx) -> Status {
    const std::int64_t version =
        tx.query_integer(parts_.statements["duplicates.lock_rules"], {type.name});
    if (expected && std::find(expected->begin(), expected->end(), version) == expected->end()) {
      Error stale = make_error(ErrorKind::stale, "records/stale");
      stale.params["current_version"] = std::to_string(version);
      return stale;
    }
    tx.execute(parts_.statements["duplicates.save_rules"],
               {type.name, version + 1, rules, ask, parts_.clock.now(), scope.actor.user});
    tx.notify("duplicates", type.name);
    return {};
  }));
  load();
  return {};
}

Status RuleBook::save(const access::Scope& scope, const records::RecordType& type,
                      const json::object& input, const records::Versions& expected) {
  const Rules rules = TRY(parse_rules(input, type));
  return write_rules(scope, type, json::serialize(rules_to_json(rules)), rules.ask_on_create,
                     expected);
}

Status RuleBook::reset(const access::Scope& scope, const records::RecordType& type,
                       const records::Versions& expected) {
  const auto shipped = shipped_rules(type);
  return write_rules(scope, type, "", shipped && shipped->ask_on_create, expected);
}

}  // namespace fokus::duplicates
