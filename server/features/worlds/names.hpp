// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <span>
#include <string>
#include <string_view>

#include "features/worlds/draw.hpp"

namespace fokus::worlds {

// Names are put together from these lists by dice; whoever they fit is a coincidence.
// Numbers are no one's: phone numbers are of the right length for the country but start with
// digits that are not given out where that is known, registration numbers have a wrong check digit.
enum class Culture { danish, norwegian, swedish, german, finnish, slavic, greek };

struct Town {
  std::string_view postcode, name;
};

struct Country {
  std::string_view code, language, phone_prefix;
  Culture culture;
  int phone_digits;
  std::span<const std::string_view> first_names, last_names, streets, company_endings;
  std::span<const Town> towns;
};

const Country& country_of(Culture culture);

// First words and trades a company is called by: "Fjordbo" + "Tømrer" + "ApS".
std::span<const std::string_view> company_words(Culture culture);
struct Trade {
  std::string_view business;  // key of the list `business`
  std::string_view name;
};
std::span<const Trade> company_trades(Culture culture);

struct PersonName {
  std::string_view first, last;
};
PersonName draw_person(Draw& draw, Culture culture);

struct CompanyName {
  std::string name;
  std::string_view business;
};
CompanyName draw_company(Draw& draw, Culture culture);

std::string draw_phone(Draw& draw, const Country& country);  // "+45 20 12 34 56"
std::string draw_registration(Draw& draw, const Country& country);
// The ASCII word a domain or mailbox is made of: "Åse Bjørn" → "aase-bjoern".
std::string slug(std::string_view text);

std::span<const std::string_view> job_titles();

}  // namespace fokus::worlds
