// SPDX-License-Identifier: Apache-2.0
// Whether a rule fits its type. Apart from the form, because it needs the criteria as SQL.
#include <algorithm>

#include "base/text.hpp"
#include "features/quality/checks.hpp"
#include "records/criteria.hpp"
#include "records/fields/field_type.hpp"
#include "records/stored_filter.hpp"

namespace fokus::quality {
namespace {

namespace json = boost::json;
using records::Field;
using records::FieldKind;
using records::RecordType;

Error invalid(std::string field, std::string code) {
  return field_error("quality/invalid_rule", std::move(field), std::move(code));
}

Status check_param(const RecordType& type, const CheckParam& param, const json::value& value) {
  const std::string name = "params." + std::string(param.name);
  if (param.kind == "integer") {
    const bool is_sound =
        value.is_int64() && value.get_int64() >= 1 && value.get_int64() <= limits::param_days_max;
    return is_sound ? Status() : invalid(name, "out_of_range");
  }
  if (!value.is_array() || value.get_array().empty() ||
      value.get_array().size() > limits::param_fields_max)
    return invalid(name, "out_of_range");
  for (const auto& one : value.get_array()) {
    const auto* field = one.is_string() ? type.find(std::string_view(one.get_string())) : nullptr;
    if (!field || field->hidden || field->kind == FieldKind::links)
      return invalid(name, "unknown_field");
  }
  return {};
}

Status check_params(const RecordType& type, const Check& check, const json::object& params) {
  for (const auto& [name, value] : params) {
    const auto known = std::find_if(check.params.begin(), check.params.end(),
                                    [&](const CheckParam& param) { return param.name == name; });
    if (known == check.params.end()) return invalid("params." + std::string(name), "unknown");
    TRY(check_param(type, *known, value));
  }
  for (const auto& param : check.params)
    if (param.kind == "fields" && !params.contains(param.name))
      return invalid("params." + std::string(param.name), "required");
  return {};
}

Status check_field(const RecordType& type, const Rule& rule, const Check* check) {
  if (rule.field.empty())
    return check && check->needs_field ? invalid("field", "required") : Status();
  const Field* field = type.find(rule.field);
  if (!field || field->hidden) return invalid("field", "unknown_field");
  if (field->kind == FieldKind::links) return invalid("field", "wrong_kind");
  if (!check || check->kinds.empty()) return {};
  const auto kind = records::field_kind_name(field->kind);
  if (std::find(check->kinds.begin(), check->kinds.end(), kind) == check->kinds.end())
    return invalid("field", "wrong_kind");
  return {};
}

// Said of criteria in the words that criteria have for it.
Error as_rule_error(const Error& error) {
  Error out = invalid("filter", error.code);
  if (!error.errors.empty()) out.errors.front().params["field"] = error.errors.front().field;
  for (const auto& [name, value] : error.params) out.errors.front().params[name] = value;
  return out;
}

Status check_filter(const records::Dictionary& dictionary, const RecordType& type,
                    const std::string& filter) {
  auto node = records::parse_filter(filter);
  if (!node) return as_rule_error(node.error());
  if (auto unmasked = records::check_unmasked(**node); !unmasked.ok())
    return as_rule_error(unmasked.error());
  access::Scope system;
  system.actor = access::system_actor();
  records::CriteriaContext context{dictionary, system, Instant{}, store::Engine::sqlite};
  context.base_scale = records::currency_scale(dictionary.installation.base_currency);
  records::SqlText sql;
  if (auto done = records::append_criteria(context, type, "t", **node, sql); !done.ok())
    return as_rule_error(done.error());
  return {};
}

Status check_fix(const RecordType& type, const Rule& rule, const Check* check) {
  if (rule.fix == Fix::none) return {};
  if (rule.fix == Fix::suggestion)
    return check && check->suggests ? Status() : invalid("fix", "nothing_suggested");
  const Field* field = type.find(rule.field);
  if (!field) return invalid("field", "required");
  if (field->read_only || !field->computed.empty()) return invalid("field", "read_only");
  const bool is_text = field->kind == FieldKind::text || field->kind == FieldKind::long_text ||
                       field->kind == FieldKind::email || field->kind == FieldKind::url;
  if (rule.fix == Fix::clear) return field->required ? invalid("fix", "required_field") : Status();
  return rule.fix == Fix::set || is_text ? Status() : invalid("field", "wrong_kind");
}

}  // namespace

Status check_rule(const records::Dictionary& dictionary, const Rule& rule) {
  const RecordType* type = dictionary.find(rule.type);
  if (!type || type->system) return invalid("type", "unknown_type");
  const Check* check = rule.check.empty() ? nullptr : find_check(rule.check);
  if (!rule.check.empty() && !check) return invalid("check", "unknown");
  TRY(check_field(*type, rule, check));
  if (check) TRY(check_params(*type, *check, rule.params));
  if (!rule.filter.empty()) TRY(check_filter(dictionary, *type, rule.filter));
  return check_fix(*type, rule, check);
}

}  // namespace fokus::quality
