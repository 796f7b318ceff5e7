// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/embedded.hpp"
#include "base/result.hpp"

namespace fokus::registers {

// What is kept of an entry of a register, whatever register it is.
enum class Field {
  number,
  org_number,  // the national registration number, where `number` is another one
  name,
  vat_number,
  street,
  postcode,
  city,
  region,
  country,
  phone,
  email,
  website,
  industry_code,
  industry,
  employees,
  status,  // active, winding_up, bankrupt, dissolved, inactive; empty: the register does not say
  founded,
  dissolved,
  no_marketing,  // "true": the company has asked the register for no advertising
};
constexpr std::size_t field_count = 19;
std::string_view field_name(Field field);
std::optional<Field> parse_field(std::string_view name);

// What a rule does to the text of its column, in this order as listed in the definition.
enum class Transform {
  digits,        // only digits
  alphanumeric,  // letters and digits, in capitals: a registration number
  upper,
  lower,
  date_dmy,    // 31/12/2020, 31-12-2020, 31.12.2020
  date_ymd,    // 2020-12-31, also with a time behind it
  integer,     // an optional number; anything else is empty
  range_low,   // "10-19" → 10
  code,        // what stands before the first " - "
  after_code,  // what stands behind it
  not_none,    // "NONE", "None Supplied", "0" and the like are empty
};

// One way to a field's value. A rule without a value leaves the word to the next one.
struct Rule {
  std::vector<std::size_t> from;    // into Provider::columns; the first that has a value
  std::optional<std::string> join;  // all of them instead, with this between
  std::vector<Transform> transforms;
  std::vector<std::pair<std::string, std::string>> map;  // "*" stands for what is not listed
  std::string prefix, suffix;
  std::string constant;                    // instead of a column
  std::optional<std::size_t> when_column;  // only where this column …
  std::vector<std::string> when_equals;    // … has one of these values
};

// A register that Fokus can read, as its file in providers/ says. `source_url` is there to be read
// by people; the program never calls it.
struct Provider {
  std::string name, title, country;  // country empty: all over the world
  std::string licence, licence_text, licence_url, source_url, note;
  std::string number_kind;  // of check_digits.hpp; empty: any
  char delimiter = ',';
  std::vector<std::string> columns;  // all columns that rules read, each once
  std::array<std::vector<Rule>, field_count> rules;

  const std::vector<Rule>& rules_of(Field field) const {
    return rules[static_cast<std::size_t>(field)];
  }
};

// Reads a definition. Error: "registers/bad_definition" with the path of what is wrong as field.
Result<Provider> parse_provider(std::string_view json);

// All that ship with the program, by name. CHECKs that they read: a test would have found it.
const std::vector<Provider>& shipped_providers();
const Provider* find_provider(std::string_view name);

}  // namespace fokus::registers
