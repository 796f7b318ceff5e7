// SPDX-License-Identifier: Apache-2.0
// What calls about findings say.
#pragma once
#include "features/quality/finding_query.hpp"

namespace fokus::quality {

// For access::Terms::query.
constexpr const char* finding_query =
    "type, rule, severity, field, owner, group, record, value, filter, dismissed: boolean";

// A type by its name or plural that the actor may read. Error: "records/no_such_type".
Result<const records::RecordType*> named_type(const records::Dictionary& dictionary,
                                              const access::Scope& scope, std::string_view name);
// Types with rules that the actor may read, in the order of the dictionary.
std::vector<const records::RecordType*> readable_types(const records::Dictionary& dictionary,
                                                       const access::Scope& scope,
                                                       const RuleSet& rules);
// Errors: "quality/invalid" with the parameter, "records/no_such_type", those of criteria.
Result<FindingFilter> parse_finding_filter(const access::Visit& visit,
                                           const records::Dictionary& dictionary,
                                           const RuleSet& rules);
// "me", "none" or a number.
Result<std::int64_t> parse_whose(const access::Scope& scope, std::string_view text,
                                 std::string_view name);
// "error,warning".
Result<std::vector<Severity>> parse_severities(std::string_view text);
// Of the filter's one type and field, which must be one whose values can be compared as texts.
Status set_value(FindingFilter& filter, std::string value);
Result<std::int64_t> parse_count(const net::Call& call, std::string_view name, std::int64_t most,
                                 std::int64_t fallback);
Error invalid(std::string field, std::string code);

}  // namespace fokus::quality
