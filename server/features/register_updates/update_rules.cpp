// SPDX-License-Identifier: Apache-2.0
#include "features/register_updates/update_rules.hpp"

#include <algorithm>

#include "base/text.hpp"
#include "platform/crypto.hpp"
#include "platform/locale.hpp"

namespace fokus::register_updates {
namespace {

namespace json = boost::json;
using registers::Field;
using registers::FillPolicy;

constexpr std::array<std::string_view, 3> source_names = {"auto", "local", "online"};

Error invalid(std::string_view field, std::string code) {
  return field_error("register_updates/invalid", std::string(field), std::move(code));
}

Result<FillPolicy> policy_in(std::string_view field, const json::value& value) {
  const auto policy =
      value.is_string() ? registers::parse_fill_policy(value.get_string()) : std::nullopt;
  if (!policy) return invalid(field, "unknown_policy");
  return *policy;
}

Status read_policies(const json::value& value, Settings& out) {
  if (!value.is_object()) return invalid("policies", "wrong_kind");
  const auto known = registers::company_fields();
  out.policies.clear();
  for (const auto& [field, policy] : value.get_object()) {
    const std::string_view name = field;
    if (std::find(known.begin(), known.end(), name) == known.end())
      return invalid(name, "unknown_field");
    out.policies[std::string(name)] = TRY(policy_in(name, policy));
  }
  return {};
}

Status read_tasks(const json::value& value, Settings& out) {
  if (!value.is_array()) return invalid("tasks", "wrong_kind");
  out.tasks.clear();
  for (const auto& one : value.get_array()) {
    if (!one.is_string() || !is_event_kind(one.get_string()))
      return invalid("tasks", "unknown_kind");
    out.tasks.emplace(one.get_string());
  }
  return {};
}

Status read_member(std::string_view key, const json::value& value, Settings& out) {
  if (key == "is_nightly") {
    if (!value.is_bool()) return invalid(key, "wrong_kind");
    out.is_nightly = value.get_bool();
  } else if (key == "source") {
    const auto source = value.is_string() ? parse_source(value.get_string()) : std::nullopt;
    if (!source) return invalid(key, "unknown_source");
    out.source = *source;
  } else if (key == "otherwise") {
    out.otherwise = TRY(policy_in(key, value));
  } else if (key == "typed") {
    out.typed = TRY(policy_in(key, value));
  } else if (key == "policies") {
    return read_policies(value, out);
  } else if (key == "tasks") {
    return read_tasks(value, out);
  } else {
    return invalid(key, "unknown_field");
  }
  return {};
}

// Letters and digits only, in lower case: "Strandvejen 1, 2." and "STRANDVEJEN 1 2" are one.
std::string essence(std::string_view text) {
  std::string out;
  for (const char c : fold(text))
    if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) out += c;
  return out;
}

// Texts in letters that fold to nothing are compared as they are.
bool is_other(std::string_view before, std::string_view now) {
  if (before.empty() || now.empty()) return false;
  const auto a = essence(before), b = essence(now);
  return a.empty() || b.empty() ? before != now : a != b;
}

std::string_view kind_of_status(std::string_view status) {
  if (status == "bankrupt") return event_kinds::bankruptcy;
  if (status == "dissolved" || status == absent_status) return event_kinds::dissolution;
  return {};
}

}  // namespace

bool is_event_kind(std::string_view text) {
  return std::find(all_event_kinds.begin(), all_event_kinds.end(), text) != all_event_kinds.end();
}

std::optional<Source> parse_source(std::string_view name) {
  const auto found = std::find(source_names.begin(), source_names.end(), name);
  if (found == source_names.end()) return std::nullopt;
  return static_cast<Source>(found - source_names.begin());
}

std::string_view source_name(Source source) {
  return source_names[static_cast<std::size_t>(source)];
}

Settings standard_settings() {
  Settings out;
  for (const auto* field : {"name", "org_number", "vat_number"})
    out.policies[field] = FillPolicy::propose;
  out.tasks = {std::string(event_kinds::bankruptcy), std::string(event_kinds::dissolution)};
  return out;
}

Result<Settings> change_settings(Settings settings, const json::object& input) {
  for (const auto& [key, value] : input) TRY(read_member(key, value, settings));
  return settings;
}

json::object settings_to_json(const Settings& settings) {
  json::object policies;
  for (const auto& [field, policy] : settings.policies)
    policies[field] = registers::fill_policy_name(policy);
  json::array tasks;
  for (const auto& kind : settings.tasks) tasks.emplace_back(kind);
  return {{"is_nightly", settings.is_nightly},
          {"source", source_name(settings.source)},
          {"otherwise", registers::fill_policy_name(settings.otherwise)},
          {"typed", registers::fill_policy_name(settings.typed)},
          {"policies", std::move(policies)},
          {"tasks", std::move(tasks)}};
}

Check check_of(const registers::Entry& entry) {
  Check out{entry[Field::number], entry[Field::name], entry[Field::status], ""};
  for (const Field part : {Field::street, Field::postcode, Field::city}) {
    if (entry[part].empty()) continue;
    if (!out.address.empty()) out.address += ", ";
    out.address += entry[part];
  }
  return out;
}

std::vector<NewEvent> find_events(const std::optional<Check>& before, const Check& now) {
  std::vector<NewEvent> out;
  const auto end = kind_of_status(now.status);
  const bool has_ended = before && !kind_of_status(before->status).empty();
  const bool is_new_end = !end.empty() && (!before || kind_of_status(before->status) != end);
  // Whoever went bankrupt is dissolved in the end: that is told as well. The other way round is
  // not.
  if (is_new_end && !(has_ended && end == event_kinds::bankruptcy))
    out.push_back({end, before ? before->status : std::string(), now.status});
  if (!before) return out;
  if (is_other(before->name, now.name))
    out.push_back({event_kinds::new_name, before->name, now.name});
  if (is_other(before->address, now.address))
    out.push_back({event_kinds::new_address, before->address, now.address});
  return out;
}

std::string number_at(const registers::Provider& provider, const Numbers& company) {
  if (provider.company_field == "vat_number") {
    const auto vat = registers::plain_number(company.vat_number);
    using registers::NumberVerdict;
    return registers::check_number("vat", vat) == NumberVerdict::sound ? vat : std::string();
  }
  auto number = registers::plain_number(company.org_number);
  if (provider.country.empty()) {
    // A register of the world: only what can be no other register's number.
    const bool is_lei = provider.number_kind == "lei" &&
                        registers::check_number("lei", number) == registers::NumberVerdict::sound;
    return is_lei ? number : std::string();
  }
  if (!company.country.empty() && company.country != provider.country) return {};
  if (number.starts_with(provider.country)) number.erase(0, provider.country.size());
  using registers::NumberVerdict;
  const auto verdict = registers::check_number(provider.number_kind, number);
  // No register needs to be asked for what can be none of its numbers.
  if (verdict == NumberVerdict::wrong_form) return {};
  // Without a country eight digits may be anybody's.
  const bool is_certain = !company.country.empty() || verdict == NumberVerdict::sound;
  return is_certain ? number : std::string();
}

std::string digest_of(const registers::Entry& entry, const Settings& settings,
                      std::int64_t company_version) {
  std::string text;
  for (const auto& value : entry.values) {
    text += value;
    text += '\x1f';
  }
  text += std::to_string(settings.version) + ":" + std::to_string(company_version);
  return crypto::sha256_hex(text);
}

}  // namespace fokus::register_updates
