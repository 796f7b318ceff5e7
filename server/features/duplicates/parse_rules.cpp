// SPDX-License-Identifier: Apache-2.0
// Rules as an administrator sends them: every wrong place is named, unknown ones too.
#include <algorithm>

#include "features/duplicates/rules.hpp"

namespace fokus::duplicates {
namespace {

namespace json = boost::json;
using records::Field;
using records::FieldKind;
using records::RecordType;

// Fields that nobody compares, whatever their kind: numbers that identify people by law are not
// kept in keys.
bool is_never_compared(const Field& field) {
  return field.privacy.data_class == "national_id" || field.privacy.data_class == "credential";
}

bool fits(Kind kind, FieldKind field) {
  const bool is_text = field == FieldKind::text || field == FieldKind::registration_number;
  switch (kind) {
    case Kind::person_name:
    case Kind::company_name:
      return field == FieldKind::text;
    case Kind::text:
    case Kind::number:
      return is_text;
    case Kind::phone:
      return field == FieldKind::phone;
    case Kind::email:
      return field == FieldKind::email;
    case Kind::domain:
      return field == FieldKind::email || field == FieldKind::url;
    case Kind::address:
      return field == FieldKind::address;
    case Kind::date:
      return field == FieldKind::date;
    case Kind::same:
      return is_text || field == FieldKind::link || field == FieldKind::choice ||
             field == FieldKind::country || field == FieldKind::date || field == FieldKind::integer;
  }
  return false;
}

bool fits(PartKind kind, FieldKind field) {
  switch (kind) {
    case PartKind::person_name:
    case PartKind::person_word:
    case PartKind::company_name:
    case PartKind::company_word:
      return field == FieldKind::text;
    case PartKind::phone:
      return field == FieldKind::phone;
    case PartKind::email:
      return field == FieldKind::email;
    case PartKind::domain:
      return fits(Kind::domain, field);
    case PartKind::number:
      return fits(Kind::number, field);
    case PartKind::postcode:
    case PartKind::city:
    case PartKind::street:
      return field == FieldKind::address;
    case PartKind::same:
      return fits(Kind::same, field);
  }
  return false;
}

class Reader {
 public:
  explicit Reader(const RecordType& type) : type_(type) {}

  Result<Rules> read(const json::object& input) {
    Rules out;
    out.type = type_.name;
    for (const auto& [name, value] : input) read_member(out, name, value);
    require(input, {"prior", "certain_at", "warn_at", "comparisons", "keys"});
    if (wrong_.errors.empty()) check_whole(out);
    if (!wrong_.errors.empty()) return wrong_;
    return out;
  }

 private:
  void refuse(std::string field, std::string code) {
    wrong_.errors.push_back({std::move(field), std::move(code), {}});
  }

  void require(const json::object& input, std::initializer_list<std::string_view> names) {
    for (const auto name : names)
      if (!input.contains(name)) refuse(std::string(name), "required");
  }

  void read_member(Rules& out, std::string_view name, const json::value& value) {
    const std::string field(name);
    if (name == "prior")
      out.prior = number(field, value, -limits::points_max, 0);
    else if (name == "certain_at" || name == "warn_at" || name == "keep_at" ||
             name == "possible_at")
      score_member(out, name) = static_cast<int>(number(field, value, 1, 100));
    else if (name == "ask_on_create")
      value.is_bool() ? void(out.ask_on_create = value.get_bool()) : refuse(field, "wrong_type");
    else if (name == "comparisons")
      read_list(field, value, limits::comparisons_max, [&](const auto& at, const auto& one) {
        out.comparisons.push_back(comparison(at, one));
      });
    else if (name == "keys")
      read_list(field, value, limits::keys_max,
                [&](const auto& at, const auto& one) { read_key(out, at, one); });
    else if (name != "type" && name != "version" && name != "is_shipped")
      refuse(field, "unknown");
  }

  static int& score_member(Rules& out, std::string_view name) {
    if (name == "certain_at") return out.certain_at;
    if (name == "warn_at") return out.warn_at;
    return name == "keep_at" ? out.keep_at : out.possible_at;
  }

  double number(const std::string& field, const json::value& value, double least, double most) {
    if (!value.is_number()) return refuse(field, "wrong_type"), 0;
    const double out = value.to_number<double>();
    if (out >= least && out <= most) return out;
    // A number that every type can hold: the caller goes on to find what else is wrong.
    return refuse(field, "out_of_range"), least;
  }

  template <class Each>
  void read_list(const std::string& field, const json::value& value, std::size_t most, Each each) {
    if (!value.is_array()) return refuse(field, "wrong_type");
    if (value.get_array().size() > most) return refuse(field, "too_many");
    std::size_t n = 0;
    for (const auto& one : value.get_array()) each(field + "." + std::to_string(n++), one);
  }

  Comparison comparison(const std::string& at, const json::value& value) {
    Comparison out;
    if (!value.is_object()) return refuse(at, "wrong_type"), out;
    const auto& input = value.get_object();
    for (const auto& [name, member] : input) read_comparison_member(out, at, name, member);
    for (const char* name : {"kind", "fields", "levels"})
      if (!input.contains(name)) refuse(at + "." + name, "required");
    for (std::size_t i = 0; i < out.fields.size(); ++i)
      check_field(at + ".fields." + std::to_string(i), out.fields[i],
                  [&](FieldKind kind) { return fits(out.kind, kind); });
    std::stable_sort(out.levels.begin(), out.levels.end(),
                     [](const Level& a, const Level& b) { return a.from > b.from; });
    return out;
  }

  void read_comparison_member(Comparison& out, const std::string& at, std::string_view name,
                              const json::value& value) {
    const std::string field = at + "." + std::string(name);
    if (name == "kind")
      read_kind(out, field, value);
    else if (name == "fields")
      read_list(field, value, limits::fields_max, [&](const auto& place, const auto& one) {
        one.is_string() ? void(out.fields.emplace_back(one.get_string()))
                        : refuse(place, "wrong_type");
      });
    else if (name == "levels")
      read_list(field, value, limits::levels_max, [&](const auto& place, const auto& one) {
        out.levels.push_back(level(place, one));
      });
    else if (name == "differ")
      out.differ = number(field, value, -limits::points_max, 0);
    else if (name == "weight")
      out.weight = number(field, value, 0, limits::weight_max);
    else if (name != "blocking")  // told by the keys
      refuse(field, "unknown");
  }

  void read_kind(Comparison& out, const std::string& field, const json::value& value) {
    if (!value.is_string()) return refuse(field, "wrong_type");
    const auto found =
        std::find(kind_names.begin(), kind_names.end(), std::string_view(value.get_string()));
    if (found == kind_names.end()) return refuse(field, "unknown");
    out.kind = static_cast<Kind>(found - kind_names.begin());
  }

  Level level(const std::string& at, const json::value& value) {
    Level out;
    if (!value.is_object()) return refuse(at, "wrong_type"), out;
    for (const auto& [name, member] : value.get_object()) {
      const std::string field = at + "." + std::string(name);
      if (name == "from")
        out.from = number(field, member, 0, 1);
      else if (name == "points")
        out.points = number(field, member, -limits::points_max, limits::points_max);
      else
        refuse(field, "unknown");
    }
    for (const char* name : {"from", "points"})
      if (!value.get_object().contains(name)) refuse(at + "." + name, "required");
    return out;
  }

  void read_key(Rules& out, const std::string& at, const json::value& value) {
    if (!value.is_string()) return refuse(at, "wrong_type");
    auto key = parse_key(std::string_view(value.get_string()));
    if (!key) return refuse(at, "not_a_key");
    for (const auto& part : key->parts)
      for (const auto& field : part.fields)
        check_field(at, field, [&](FieldKind kind) { return fits(part.kind, kind); });
    for (const auto& other : out.keys)
      if (other.spec == key->spec) return refuse(at, "twice");
    out.keys.push_back(std::move(*key));
  }

  template <class Fits>
  void check_field(const std::string& at, const std::string& name, Fits fits_kind) {
    const Field* field = type_.find(name);
    if (!field || field->hidden) return refuse(at, "unknown_field");
    if (is_never_compared(*field)) return refuse(at, "never_compared");
    if (!fits_kind(field->kind)) refuse(at, "wrong_kind");
  }

  void check_whole(Rules& rules) {
    if (rules.comparisons.empty()) refuse("comparisons", "required");
    if (rules.keys.empty()) refuse("keys", "required");
    for (std::size_t i = 0; i < rules.comparisons.size(); ++i) {
      const std::string at = "comparisons." + std::to_string(i);
      if (rules.comparisons[i].fields.empty()) refuse(at + ".fields", "required");
      if (rules.comparisons[i].levels.empty()) refuse(at + ".levels", "required");
    }
    if (rules.possible_at == 0) rules.possible_at = std::max(1, rules.warn_at / 2);
    if (rules.keep_at == 0) rules.keep_at = rules.possible_at;
    if (rules.warn_at > rules.certain_at) refuse("warn_at", "out_of_range");
    if (rules.keep_at > rules.warn_at) refuse("keep_at", "out_of_range");
    if (rules.possible_at > rules.keep_at) refuse("possible_at", "out_of_range");
  }

  const RecordType& type_;
  Error wrong_ = make_error(ErrorKind::invalid, "duplicates/invalid");
};

bool is_in_key(const Rules& rules, const Comparison& comparison) {
  for (const auto& key : rules.keys)
    for (const auto& part : key.parts)
      for (const auto& field : part.fields)
        if (std::find(comparison.fields.begin(), comparison.fields.end(), field) !=
            comparison.fields.end())
          return true;
  return false;
}

}  // namespace

Result<Rules> parse_rules(const json::object& input, const RecordType& type) {
  return Reader(type).read(input);
}

json::object rules_to_json(const Rules& rules) {
  json::array comparisons, keys;
  for (const auto& one : rules.comparisons) {
    json::array levels;
    for (const auto& level : one.levels)
      levels.push_back(json::object{{"from", level.from}, {"points", level.points}});
    comparisons.push_back(json::object{{"kind", name_of(one.kind)},
                                       {"fields", json::value_from(one.fields)},
                                       {"levels", std::move(levels)},
                                       {"differ", one.differ},
                                       {"weight", one.weight},
                                       {"blocking", is_in_key(rules, one)}});
  }
  for (const auto& key : rules.keys) keys.emplace_back(key.spec);
  return {{"type", rules.type},
          {"prior", rules.prior},
          {"certain_at", rules.certain_at},
          {"warn_at", rules.warn_at},
          {"keep_at", rules.keep_at},
          {"possible_at", rules.possible_at},
          {"ask_on_create", rules.ask_on_create},
          {"comparisons", std::move(comparisons)},
          {"keys", std::move(keys)}};
}

}  // namespace fokus::duplicates
