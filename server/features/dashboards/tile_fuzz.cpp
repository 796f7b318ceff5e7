// SPDX-License-Identifier: Apache-2.0
// Whatever a tile and the filters of a page are said to be: refused, or within their limits and the
// same once they are written out.
#include <cstddef>
#include <cstdint>

#include "base/check.hpp"
#include "base/text.hpp"
#include "features/dashboards/question.hpp"

using namespace fokus::dashboards;
namespace json = boost::json;

namespace {

void check_tile(const json::object& input) {
  const auto tile = parse_definition(input);
  if (!tile.ok()) return;
  CHECK(tile->columns.size() <= limits::tile_columns_max);
  CHECK(tile->measure_count() <= limits::tile_measures_max || tile->is_list() || tile->is_web());
  CHECK(tile->limit >= 0 && tile->limit <= limits::tile_groups_max);
  for (const auto* text : {&tile->record_type, &tile->presentation, &tile->scope, &tile->filter,
                           &tile->period, &tile->period_field, &tile->sort, &tile->url})
    CHECK(fokus::is_clean_utf8(*text));
  for (const auto* language : {"da", "en", "xx"})
    CHECK(fokus::is_clean_utf8(title_of(*tile, language)));
  const auto again = parse_definition(tile->json);
  CHECK(again.ok() && again->json == tile->json);
}

void check_page_filters(const json::object& input) {
  const auto filters = parse_page_filters(input);
  if (!filters.ok()) return;
  const auto shown = render_page_filters(*filters);
  const auto again = parse_page_filters(shown);
  CHECK(again.ok() && render_page_filters(*again) == shown);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  json::error_code fault;
  const auto input = json::parse({reinterpret_cast<const char*>(bytes), size}, fault);
  if (fault || !input.is_object()) return 0;
  check_tile(input.get_object());
  check_page_filters(input.get_object());
  return 0;
}
