// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <functional>
#include <memory>
#include <vector>

#include "features/connect/connect.hpp"
#include "features/dashboards/dashboards.hpp"
#include "platform/mail_out.hpp"

// Dashboards as PDF: at once, and regularly by e-mail to users, each with the numbers that the
// receiver may see.
namespace fokus::reports {

class Courier;
class Postbox;

namespace limits {
constexpr int attempts_max = 8;                              // of one letter
constexpr std::int64_t retry_first_ms = 15 * ms_per_second;  // four times as long each time …
constexpr std::int64_t retry_longest_ms = 2 * ms_per_hour;   // … up to this
// What could not be sent in time, because the program was not running, is sent this much later at
// most.
constexpr std::int64_t caught_up_ms = ms_per_day;
constexpr std::int64_t lease_ms = ms_per_minute;  // a node silent for so long has died
// After so long nobody knows whether a letter that was handed over arrived.
constexpr std::int64_t handing_ms = 10 * ms_per_minute;
constexpr std::int64_t keep_ms = 90 * ms_per_day;  // how long it is known what was sent
}  // namespace limits

// How long to wait after so many attempts (1: the first has just failed). Pure.
std::int64_t retry_wait_ms(int attempts);

class Reports {
 public:
  Reports(const records::ApiParts& parts, const dashboards::Dashboards& dashboards,
          connect::Outbound& outbound, mail::MailOut& mail);
  ~Reports();

  // Before the server starts: the connector of the mail server, and the sweep of old deliveries.
  void declare_connector() const;
  void add_jobs() const;
  // Sends what is due, from now until stop() or the end of this.
  void start();
  void stop();

  // What start() does again and again; some at a time. Several nodes may do it at once: each
  // occasion becomes one delivery per receiver, and each delivery is taken by one node.
  // Makes deliveries of what is due. Returns how many subscriptions it saw to.
  int plan_due() const;
  // Takes one delivery that is due, and sends it or says why not. False when none is due.
  bool deliver_next(const std::function<bool()>& should_stop = {}) const;

  // For records::Records::set_record_watch: a user who is erased takes along what was theirs.
  void forget_record(store::Transaction& tx, const records::RecordType& type, RecordId id) const;

  const records::ApiParts& parts() const { return parts_; }
  const dashboards::Dashboards& dashboards() const { return dashboards_; }

 private:
  records::ApiParts parts_;
  const dashboards::Dashboards& dashboards_;
  std::unique_ptr<Postbox> postbox_;
  std::unique_ptr<Courier> courier_;
};

// /api/v1/reports, /api/v1/dashboards/{id}/pdf
std::vector<access::Route> report_routes(const Reports& reports);
std::vector<access::Route> delivery_routes(const Reports& reports);

}  // namespace fokus::reports
