// SPDX-License-Identifier: Apache-2.0
#include "features/dashboards/dashboards.hpp"
#include "features/dashboards/period.hpp"

namespace fokus::dashboards {

std::optional<records::Days> days_of_period(const records::Dictionary& dictionary,
                                            const access::Scope& scope, std::string_view period,
                                            Instant now) {
  const auto found = parse_period(period, now, scope.actor.time_zone, dictionary.installation);
  if (!found) return std::nullopt;
  return found->days;
}

}  // namespace fokus::dashboards
