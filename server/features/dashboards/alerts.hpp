// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <memory>

#include "features/dashboards/dashboards.hpp"

namespace fokus::dashboards {

class AlertWatch;

// Tells users of numbers that crossed a value of theirs, as kind "alert" of notifications: once,
// until the number is back. Each is looked at with its user's rights of that moment, after records
// changed that it depends on, on any node, and when the user's day turns; at most once a minute.
// One node does it. What changed while no program ran is seen after the start.
class Alerts {
 public:
  explicit Alerts(const Dashboards& dashboards);
  ~Alerts();

  // Looks from now on until stop() or the end of this, on a thread of its own.
  void start();
  void stop();

  // A record is gone for good: with a user go the alerts.
  void forget_record(store::Transaction& tx, const records::RecordType& type, RecordId id) const;

 private:
  const Dashboards& dashboards_;
  std::unique_ptr<AlertWatch> watch_;
};

// /api/v1/me/alerts.
std::vector<access::Route> alert_routes(const Dashboards& dashboards);

}  // namespace fokus::dashboards
