// SPDX-License-Identifier: Apache-2.0
#include "features/worlds/names.hpp"

#include <fmt/format.h>

#include "platform/locale.hpp"

namespace fokus::worlds {

PersonName draw_person(Draw& draw, Culture culture) {
  const Country& country = country_of(culture);
  const auto& first = country.first_names;
  const auto& last = country.last_names;
  // Few last names carry many people, as in life; first names are spread wider.
  const auto i = draw.skewed(static_cast<std::int64_t>(first.size()), 1.3);
  const auto j = draw.skewed(static_cast<std::int64_t>(last.size()), 1.8);
  return {first[static_cast<std::size_t>(i)], last[static_cast<std::size_t>(j)]};
}

CompanyName draw_company(Draw& draw, Culture culture) {
  const Country& country = country_of(culture);
  const auto word = draw.pick(company_words(culture));
  const auto& trade = draw.pick(company_trades(culture));
  const auto ending = draw.pick(country.company_endings);
  const auto kind = draw.below(10);
  std::string name;
  if (culture == Culture::slavic) {
    name = fmt::format("{} «{} {}»", ending, word, trade.name);
  } else if (kind < 6) {
    name = fmt::format("{} {} {}", word, trade.name, ending);
  } else if (kind < 8) {
    name = fmt::format("{} {} {}", draw_person(draw, culture).last, trade.name, ending);
  } else {
    name = fmt::format("{} {} {}", draw.pick(country.towns).name, trade.name, ending);
  }
  return {std::move(name), trade.business};
}

std::string draw_phone(Draw& draw, const Country& country) {
  std::string out = fmt::format("+{} ", country.phone_prefix);
  for (int i = 0; i < country.phone_digits; ++i) {
    if (i > 0 && i % 2 == 0) out += ' ';
    // Danish numbers do not begin with 0 or 1; no one is called by accident on 2000 xxxx.
    const bool fixed = i < 4;
    out += fixed ? "2000"[i] : static_cast<char>('0' + draw.below(10));
  }
  return out;
}

std::string draw_registration(Draw& draw, const Country& country) {
  const int digits = country.code == "DK" ? 8 : country.code == "NO" ? 9 : 10;
  std::string out;
  for (int i = 0; i < digits; ++i) out += static_cast<char>('0' + (i ? draw.below(10) : 9));
  return out;
}

std::string slug(std::string_view text) {
  std::string out;
  for (const char c : fold(text)) {
    const bool word = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
    if (word)
      out += c;
    else if (!out.empty() && out.back() != '-')
      out += '-';
  }
  while (!out.empty() && out.back() == '-') out.pop_back();
  return out.empty() ? "x" : out;
}

}  // namespace fokus::worlds
