// SPDX-License-Identifier: Apache-2.0
// What is not a name: numbers, phones, e-mail, addresses, dates. Names are in name_likeness.cpp.
#include "features/duplicates/likeness.hpp"

#include <algorithm>
#include <array>

#include "features/duplicates/name_likeness.hpp"
#include "features/duplicates/names.hpp"
#include "features/duplicates/similarity.hpp"

namespace fokus::duplicates {
namespace {

constexpr std::array<std::string_view, 15> how_names = {
    "differs", "same",    "order",   "nickname", "initial", "typo",  "similar", "part",
    "form",    "acronym", "mailbox", "shared",   "street",  "place", "swapped"};
constexpr std::size_t phone_digits_min = 6;    // a shorter number is an extension
constexpr std::size_t phone_digits_typed = 8;  // from here on one digit off is a typing error
constexpr std::size_t number_typed = 7;
constexpr std::size_t local_min = 4;
// Mailboxes of a place, not of a person.
constexpr std::array<std::string_view, 22> shared_mailboxes = {
    "info",       "kontakt",  "contact", "mail",    "post",       "kontor",    "office",  "admin",
    "salg",       "sales",    "support", "service", "hello",      "reception", "booking", "faktura",
    "bogholderi", "regnskab", "invoice", "team",    "postmaster", "noreply"};

Likeness alike(double similarity, How how) {
  return {similarity, how};
}

bool is_shared(std::string_view mailbox) {
  return std::find(shared_mailboxes.begin(), shared_mailboxes.end(), mailbox) !=
         shared_mailboxes.end();
}

Likeness compare_text(const Item& a, const Item& b) {
  if (a.text == b.text) return alike(1, How::same);
  const double similarity = jaro_winkler(a.text, b.text);
  return alike(similarity, edit_distance(a.text, b.text, 2) <= 2 ? How::typo : How::similar);
}

Likeness compare_number(const Item& a, const Item& b) {
  if (a.text == b.text) return alike(1, How::same);
  const bool is_long = std::min(a.text.size(), b.text.size()) >= number_typed;
  if (is_long && edit_distance(a.text, b.text, 1) == 1) return alike(0.8, How::typo);
  return {};
}

// With or without the country code.
Likeness compare_phone(const Item& a, const Item& b) {
  const auto& longer = a.text.size() >= b.text.size() ? a.text : b.text;
  const auto& shorter = a.text.size() >= b.text.size() ? b.text : a.text;
  if (a.text == b.text) return alike(1, How::same);
  std::string_view national = shorter;
  if (national.starts_with('0')) national.remove_prefix(1);
  if (national.size() >= phone_digits_min && longer.ends_with(national))
    return alike(0.98, How::same);
  const bool is_typed = a.text.size() == b.text.size() && a.text.size() >= phone_digits_typed;
  if (is_typed && edit_distance(a.text, b.text, 1) == 1) return alike(0.8, How::typo);
  return {};
}

Likeness compare_email(const Item& a, const Item& b) {
  if (a.text == b.text) return is_shared(a.extra) ? alike(0.7, How::shared) : alike(1, How::same);
  if (is_shared(a.extra) || is_shared(b.extra)) return {};
  // p17@firm and p18@firm are two people: a digit is no typing error.
  const bool has_digits =
      std::any_of(a.extra.begin(), a.extra.end(), [](char c) { return c >= '0' && c <= '9'; });
  const bool is_long = std::min(a.extra.size(), b.extra.size()) >= local_min;
  if (is_long && !has_digits && edit_distance(a.text, b.text, 1) == 1)
    return alike(0.93, How::typo);
  if (is_long && a.extra == b.extra) return alike(0.75, How::mailbox);
  return {};
}

Likeness compare_date(const Item& a, const Item& b) {
  if (a.text == b.text) return alike(1, How::same);
  const std::string_view x = a.text, y = b.text;  // YYYY-MM-DD
  const bool are_whole = x.size() == 10 && y.size() == 10;
  if (are_whole && x.substr(0, 4) == y.substr(0, 4) && x.substr(5, 2) == y.substr(8, 2) &&
      x.substr(8, 2) == y.substr(5, 2))
    return alike(0.9, How::swapped);
  if (edit_distance(x, y, 1) == 1) return alike(0.85, How::typo);
  return {};
}

// "12b" and "12", "12-14" and "12": the leading digits.
std::string_view house(std::string_view number) {
  std::size_t n = 0;
  while (n < number.size() && number[n] >= '0' && number[n] <= '9') ++n;
  return number.substr(0, n);
}

bool are_equal(const std::string& a, const std::string& b) {
  return !a.empty() && a == b;
}

// Near enough to be one word typed twice.
bool are_near(const std::string& a, const std::string& b) {
  return !a.empty() && !b.empty() && jaro_winkler(a, b) >= 0.9;
}

Likeness compare_address(const Item& a, const Item& b) {
  const double street = a.text.empty() || b.text.empty() ? 0 : jaro_winkler(a.text, b.text);
  const bool same_house = are_equal(std::string(house(a.extra)), std::string(house(b.extra)));
  const bool no_house = a.extra.empty() || b.extra.empty();
  const bool same_postcode = are_equal(a.postcode, b.postcode);
  const bool same_place = same_postcode || are_near(a.city, b.city);
  const bool no_place =
      (a.postcode.empty() || b.postcode.empty()) && (a.city.empty() || b.city.empty());
  const How how = a.text == b.text ? How::same : How::similar;
  if (street >= 0.85 && same_house && same_place) return alike(how == How::same ? 1 : 0.96, how);
  if (street >= 0.85 && same_house) return alike(no_place ? 0.92 : 0.88, how);
  if (street >= 0.85 && same_place) return alike(no_house ? 0.84 : 0.7, How::street);
  if (same_house && same_postcode) return alike(0.65, How::place);
  if (street >= 0.85 && no_place) return alike(0.6, How::street);
  if (same_postcode) return alike(0.5, How::place);
  if (same_place) return alike(0.4, How::place);
  return alike(street >= 0.85 ? 0.3 : 0, street >= 0.85 ? How::street : How::differs);
}

}  // namespace

std::string_view name_of(How how) {
  return how_names[static_cast<std::size_t>(how)];
}

Item make_item(Kind kind, const FoldedValue& value) {
  Item out;
  switch (kind) {
    case Kind::person_name:
      out.words = person_name(value.text).words;
      break;
    case Kind::company_name: {
      auto name = company_name(value.text);
      out.words = std::move(name.words);
      out.extra = std::move(name.form);
      break;
    }
    case Kind::number:
      out.text = plain_number(value.text);
      break;
    case Kind::email:
      out.text = value.text;
      out.extra = local_part(value.text);
      break;
    case Kind::domain:
      out.text = own_domain(value.text);
      break;
    case Kind::address: {
      auto street = street_of(value.text);
      out.text = std::move(street.name);
      out.extra = std::move(street.number);
      out.postcode = plain_number(value.postcode);
      out.city = value.city;
      break;
    }
    default:
      out.text = value.text;
  }
  if (kind == Kind::person_name || kind == Kind::company_name)
    for (const auto& word : out.words) out.text += word;
  return out;
}

Likeness compare(Kind kind, const Item& a, const Item& b) {
  switch (kind) {
    case Kind::person_name:
      return compare_person_names(a.words, b.words);
    case Kind::company_name:
      return compare_company_names(a, b);
    case Kind::text:
      return compare_text(a, b);
    case Kind::number:
      return compare_number(a, b);
    case Kind::phone:
      return compare_phone(a, b);
    case Kind::email:
      return compare_email(a, b);
    case Kind::address:
      return compare_address(a, b);
    case Kind::date:
      return compare_date(a, b);
    default:
      return a.text == b.text ? alike(1, How::same) : Likeness{};
  }
}

}  // namespace fokus::duplicates
