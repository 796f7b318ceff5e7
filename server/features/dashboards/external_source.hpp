// SPDX-License-Identifier: Apache-2.0
// Numbers and rows of another system: where they are asked for, and where they stand in the JSON
// that comes back. Pure. Not for other rooms; docs/dashboards.md describes the JSON.
#pragma once
#include <boost/json.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"

namespace fokus::dashboards {

namespace limits {
constexpr std::size_t pointer_max = 300;
constexpr std::size_t external_columns_max = 12;
constexpr std::size_t external_rows_max = 500;  // the others are left out, and it is said
constexpr std::size_t external_text_max = 200;  // code points of one text
constexpr std::int64_t external_bytes_max = 1 << 20;
constexpr int external_depth_max = 32;
constexpr std::int64_t external_minutes_max = 24 * 60;
}  // namespace limits

struct ExternalColumn {
  std::string label, path;
};

// Paths are JSON pointers (RFC 6901): "/data/0/name"; empty: the value itself.
struct ExternalSource {
  std::string url;
  std::string rows;                     // to the list, from the top
  std::string label, value, series;     // from one row; of a number from the top
  std::vector<ExternalColumn> columns;  // of a list
  std::int64_t minutes = 15;            // how long an answer is used
};

// Errors: "dashboards/invalid_tile" with "source.…" and required, unknown_member, not_an_object,
// not_text, too_long, not_a_pointer, not_a_url, not_a_list, too_many, out_of_range.
Result<ExternalSource> parse_source(const boost::json::value& input, std::string_view presentation);

struct ExternalRow {
  std::string label, series;
  std::optional<double> value;
  std::vector<std::string> cells;  // of a list, as text
};
struct ExternalRows {
  std::vector<ExternalRow> rows;
  bool is_truncated = false;
};

// What the mapping finds in an answer. Values that are no numbers are none, except numbers written
// as text. Errors: "dashboards/external_not_json", "dashboards/external_no_rows" (nothing, or no
// list, where the rows should be), "dashboards/external_no_number".
Result<ExternalRows> read_rows(const ExternalSource& source, std::string_view presentation,
                               std::string_view body);

}  // namespace fokus::dashboards
