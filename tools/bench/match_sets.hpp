// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "features/duplicates/matcher.hpp"

// Sets of records whose duplicates are known, for measuring how well they are found.
namespace fokus::bench {

struct Row {
  duplicates::Subject subject;
  std::string cluster;   // the same for all records of one person or company
  std::string baseline;  // what a plain comparison would look at; empty: nothing
};

struct Set {
  std::string name, baseline;  // what the plain comparison is
  std::vector<Row> rows;
};

// Febrl's third set: 5,000 persons with up to five copies each; without the social-security number.
std::optional<Set> read_febrl(const duplicates::Matcher& persons, const std::string& folder);
// Fodor's and Zagat's restaurants: 864 rows, 112 of them twice.
std::optional<Set> read_restaurants(const duplicates::Matcher& companies,
                                    const std::string& folder);
// Persons and companies of the bench world, each third with a copy that was typed in anew: typing
// errors, swapped names, nicknames, initials, other scripts, missing and changed fields.
Set make_persons(const duplicates::Matcher& persons, int count);
Set make_companies(const duplicates::Matcher& companies, int count);

}  // namespace fokus::bench
