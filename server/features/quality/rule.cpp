// SPDX-License-Identifier: Apache-2.0
#include "features/quality/rule.hpp"

#include <algorithm>
#include <array>

#include "base/embedded.hpp"
#include "base/text.hpp"
#include "features/quality/embedded_rules.hpp"

namespace fokus::quality {
namespace {

namespace json = boost::json;

constexpr std::array severities = std::to_array<std::string_view>({"error", "warning", "advice"});
constexpr std::array fixes = std::to_array<std::string_view>(
    {"none", "suggestion", "trim", "proper_case", "lower_case", "upper_case", "clear", "set"});
constexpr std::array members =
    std::to_array<std::string_view>({"key", "type", "severity", "weight", "check", "filter",
                                     "field", "params", "fix", "fix_value", "message", "is_on"});

Error invalid(std::string field, std::string code) {
  return field_error("quality/invalid_rule", std::move(field), std::move(code));
}

// Empty when it is absent or null.
Result<std::string> text_in(const json::object& form, std::string_view name, std::size_t max) {
  const auto* value = form.if_contains(name);
  if (!value || value->is_null()) return std::string();
  if (!value->is_string()) return invalid(std::string(name), "not_a_text");
  std::string out(value->get_string());
  if (out.size() > max) return invalid(std::string(name), "too_long");
  if (!is_clean_utf8(out)) return invalid(std::string(name), "wrong_form");
  return out;
}

template <class List>
Result<int> word_in(const List& list, const std::string& word, std::string_view name) {
  const auto found = std::find(list.begin(), list.end(), word);
  if (found == list.end()) return invalid(std::string(name), "unknown");
  return static_cast<int>(found - list.begin());
}

bool is_key(std::string_view text) {
  return is_identifier(text) && lower_ascii(text) == text;
}

Status read_message(const json::object& form, Rule& rule) {
  const auto* message = form.if_contains("message");
  if (!message || !message->is_object() || message->get_object().empty())
    return invalid("message", "required");
  for (const auto& [language, text] : message->get_object()) {
    if (!text.is_string() || language.size() > 10) return invalid("message", "not_a_text");
    if (text.get_string().size() > limits::message_bytes_max) return invalid("message", "too_long");
    if (!is_clean_utf8(text.get_string())) return invalid("message", "wrong_form");
    if (!trim(text.get_string()).empty())
      rule.message[std::string(language)] = std::string(trim(text.get_string()));
  }
  if (rule.message.empty()) return invalid("message", "required");
  return {};
}

Status read_what(const json::object& form, Rule& rule) {
  rule.check = TRY(text_in(form, "check", limits::key_bytes_max));
  rule.filter = TRY(text_in(form, "filter", 20'000));
  rule.filter = std::string(trim(rule.filter));
  if (rule.check.empty() == rule.filter.empty()) return invalid("filter", "check_or_filter");
  rule.field = TRY(text_in(form, "field", limits::key_bytes_max));
  const auto* params = form.if_contains("params");
  if (!params || params->is_null()) return {};
  if (!params->is_object()) return invalid("params", "not_an_object");
  if (params->get_object().size() > limits::params_max) return invalid("params", "out_of_range");
  rule.params = params->get_object();
  return {};
}

Status read_fix(const json::object& form, Rule& rule) {
  const std::string word = TRY(text_in(form, "fix", limits::key_bytes_max));
  rule.fix = static_cast<Fix>(TRY(word_in(fixes, word.empty() ? "none" : word, "fix")));
  const auto* value = form.if_contains("fix_value");
  if (rule.fix != Fix::set) return {};
  if (!value || value->is_null()) return invalid("fix_value", "required");
  if (json::serialize(*value).size() > limits::message_bytes_max)
    return invalid("fix_value", "too_long");
  rule.fix_value = *value;
  return {};
}

}  // namespace

std::string_view severity_name(Severity severity) {
  return severities[static_cast<std::size_t>(severity)];
}
std::string_view fix_name(Fix fix) {
  return fixes[static_cast<std::size_t>(fix)];
}

std::string Rule::text(const std::string& language) const {
  for (const auto& wanted : {language, std::string("en")})
    if (const auto found = message.find(wanted); found != message.end()) return found->second;
  return message.empty() ? key : message.begin()->second;
}

Result<Rule> parse_rule(const json::object& form) {
  for (const auto& [name, value] : form)
    if (std::find(members.begin(), members.end(), name) == members.end())
      return invalid(std::string(name), "unknown");
  Rule out;
  out.key = TRY(text_in(form, "key", limits::key_bytes_max));
  if (!is_key(out.key)) return invalid("key", "wrong_form");
  out.type = TRY(text_in(form, "type", limits::key_bytes_max));
  if (out.type.empty()) return invalid("type", "required");
  const std::string severity = TRY(text_in(form, "severity", limits::key_bytes_max));
  out.severity = static_cast<Severity>(
      TRY(word_in(severities, severity.empty() ? "warning" : severity, "severity")));
  if (const auto* weight = form.if_contains("weight"); weight && !weight->is_null()) {
    if (!weight->is_int64() || weight->get_int64() < 0 || weight->get_int64() > limits::weight_max)
      return invalid("weight", "out_of_range");
    out.weight = static_cast<int>(weight->get_int64());
  }
  if (const auto* on = form.if_contains("is_on"); on && !on->is_null()) {
    if (!on->is_bool()) return invalid("is_on", "not_yes_or_no");
    out.is_on = on->get_bool();
  }
  TRY(read_what(form, out));
  TRY(read_fix(form, out));
  TRY(read_message(form, out));
  return out;
}

json::object rule_to_json(const Rule& rule) {
  const auto text_or_null = [](const std::string& text) {
    return text.empty() ? json::value() : json::value(text);
  };
  json::object message;
  for (const auto& [language, text] : rule.message) message[language] = text;
  return {{"key", rule.key},
          {"type", rule.type},
          {"severity", severity_name(rule.severity)},
          {"weight", rule.weight},
          {"check", text_or_null(rule.check)},
          {"filter", text_or_null(rule.filter)},
          {"field", text_or_null(rule.field)},
          {"params", rule.params},
          {"fix", fix_name(rule.fix)},
          {"fix_value", rule.fix_value},
          {"message", std::move(message)},
          {"is_on", rule.is_on}};
}

const std::vector<Rule>& shipped_rules() {
  static const std::vector<Rule> rules = [] {
    std::vector<Rule> out;
    for (const auto& file : embedded_quality()) {
      const auto all = json::parse(json::string_view(file.content.data(), file.content.size()));
      const auto& type = all.at("type").as_string();
      for (const auto& one : all.at("rules").as_array()) {
        json::object form = one.as_object();
        form["type"] = type;
        auto rule = parse_rule(form);
        CHECK(rule.ok());
        rule->is_shipped = true;
        out.push_back(std::move(*rule));
      }
    }
    return out;
  }();
  return rules;
}

}  // namespace fokus::quality
