// SPDX-License-Identifier: Apache-2.0
#include "features/quality/rule_book.hpp"

#include <algorithm>

#include "features/quality/quality.hpp"

namespace fokus::quality {
namespace {

namespace json = boost::json;

constexpr std::string_view own_prefix = "own_";

Error no_such_rule() {
  return make_error(ErrorKind::not_found, "quality/no_such_rule");
}

const Rule* find_shipped(std::string_view key) {
  const auto& shipped = shipped_rules();
  const auto found = std::find_if(shipped.begin(), shipped.end(),
                                  [&](const Rule& rule) { return rule.key == key; });
  return found == shipped.end() ? nullptr : &*found;
}

// What was stored was checked then; a member that a later program no longer knows makes a shipped
// rule what came with it, and puts an own one away.
std::optional<Rule> rule_of(const std::string& key, const std::string& definition) {
  const Rule* shipped = find_shipped(key);
  if (!definition.empty()) {
    boost::system::error_code failed;
    const auto form = json::parse(definition, failed);
    if (!failed && form.is_object())
      if (auto rule = parse_rule(form.get_object())) {
        rule->is_shipped = shipped != nullptr;
        rule->is_changed = shipped != nullptr;
        return std::move(*rule);
      }
  }
  if (!shipped) return std::nullopt;
  return *shipped;
}

}  // namespace

const Rule* RuleSet::find(std::string_view key) const {
  const auto found =
      std::find_if(rules.begin(), rules.end(), [&](const Rule& rule) { return rule.key == key; });
  return found == rules.end() ? nullptr : &*found;
}

const Rule* RuleSet::find(std::int64_t id) const {
  const auto found =
      std::find_if(rules.begin(), rules.end(), [&](const Rule& rule) { return rule.id == id; });
  return found == rules.end() ? nullptr : &*found;
}

std::vector<const Rule*> RuleSet::of_type(std::string_view type) const {
  std::vector<const Rule*> out;
  for (const auto& rule : rules)
    if (rule.is_on && rule.type == type) out.push_back(&rule);
  return out;
}

RuleSet RuleBook::read(store::Session& session) const {
  const auto dictionary = parts_.dictionary.current();
  RuleSet out;
  for (auto rows = session.query(parts_.statements["quality.list_rules"]); rows->next();) {
    auto rule = rule_of(std::string(rows->text(1)), std::string(rows->text(3)));
    if (!rule) continue;
    rule->id = rows->integer(0);
    rule->version = rows->integer(2);
    // A field that was removed since: the rule waits until somebody looks at it.
    if (rule->is_on && !check_rule(*dictionary, *rule).ok()) rule->is_on = false;
    out.rules.push_back(std::move(*rule));
  }
  return out;
}

void RuleBook::load() {
  RuleSet loaded;
  parts_.database.write([&](store::Transaction& tx) {
    for (const auto& rule : shipped_rules())
      tx.execute(parts_.statements["quality.add_rule_key"], {rule.key});
    loaded = read(tx);
  });
  auto next = std::make_shared<const RuleSet>(std::move(loaded));
  std::lock_guard lock(mutex_);
  current_ = std::move(next);
}

RuleSetPtr RuleBook::current() const {
  std::lock_guard lock(mutex_);
  return current_;
}

Result<Rule> RuleBook::store(const access::Scope& scope, const Rule& rule,
                             const std::string& definition, const records::Versions& expected) {
  TRY(parts_.database.write([&](store::Transaction& tx) -> Status {
    const std::int64_t version =
        tx.query_integer(parts_.statements["quality.lock_rule"], {rule.key});
    if (expected && std::find(expected->begin(), expected->end(), version) == expected->end()) {
      Error stale = make_error(ErrorKind::stale, "quality/rule_stale");
      stale.params["current_version"] = std::to_string(version);
      return stale;
    }
    const auto saved =
        tx.execute(parts_.statements["quality.save_rule"],
                   {rule.key, version + 1, definition, parts_.clock.now(), scope.actor.user});
    // Two made the same one at the same moment: no row could be locked yet.
    if (saved == 0) return field_error("quality/invalid_rule", "key", "taken");
    tx.notify(rules_channel, rule.key);
    return {};
  }));
  load();
  const auto rules = current();
  const Rule* stored = rules->find(rule.key);
  if (!stored) return no_such_rule();
  return *stored;
}

Result<Rule> RuleBook::create(const access::Scope& scope, json::object form) {
  const auto rules = current();
  const auto own = std::count_if(rules->rules.begin(), rules->rules.end(),
                                 [](const Rule& rule) { return !rule.is_shipped; });
  if (static_cast<std::size_t>(own) >= limits::own_rules_max)
    return make_error(ErrorKind::conflict, "quality/too_many_rules");
  const auto* said = form.if_contains("key");
  if (!said || said->is_null()) {
    std::int64_t number = own + 1;
    while (rules->find(std::string(own_prefix) + std::to_string(number))) ++number;
    form["key"] = std::string(own_prefix) + std::to_string(number);
  }
  const Rule rule = TRY(parse_rule(form));
  if (!rule.key.starts_with(own_prefix))
    return field_error("quality/invalid_rule", "key", "wrong_form");
  if (rules->find(rule.key)) return field_error("quality/invalid_rule", "key", "taken");
  const auto dictionary = parts_.dictionary.current();
  TRY(check_rule(*dictionary, rule));
  return store(scope, rule, json::serialize(rule_to_json(rule)), std::vector<std::int64_t>{0});
}

Result<Rule> RuleBook::change(const access::Scope& scope, std::string_view key,
                              const json::object& changes, const records::Versions& expected) {
  const auto rules = current();
  const Rule* before = rules->find(key);
  if (!before) return no_such_rule();
  json::object form = rule_to_json(*before);
  for (const auto& [name, value] : changes) {
    if (name == "key" || name == "type")
      return field_error("quality/invalid_rule", std::string(name), "read_only");
    form[name] = value;
  }
  const Rule rule = TRY(parse_rule(form));
  const auto dictionary = parts_.dictionary.current();
  TRY(check_rule(*dictionary, rule));
  return store(scope, rule, json::serialize(rule_to_json(rule)), expected);
}

Result<bool> RuleBook::remove(const access::Scope& scope, std::string_view key,
                              const records::Versions& expected) {
  const auto rules = current();
  const Rule* before = rules->find(key);
  if (!before) return no_such_rule();
  if (before->is_shipped) {
    TRY(store(scope, *before, "", expected));
    return false;
  }
  parts_.database.write([&](store::Transaction& tx) {
    tx.execute(parts_.statements["quality.remove_rule"], {before->key});
    tx.execute(parts_.statements["quality.remove_findings_of_rule"], {before->id});
    tx.notify(rules_channel, before->key);
  });
  load();
  return true;
}

bool is_private(const records::RecordType& type, const Rule& rule) {
  const auto is_rare = [&](std::string_view name) {
    const auto* field = type.find(name);
    return field &&
           (field->privacy.data_class == "special" || field->privacy.data_class == "national_id" ||
            field->privacy.data_class == "credential");
  };
  if (is_rare(rule.field)) return true;
  const auto* fields = rule.params.if_contains("fields");
  if (!fields || !fields->is_array()) return false;
  for (const auto& one : fields->get_array())
    if (one.is_string() && is_rare(std::string_view(one.get_string()))) return true;
  return false;
}

}  // namespace fokus::quality
