// SPDX-License-Identifier: Apache-2.0
#include "features/imports/card_rows.hpp"

#include <algorithm>

#include "base/text.hpp"
#include "features/imports/cell_values.hpp"

namespace fokus::imports {
namespace {

using vcard::Card;
using vcard::Point;

// In the order of card_columns.
enum At : std::size_t {
  first_name,
  last_name,
  company,
  department,
  job_title,
  phone,
  mobile,
  fax,
  email,
  website,
  street,
  postcode,
  city,
  region,
  country,
  birth_date,
  language,
  note,
  all_phones,
  all_emails,
  all_urls,
  all_addresses
};

std::string joined(std::string first, const std::string& second) {
  if (first.empty() || second.empty()) return first + second;
  return first + ' ' + second;
}

// The preferred one of those that `fits` takes, or else the first.
template <class List, class Fits>
const typename List::value_type* best(const List& list, Fits fits) {
  const typename List::value_type* found = nullptr;
  for (const auto& one : list)
    if (fits(one) && (!found || (one.is_preferred && !found->is_preferred))) found = &one;
  return found;
}

std::string value_of(const Point* point) {
  return point ? point->value : std::string();
}

// ';' divides the points in a cell.
std::string one_of_many(std::string text) {
  std::replace(text.begin(), text.end(), ';', ',');
  std::replace(text.begin(), text.end(), '\n', ' ');
  return std::string(trim(text));
}

void add_point(std::string& line, const std::string& label, const std::string& value) {
  if (value.empty()) return;
  if (!line.empty()) line += "; ";
  if (!label.empty()) line += one_of_many(replace_all(label, ":", "")) + ": ";
  line += one_of_many(value);
}

std::string line_of(const std::vector<Point>& points) {
  std::string line;
  for (const auto& point : points) add_point(line, point.label, point.value);
  return line;
}

std::string line_of(const vcard::Address& address) {
  std::string line = one_of_many(address.street);
  const auto place = joined(address.postcode, address.city);
  const auto country = country_code(address.country);
  for (const auto* part : {&place, &country}) {
    if (part->empty()) continue;
    if (!line.empty()) line += ", ";
    line += one_of_many(*part);
  }
  return line;
}

bool is_company(const Card& card) {
  const bool is_named_so = !card.organisation.empty() && card.full_name == card.organisation;
  return card.kind == "org" || (is_named_so && !card.has_name_parts);
}

// Of a card with a whole name only, the last word is the family's.
void put_names(CardCells& cells, const Card& card) {
  cells[company] = card.organisation;
  if (is_company(card)) {
    if (cells[company].empty()) cells[company] = card.full_name;
    return;
  }
  if (card.has_name_parts) {
    cells[first_name] = joined(card.first_name, card.middle_name);
    cells[last_name] = joined(card.last_name, card.suffix);
    if (cells[first_name].empty() && cells[last_name].empty()) cells[last_name] = card.prefix;
    return;
  }
  const auto space = card.full_name.rfind(' ');
  cells[last_name] = card.full_name.substr(space == std::string::npos ? 0 : space + 1);
  if (space != std::string::npos) cells[first_name] = card.full_name.substr(0, space);
}

void put_points(CardCells& cells, const Card& card) {
  const auto is = [](const char* label) {
    return [label](const Point& point) { return point.label == label; };
  };
  const auto is_plain = [](const Point& point) {
    return point.label != "mobile" && point.label != "fax" && point.label != "pager";
  };
  cells[phone] = value_of(best(card.phones, is_plain));
  cells[mobile] = value_of(best(card.phones, is("mobile")));
  cells[fax] = value_of(best(card.phones, is("fax")));
  cells[email] = value_of(best(card.emails, [](const Point&) { return true; }));
  cells[website] = value_of(best(card.urls, [](const Point&) { return true; }));
  const auto shown = std::size_t(!cells[phone].empty()) + std::size_t(!cells[mobile].empty());
  if (card.phones.size() > shown) cells[all_phones] = line_of(card.phones);
  if (card.emails.size() > 1) cells[all_emails] = line_of(card.emails);
  if (card.urls.size() > 1) cells[all_urls] = line_of(card.urls);
}

void put_addresses(CardCells& cells, const Card& card) {
  const auto* address =
      best(card.addresses, [](const vcard::Address& one) { return one.label != "post"; });
  if (!address && !card.addresses.empty()) address = &card.addresses.front();
  if (!address) return;
  cells[street] = address->street;
  cells[postcode] = address->postcode;
  cells[city] = address->city;
  cells[region] = address->region;
  cells[country] = address->country;
  if (card.addresses.size() < 2) return;
  for (const auto& one : card.addresses) add_point(cells[all_addresses], one.label, line_of(one));
}

}  // namespace

CardCells cells_of_card(const Card& card) {
  CardCells cells;
  put_names(cells, card);
  cells[department] = card.department;
  cells[job_title] = card.title;
  put_points(cells, card);
  put_addresses(cells, card);
  if (card.birth_date) cells[birth_date] = render_date(*card.birth_date);
  cells[language] = card.language;
  cells[note] = card.note;
  return cells;
}

}  // namespace fokus::imports
