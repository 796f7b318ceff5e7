// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "app/house.hpp"

namespace fokus::app {

// Schedules what keeps an installation tidy: empties the bin, forgets old events, sessions and
// idempotency keys. Before jobs->start().
void add_housekeeping(House& house);

}  // namespace fokus::app
