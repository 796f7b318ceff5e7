// SPDX-License-Identifier: Apache-2.0
#include "features/registers/provider.hpp"

#include <algorithm>
#include <boost/json.hpp>

#include "base/text.hpp"

namespace fokus::registers {
namespace {

namespace json = boost::json;

constexpr std::array<std::string_view, field_count> field_names = {
    "number",    "org_number", "name",    "vat_number", "street",      "postcode",      "city",
    "region",    "country",    "phone",   "email",      "website",     "industry_code", "industry",
    "employees", "status",     "founded", "dissolved",  "no_marketing"};

constexpr std::array<std::pair<std::string_view, Transform>, 11> transform_names = {{
    {"digits", Transform::digits},
    {"alphanumeric", Transform::alphanumeric},
    {"upper", Transform::upper},
    {"lower", Transform::lower},
    {"date_dmy", Transform::date_dmy},
    {"date_ymd", Transform::date_ymd},
    {"integer", Transform::integer},
    {"range_low", Transform::range_low},
    {"code", Transform::code},
    {"after_code", Transform::after_code},
    {"not_none", Transform::not_none},
}};

Error bad(std::string field, std::string code) {
  return field_error("registers/bad_definition", std::move(field), std::move(code));
}

// The texts of a member that may be one text or several.
Result<std::vector<std::string>> texts_of(const json::object& object, std::string_view key,
                                          const std::string& path) {
  std::vector<std::string> out;
  const auto* value = object.if_contains(key);
  if (!value) return out;
  if (value->is_string()) return std::vector<std::string>{std::string(value->get_string())};
  if (!value->is_array()) return bad(path + "." + std::string(key), "wrong_kind");
  for (const auto& one : value->get_array()) {
    if (!one.is_string()) return bad(path + "." + std::string(key), "wrong_kind");
    out.emplace_back(one.get_string());
  }
  return out;
}

Result<std::string> text_of(const json::object& object, std::string_view key, bool is_required) {
  const auto* value = object.if_contains(key);
  if (!value && !is_required) return std::string();
  if (!value || !value->is_string()) return bad(std::string(key), "required");
  return std::string(value->get_string());
}

class Reader {
 public:
  Result<Provider> read(const json::object& root) {
    provider_.name = TRY(text_of(root, "name", true));
    if (!is_identifier(provider_.name)) return bad("name", "not_an_identifier");
    provider_.title = TRY(text_of(root, "title", true));
    provider_.country = TRY(text_of(root, "country", false));
    provider_.licence = TRY(text_of(root, "licence", true));
    provider_.licence_text = TRY(text_of(root, "licence_text", true));
    provider_.licence_url = TRY(text_of(root, "licence_url", false));
    provider_.source_url = TRY(text_of(root, "source_url", false));
    provider_.note = TRY(text_of(root, "note", false));
    provider_.number_kind = TRY(text_of(root, "number_kind", false));
    const auto delimiter = TRY(text_of(root, "delimiter", false));
    if (delimiter.size() > 1) return bad("delimiter", "one_character");
    if (!delimiter.empty()) provider_.delimiter = delimiter.front();
    const auto* fields = root.if_contains("fields");
    if (!fields || !fields->is_object()) return bad("fields", "required");
    for (const auto& [key, value] : fields->get_object()) TRY(read_field(key, value));
    for (const Field field : {Field::number, Field::name})
      if (provider_.rules_of(field).empty()) return bad(std::string(field_name(field)), "required");
    return std::move(provider_);
  }

 private:
  Status read_field(std::string_view key, const json::value& value) {
    const std::string path = "fields." + std::string(key);
    const auto field = parse_field(key);
    if (!field) return bad(path, "unknown_field");
    auto& rules = provider_.rules[static_cast<std::size_t>(*field)];
    if (value.is_object()) {
      rules.push_back(TRY(read_rule(value.get_object(), path)));
    } else if (value.is_array()) {
      for (const auto& one : value.get_array()) {
        if (!one.is_object()) return bad(path, "wrong_kind");
        rules.push_back(TRY(read_rule(one.get_object(), path)));
      }
    } else {
      return bad(path, "wrong_kind");
    }
    return {};
  }

  Result<Rule> read_rule(const json::object& object, const std::string& path) {
    Rule rule;
    for (const auto& [key, value] : object)
      if (!is_known(key)) return bad(path + "." + std::string(key), "unknown_member");
    for (const auto& column : TRY(texts_of(object, "from", path)))
      rule.from.push_back(column_of(column));
    if (object.contains("join")) rule.join = TRY(text_of(object, "join", true));
    for (const auto& name : TRY(texts_of(object, "transform", path)))
      rule.transforms.push_back(TRY(transform_of(name, path)));
    rule.prefix = TRY(text_of(object, "prefix", false));
    rule.suffix = TRY(text_of(object, "suffix", false));
    rule.constant = TRY(text_of(object, "constant", false));
    if (rule.from.empty() == rule.constant.empty()) return bad(path, "from_or_constant");
    TRY(read_map(object, path, rule));
    TRY(read_when(object, path, rule));
    return rule;
  }

  static bool is_known(std::string_view key) {
    constexpr std::array<std::string_view, 8> known = {"from",   "join",   "transform", "map",
                                                       "prefix", "suffix", "constant",  "when"};
    return std::find(known.begin(), known.end(), key) != known.end();
  }

  static Result<Transform> transform_of(std::string_view name, const std::string& path) {
    for (const auto& [known, transform] : transform_names)
      if (known == name) return transform;
    return bad(path + ".transform", "unknown_transform");
  }

  static Status read_map(const json::object& object, const std::string& path, Rule& rule) {
    const auto* map = object.if_contains("map");
    if (!map) return {};
    if (!map->is_object()) return bad(path + ".map", "wrong_kind");
    for (const auto& [key, value] : map->get_object()) {
      if (!value.is_string()) return bad(path + ".map", "wrong_kind");
      rule.map.emplace_back(key, value.get_string());
    }
    return {};
  }

  // {"column": "value"} or {"column": ["value", …]}
  Status read_when(const json::object& object, const std::string& path, Rule& rule) {
    const auto* when = object.if_contains("when");
    if (!when) return {};
    if (!when->is_object() || when->get_object().size() != 1)
      return bad(path + ".when", "wrong_kind");
    const std::string column(when->get_object().begin()->key());
    rule.when_column = column_of(column);
    rule.when_equals = TRY(texts_of(when->get_object(), column, path + ".when"));
    if (rule.when_equals.empty()) return bad(path + ".when", "wrong_kind");
    return {};
  }

  std::size_t column_of(const std::string& name) {
    auto& all = provider_.columns;
    const auto found = std::find(all.begin(), all.end(), name);
    if (found != all.end()) return static_cast<std::size_t>(found - all.begin());
    all.push_back(name);
    return all.size() - 1;
  }

  Provider provider_;
};

}  // namespace

std::string_view field_name(Field field) {
  return field_names[static_cast<std::size_t>(field)];
}

std::optional<Field> parse_field(std::string_view name) {
  const auto found = std::find(field_names.begin(), field_names.end(), name);
  if (found == field_names.end()) return std::nullopt;
  return static_cast<Field>(found - field_names.begin());
}

Result<Provider> parse_provider(std::string_view text) {
  boost::system::error_code ec;
  const auto root = json::parse(text, ec);
  if (ec || !root.is_object()) return bad("", "not_json");
  return Reader().read(root.get_object());
}

}  // namespace fokus::registers
