// SPDX-License-Identifier: Apache-2.0
// What everybody at Nordlys Inventar does all day, and has planned for the coming weeks.
#include "features/worlds/demo_plan.hpp"
#include "features/worlds/demo_texts.hpp"

namespace fokus::worlds::demo {
namespace {

namespace json = boost::json;

constexpr int planned_days = 45;  // how far the calendar is filled

struct Occasion {
  Talk talk;
  Instant starts;
  Slot owner = no_slot;
  std::vector<Link> links;
};

// The record as it was written down, and the tick when it was over.
void add_occasion(Company& company, Draw& draw, Occasion occasion) {
  const bool task = occasion.talk.kind == "task";
  const int minutes = task ? 0 : occasion.talk.kind == "meeting" ? 60 : 15;
  const Instant ends = occasion.starts.plus_ms(minutes * ms_per_minute);
  const bool past = ends < company.now;
  json::object values{{"name", occasion.talk.title},
                      {"kind", occasion.talk.kind},
                      {"starts_at", render_instant(occasion.starts)},
                      {"ends_at", render_instant(ends)}};
  if (task) values["due_on"] = company.day_text(ends);
  if (draw.chance(0.3)) values["priority"] = draw.chance(0.4) ? "high" : "normal";
  if (past && draw.chance(0.55)) values["description"] = draw.pick(notes);
  if (occasion.talk.kind == "meeting")
    values["location"] = draw.chance(0.6) ? "Hos kunden" : "Showroom";
  if (!past && occasion.talk.kind == "meeting") values["reminder_minutes"] = 15;
  const Instant written = std::min(occasion.starts.plus_ms(-draw.between(0, 9) * ms_per_day),
                                   company.now.plus_ms(-ms_per_hour));
  Instant earliest = company.start.plus_ms(2 * ms_per_hour);
  for (const auto& link : occasion.links)
    earliest = std::max(earliest, company.plan.steps[link.slots[0]].at.plus_ms(ms_per_minute));
  const Instant at = std::min(std::max(written, earliest), company.now);
  const bool recent = occasion.starts.plus_ms(60 * ms_per_day) > company.now;
  const char* status = !past                                 ? "planned"
                       : draw.chance(0.05)                   ? "cancelled"
                       : task && recent && draw.chance(0.25) ? "planned"
                                                             : "done";
  const bool done = status[0] == 'd';
  // Old ticks would double the work of seeding and nobody looks at them.
  const bool tick_later = done && recent && at < ends;
  values["status"] = tick_later ? "planned" : status;
  if (done && !tick_later) values["done_at"] = render_instant(ends);
  occasion.links.push_back({"owner", {occasion.owner}});
  const Slot slot = company.plan.add(
      {at, occasion.owner, "activity", std::move(values), std::move(occasion.links)});
  if (tick_later)
    company.plan.add({ends,
                      occasion.owner,
                      "activity",
                      {{"status", "done"}, {"done_at", render_instant(ends)}},
                      {},
                      slot});
  if (!past && occasion.talk.kind == "meeting" && draw.chance(0.4))
    company.invite(draw, slot, occasion.owner, {draw.pick(company.users)});
}

std::vector<Link> customer_links(const Company& company, Draw& draw, const Customer& customer,
                                 Instant at) {
  std::vector<Link> links{{"company", {customer.slot}}};
  if (customer.persons.empty()) return links;
  const Slot person = draw.pick(customer.persons);
  if (company.plan.steps[person].at < at) links.push_back({"person", {person}});
  return links;
}

void add_sale_talk(Company& company, Draw& draw) {
  const Sale& sale = draw.pick(company.sales);
  const Customer& customer = company.customers[sale.customer];
  const Instant until =
      std::min(sale.status == "open" ? company.now.plus_ms(planned_days * ms_per_day) : sale.closed,
               company.now.plus_ms(planned_days * ms_per_day));
  const Instant at =
      company.busy_time(draw, sale.opened, std::max(until, sale.opened.plus_ms(ms_per_day)));
  auto links = customer_links(company, draw, customer, at);
  links.push_back({"sale", {sale.slot}});
  add_occasion(company, draw, {draw.pick(sale_talks), at, sale.owner, std::move(links)});
}

void add_service_talk(Company& company, Draw& draw) {
  const auto c = static_cast<std::size_t>(draw.skewed(company_count, 1.3));
  const Customer& customer = company.customers[c];
  const Instant at =
      company.busy_time(draw, customer.since, company.now.plus_ms(planned_days / 2 * ms_per_day));
  const Slot owner = draw.chance(0.6) ? draw.pick(company.users_of("Service")) : customer.owner;
  add_occasion(company, draw,
               {draw.pick(service_talks), at, owner, customer_links(company, draw, customer, at)});
}

void add_project_talk(Company& company, Draw& draw) {
  const auto& [project, c] = draw.pick(company.projects);
  const Instant begun = company.plan.steps[project].at;
  const Instant at = company.busy_time(draw, begun, begun.plus_ms(80 * ms_per_day));
  auto links = customer_links(company, draw, company.customers[c], at);
  links.push_back({"project", {project}});
  add_occasion(
      company, draw,
      {draw.pick(service_talks), at, draw.pick(company.users_of("Service")), std::move(links)});
}

}  // namespace

void Company::add_activities() {
  Draw dice_of_activities = dice.fork(7);
  constexpr int weights[] = {52, 34, 8, 6};  // sales, service, projects, the office itself
  for (int i = 0; i < activity_count; ++i) {
    Draw draw = dice_of_activities.fork(static_cast<std::uint64_t>(i));
    switch (projects.empty() ? draw.below(2) : static_cast<std::int64_t>(draw.weighted(weights))) {
      case 0:
        add_sale_talk(*this, draw);
        break;
      case 1:
        add_service_talk(*this, draw);
        break;
      case 2:
        add_project_talk(*this, draw);
        break;
      default:
        add_occasion(
            *this, draw,
            {draw.pick(office_talks),
             busy_time(draw, start.plus_ms(ms_per_day), now.plus_ms(planned_days * ms_per_day)),
             draw.pick(users),
             {}});
    }
  }
}

}  // namespace fokus::worlds::demo
