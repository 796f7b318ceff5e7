// SPDX-License-Identifier: Apache-2.0
#include "features/worlds/bench_people.hpp"

#include <fmt/format.h>

#include <cmath>

namespace fokus::worlds::bench {
namespace {

constexpr Culture cultures[] = {Culture::danish, Culture::norwegian, Culture::swedish,
                                Culture::german, Culture::finnish,   Culture::slavic,
                                Culture::greek};
constexpr int culture_weights[] = {55, 14, 13, 10, 6, 1, 1};

Draw dice_of(std::string_view what, std::int64_t id) {
  return Draw(what).fork(static_cast<std::uint64_t>(id));
}

std::string company_name(Draw& draw, Culture culture, std::string_view& business) {
  const Country& country = country_of(culture);
  const auto& trade = draw.pick(company_trades(culture));
  business = trade.business;
  const auto word = draw.pick(company_words(culture));
  const auto ending = draw.pick(country.company_endings);
  switch (draw.below(4)) {
    case 0:
      return fmt::format("{} {} {}", word, trade.name, ending);
    case 1:
      return fmt::format("{} & {} {} {}", draw_person(draw, culture).last,
                         draw_person(draw, culture).last, trade.name, ending);
    case 2:
      return fmt::format("{} {} {}", draw.pick(country.towns).name, trade.name, ending);
    default:
      return fmt::format("{} {} {} {}", word, trade.name, draw.pick(country.towns).name, ending);
  }
}

}  // namespace

Sizes sizes_at(double scale) {
  const auto part = [&](std::int64_t n) {
    return std::max<std::int64_t>(10, std::llround(static_cast<double>(n) * scale));
  };
  return {part(200'000), part(1'000'000), part(300'000), part(2'000'000)};
}

std::int64_t draw_owner(Draw& draw) {
  return 1 + draw.skewed(owner_count, 2.0);
}

std::int64_t company_of_person(const Sizes& sizes, std::int64_t person) {
  Draw draw = dice_of("bench.employer", person);
  // The first in a company is certain, the rest gather in the large ones.
  return person <= sizes.companies ? person : 1 + draw.skewed(sizes.companies, 1.7);
}

Company company_at(const Sizes&, std::int64_t id) {
  Draw draw = dice_of("bench.company", id);
  Company out;
  out.culture = cultures[draw.weighted(culture_weights)];
  std::string_view business;
  out.name = company_name(draw, out.culture, business);
  out.business = business;
  out.domain = fmt::format("c{}.example", id);
  out.phone = draw_phone(draw, country_of(out.culture));
  out.owner = draw_owner(draw);
  return out;
}

Person person_at(const Sizes& sizes, std::int64_t id) {
  Draw draw = dice_of("bench.person", id);
  Person out;
  out.company = company_of_person(sizes, id);
  Draw company = dice_of("bench.company", out.company);
  out.culture = cultures[company.weighted(culture_weights)];
  const Country& country = country_of(out.culture);
  const auto name = draw_person(draw, out.culture);
  out.first = name.first;
  out.last = name.last;
  if (draw.chance(0.35)) out.first += " " + std::string(draw.pick(country.first_names));
  if (draw.chance(0.45)) out.last = std::string(draw.pick(country.last_names)) + " " + out.last;
  if (draw.chance(0.8)) out.email = fmt::format("p{}@c{}.example", id, out.company);
  if (draw.chance(0.4)) out.phone = draw_phone(draw, country);
  if (draw.chance(0.5)) out.mobile = draw_phone(draw, country);
  out.job_title = draw.pick(job_titles());
  out.owner = draw_owner(draw);
  return out;
}

}  // namespace fokus::worlds::bench
