// SPDX-License-Identifier: Apache-2.0
// Nordlys Inventar A/S, which sells and fits out offices: who works there, and its calendar.
#include <fmt/format.h>

#include "base/check.hpp"
#include "features/worlds/demo_plan.hpp"
#include "features/worlds/demo_texts.hpp"
#include "features/worlds/seeds.hpp"
#include "platform/locale.hpp"

namespace fokus::worlds {
namespace demo {
namespace {

namespace json = boost::json;

const TimeZone& zone() {
  static const TimeZone copenhagen = TimeZone::find("Europe/Copenhagen").value_or(TimeZone::utc());
  return copenhagen;
}

// How busy a month is: spring and autumn sell, July is empty.
constexpr double season[] = {0.7, 0.9, 1.0, 0.9, 1.0, 0.9, 0.25, 0.7, 1.0, 1.0, 0.95, 0.5};

}  // namespace

Company::Company(Instant now) : now(now), today(zone().date_of(now)) {
  start = zone().midnight(plus_days(today, -days_back));
}

Instant Company::work_time(Draw& draw, int day) const {
  Date date = plus_days(today, day);
  while (weekday(date) > 5) date = plus_days(date, day > 0 ? 1 : -1);
  // Quarter hours from 8.00 to 15.45.
  return zone().instant_of(date, (8 * 60 + 15 * draw.between(0, 31)) * ms_per_minute);
}

Instant Company::busy_time(Draw& draw, Instant from, Instant to) const {
  const std::int64_t days = std::max<std::int64_t>(1, (to.ms - from.ms) / ms_per_day);
  const std::int64_t first = days_from_epoch(zone().date_of(from)) - days_from_epoch(today);
  for (;;) {
    const int day = static_cast<int>(first + draw.below(days + 1));
    const int month = plus_days(today, day).month;
    if (!draw.chance(season[month - 1])) continue;
    const Instant at = work_time(draw, day);
    return std::clamp(at, from, to);
  }
}

std::string Company::day_text(Instant at) const {
  return render_date(zone().date_of(at));
}

Slot Company::user(std::string_view email) const {
  for (std::size_t i = 0; i < demo::users.size(); ++i)
    if (demo::users[i].email.starts_with(email)) return users[i];
  CHECK(false);
  return no_slot;
}

std::vector<Slot> Company::users_of(std::string_view group) const {
  std::vector<Slot> out;
  for (std::size_t i = 0; i < demo::users.size(); ++i)
    if (demo::users[i].group == group) out.push_back(users[i]);
  return out;
}

void Company::add_staff() {
  Instant at = start;
  const auto next = [&] { return at = at.plus_ms(ms_per_minute); };
  for (const auto name : demo::groups)
    groups.push_back(plan.add({next(), no_slot, "group", {{"name", name}}}));
  for (const auto& one : demo::users) {
    std::size_t group = 0;
    while (demo::groups[group] != one.group) ++group;
    const auto n = static_cast<int>(users.size());
    json::object values{{"name", one.name},
                        {"email", one.email},
                        {"job_title", one.title},
                        {"language", "da"},
                        {"phone", fmt::format("+45 20 00 30 {:02}", n + 1)}};
    users.push_back(plan.add(
        {next(), no_slot, "user", std::move(values), {{"primary_group", {groups[group]}}}}));
    Account account{users.back(), password, std::string(one.role), {}};
    // Management follows sales; the architect and the coordinator work across.
    if (one.group == "Ledelse") account.other_groups = {groups[1], groups[2], groups[3]};
    if (one.email.starts_with("aase") || one.email.starts_with("line"))
      account.other_groups = {groups[one.group == "Salg" ? 2 : 1]};
    plan.accounts.push_back(std::move(account));
  }
}

void Company::add_products() {
  Draw draw = dice.fork(1);
  Instant at = start.plus_ms(ms_per_hour);
  for (const auto& one : demo::products) {
    const bool retired = draw.chance(0.06);
    const std::int64_t price = one.price * 100;
    products.push_back(plan.add({at = at.plus_ms(ms_per_minute),
                                 users[0],
                                 "product",
                                 {{"name", one.name},
                                  {"code", one.code},
                                  {"family", one.family},
                                  {"unit", one.unit},
                                  {"price", dkk(price)},
                                  {"cost", dkk(price * draw.between(45, 70) / 100)},
                                  {"retired", retired}}}));
  }
}

void Company::add_relations() {
  Draw draw = dice.fork(9);
  const auto relate = [&](const char* kind, Slot from, Slot to) {
    if (from != to) plan.relations.push_back({kind, from, to, users[2], now.plus_ms(-ms_per_day)});
  };
  for (int i = 0; i < 40; ++i)
    relate(draw.chance(0.5) ? "customer_of" : "supplier_of", draw.pick(customers).slot,
           draw.pick(customers).slot);
  for (int i = 0; i < 60; ++i) relate("knows", draw.pick(persons).slot, draw.pick(persons).slot);
  for (int i = 0; i < 25; ++i)
    relate(draw.chance(0.6) ? "board_member_of" : "consultant_for", draw.pick(persons).slot,
           draw.pick(customers).slot);
}

json::object dkk(std::int64_t minor_units) {
  return {{"amount", fmt::format("{}.{:02}", minor_units / 100, minor_units % 100)},
          {"currency", "DKK"}};
}

}  // namespace demo

Plan plan_demo_world(Instant now) {
  demo::Company company(now);
  company.add_staff();
  company.add_products();
  company.add_customers();
  company.add_persons();
  company.add_sales();
  company.add_projects();
  company.add_documents();
  company.add_activities();
  company.add_series();
  company.add_relations();
  return std::move(company.plan);
}

std::vector<SignIn> demo_sign_ins() {
  std::vector<SignIn> out;
  for (const auto& user : demo::users)
    out.push_back(
        {std::string(user.email), demo::password, std::string(user.name), std::string(user.role)});
  return out;
}

}  // namespace fokus::worlds
