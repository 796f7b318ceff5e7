// SPDX-License-Identifier: Apache-2.0
// Whatever the rules are said to be: refused with the place, or within their limits and the same
// once they are written out.
#include <cmath>
#include <cstddef>
#include <cstdint>

#include "base/check.hpp"
#include "features/duplicates/rules.hpp"
#include "records/criteria_testing.hpp"

using namespace fokus::duplicates;
namespace json = boost::json;

namespace {

void check_key(std::string_view spec) {
  const auto key = parse_key(spec);
  if (!key.ok()) return;
  CHECK(!key->parts.empty() && key->parts.size() <= limits::parts_max);
  const auto again = parse_key(key->spec);
  CHECK(again.ok() && again->parts == key->parts && again->spec == key->spec);
}

void check_rules(const Rules& rules) {
  CHECK(rules.comparisons.size() <= limits::comparisons_max);
  CHECK(rules.keys.size() <= limits::keys_max);
  for (const auto& comparison : rules.comparisons) {
    CHECK(!comparison.fields.empty() && comparison.fields.size() <= limits::fields_max);
    CHECK(comparison.levels.size() <= limits::levels_max);
    for (const auto& level : comparison.levels)
      CHECK(std::isfinite(level.points) && std::abs(level.points) <= limits::points_max);
  }
  for (const double points : {-1e6, -1.0, 0.0, 1e6}) {
    const int score = score_of(rules, points);
    CHECK(score >= 0 && score <= 100);
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  static const auto dictionary = fokus::records::testing::make_dictionary();
  const std::string_view text(reinterpret_cast<const char*>(bytes), size);
  check_key(text);
  json::error_code fault;
  const auto input = json::parse({text.data(), text.size()}, fault);
  if (fault || !input.is_object()) return 0;
  const auto& company = *dictionary.find("company");
  const auto rules = parse_rules(input.get_object(), company);
  if (!rules.ok()) return 0;
  check_rules(*rules);
  const auto shown = rules_to_json(*rules);
  const auto again = parse_rules(shown, company);
  CHECK(again.ok() && rules_to_json(*again) == shown);
  return 0;
}
