// SPDX-License-Identifier: Apache-2.0
// A mapping in the first line and an answer of another system behind it: refused, or rows within
// their limits.
#include <algorithm>
#include <cstddef>
#include <cstdint>

#include "base/check.hpp"
#include "base/text.hpp"
#include "features/dashboards/external_source.hpp"

using namespace fokus::dashboards;
namespace json = boost::json;

namespace {

void check_rows(const ExternalSource& source, std::string_view presentation,
                std::string_view body) {
  const auto found = read_rows(source, presentation, body);
  if (!found.ok()) return;
  CHECK(found->rows.size() <= limits::external_rows_max);
  for (const auto& row : found->rows) {
    CHECK(row.cells.size() <= limits::external_columns_max);
    CHECK(fokus::count_code_points(row.label) <= limits::external_text_max);
    CHECK(fokus::count_code_points(row.series) <= limits::external_text_max);
    for (const auto& cell : row.cells)
      CHECK(fokus::count_code_points(cell) <= limits::external_text_max);
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  const std::string_view input(reinterpret_cast<const char*>(bytes), size);
  const auto end = std::min(input.find('\n'), input.size());
  json::error_code fault;
  const auto mapping = json::parse({input.data(), end}, fault);
  if (fault) return 0;
  const auto body = input.substr(std::min(end + 1, input.size()));
  for (const std::string_view presentation : {"number", "bar", "stacked", "list"}) {
    const auto source = parse_source(mapping, presentation);
    if (source.ok()) check_rows(*source, presentation, body);
  }
  return 0;
}
