// SPDX-License-Identifier: Apache-2.0
#include "features/quality/finding_call.hpp"

#include <algorithm>
#include <charconv>

#include "base/text.hpp"

namespace fokus::quality {
namespace {

using records::RecordType;

std::optional<std::int64_t> parse_number(std::string_view text) {
  std::int64_t out = 0;
  const char* const end = text.data() + text.size();
  const auto [at, failed] = std::from_chars(text.data(), end, out);
  if (failed != std::errc{} || at != end || out <= 0) return std::nullopt;
  return out;
}

bool can_be_compared(const records::Field& field) {
  return records::is_text_kind(field.kind) || field.kind == records::FieldKind::phone ||
         field.kind == records::FieldKind::choice;
}

// What needs one type beside it.
Status parse_of_type(const net::Call& call, bool has_type, FindingFilter& out) {
  const auto text = [&](std::string_view name) { return call.query_value(name).value_or(""); };
  for (const char* name : {"record", "filter", "value"})
    if (!text(name).empty() && !has_type) return invalid("type", "required");
  if (!text("record").empty()) {
    const auto id = parse_number(text("record"));
    if (!id) return invalid("record", "not_an_id");
    out.record = *id;
  }
  if (!text("filter").empty()) out.criteria = TRY(records::parse_filter(text("filter")));
  if (!call.query_value("value")) return {};
  return set_value(out, std::string(text("value")));
}

}  // namespace

Error invalid(std::string field, std::string code) {
  return field_error("quality/invalid", std::move(field), std::move(code));
}

Result<std::vector<Severity>> parse_severities(std::string_view text) {
  std::vector<Severity> out;
  for (const auto part : split(text, ',')) {
    const auto known = {Severity::error, Severity::warning, Severity::advice};
    const auto found = std::find_if(known.begin(), known.end(),
                                    [&](Severity one) { return severity_name(one) == trim(part); });
    if (found == known.end()) return invalid("severity", "unknown");
    out.push_back(*found);
  }
  return out;
}

Status set_value(FindingFilter& filter, std::string value) {
  if (!filter.field) return invalid("field", "required");
  const auto* field =
      filter.types.size() == 1 ? filter.types.front()->find(*filter.field) : nullptr;
  if (!field || !can_be_compared(*field)) return invalid("value", "wrong_kind");
  filter.value = std::move(value);
  return {};
}

Result<const RecordType*> named_type(const records::Dictionary& dictionary,
                                     const access::Scope& scope, std::string_view name) {
  const RecordType* type = dictionary.find(name);
  if (!type) type = dictionary.find_plural(name);
  const bool is_readable = type && !type->system &&
                           (scope.actor.kind == access::ActorKind::system ||
                            scope.permissions().may(type->name, access::Action::read));
  if (!is_readable) return make_error(ErrorKind::not_found, "records/no_such_type");
  return type;
}

std::vector<const RecordType*> readable_types(const records::Dictionary& dictionary,
                                              const access::Scope& scope, const RuleSet& rules) {
  std::vector<const RecordType*> out;
  for (const auto* type : dictionary.in_order())
    if (!rules.of_type(type->name).empty() && named_type(dictionary, scope, type->name).ok())
      out.push_back(type);
  return out;
}

Result<std::int64_t> parse_whose(const access::Scope& scope, std::string_view text,
                                 std::string_view name) {
  if (text == "none") return std::int64_t{0};
  if (text == "me" && name == "owner") return scope.actor.user.value;
  if (text == "mine" && name == "group") return scope.actor.primary_group.value;
  const auto number = parse_number(text);
  if (!number) return invalid(std::string(name), "not_an_id");
  return *number;
}

Result<std::int64_t> parse_count(const net::Call& call, std::string_view name, std::int64_t most,
                                 std::int64_t fallback) {
  const auto text = call.query_value(name).value_or("");
  if (text.empty()) return fallback;
  const auto number = parse_number(text);
  if (!number || *number > most) return invalid(std::string(name), "out_of_range");
  return *number;
}

Result<FindingFilter> parse_finding_filter(const access::Visit& visit,
                                           const records::Dictionary& dictionary,
                                           const RuleSet& rules) {
  const auto text = [&](std::string_view name) {
    return visit.call.query_value(name).value_or("");
  };
  FindingFilter out;
  const bool has_type = !text("type").empty();
  if (has_type)
    out.types = {TRY(named_type(dictionary, visit.scope, text("type")))};
  else
    out.types = readable_types(dictionary, visit.scope, rules);
  if (!text("rule").empty())
    for (const auto part : split(text("rule"), ',')) {
      if (!rules.find(trim(part))) return invalid("rule", "unknown");
      out.rules.emplace_back(trim(part));
    }
  if (!text("severity").empty()) out.severities = TRY(parse_severities(text("severity")));
  if (!text("field").empty()) out.field = std::string(text("field"));
  if (!text("owner").empty()) out.owner = TRY(parse_whose(visit.scope, text("owner"), "owner"));
  if (!text("group").empty()) out.group = TRY(parse_whose(visit.scope, text("group"), "group"));
  out.dismissed = text("dismissed") == "true";
  TRY(parse_of_type(visit.call, has_type, out));
  return out;
}

}  // namespace fokus::quality
