// SPDX-License-Identifier: Apache-2.0
// The sets that dice make: what people do to names when they type them a second time.
#include <fmt/format.h>

#include "base/text.hpp"
#include "features/duplicates/names.hpp"
#include "features/worlds/bench_people.hpp"
#include "match_sets.hpp"
#include "platform/locale.hpp"

namespace fokus::bench {
namespace {

using worlds::Draw;

struct Card {
  std::string first, last, name;  // name: companies
  std::string email, phone, mobile, number, website, street, postcode, city;
  std::int64_t company = 0;
};

// One letter left out, doubled, replaced or swapped with its neighbour. ASCII only is cut.
std::string mistype(Draw& draw, std::string text) {
  if (text.size() < 4) return text;
  const auto at = static_cast<std::size_t>(draw.between(1, static_cast<int>(text.size()) - 2));
  const auto is_plain = [](char c) { return static_cast<unsigned char>(c) < 0x80 && c != ' '; };
  if (!is_plain(text[at]) || !is_plain(text[at + 1])) return text;
  switch (draw.below(4)) {
    case 0:
      return text.erase(at, 1);
    case 1:
      return text.insert(at, 1, text[at]);
    case 2:
      text[at] = static_cast<char>('a' + draw.below(26));
      return text;
    default:
      std::swap(text[at], text[at + 1]);
      return text;
  }
}

std::string upper(std::string text) {
  for (char& c : text)
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  return text;
}

std::string national(const std::string& phone) {
  const auto space = phone.find(' ');
  return space == phone.npos ? phone : replace_all(phone.substr(space + 1), " ", "");
}

void move_house(Draw& draw, Card& card, const worlds::Country& country) {
  card.street = fmt::format("{} {}", draw.pick(country.streets), draw.between(1, 90));
  const auto& town = draw.pick(country.towns);
  card.postcode = town.postcode;
  card.city = town.name;
}

// What of the name comes back differently.
void retype_person(Draw& draw, Card& card) {
  const auto space = card.first.find(' ');
  switch (draw.below(8)) {
    case 0:
      card.first = mistype(draw, card.first);
      break;
    case 1:
      card.last = mistype(draw, card.last);
      break;
    case 2:
      std::swap(card.first, card.last);
      break;
    case 3:
      card.first = card.first.substr(0, space);  // the middle name is gone
      break;
    case 4:
      if (space != card.first.npos) card.first.resize(space + 2);  // … or an initial
      break;
    case 5:
      card.first = fold(card.first), card.last = fold(card.last);  // another keyboard
      break;
    case 6:
      card.last = upper(card.last);
      break;
    default:
      break;
  }
}

void retype_contact(Draw& draw, Card& card, const worlds::Country& country) {
  if (draw.chance(0.4)) card.email.clear();
  if (draw.chance(0.15)) card.email = worlds::slug(card.first) + "@gmail.com";
  if (draw.chance(0.3)) card.phone.clear();
  if (draw.chance(0.3)) card.mobile.clear();
  if (draw.chance(0.4)) card.phone = national(card.phone), card.mobile = national(card.mobile);
  if (draw.chance(0.1)) card.phone = worlds::draw_phone(draw, country);
  if (draw.chance(0.25)) card.company = 0;
  if (draw.chance(0.3)) card.street.clear();
  if (draw.chance(0.1)) move_house(draw, card, country);
}

void retype_company(Draw& draw, Card& card, const worlds::Country& country) {
  const auto last_space = card.name.rfind(' ');
  switch (draw.below(7)) {
    case 0:
    case 1:
      card.name = mistype(draw, card.name);
      break;
    case 2:
      card.name.resize(last_space);  // without the legal form
      break;
    case 3:
      card.name = upper(fold(card.name));
      break;
    case 4:
      card.name.resize(last_space);
      card.name += " " + std::string(draw.pick(country.company_endings));
      break;
    case 5: {
      const auto first = card.name.find(' ');
      card.name = card.name.substr(first + 1) + ", " + card.name.substr(0, first);
      break;
    }
    default:
      break;
  }
  if (draw.chance(0.5)) card.number.clear();
  if (draw.chance(0.4)) card.phone.clear();
  if (draw.chance(0.3)) card.phone = worlds::draw_phone(draw, country);
  if (draw.chance(0.4)) card.website.clear();
  if (draw.chance(0.4)) card.email.clear();
  if (draw.chance(0.3)) card.street.clear();
  if (draw.chance(0.15)) move_house(draw, card, country);
}

class SetMaker {
 public:
  SetMaker(const duplicates::Matcher& matcher, Set& set) : matcher_(matcher), set_(set) {}

  void add(const Card& card, std::int64_t cluster) {
    Row row{{static_cast<std::int64_t>(set_.rows.size()) + 1, {}}, std::to_string(cluster), {}};
    row.subject.values.resize(matcher_.fields().size());
    const std::string name = fold(card.name.empty() ? card.first + " " + card.last : card.name);
    put(row, "name", {name, {}, {}});
    put(row, "email", {fold(card.email), {}, {}});
    put(row, "phone", {fold_phone(card.phone), {}, {}});
    put(row, "mobile", {fold_phone(card.mobile), {}, {}});
    put(row, "org_number", {fold(card.number), {}, {}});
    put(row, "website", {fold(card.website), {}, {}});
    if (card.company) put(row, "company", {std::to_string(card.company), {}, {}});
    if (!card.street.empty())
      put(row, "address", {fold(card.street), fold(card.postcode), fold(card.city)});
    row.baseline = name + "|" + (card.street.empty() ? "" : fold(card.postcode));
    set_.rows.push_back(std::move(row));
  }

 private:
  void put(Row& row, std::string_view field, duplicates::FoldedValue value) {
    const auto at = matcher_.index_of(field);
    if (at < row.subject.values.size() && !value.text.empty())
      row.subject.values[at].push_back({std::move(value), {}});
  }

  const duplicates::Matcher& matcher_;
  Set& set_;
};

constexpr std::int64_t copy_every = 3;

}  // namespace

Set make_persons(const duplicates::Matcher& persons, int count) {
  Set out{"Generated persons", "same name and postcode", {}};
  SetMaker maker(persons, out);
  const auto sizes = worlds::bench::sizes_at(static_cast<double>(count) / 1'000'000);
  for (std::int64_t id = 1; id <= count; ++id) {
    Draw draw = Draw("bench.retyped").fork(static_cast<std::uint64_t>(id));
    const auto person = worlds::bench::person_at(sizes, id);
    const auto& country = worlds::country_of(person.culture);
    Card card{person.first, person.last, {}, person.email, person.phone, person.mobile};
    card.company = person.company;
    if (draw.chance(0.5))
      card.email = worlds::slug(person.first + " " + person.last) + "@" +
                   fmt::format("c{}.example", person.company);
    if (draw.chance(0.6)) move_house(draw, card, country);
    maker.add(card, id);
    if (id % copy_every != 0) continue;
    retype_person(draw, card);
    retype_contact(draw, card, country);
    maker.add(card, id);
  }
  return out;
}

Set make_companies(const duplicates::Matcher& companies, int count) {
  Set out{"Generated companies", "same name and postcode", {}};
  SetMaker maker(companies, out);
  const auto sizes = worlds::bench::sizes_at(static_cast<double>(count) / 200'000);
  for (std::int64_t id = 1; id <= count; ++id) {
    Draw draw = Draw("bench.renamed").fork(static_cast<std::uint64_t>(id));
    const auto company = worlds::bench::company_at(sizes, id);
    const auto& country = worlds::country_of(company.culture);
    Card card;
    card.name = company.name;
    card.phone = company.phone;
    card.website = "https://www." + company.domain;
    card.email = "info@" + company.domain;
    card.number = worlds::draw_registration(draw, country);
    move_house(draw, card, country);
    maker.add(card, id);
    if (id % copy_every != 0) continue;
    retype_company(draw, card, country);
    maker.add(card, id);
  }
  return out;
}

}  // namespace fokus::bench
