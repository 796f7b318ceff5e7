// SPDX-License-Identifier: Apache-2.0
// What is sent regularly, to whom and when; its rows, and how input becomes one. Not for other
// rooms.
#pragma once
#include <boost/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "features/reports/document.hpp"
#include "features/reports/schedule.hpp"

namespace fokus::reports {

using SubscriptionId = Id<struct SubscriptionTag>;

namespace limits {
constexpr std::int64_t owned_max = 100;  // subscriptions of one user
constexpr std::size_t receivers_max = 100;
constexpr std::size_t subject_max = 200, message_max = 4'000;  // code points
}  // namespace limits

struct Subscription {
  SubscriptionId id;
  std::int64_t version = 0;
  UserId owner;
  std::string owner_name;
  DocumentAsk ask;
  std::string subject, message;  // empty: the program's own subject, no text
  Schedule schedule;
  bool is_on = true;
  std::optional<Instant> next_at;
};

struct Receiver {
  UserId user;
  std::string name;
  bool is_unsubscribed = false, is_active = true;
};

// Nothing when it is absent or neither set up by nor for the user; administrators see everybody's.
std::optional<Subscription> find_subscription(store::Session& session, const store::Statements& sql,
                                              const access::Scope& scope, SubscriptionId id);
// In the order of their numbers; dashboard 0: of all.
std::vector<Subscription> list_subscriptions(store::Session& session, const store::Statements& sql,
                                             UserId user, std::int64_t dashboard,
                                             std::int64_t after, int limit);
std::vector<Receiver> list_receivers(store::Session& session, const store::Statements& sql,
                                     SubscriptionId id);

SubscriptionId insert_subscription(store::Transaction& tx, const store::Statements& sql,
                                   const Subscription& subscription, Instant now);
void update_subscription(store::Transaction& tx, const store::Statements& sql,
                         const Subscription& subscription, Instant now);
// Those who are new get it, those who are not named no more; who unsubscribed stays so.
void set_receivers(store::Transaction& tx, const store::Statements& sql, SubscriptionId id,
                   const std::vector<std::int64_t>& users);

// Reads the members of `input` into `out`. Errors: "reports/invalid" with the field and required,
// unknown, not_text, too_long, not_a_list, too_many, out_of_range, not_an_id, not_yes_or_no,
// not_a_time, unknown_time_zone; "dashboards/invalid_filter".
Status apply_schedule(const boost::json::object& input, Schedule& out);
Status apply_input(const boost::json::object& input, Subscription& out);
// The users that the input names; nothing when it names none. Each must be there and active, unless
// it is among `before`. Errors: "reports/invalid" with receivers and not_a_list, too_many,
// not_an_id, no_such_record.
Result<std::optional<std::vector<std::int64_t>>> parse_receivers(
    store::Session& session, const store::Statements& sql, const boost::json::object& input,
    const std::vector<Receiver>& before);

Error invalid(std::string_view field, std::string_view code,
              std::map<std::string, std::string> params = {});
std::string_view paper_name(pdf::Paper paper);
std::string render_time_of_day(int minute);  // "08:05"

}  // namespace fokus::reports
