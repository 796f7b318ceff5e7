// SPDX-License-Identifier: Apache-2.0
#include "features/dashboards/period.hpp"

#include "base/text.hpp"
#include "records/criteria_tree.hpp"

namespace fokus::dashboards {
namespace {

using records::Calendar;
using records::Days;
using records::Node;
using records::NodePtr;
using records::Term;

constexpr std::int64_t midday_ms = 12 * ms_per_hour;
constexpr int months_per_year = 12;
constexpr std::string_view to_date = "_to_date";

NodePtr compare_node(const std::string& path, records::Op op, std::vector<Term> terms) {
  auto node = std::make_unique<Node>();
  node->kind = Node::Kind::compare;
  node->path = path;
  node->op = op;
  node->terms = std::move(terms);
  return node;
}

// The criteria language reads its own words.
std::optional<Term> parse_term(std::string_view text) {
  const auto node = records::parse_filter("a in " + std::string(text));
  if (!node || (*node)->kind != Node::Kind::compare || (*node)->terms.size() != 1)
    return std::nullopt;
  const Term& term = (*node)->terms.front();
  return std::holds_alternative<records::Symbol>(term.content) ? std::optional(term) : std::nullopt;
}

// The day in the calendar of somebody for whom it is noon there, wherever that is.
Calendar calendar_on(Date day, const records::Installation& installation) {
  return Calendar({days_from_epoch(day) * ms_per_day + midday_ms}, "UTC", installation);
}

std::optional<Days> unit_around(Date day, std::string_view unit,
                                const records::Installation& installation) {
  return calendar_on(day, installation)
      .days(Term{records::Symbol{"this_" + std::string(unit), 0, {}}});
}

std::int64_t length_of(const Days& days) {
  return days_from_epoch(days.last) - days_from_epoch(days.first) + 1;
}

// "month" of this_month, last_month and month_to_date.
std::string_view calendar_unit(std::string_view text) {
  if (text.ends_with(to_date)) return text.substr(0, text.size() - to_date.size());
  for (const std::string_view prefix : {"this_", "last_", "next_"})
    if (text.starts_with(prefix)) return text.substr(prefix.size());
  return {};
}

Days days_before(const Period& period) {
  const auto unit = calendar_unit(period.text);
  const Date day_before = plus_days(period.days.first, -1);
  const auto length = length_of(period.days);
  if (const auto whole = unit_around(day_before, unit, period.installation);
      !unit.empty() && whole) {
    if (!period.text.ends_with(to_date)) return *whole;
    return {whole->first,
            std::min(whole->last, plus_days(whole->first, static_cast<int>(length) - 1))};
  }
  return {plus_days(period.days.first, -static_cast<int>(length)), day_before};
}

Days days_a_year_before(const Period& period) {
  const Date first = plus_months(period.days.first, -months_per_year);
  const auto unit = calendar_unit(period.text);
  // A whole month stays a whole month, leap years or not.
  if (const auto whole = unit_around(first, unit, period.installation);
      !unit.empty() && unit != "week" && whole && !period.text.ends_with(to_date))
    return *whole;
  return {first, plus_months(period.days.last, -months_per_year)};
}

}  // namespace

std::optional<Period> parse_period(std::string_view text, Instant now, const std::string& zone,
                                   const records::Installation& installation) {
  const Calendar calendar(now, zone, installation);
  Period out{std::string(text), {}, std::nullopt, installation};
  if (const auto dots = text.find(".."); dots != text.npos) {
    const auto first = parse_date(text.substr(0, dots)), last = parse_date(text.substr(dots + 2));
    if (!first || !last || *last < *first) return std::nullopt;
    out.days = {*first, *last};
    return out;
  }
  if (text.ends_with(to_date)) {
    const auto today = calendar.days(Term{records::Symbol{"today", 0, {}}});
    const auto unit = unit_around(today->first, calendar_unit(text), installation);
    if (!unit) return std::nullopt;
    out.days = {unit->first, today->first};
    return out;
  }
  out.term = parse_term(text);
  const auto days = out.term ? calendar.days(*out.term) : std::nullopt;
  if (!days) return std::nullopt;
  out.days = *days;
  return out;
}

Days compared_days(const Period& period, std::string_view comparison) {
  return comparison == "previous_year" ? days_a_year_before(period) : days_before(period);
}

NodePtr days_node(const std::string& path, const Days& days) {
  return compare_node(path, records::Op::between,
                      {Term{render_date(days.first)}, Term{render_date(days.last)}});
}

NodePtr period_node(const std::string& path, const Period& period) {
  if (!period.term) return days_node(path, period.days);
  return compare_node(path, records::Op::in, {*period.term});
}

}  // namespace fokus::dashboards
