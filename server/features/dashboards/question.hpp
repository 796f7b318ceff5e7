// SPDX-License-Identifier: Apache-2.0
// A definition, a viewer and the filters of the page together: which records a tile is about.
// Pure: the time is passed in, the database is not asked. Not for other rooms.
#pragma once
#include <set>

#include "features/dashboards/definition.hpp"
#include "features/dashboards/period.hpp"
#include "net/call.hpp"
#include "records/aggregate.hpp"

namespace fokus::dashboards {

// What the viewer has chosen for the whole page; empty means everything. Each tile takes what fits
// its record type and says which ones it took.
struct PageFilters {
  std::string period;   // as in a definition
  std::string owner;    // me, or the id of a user
  std::string group;    // my_group, or the id of a group
  std::string country;  // DK
  std::string scope;    // mine, my_group, all: for tiles that follow the viewer
  std::string record;   // company:17: what a web panel is about; no other tile takes it
};
// What page_filters_of() reads, for access::Terms::query.
constexpr const char* page_filters_query = "period, owner, group, country, scope, record";
// Errors: "dashboards/invalid_filter" with the name.
Result<PageFilters> page_filters_of(const net::Call& call);
Result<PageFilters> parse_page_filters(const boost::json::object& input);
boost::json::object render_page_filters(const PageFilters& filters);

struct Question {
  const records::RecordType* type = nullptr;
  records::NodePtr criteria;          // never null
  std::optional<records::Days> days;  // of the period, for the axis
  records::NodePtr compared;          // criteria of the comparison, or null
  std::optional<records::Days> compared_days;
  std::vector<std::string> applied;  // which page filters the tile took
  records::AggregateQuery query;     // without criteria; charts and numbers only
  std::set<std::string> types;       // whose changes change the answer
  // Of amounts in another currency than the base: units of it for one of the base's, on that day.
  std::optional<long double> rate;
  std::string rate_day;
  bool is_personal = false;  // says me or my_group
  bool uses_selection = false;
  bool uses_clock = false;  // says now: the answer is another one every minute
};

// Errors: "records/forbidden" when the viewer may not read the type at all,
// "dashboards/invalid_tile", with "currency" and without_rate when no rate holds today, those of
// criteria and aggregates.
Result<Question> make_question(const records::Dictionary& dictionary, const access::Scope& scope,
                               Instant now, const Definition& definition,
                               const PageFilters& filters);

}  // namespace fokus::dashboards
