// SPDX-License-Identifier: Apache-2.0
// Whatever a layout is said to be: refused, or within its limits and the same once it is written
// out.
#include <cstddef>
#include <cstdint>

#include "base/check.hpp"
#include "base/text.hpp"
#include "features/layouts/layout.hpp"

using namespace fokus::layouts;
namespace json = boost::json;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  json::error_code fault;
  const auto input = json::parse({reinterpret_cast<const char*>(bytes), size}, fault);
  if (fault || !input.is_object()) return 0;
  const auto layout = parse_layout(input.get_object());
  if (!layout.ok()) return 0;
  CHECK(!layout->sections.empty() && layout->sections.size() <= limits::sections_max);
  std::size_t fields = layout->hidden.size();
  for (const auto& section : layout->sections) {
    CHECK(fokus::is_identifier(section.key) && (section.columns == 1 || section.columns == 2));
    CHECK(fokus::is_clean_utf8(section.shown_if));
    fields += section.fields.size();
  }
  CHECK(fields <= limits::fields_max);
  const auto shown = layout_to_json(*layout);
  const auto again = parse_layout(shown);
  CHECK(again.ok() && layout_to_json(*again) == shown);
  return 0;
}
