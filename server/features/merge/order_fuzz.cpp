// SPDX-License-Identifier: Apache-2.0
// Whatever a merge is said to be: refused, or the same once it is written out.
#include <cstddef>
#include <cstdint>

#include "base/check.hpp"
#include "features/merge/bulk_merge.hpp"
#include "records/criteria_testing.hpp"

using namespace fokus::merge;
namespace json = boost::json;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  static const auto dictionary = fokus::records::testing::make_dictionary();
  json::error_code fault;
  const auto input = json::parse({reinterpret_cast<const char*>(bytes), size}, fault);
  if (fault || !input.is_object()) return 0;
  const auto& company = *dictionary.find("company");
  if (const auto pairs = parse_pairs(input.get_object()); pairs.ok())
    for (const auto& group : group_pairs(*pairs).groups) CHECK(group.size() > 1);
  const auto order = parse_order(company, input.get_object());
  if (!order.ok()) return 0;
  const auto shown = order_to_json(*order);
  const auto again = parse_order(company, shown);
  CHECK(again.ok() && order_to_json(*again) == shown);
  return 0;
}
