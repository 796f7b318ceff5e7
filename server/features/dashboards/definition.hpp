// SPDX-License-Identifier: Apache-2.0
// What one tile shows, as data. Not for other rooms; docs/dashboards.md describes the JSON.
#pragma once
#include <boost/json.hpp>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "features/dashboards/external_source.hpp"

namespace fokus::dashboards {

namespace limits {
constexpr std::size_t tile_measures_max = 4;
constexpr std::size_t tile_columns_max = 12;
constexpr std::int64_t tile_groups_max = 200;
constexpr std::int64_t tile_rows_max = 50;
constexpr std::size_t title_max = 200, url_max = 2'000;
}  // namespace limits

struct Definition {
  boost::json::object json;  // what is stored: known members only
  std::string record_type;   // singular
  std::string presentation;
  std::string scope = "all";  // mine, my_group, all, viewer
  std::string filter, period_field, period, comparison, country_field, sort, url;
  std::string currency;                 // of amounts: empty for the base currency, "own", or a code
  std::int64_t selection = 0;           // linked: the tile follows it
  std::int64_t copy_selection = 0;      // copied: becomes part of the filter when it is stored
  std::int64_t compared_selection = 0;  // comparison "selection": whose members
  std::int64_t limit = 0;               // 0: the presentation's own
  std::vector<std::string> columns;
  ExternalSource source;  // of another system's numbers

  bool is_list() const { return presentation == "list"; }
  bool is_web() const { return presentation == "web"; }
  bool is_external() const { return !source.url.empty(); }
  std::size_t group_count() const;
  std::size_t measure_count() const;
};

// Reads the shape; what the dictionary has to say about it is check_definition()'s.
// Errors: "dashboards/invalid_tile" with the member and unknown_member, required, not_text,
// too_long, unknown, not_a_number, out_of_range, not_a_list, too_many, wrong_number,
// needs_period, not_with_two_groups, only_of_numbers, not_a_currency; those of parse_source().
// `criteria` becomes `filter`; its errors are those of criteria.
Result<Definition> parse_definition(const boost::json::object& input);

// Of a web panel that is to be stored: a frame shows no script, and nothing that was changed on its
// way. None is an address to come. It may hold {user.id}, {user.name}, {user.email},
// {user.language}, {user.group}, {token}, and {record.FIELD} of the record that the page is opened
// for, behind its host. Errors: as above with not_https,
// not_a_url, unknown_merge_field.
Status check_url(std::string_view url);

Error invalid_tile(std::string_view member, std::string_view code,
                   std::map<std::string, std::string> params = {});

// Text in a language: "Pipeline" or {"en": "Pipeline", "da": "Pipeline"}.
std::string in_language(const boost::json::value* labels, std::string_view language);
std::string title_of(const Definition& definition, std::string_view language);

}  // namespace fokus::dashboards
