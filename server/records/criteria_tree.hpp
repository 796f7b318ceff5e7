// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "records/criteria.hpp"

namespace fokus::records {

// What the text form and the JSON form of criteria share: the words and the shape of a tree.
namespace limits {
constexpr int criteria_path_segments_max = 5;
constexpr std::int64_t criteria_period_amount_max = 10'000;  // last(10000 days)
}  // namespace limits

std::string_view op_name(Op op);
std::optional<Op> parse_op(std::string_view word);
// How many terms stand behind the operator: none, one, two, or any number.
enum class Arity { none, one, two, many };
Arity arity_of(Op op);

bool is_plain_symbol(std::string_view name);   // me, today, this_week, …
bool is_period_symbol(std::string_view name);  // last, next: with amount and unit
// "day" and "days" are both "days"; nothing for other words.
std::optional<std::string> parse_unit(std::string_view word);
// Identifiers joined by dots; the words of the language itself are not paths.
bool is_path(std::string_view text);

// What a comparison may be about beside a field: where the value of a field came from, and the duty
// to tell a person about it. The path is kept as it is written: "source(company.address)".
//
//   source(F)  source_name(F)  batch(F)  obtained_at(F)     notice(state)  notice(due_on)
struct OriginPath {
  std::string_view about;  // "source", …, "notice"
  std::string_view inner;  // "company.address", "state"
};
bool is_origin_word(std::string_view word);
// Nothing when the path names a field. Views into `path`.
std::optional<OriginPath> parse_origin_path(std::string_view path);
// A path of a comparison: is_path(), or such a one.
bool is_compared_path(std::string_view text);
// The fields that a comparison reads: "company.address" of "source(company.address)", "company" of
// "notice(company.state)", empty for "notice(state)", the path itself otherwise.
std::string_view field_of_path(std::string_view path);

// A group in its one form: groups of the same kind inside it are opened, a group of one is that
// one.
NodePtr make_group(Node::Kind kind, std::vector<NodePtr> children);
NodePtr make_negation(NodePtr child);
bool equal(const Node& a, const Node& b);

// "criteria/too_complex" when a named limit is passed. Both forms keep the same limits, so that
// what one accepts the other can hold.
Status check_limits(const Node& node);
Error too_complex(std::string_view limit, std::int64_t max);

}  // namespace fokus::records
