// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <boost/json.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "records/dictionary.hpp"

// How two records of a type are compared: data, shipped as rules/<type>.json and changed by an
// administrator. Pure.
namespace fokus::duplicates {

namespace limits {
constexpr std::size_t comparisons_max = 20;
constexpr std::size_t fields_max = 8;  // of one comparison
constexpr std::size_t levels_max = 6;  // of one comparison
constexpr std::size_t keys_max = 12;   // blocking keys of a type
constexpr std::size_t parts_max = 3;   // of one blocking key
constexpr double points_max = 60;      // of one level, either way
constexpr double weight_max = 5;
}  // namespace limits

enum class Kind {
  person_name,
  company_name,
  text,
  number,  // registration, VAT, customer number
  phone,
  email,
  domain,  // of e-mail addresses and URLs, without mail providers
  address,
  date,
  same  // equal or not: links, choices, countries
};
constexpr std::array<std::string_view, 10> kind_names = {
    "person_name", "company_name", "text",    "number", "phone",
    "email",       "domain",       "address", "date",   "same"};
std::string_view name_of(Kind kind);
// Danish, English, … for who edits the rules.
std::string label_of(Kind kind, std::string_view language);

// Agreement in bits: log2 of how much more often two records of one and the same agree so than two
// of different ones do (Fellegi and Sunter 1969, "A Theory for Record Linkage").
struct Level {
  double from = 0;  // similarity, 0 … 1
  double points = 0;
};

struct Comparison {
  Kind kind = Kind::text;
  std::vector<std::string> fields;  // all values of these are compared with all of the other side
  std::vector<Level> levels;        // by falling similarity; the first that is reached counts
  double differ = 0;                // points when none is; 0 or less
  double weight = 1;                // factor of all points
};

// What of a record makes a blocking key: only records with a key in common are compared.
enum class PartKind {
  person_name,   // sounds of first and last word, in order of the alphabet: one key
  person_word,   // sound of each word: a key each
  company_name,  // sounds of the two longest words: one key
  company_word,
  phone,  // the last eight digits
  email,
  domain,
  number,
  postcode,
  city,
  street,  // sound of the street and the number
  same     // the value itself: links, dates
};
struct KeyPart {
  PartKind kind = PartKind::same;
  std::vector<std::string> fields;
  bool operator==(const KeyPart&) const = default;
};
struct Key {
  std::string spec;  // "person_word(name) + postcode(address)", normal spelling
  std::vector<KeyPart> parts;
};

struct Rules {
  std::string type;
  double prior = 0;     // bits for being the same before anything is compared; below 0
  int certain_at = 0;   // scores, 0 … 100
  int warn_at = 0;      // likely: asked about when a record is made
  int keep_at = 0;      // a scan keeps pairs from here on
  int possible_at = 0;  // shown at entry from here on
  bool ask_on_create = true;
  std::vector<Comparison> comparisons;
  std::vector<Key> keys;
};

// The score of a sum of points: 100 / (1 + 2^(-(prior + points) / 3)), rounded. The bits are a
// third of what they are worth, because agreements go together more than the theory assumes.
int score_of(const Rules& rules, double points);

// Errors: "duplicates/invalid" with the field ("comparisons.2.kind") and unknown, required,
// wrong_type, out_of_range, too_many, unknown_field, wrong_kind, masked_always.
Result<Rules> parse_rules(const boost::json::object& json, const records::RecordType& type);
boost::json::object rules_to_json(const Rules& rules);
Result<Key> parse_key(std::string_view spec);

// Rules that come with the program; those that name what the type has not got (a field that an
// administrator hid) are left out. Nothing for types without.
std::optional<Rules> shipped_rules(const records::RecordType& type);

}  // namespace fokus::duplicates
