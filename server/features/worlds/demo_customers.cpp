// SPDX-License-Identifier: Apache-2.0
// Whom Nordlys Inventar knows: companies and the people in them.
#include <fmt/format.h>

#include <set>

#include "features/worlds/demo_plan.hpp"
#include "features/worlds/demo_texts.hpp"

namespace fokus::worlds::demo {
namespace {

namespace json = boost::json;

constexpr Culture cultures[] = {Culture::danish, Culture::norwegian, Culture::swedish,
                                Culture::german, Culture::finnish,   Culture::slavic,
                                Culture::greek};
constexpr int culture_weights[] = {80, 5, 6, 4, 2, 2, 1};

constexpr std::string_view categories[] = {"customer", "prospect",   "partner",
                                           "supplier", "competitor", "former_customer"};
constexpr int category_weights[] = {46, 30, 6, 6, 2, 10};

constexpr std::string_view positions[] = {"director",  "finance",    "sales",      "marketing",
                                          "it",        "purchasing", "production", "hr",
                                          "reception", "other"};
// Of the ten positions, the one a title belongs to.
constexpr int position_of_title[] = {0, 5, 9, 1, 7, 9, 9, 9, 9, 9, 2, 3, 6, 4, 8, 1, 9, 0, 9, 0};

json::object draw_address(Draw& draw, const Country& country) {
  const auto& town = draw.pick(country.towns);
  const auto street = draw.pick(country.streets);
  return {{"street", fmt::format("{} {}", street, draw.between(1, 148))},
          {"postcode", town.postcode},
          {"city", town.name},
          {"country", country.code}};
}

// A name that no other company of the world has.
CompanyName draw_new_company(Draw& draw, Culture culture, std::set<std::string>& taken) {
  auto company = draw_company(draw, culture);
  while (!taken.insert(company.name).second) {
    const auto part = draw.pick(country_of(culture).towns).name;
    company = draw_company(draw, culture);
    if (taken.contains(company.name)) company.name += fmt::format(", {}", part);
  }
  return company;
}

// What the register told lately of some of them.
void add_register_event(json::object& values, int i, Date today) {
  constexpr std::string_view events[] = {"new_address", "new_name",    "new_address",
                                         "dissolution", "new_address", "bankruptcy"};
  if (i % 7 != 3) return;
  const auto event = events[i / 7 % std::size(events)];
  values["register_event"] = event;
  values["register_event_on"] = render_date(plus_days(today, -2 - i * 13 % 80));
  values["register_status"] = event == "bankruptcy"    ? "bankrupt"
                              : event == "dissolution" ? "dissolved"
                                                       : "active";
}

}  // namespace

void Company::add_customers() {
  Draw draw = dice.fork(2);
  std::set<std::string> taken;
  const auto sellers = users_of("Salg");
  for (int i = 0; i < company_count; ++i) {
    // The old card index was typed in during the first days; the rest came as it comes.
    const bool old = i < company_count * 6 / 10;
    const Instant at =
        old ? start.plus_ms(ms_per_day + i * 2 * ms_per_minute)
            : busy_time(draw, start.plus_ms(5 * ms_per_day), now.plus_ms(-3 * ms_per_day));
    const Culture culture = cultures[draw.weighted(culture_weights)];
    const Country& country = country_of(culture);
    const auto name = draw_new_company(draw, culture, taken);
    const Slot owner = draw.chance(0.85) ? sellers[static_cast<std::size_t>(draw.skewed(
                                               static_cast<std::int64_t>(sellers.size()), 1.4))]
                                         : draw.pick(users_of("Service"));
    const std::string domain = slug(name.name) + ".example";
    json::object values{{"name", name.name},
                        {"category", categories[draw.weighted(category_weights)]},
                        {"business", name.business},
                        {"country", country.code},
                        {"language", country.language},
                        {"org_number", draw_registration(draw, country)},
                        {"phone", draw_phone(draw, country)},
                        {"address", draw_address(draw, country)}};
    if (draw.chance(0.8)) values["email"] = "post@" + domain;
    if (draw.chance(0.7)) values["website"] = "https://www." + domain;
    if (draw.chance(0.75))
      values["employees"] = static_cast<int>(4 + 22 * draw.factor() * draw.factor());
    if (draw.chance(0.3)) values["description"] = draw.pick(company_notes);
    if (draw.chance(0.02)) values["stop"] = true;
    add_register_event(values, i, today);
    std::vector<Link> links{{"owner", {owner}}};
    if (i > 30 && draw.chance(0.05))
      links.push_back({"parent", {customers[static_cast<std::size_t>(draw.below(30))].slot}});
    const Slot slot =
        plan.add({at, old ? users[8] : owner, "company", std::move(values), std::move(links)});
    customers.push_back({slot, name.name, domain, culture, owner, at, {}});
  }
}

void Company::add_persons() {
  Draw draw = dice.fork(3);
  std::set<std::string> mailboxes;
  constexpr std::string_view interests[] = {"newsletter", "seminars",     "webinars",
                                            "christmas",  "product_news", "golf"};
  for (int i = 0; i < person_count; ++i) {
    // Everyone has somebody; big customers have many.
    const auto c = i < company_count ? static_cast<std::size_t>(i)
                                     : static_cast<std::size_t>(draw.skewed(company_count, 1.8));
    Customer& customer = customers[c];
    const Country& country = country_of(customer.culture);
    const auto name = draw_person(draw, customer.culture);
    const auto title = draw.below(static_cast<std::int64_t>(job_titles().size()));
    std::string mailbox = slug(name.first) + "." + slug(name.last) + "@" + customer.domain;
    if (!mailboxes.insert(mailbox).second) mailbox = fmt::format("{}{}", i, mailbox);
    json::object values{{"first_name", name.first},
                        {"last_name", name.last},
                        {"job_title", job_titles()[static_cast<std::size_t>(title)]},
                        {"position", positions[position_of_title[title]]},
                        {"country", country.code},
                        {"language", country.language}};
    if (draw.chance(0.92)) values["email"] = mailbox;
    if (draw.chance(0.6)) values["phone"] = draw_phone(draw, country);
    if (draw.chance(0.7)) values["mobile"] = draw_phone(draw, country);
    if (draw.chance(0.04)) values["former_employee"] = true;
    if (draw.chance(0.06)) values["no_mailings"] = true;
    json::array wants;
    for (const auto interest : interests)
      if (draw.chance(0.22)) wants.emplace_back(interest);
    if (!wants.empty()) values["interests"] = std::move(wants);
    if (draw.chance(0.12)) values["note"] = draw.pick(notes);
    const Instant at = draw.chance(0.6)
                           ? customer.since.plus_ms(5 * ms_per_minute)
                           : busy_time(draw, customer.since, now.plus_ms(-2 * ms_per_day));
    const Slot slot = plan.add({at,
                                customer.owner,
                                "person",
                                std::move(values),
                                {{"company", {customer.slot}}, {"owner", {customer.owner}}}});
    customer.persons.push_back(slot);
    persons.push_back({slot, c});
  }
}

}  // namespace fokus::worlds::demo
