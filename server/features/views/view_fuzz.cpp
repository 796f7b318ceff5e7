// SPDX-License-Identifier: Apache-2.0
// Whatever a view is said to be: refused, or within its limits and the same once it is written out.
#include <cstddef>
#include <cstdint>

#include "base/check.hpp"
#include "base/text.hpp"
#include "features/views/view_rules.hpp"
#include "records/criteria_path.hpp"
#include "records/criteria_tree.hpp"

using namespace fokus::views;
namespace json = boost::json;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  json::error_code fault;
  const auto input = json::parse({reinterpret_cast<const char*>(bytes), size}, fault);
  if (fault || !input.is_object()) return 0;
  const auto view = parse_definition(input.get_object());
  if (!view.ok()) return 0;
  CHECK(view->columns.size() <= limits::columns_max);
  for (const auto& column : view->columns) {
    CHECK(fokus::records::is_path(column.path));
    CHECK(column.width == 0 ||
          (column.width >= limits::width_min && column.width <= limits::width_max));
  }
  for (const auto* text : {&view->filter, &view->sort, &view->group_by, &view->sum})
    CHECK(fokus::is_clean_utf8(*text));
  const auto shown = definition_to_json(*view);
  const auto again = parse_definition(shown);
  CHECK(again.ok() && definition_to_json(*again) == shown);
  return 0;
}
