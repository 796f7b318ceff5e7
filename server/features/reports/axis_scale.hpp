// SPDX-License-Identifier: Apache-2.0
// The values of an axis. Pure. Not for other rooms.
#pragma once
#include <vector>

namespace fokus::reports {

// Round values from the lowest to the highest, zero among them; two at least.
struct AxisScale {
  double low = 0, high = 1;
  std::vector<double> ticks;

  // Where a value stands: 0 at the lowest tick, 1 at the highest.
  double share(double value) const { return (value - low) / (high - low); }
};
AxisScale make_scale(double lowest, double highest, int steps);

}  // namespace fokus::reports
