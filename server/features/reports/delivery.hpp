// SPDX-License-Identifier: Apache-2.0
// One letter from being due to its end. Not for other rooms.
#pragma once
#include <functional>
#include <optional>
#include <string>

#include "features/reports/postbox.hpp"
#include "features/reports/reports.hpp"
#include "features/reports/subscription.hpp"

namespace fokus::reports {

// What becomes of a delivery: waiting → preparing → handing → sent; failed, skipped (nobody wants
// it any more, or the receiver may not see the dashboard), unsure (the program died, or the line
// broke, between the letter's last byte and the answer: sending it again might make two).
namespace states {
constexpr std::string_view waiting = "waiting", preparing = "preparing", handing = "handing",
                           sent = "sent", failed = "failed", skipped = "skipped", unsure = "unsure";
}

struct Due {
  std::int64_t id = 0;
  SubscriptionId subscription;
  UserId user;
  Instant occasion;
  int attempts = 0;
};

class Delivery {
 public:
  Delivery(const Reports& reports, const Postbox& postbox, Due due, std::string lease,
           const std::function<bool()>& should_stop)
      : reports_(reports),
        parts_(reports.parts()),
        postbox_(postbox),
        due_(std::move(due)),
        lease_(std::move(lease)),
        should_stop_(should_stop) {}

  // Writes down how it ended. Throws store::Failure; then the next run takes it over.
  void run();

 private:
  struct Content {
    Subscription subscription;
    access::Scope scope;
    Document document;
  };
  Result<Content> prepare();
  Result<Subscription> find_wanted() const;
  Result<mail::Outcome> send(const MailSettings& settings, const Content& content);
  mail::Letter letter_of(const MailSettings& settings, const Content& content) const;
  bool stops() const { return should_stop_ && should_stop_(); }
  bool goes_on(Instant& kept) const;

  // False: another run has it.
  bool keep(std::string_view state, std::int64_t for_ms) const;
  void end(std::string_view state, std::string_view code) const;
  void end_with(const Error& error) const;
  void end_with(const mail::Outcome& outcome) const;
  void retry(std::string_view code) const;
  void release() const;

  const Reports& reports_;
  const records::ApiParts& parts_;
  const Postbox& postbox_;
  const Due due_;
  const std::string lease_;
  const std::function<bool()>& should_stop_;
};

}  // namespace fokus::reports
