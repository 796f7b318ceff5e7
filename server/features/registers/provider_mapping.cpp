// SPDX-License-Identifier: Apache-2.0
// The rules by which fields come from columns.
#include <algorithm>

#include "features/registers/definition.hpp"

namespace fokus::registers {
namespace {

namespace json = boost::json;

constexpr std::array<std::pair<std::string_view, Transform>, 12> transform_names = {{
    {"digits", Transform::digits},
    {"alphanumeric", Transform::alphanumeric},
    {"upper", Transform::upper},
    {"lower", Transform::lower},
    {"date_dmy", Transform::date_dmy},
    {"date_ymd", Transform::date_ymd},
    {"integer", Transform::integer},
    {"range_low", Transform::range_low},
    {"one_line", Transform::one_line},
    {"code", Transform::code},
    {"after_code", Transform::after_code},
    {"not_none", Transform::not_none},
}};

class RuleReader {
 public:
  explicit RuleReader(std::string path) : path_(std::move(path)) {}

  Result<Mapping> read(const json::object& fields) {
    for (const auto& [key, value] : fields) TRY(read_field(key, value));
    for (const Field field : {Field::number, Field::name})
      if (mapping_.rules_of(field).empty())
        return bad_definition(std::string(field_name(field)), "required");
    return std::move(mapping_);
  }

 private:
  Status read_field(std::string_view key, const json::value& value) {
    const std::string path = path_ + "." + std::string(key);
    const auto field = parse_field(key);
    if (!field) return bad_definition(path, "unknown_field");
    auto& rules = mapping_.rules[static_cast<std::size_t>(*field)];
    if (value.is_object()) {
      rules.push_back(TRY(read_rule(value.get_object(), path)));
    } else if (value.is_array()) {
      for (const auto& one : value.get_array()) {
        if (!one.is_object()) return bad_definition(path, "wrong_kind");
        rules.push_back(TRY(read_rule(one.get_object(), path)));
      }
    } else {
      return bad_definition(path, "wrong_kind");
    }
    return {};
  }

  Result<Rule> read_rule(const json::object& object, const std::string& path) {
    Rule rule;
    for (const auto& [key, value] : object)
      if (!is_known(key)) return bad_definition(path + "." + std::string(key), "unknown_member");
    for (const auto& column : TRY(text_members(object, "from", path)))
      rule.from.push_back(column_of(column));
    if (object.contains("join")) rule.join = TRY(text_member(object, "join", true));
    for (const auto& name : TRY(text_members(object, "transform", path)))
      rule.transforms.push_back(TRY(transform_of(name, path)));
    rule.prefix = TRY(text_member(object, "prefix", false));
    rule.suffix = TRY(text_member(object, "suffix", false));
    rule.constant = TRY(text_member(object, "constant", false));
    if (rule.from.empty() == rule.constant.empty()) return bad_definition(path, "from_or_constant");
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
    return bad_definition(path + ".transform", "unknown_transform");
  }

  static Status read_map(const json::object& object, const std::string& path, Rule& rule) {
    const auto* map = object.if_contains("map");
    if (!map) return {};
    if (!map->is_object()) return bad_definition(path + ".map", "wrong_kind");
    for (const auto& [key, value] : map->get_object()) {
      if (!value.is_string()) return bad_definition(path + ".map", "wrong_kind");
      rule.map.emplace_back(key, value.get_string());
    }
    return {};
  }

  // {"column": "value"} or {"column": ["value", …]}
  Status read_when(const json::object& object, const std::string& path, Rule& rule) {
    const auto* when = object.if_contains("when");
    if (!when) return {};
    if (!when->is_object() || when->get_object().size() != 1)
      return bad_definition(path + ".when", "wrong_kind");
    const std::string column(when->get_object().begin()->key());
    rule.when_column = column_of(column);
    rule.when_equals = TRY(text_members(when->get_object(), column, path + ".when"));
    if (rule.when_equals.empty()) return bad_definition(path + ".when", "wrong_kind");
    return {};
  }

  std::size_t column_of(const std::string& name) {
    auto& all = mapping_.columns;
    const auto found = std::find(all.begin(), all.end(), name);
    if (found != all.end()) return static_cast<std::size_t>(found - all.begin());
    all.push_back(name);
    return all.size() - 1;
  }

  std::string path_;
  Mapping mapping_;
};

}  // namespace

Result<Mapping> parse_mapping(const json::object& fields, const std::string& path) {
  return RuleReader(path).read(fields);
}

}  // namespace fokus::registers
