// SPDX-License-Identifier: Apache-2.0
#include "features/duplicates/rules.hpp"

#include <algorithm>
#include <cmath>

#include "base/text.hpp"
#include "features/duplicates/word_lists.hpp"

namespace fokus::duplicates {
namespace {

constexpr double bits_per_step = 3;
constexpr std::array<std::string_view, 12> part_names = {
    "person_name", "person_word", "company_name", "company_word", "phone",  "email",
    "domain",      "number",      "postcode",     "city",         "street", "same"};

template <class Enum, std::size_t n>
std::optional<Enum> find_name(const std::array<std::string_view, n>& names, std::string_view name) {
  const auto found = std::find(names.begin(), names.end(), name);
  if (found == names.end()) return std::nullopt;
  return static_cast<Enum>(found - names.begin());
}

std::string render_part(const KeyPart& part) {
  return std::string(part_names[static_cast<std::size_t>(part.kind)]) + "(" +
         join(part.fields, ", ") + ")";
}

Error bad_key() {
  return field_error("duplicates/invalid", "keys", "not_a_key");
}

Result<KeyPart> parse_part(std::string_view text) {
  const auto open = text.find('(');
  if (open == text.npos || !text.ends_with(')')) return bad_key();
  const auto kind = find_name<PartKind>(part_names, trim(text.substr(0, open)));
  if (!kind) return bad_key();
  KeyPart out{*kind, {}};
  for (const auto field : split(text.substr(open + 1, text.size() - open - 2), ','))
    out.fields.emplace_back(trim(field));
  const bool are_names = std::all_of(out.fields.begin(), out.fields.end(),
                                     [](const auto& field) { return is_identifier(field); });
  if (!are_names || out.fields.size() > limits::fields_max) return bad_key();
  return out;
}

}  // namespace

std::string_view name_of(Kind kind) {
  return kind_names[static_cast<std::size_t>(kind)];
}

std::string label_of(Kind kind, std::string_view language) {
  static const auto labels = embedded_json("words/reasons.json").at("kinds").as_object();
  const auto& of_kind = labels.at(name_of(kind)).as_object();
  const auto* text = of_kind.if_contains(language);
  return std::string((text ? *text : of_kind.at("en")).as_string());
}

int score_of(const Rules& rules, double points) {
  const double bits = rules.prior + points;
  return static_cast<int>(std::lround(100 / (1 + std::exp2(-bits / bits_per_step))));
}

Result<Key> parse_key(std::string_view spec) {
  Key out;
  for (const auto part : split(spec, '+')) out.parts.push_back(TRY(parse_part(trim(part))));
  if (out.parts.size() > limits::parts_max) return bad_key();
  for (const auto& part : out.parts)
    out.spec += (out.spec.empty() ? "" : " + ") + render_part(part);
  return out;
}

std::optional<Rules> shipped_rules(const records::RecordType& type) {
  if (type.name != "company" && type.name != "person") return std::nullopt;
  auto json = embedded_json("rules/" + type.name + ".json");
  const auto has = [&](std::string_view name) {
    const auto* field = type.find(name);
    return field && !field->hidden;
  };
  auto& comparisons = json["comparisons"].as_array();
  for (auto& one : comparisons) {
    auto& fields = one.as_object()["fields"].as_array();
    for (auto at = fields.begin(); at != fields.end();)
      at = has(at->as_string()) ? at + 1 : fields.erase(at);
  }
  for (auto at = comparisons.begin(); at != comparisons.end();)
    at = at->as_object()["fields"].as_array().empty() ? comparisons.erase(at) : at + 1;
  auto& keys = json["keys"].as_array();
  for (auto at = keys.begin(); at != keys.end();) {
    const auto key = parse_key(std::string_view(at->as_string()));
    const bool is_whole =
        key && std::all_of(key->parts.begin(), key->parts.end(), [&](const KeyPart& part) {
          return std::all_of(part.fields.begin(), part.fields.end(), has);
        });
    at = is_whole ? at + 1 : keys.erase(at);
  }
  auto rules = parse_rules(json, type);
  if (!rules) return std::nullopt;
  return std::move(*rules);
}

}  // namespace fokus::duplicates
