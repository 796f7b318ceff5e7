// SPDX-License-Identifier: Apache-2.0
#include "features/reports/axis_scale.hpp"

#include <algorithm>
#include <cmath>

namespace fokus::reports {
namespace {

constexpr int ticks_max = 20;
constexpr double value_max = 1e300;

// 1, 2 or 5 times a power of ten, not smaller than what is asked for.
double round_step(double wanted) {
  const double power = std::pow(10, std::floor(std::log10(wanted)));
  for (const double factor : {1.0, 2.0, 5.0})
    if (factor * power >= wanted) return factor * power;
  return 10 * power;
}

}  // namespace

AxisScale make_scale(double lowest, double highest, int steps) {
  if (!std::isfinite(lowest) || !std::isfinite(highest)) lowest = 0, highest = 1;
  // Numbers of other systems may be as large as numbers get; sums of steps must not be beyond that.
  lowest = std::clamp(lowest, -value_max, 0.0), highest = std::clamp(highest, 0.0, value_max);
  if (highest - lowest < 1e-9) highest = lowest + 1;
  const double step = round_step((highest - lowest) / std::max(steps, 1));
  AxisScale out;
  out.low = std::floor(lowest / step + 1e-9) * step;
  for (int i = 0; i <= ticks_max; ++i) {
    out.ticks.push_back(out.low + i * step);
    if (out.ticks.back() >= highest - step * 1e-9 && i > 0) break;
  }
  out.high = out.ticks.back();
  return out;
}

}  // namespace fokus::reports
