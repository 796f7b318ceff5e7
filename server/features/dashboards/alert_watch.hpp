// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <condition_variable>
#include <map>
#include <mutex>
#include <string>
#include <thread>

#include "features/dashboards/alert.hpp"

namespace fokus::dashboards {

// Goes through all alerts that are awake. What was seen of which data is remembered, so that an
// alert whose records did not change costs no question. For one thread. Not for other rooms.
class AlertRound {
 public:
  explicit AlertRound(const Dashboards& dashboards)
      : dashboards_(dashboards), parts_(dashboards.parts()) {}

  // Returns how many users were told of something.
  int look();
  // When an alert that was looked at a moment ago may be looked at again; nothing: none waits.
  std::optional<Instant> next() const { return next_; }

 private:
  bool look_at_one(const access::Scope& scope, Alert& alert, Instant now);
  bool look_at(const access::Scope& scope, Alert& alert, Instant now);
  bool claim(Alert& alert, Instant as_checked_at);
  bool keep(const Definition& definition, const access::Scope& scope, Alert& alert,
            const TileNumber& number, Instant now);

  const Dashboards& dashboards_;
  const records::ApiParts& parts_;
  std::map<std::int64_t, std::string> seen_;  // alert → the data it was seen with
  std::optional<Instant> next_;
};

// The thread. What it goes by is in the database, so it may end at any moment.
class AlertWatch {
 public:
  explicit AlertWatch(const Dashboards& dashboards);
  ~AlertWatch();

 private:
  void run();
  bool is_due(int ticks);

  const Dashboards& dashboards_;
  AlertRound round_;
  std::mutex mutex_;
  std::condition_variable woken_;
  bool stopping_ = false;
  std::uint64_t changes_ = 0;  // as they were before the last round; this thread's
  std::thread thread_;
};

}  // namespace fokus::dashboards
