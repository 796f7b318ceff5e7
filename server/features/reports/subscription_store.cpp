// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <charconv>

#include "base/text.hpp"
#include "features/reports/subscription.hpp"

namespace fokus::reports {
namespace {

namespace json = boost::json;

std::vector<int> days_of(std::string_view text) {
  std::vector<int> out;
  for (const auto part : split(text, ',')) {
    int day = 0;
    if (std::from_chars(part.data(), part.data() + part.size(), day).ec == std::errc())
      out.push_back(day);
  }
  return out;
}

std::string days_text(const std::vector<int>& days) {
  std::vector<std::string> out;
  for (const int day : days) out.push_back(std::to_string(day));
  return join(out, ",");
}

dashboards::PageFilters filters_of(std::string_view text) {
  boost::system::error_code failed;
  const auto parsed = json::parse(json::string_view(text.data(), text.size()), failed);
  if (failed || !parsed.is_object()) return {};
  auto read = dashboards::parse_page_filters(parsed.get_object());
  return read ? *std::move(read) : dashboards::PageFilters();
}

Subscription read_row(const store::Rows& rows) {
  Subscription out;
  out.id = SubscriptionId{rows.integer(0)};
  out.version = rows.integer(1);
  out.owner = UserId{rows.integer(2)};
  out.ask.dashboard = dashboards::DashboardId{rows.integer(3)};
  out.ask.tile = rows.integer(4);
  out.ask.filters = filters_of(rows.text(5));
  out.ask.paper = rows.text(6) == paper_name(pdf::Paper::landscape) ? pdf::Paper::landscape
                                                                    : pdf::Paper::portrait;
  out.subject = rows.text(7), out.message = rows.text(8);
  out.schedule.frequency = find_frequency(rows.text(9)).value_or(Frequency::weekly);
  out.schedule.days = days_of(rows.text(10));
  out.schedule.minute = static_cast<int>(rows.integer(11));
  out.schedule.zone = rows.text(12);
  out.is_on = rows.boolean(13);
  if (!rows.is_null(14)) out.next_at = Instant{rows.integer(14)};
  out.owner_name = rows.text(15);
  return out;
}

std::string filters_text(const Subscription& s) {
  return json::serialize(dashboards::render_page_filters(s.ask.filters));
}

}  // namespace

std::string_view paper_name(pdf::Paper paper) {
  return paper == pdf::Paper::landscape ? "landscape" : "portrait";
}

std::optional<Subscription> find_subscription(store::Session& session, const store::Statements& sql,
                                              const access::Scope& scope, SubscriptionId id) {
  const bool sees_all = scope.permissions().has_function(access::functions::administer);
  auto rows = session.query(sql["reports.get"], {id, scope.actor.user, sees_all ? 1 : 0});
  if (!rows->next()) return std::nullopt;
  return read_row(*rows);
}

std::vector<Subscription> list_subscriptions(store::Session& session, const store::Statements& sql,
                                             UserId user, std::int64_t dashboard,
                                             std::int64_t after, int limit) {
  std::vector<Subscription> out;
  auto rows = session.query(sql["reports.list"], {after, user, dashboard, limit});
  while (rows->next()) out.push_back(read_row(*rows));
  return out;
}

std::vector<Receiver> list_receivers(store::Session& session, const store::Statements& sql,
                                     SubscriptionId id) {
  std::vector<Receiver> out;
  auto rows = session.query(sql["reports.list_receivers"], {id});
  while (rows->next())
    out.push_back({UserId{rows->integer(0)}, std::string(rows->text(1)), !rows->is_null(2),
                   rows->boolean(3)});
  return out;
}

SubscriptionId insert_subscription(store::Transaction& tx, const store::Statements& sql,
                                   const Subscription& s, Instant now) {
  return SubscriptionId{tx.insert(
      sql["reports.create"],
      {s.owner, s.ask.dashboard, s.ask.tile, filters_text(s), paper_name(s.ask.paper), s.subject,
       s.message, frequency_name(s.schedule.frequency), days_text(s.schedule.days),
       s.schedule.minute, s.schedule.zone, s.is_on, s.next_at, now})};
}

void update_subscription(store::Transaction& tx, const store::Statements& sql,
                         const Subscription& s, Instant now) {
  tx.execute(sql["reports.update"],
             {s.id, s.ask.tile, filters_text(s), paper_name(s.ask.paper), s.subject, s.message,
              frequency_name(s.schedule.frequency), days_text(s.schedule.days), s.schedule.minute,
              s.schedule.zone, s.is_on, s.next_at, now});
  if (!s.is_on) tx.execute(sql["reports.remove_waiting"], {s.id});
}

void set_receivers(store::Transaction& tx, const store::Statements& sql, SubscriptionId id,
                   const std::vector<std::int64_t>& users) {
  for (const auto& before : list_receivers(tx, sql, id)) {
    if (std::find(users.begin(), users.end(), before.user.value) != users.end()) continue;
    tx.execute(sql["reports.remove_receiver"], {id, before.user});
    tx.execute(sql["reports.remove_waiting_of"], {id, before.user});
  }
  for (const auto user : users) tx.execute(sql["reports.add_receiver"], {id, user});
}

}  // namespace fokus::reports
