// SPDX-License-Identifier: Apache-2.0
// Whatever the rule is said to be: refused, or the same once it is written out, with days in their
// order and within what was asked for. The first byte chooses the day on which it begins.
#include <cstddef>
#include <cstdint>

#include "base/check.hpp"
#include "features/diary/series.hpp"

using namespace fokus;
using namespace fokus::diary;

namespace {

void check_days_of(const Recurrence& rule, Date start) {
  constexpr std::size_t limit = 50;
  const Date from = plus_days(start, 100), to = plus_days(start, 1500);
  const auto days = list_days(rule, start, from, to, limit);
  CHECK(days.size() <= limit);
  for (std::size_t i = 0; i < days.size(); ++i) {
    CHECK(days[i] >= from && days[i] <= to);
    CHECK(i == 0 || days[i - 1] < days[i]);
  }
  // What lies in the middle is the same when all is gone through.
  auto all = list_days(rule, start, start, to, 1600);
  std::erase_if(all, [&](Date day) { return day < from; });
  if (all.size() > limit) all.resize(limit);
  CHECK(all == days);
  const auto moved = moved_rule(rule, start, plus_days(start, 3));
  if (moved.ok()) CHECK(parse_recurrence(render_recurrence(*moved)).ok());
}

void check_series(const Recurrence& rule, Date start) {
  Series series;
  series.rule = rule;
  series.zone = TimeZone::find("Europe/Copenhagen").value();
  series.starts_at = series.zone.instant_of(start, 150 * ms_per_minute);
  series.ends_at = series.starts_at.plus_ms(ms_per_hour);
  const auto all =
      list_occurrences(series, series.starts_at, series.starts_at.plus_ms(900 * ms_per_day));
  CHECK(!all.empty() && all.front().starts_at == series.starts_at);
  for (std::size_t i = 0; i < all.size(); i += 1 + all.size() / 4)
    CHECK(find_occurrence(series, all[i].starts_at).has_value());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  if (size == 0) return 0;
  const Date start = plus_days(Date{2024, 2, 28}, bytes[0]);
  const std::string_view text(reinterpret_cast<const char*>(bytes + 1), size - 1);
  (void)parse_left_out(text).ok();
  const auto rule = parse_recurrence(text);
  if (!rule.ok()) return 0;
  const auto written = render_recurrence(*rule);
  const auto again = parse_recurrence(written);
  CHECK(again.ok() && render_recurrence(*again) == written);
  if (!check_days(*rule, start).ok()) return 0;
  check_days_of(*rule, start);
  check_series(*rule, start);
  return 0;
}
