// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <boost/json.hpp>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "access/actor.hpp"
#include "base/result.hpp"
#include "records/dictionary.hpp"
#include "store/database.hpp"

namespace fokus::records {

// Criteria: a tree that says which records. The text form of the API's `filter`
//
//   country eq 'DK' and (updated_at ge 2026-01-01 or owner eq me) and not name contains 'test'
//   company.category eq 'customer' and any(sales: status eq 'open' and amount gt 10000)
//   in_selection(17)     none(activities: starts_at in last(90 days))     closed_on in this_quarter
//   company.in_selection(17)
//   stage in
//   ('offer', 'won')     starts_at weekday (6, 7) and starts_at hour 14
//
// and the JSON form {"and": [{"field": "country", "op": "eq", "value": "DK"}, {"or": […]},
// {"not": {…}}, {"any": "sales", "where": {…}}]} hold the same tree and convert both ways.
// Semantics are two-valued: a comparison with an empty field is false, its `not` is true.
// `ne` is the negation of `eq`. contains/startswith/endswith compare folded text (case, accents,
// æøå, Cyrillic and Greek to Latin); eq on text compares folded text too, so that 'åse' finds
// 'Åse'.
struct Term;  // a value as written
struct Node;
using NodePtr = std::unique_ptr<Node>;

enum class Op {
  eq,
  ne,
  gt,
  ge,
  lt,
  le,
  in,
  between,
  contains,
  startswith,
  endswith,
  empty,
  has_any,
  has_all,
  weekday,  // 1 Monday … 7 Sunday, of the viewer's calendar; dates and instants
  hour      // 0 … 23 of the viewer's clock; instants
};

// me, my_group, my_groups, today, now, this_week, last(30 days), next(2 weeks), …
struct Symbol {
  std::string name;         // "me", "today", "this_quarter", "last", "next"
  std::int64_t amount = 0;  // last, next
  std::string unit;         // days, weeks, months, quarters, years, hours
  bool operator==(const Symbol&) const = default;
};

struct Term {
  std::variant<std::monostate, bool, std::int64_t, double, std::string, Symbol> content;
  bool operator==(const Term&) const = default;
};

struct Node {
  // and, or, not, …; selection: in_selection(17), terms hold the number; members: rows of the hand-
  // kept selection itself, maybe as of a moment. The last is made by a SelectionSource, never
  // parsed.
  enum class Kind { all, any, negation, compare, related, selection, members } kind = Kind::all;
  std::vector<NodePtr>
      children;  // all, any: any number; negation: one; related: one (or none: exists)
  // compare: "name", "company.category", "address.city"; related: backlink name, possibly behind a
  // path; selection: the link whose record must be a member, empty for the record itself
  std::string path;
  Op op = Op::eq;
  std::vector<Term> terms;  // eq…: 1, between: 2, in/has_*/weekday/hour: n, empty: 0
};

namespace limits {
constexpr int criteria_depth_max = 20;
constexpr int criteria_nodes_max = 500;
constexpr std::size_t filter_bytes_max = 20'000;
constexpr int criteria_terms_max = 1000;
}  // namespace limits

// Errors: "criteria/syntax" with params {"at": byte offset, "expected": …}, "criteria/too_complex".
Result<NodePtr> parse_filter(std::string_view text);
std::string render_filter(const Node& node);
// The same with "?" for what was typed: what was asked, for the access log.
std::string render_shape(const Node& node);
Result<NodePtr> criteria_from_json(const boost::json::value& json);
boost::json::value criteria_to_json(const Node& node);
NodePtr clone(const Node& node);

// What a stored selection stands for: its criteria, or a node of the kind `members`. The room that
// keeps selections plugs in here. One that the viewer may not see, or of another type, is
// "criteria/unknown_selection".
using SelectionSource = std::function<Result<NodePtr>(const RecordType& type, std::int64_t id)>;

// What the meaning of a tree depends on besides the tree. Time-zone maths happens here, in C++.
struct CriteriaContext {
  const Dictionary& dictionary;
  const access::Scope& scope;
  Instant now;
  store::Engine engine;
  SelectionSource selections = {};  // none: every in_selection is refused
  int base_scale = 2;  // digits of the base currency's minor unit: 2 for DKK, 0 for JPY
  // Conditions are written so that they are asked row by row, and no index but that of the order is
  // begun with: for pages that are filled long before all rows were looked at.
  bool row_by_row = false;
};

// SQL in the making: text with $n placeholders and the values they stand for.
struct SqlText {
  std::string text;
  std::vector<store::Value> values;
  std::string bind(store::Value value);  // adds a value, returns its placeholder "$7"
  std::vector<store::Param> params() const;
};

// The one place that turns a tree into SQL: appends a boolean expression over the rows of `alias`
// (a table alias of `type`) to `sql`. Links into other types carry the viewer's rights to them, so
// that a filter never reveals what may not be read. Errors: "criteria/unknown_field",
// "criteria/wrong_operator", "criteria/wrong_value", each with the field's path.
Status append_criteria(const CriteriaContext& context, const RecordType& type,
                       std::string_view alias, const Node& node, SqlText& sql);

// The viewer's right to act on rows of `type` as a boolean expression: circles, restriction flag,
// and for reads the bin. Appends "1=1"-free text: nothing at all when every row is allowed (returns
// false then), "1=0" when none is.
bool append_rights(const CriteriaContext& context, const RecordType& type, access::Action action,
                   std::string_view alias, SqlText& sql);

// Orders rows. Keys: "-created_at", "name", "company.name". The cursor holds the last row's keys.
struct SortKey {
  std::string path;
  bool descending = false;
};
Result<std::vector<SortKey>> parse_sort(std::string_view text);  // "name,-created_at"

}  // namespace fokus::records
