// SPDX-License-Identifier: Apache-2.0
// Whatever a sales guide is said to be: refused, or within its limits and the same once it is
// written out.
#include <cstddef>
#include <cstdint>

#include "base/check.hpp"
#include "features/sales_guide/guide.hpp"

using namespace fokus::sales_guide;
namespace json = boost::json;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  json::error_code fault;
  const auto input = json::parse({reinterpret_cast<const char*>(bytes), size}, fault);
  if (fault || !input.is_object()) return 0;
  const auto guide = parse_guide(input.get_object());
  if (!guide.ok()) return 0;
  CHECK(guide->stages.size() <= limits::stages_max);
  for (const auto& stage : guide->stages) {
    CHECK(stage.suggestions.size() <= limits::suggestions_max);
    for (const auto& one : stage.suggestions) {
      CHECK(!one.title.empty() && one.days >= 0 && one.days <= limits::days_max);
      CHECK(guide->find(one.key) == &one);
    }
  }
  const auto shown = guide_to_json(*guide);
  const auto again = parse_guide(shown);
  CHECK(again.ok() && guide_to_json(*again) == shown);
  return 0;
}
