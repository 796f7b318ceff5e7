// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <array>
#include <cstdint>
#include <map>
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
  one_line,    // lines become parts with ", " between
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

// How an entry's fields come from a row or an answer.
struct Mapping {
  std::vector<std::string> columns;  // all columns that rules read, each once
  std::array<std::vector<Rule>, field_count> rules;

  const std::vector<Rule>& rules_of(Field field) const {
    return rules[static_cast<std::size_t>(field)];
  }
};

using Words = std::map<std::string, std::string>;  // language → text

// One question to a provider. In path and body, {number}, {q}, {limit}, {cursor}, {since},
// {country} (the first two letters of the number) and {rest} (what is behind them) stand for what
// is asked.
struct Ask {
  std::string path;   // below the base URL
  std::string body;   // JSON; empty: a GET
  std::string items;  // path to the object or array of objects in the answer
  // The answer says that there is no such entry where this path leads to this text.
  std::string absent_path, absent_text;
  bool is_there() const { return !path.empty(); }
};

// A list of what has changed, to be read page by page.
struct FeedAsk {
  Ask begin;                   // without a cursor: what changed since {since}, an instant
  Ask next;                    // behind {cursor}
  std::string number, cursor;  // paths in an item
};

enum class SignIn { none, key, bearer, basic, oauth2 };
std::string_view sign_in_name(SignIn kind);

// A setting that an administrator gives, such as a key.
struct OnlineField {
  std::string name;
  Words label;
  bool is_secret = false;
};

// How a provider is asked over the network. Without a look-up it is none.
struct Online {
  std::string base_url;
  bool url_may_change = false;  // another installation of the same interface
  Words sends;                  // what leaves the machine, in words
  std::string data_class = "none";
  SignIn sign_in = SignIn::none;
  std::string key_header;      // of SignIn::key
  std::string user, password;  // names of fields; SignIn::key and bearer: `password` is the key
  std::string token_url;
  std::vector<OnlineField> fields;
  std::vector<std::string> hosts;  // besides the host of the base URL
  std::vector<std::pair<std::string, std::string>> headers;
  double calls_per_second = 1;
  std::string number_shape;  // "#######-#": how the interface writes a number
  Ask lookup, search;
  FeedAsk feed;
  Mapping mapping;
  bool may_lack_name = false;  // some answers confirm a number and say no name
  bool is_there() const { return lookup.is_there(); }
  bool has_feed() const { return feed.next.is_there(); }
};

// A register that Fokus can read, as its file in providers/ says. `source_url` is there to be read
// by people; the program never calls it.
struct Provider : Mapping {
  std::string name, title, country;  // country empty: all over the world
  std::string licence, licence_text, licence_url, source_url, note;
  std::string number_kind;  // of check_digits.hpp; empty: any
  // Which field of a company holds its number there: "org_number" or "vat_number".
  std::string company_field = "org_number";
  bool has_bulk = true;  // there is a file to load
  char delimiter = ',';
  Online online;

  // Of the connector that calls it.
  std::string connector() const { return "register_" + name; }
};

// Reads a definition. Error: "registers/bad_definition" with the path of what is wrong as field.
Result<Provider> parse_provider(std::string_view json);

// All that ship with the program, by name. CHECKs that they read: a test would have found it.
const std::vector<Provider>& shipped_providers();
const Provider* find_provider(std::string_view name);

}  // namespace fokus::registers
