// SPDX-License-Identifier: Apache-2.0
// What Nordlys Inventar sells, loses and hopes for; the projects and papers that follow.
#include <fmt/format.h>

#include <cmath>

#include "features/worlds/demo_plan.hpp"
#include "features/worlds/demo_texts.hpp"

namespace fokus::worlds::demo {
namespace {

namespace json = boost::json;

struct Stage {
  const char* key;
  int probability;
};
constexpr Stage stages[] = {
    {"qualify", 10}, {"needs", 25}, {"offer", 50}, {"negotiation", 75}, {"closing", 90}};
constexpr int last_stage = 4;
constexpr std::string_view sources[] = {"existing", "referral", "web",
                                        "fair",     "campaign", "cold_call"};
constexpr int source_weights[] = {38, 22, 18, 9, 8, 5};
constexpr std::string_view reasons[] = {"price",     "timing",  "competitor",
                                        "no_budget", "product", "relation"};
constexpr int reason_weights[] = {30, 18, 20, 20, 8, 4};

struct Line {
  std::size_t product;
  std::int64_t quantity, price, total;  // minor units
};

std::vector<Line> draw_lines(Draw& draw) {
  std::vector<Line> lines;
  const auto count = draw.between(1, 4);
  for (std::int64_t i = 0; i < count; ++i) {
    const auto product =
        static_cast<std::size_t>(draw.below(static_cast<std::int64_t>(products.size())));
    const std::int64_t price = products[product].price * 100;
    // A telephone box is bought once, chairs by the dozen.
    const double usual = price > 2'000'000 ? 1.2 : price > 500'000 ? 4 : 16;
    const auto quantity = static_cast<std::int64_t>(std::ceil(usual * draw.factor()));
    lines.push_back({product, quantity, price, price * quantity});
  }
  return lines;
}

std::string fill(std::string_view pattern, std::string_view name) {
  return fmt::format(fmt::runtime(std::string(pattern)), name);
}

json::object stage_values(int stage) {
  return {{"stage", stages[stage].key}, {"probability", stages[stage].probability}};
}

// How a sale went that should be over by now.
std::string draw_outcome(Draw& draw) {
  constexpr std::string_view outcomes[] = {"sold", "lost", "stalled", "open"};
  constexpr int weights[] = {47, 38, 7, 8};
  return std::string(outcomes[draw.weighted(weights)]);
}

// The moves of a sale through its stages, each one a change in its history.
void add_moves(Company& company, Draw& draw, const Sale& sale, int stage_reached) {
  const std::int64_t span = std::min(sale.closed.ms, company.now.ms) - sale.opened.ms;
  for (int stage = 1; stage <= stage_reached; ++stage) {
    const Instant at =
        sale.opened.plus_ms(span * stage / (stage_reached + 1) + draw.below(ms_per_hour));
    if (at >= company.now) return;
    company.plan.add({at, sale.owner, "sale", stage_values(stage), {}, sale.slot});
  }
}

void add_ending(Company& company, Draw& draw, const Sale& sale) {
  if (sale.status == "open") return;
  json::object values{{"status", sale.status}};
  if (sale.status != "stalled") {
    values["closed_on"] = company.day_text(sale.closed);
    values["probability"] = sale.status == "sold" ? 100 : 0;
  }
  if (sale.status == "sold") values["stage"] = "closing";
  if (sale.status == "lost") {
    const auto reason = reasons[draw.weighted(reason_weights)];
    values["reason"] = reason;
    if (reason == "competitor") values["competitor"] = draw.pick(competitors);
  }
  company.plan.add({sale.closed, sale.owner, "sale", std::move(values), {}, sale.slot});
}

void add_lines(Company& company, const Sale& sale, const std::vector<Line>& lines) {
  int position = 0;
  for (const auto& line : lines)
    company.plan.add({sale.opened.plus_ms(++position * ms_per_minute),
                      sale.owner,
                      "sale_line",
                      {{"name", products[line.product].name},
                       {"quantity", line.quantity},
                       {"price", dkk(line.price)},
                       {"position", position}},
                      {{"sale", {sale.slot}},
                       {"product", {company.products[line.product]}},
                       {"owner", {sale.owner}}}});
}

}  // namespace

void Company::add_sales() {
  Draw dice_of_sales = dice.fork(4);
  const Instant latest = now.plus_ms(-2 * ms_per_hour);
  for (int i = 0; i < sale_count; ++i) {
    Draw draw = dice_of_sales.fork(static_cast<std::uint64_t>(i));
    Sale sale;
    sale.customer = static_cast<std::size_t>(draw.skewed(company_count, 1.6));
    const Customer& customer = customers[sale.customer];
    sale.owner = customer.owner;
    sale.opened =
        busy_time(draw, customer.since.plus_ms(3 * ms_per_day), latest.plus_ms(-ms_per_day));
    sale.closed = work_time(draw, static_cast<int>((sale.opened.ms - now.ms) / ms_per_day +
                                                   std::llround(14 + 45 * draw.factor())));
    const bool over = sale.closed < latest;
    sale.status = over ? draw_outcome(draw) : draw.chance(0.05) ? "stalled" : "open";
    if (!over && sale.status == "stalled") sale.closed = latest;
    sale.person = customer.persons.empty() ? no_slot : draw.pick(customer.persons);
    sale.name = fill(draw.pick(sale_names), customer.name);
    const auto lines = draw_lines(draw);
    std::int64_t amount = 0;
    for (const auto& line : lines) amount += line.total;
    json::object values = stage_values(0);
    values["name"] = sale.name;
    values["amount"] = dkk(amount);
    values["expected_on"] =
        day_text(sale.closed.plus_ms(over && draw.chance(0.4) ? -9 * ms_per_day : 0));
    values["source"] = sources[draw.weighted(source_weights)];
    if (draw.chance(0.25)) values["description"] = draw.pick(notes);
    std::vector<Link> links{{"company", {customer.slot}}, {"owner", {sale.owner}}};
    // Only people who were known when the sale began.
    if (sale.person != no_slot && plan.steps[sale.person].at < sale.opened)
      links.push_back({"person", {sale.person}});
    else
      sale.person = no_slot;
    sale.slot = plan.add({sale.opened, sale.owner, "sale", std::move(values), std::move(links)});
    add_lines(*this, sale, lines);
    const double age =
        static_cast<double>(now.ms - sale.opened.ms) /
        static_cast<double>(std::max<std::int64_t>(ms_per_day, sale.closed.ms - sale.opened.ms));
    const int reached = sale.status == "sold"
                            ? last_stage - 1
                            : std::min(last_stage, static_cast<int>(age * 4.2 * draw.unit() + 0.6));
    add_moves(*this, draw, sale, reached);
    add_ending(*this, draw, sale);
    sales.push_back(std::move(sale));
  }
}

void Company::add_projects() {
  Draw draw = dice.fork(5);
  const auto service = users_of("Service");
  for (const auto& sale : sales) {
    if (static_cast<int>(projects.size()) == project_count) break;
    if (sale.status != "sold" || !draw.chance(0.3)) continue;
    const Customer& customer = customers[sale.customer];
    const Instant at = sale.closed.plus_ms(ms_per_hour);
    if (at >= now) continue;
    const Instant ends = sale.closed.plus_ms(draw.between(30, 120) * ms_per_day);
    const bool over = ends < now;
    json::object values{{"name", fill(draw.pick(project_names), customer.name)},
                        {"kind", "delivery"},
                        {"status", over                ? "done"
                                   : draw.chance(0.15) ? "on_hold"
                                                       : "active"},
                        {"starts_on", day_text(at)},
                        {"ends_on", day_text(ends)}};
    if (!over)
      values["next_milestone_on"] = day_text(now.plus_ms(draw.between(1, 30) * ms_per_day));
    if (draw.chance(0.4)) values["description"] = draw.pick(notes);
    const Slot owner = draw.pick(service);
    std::vector<Link> links{{"company", {customer.slot}}, {"owner", {owner}}};
    std::vector<Slot> members;
    for (const Slot person : customer.persons)
      if (plan.steps[person].at < at && draw.chance(0.6)) members.push_back(person);
    if (!members.empty()) links.push_back({"members", members, true});
    projects.emplace_back(plan.add({at, owner, "project", std::move(values), std::move(links)}),
                          sale.customer);
  }
}

void Company::add_documents() {
  Draw draw = dice.fork(6);
  for (int i = 0; i < document_count; ++i) {
    const Sale& sale = draw.pick(sales);
    const Customer& customer = customers[sale.customer];
    const bool contract = sale.status == "sold" && draw.chance(0.3);
    const char* kind = contract           ? "contract"
                       : draw.chance(0.7) ? "offer"
                       : draw.chance(0.5) ? "minutes"
                                          : "specification";
    const std::string_view title = contract         ? "Ordrebekræftelse"
                                   : kind[0] == 'o' ? "Tilbud"
                                   : kind[0] == 'm' ? "Referat"
                                                    : "Tegning";
    const Instant at =
        std::min(now.plus_ms(-ms_per_hour),
                 contract ? sale.closed : sale.opened.plus_ms(draw.between(2, 20) * ms_per_day));
    std::vector<Link> links{
        {"company", {customer.slot}}, {"sale", {sale.slot}}, {"owner", {sale.owner}}};
    if (sale.person != no_slot) links.push_back({"person", {sale.person}});
    plan.add({at,
              sale.owner,
              "document",
              {{"name", fmt::format("{}: {}", title, sale.name)},
               {"kind", kind},
               {"our_ref", fmt::format("N-{}", 4100 + i)}},
              std::move(links)});
  }
}

}  // namespace fokus::worlds::demo
