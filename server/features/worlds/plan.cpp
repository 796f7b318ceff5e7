// SPDX-License-Identifier: Apache-2.0
#include "features/worlds/plan.hpp"

#include <algorithm>
#include <numeric>

namespace fokus::worlds {

std::vector<Slot> order_of(const Plan& plan) {
  std::vector<Slot> order(plan.steps.size());
  std::iota(order.begin(), order.end(), Slot{0});
  std::stable_sort(order.begin(), order.end(),
                   [&](Slot a, Slot b) { return plan.steps[a].at < plan.steps[b].at; });
  return order;
}

}  // namespace fokus::worlds
