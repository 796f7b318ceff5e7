// SPDX-License-Identifier: Apache-2.0
#include "features/imports/import_plan.hpp"

#include <algorithm>
#include <array>

#include "base/text.hpp"
#include "base/time.hpp"
#include "platform/locale.hpp"

namespace fokus::imports {
namespace {

namespace json = boost::json;
using records::Dictionary;
using records::Field;
using records::FieldKind;
using records::RecordType;

constexpr std::array<std::string_view, 5> address_parts = {"street", "postcode", "city", "region",
                                                           "country"};

constexpr std::array<std::string_view, 4> on_match_names = {"update", "skip", "create", "ask"};

// By what a linked record is found when the definition does not say: the first that is mapped.
constexpr std::array<std::string_view, 4> natural_keys = {"org_number", "vat_number", "email",
                                                          "name"};

Error wrong(std::string key, std::string code) {
  return field_error("imports/invalid", std::move(key), std::move(code));
}

bool is_mappable(const Field& field) {
  // The full name of a person is taken apart.
  if (field.name == "name" && !field.computed.empty()) return true;
  return !field.read_only && !field.hidden && field.kind != FieldKind::file;
}

bool is_part(const Field& field, std::string_view part) {
  if (field.kind == FieldKind::money) return part == "currency";
  return field.kind == FieldKind::address &&
         std::count(address_parts.begin(), address_parts.end(), part) > 0;
}

bool is_matchable(const MappedField& mapped) {
  if (mapped.is_points()) return false;
  switch (mapped.field->kind) {
    case FieldKind::long_text:
    case FieldKind::rich_text:
    case FieldKind::money:
    case FieldKind::choices:
    case FieldKind::links:
    case FieldKind::decimal:
    case FieldKind::boolean:
    case FieldKind::instant:
      return false;
    default:
      return true;
  }
}

class Planner {
 public:
  Planner(const Dictionary& dictionary, const RecordType& type,
          const std::vector<std::string>& columns, const json::object& definition)
      : dictionary_(dictionary), columns_(columns), definition_(definition) {
    plan_.main.type = &type;
    plan_.column_count = columns.size();
  }

  Result<ImportPlan> make() {
    const auto mapping = TRY(object_of("mapping"));
    if (mapping.empty()) return wrong("mapping", "no_mapping");
    transforms_ = TRY(object_of("transforms"));
    for (const auto& [key, steps] : transforms_)
      TRY(parse_steps("transforms." + std::string(key), steps));
    for (const auto& [key, column] : mapping) TRY(add_mapped(std::string(key), column));
    TRY(add_constants(mapping));
    TRY(read_on_match());
    TRY(check_amounts(plan_.main));
    for (const auto& linked : plan_.linked) TRY(check_amounts(linked.target));
    TRY(read_match());
    TRY(read_policies());
    TRY(read_source());
    for (auto& linked : plan_.linked) TRY(settle_linked(linked));
    return std::move(plan_);
  }

 private:
  Result<json::object> object_of(std::string_view name) const {
    const auto* value = definition_.if_contains(name);
    if (!value || value->is_null()) return json::object();
    if (!value->is_object()) return wrong(std::string(name), "not_an_object");
    return value->get_object();
  }

  Result<std::size_t> column_of(const std::string& key, const json::value& column) const {
    if (!column.is_string()) return wrong(key, "unknown_column");
    const auto found =
        std::find(columns_.begin(), columns_.end(), std::string_view(column.get_string()));
    if (found == columns_.end()) return wrong(key, "unknown_column");
    return static_cast<std::size_t>(found - columns_.begin());
  }

  Status add_mapped(const std::string& key, const json::value& column) {
    if (column.is_null()) return {};  // said to be ignored
    const std::size_t at = TRY(column_of(key, column));
    const auto* said = transforms_.if_contains(key);
    const auto steps = said ? TRY(parse_steps("transforms." + key, *said)) : std::vector<Step>();
    return add(key, steps.empty() ? at : derive(at, steps));
  }

  Status add_constants(const json::object& mapping) {
    for (const auto& [name, value] : TRY(object_of("constants"))) {
      const std::string key(name);
      const auto* mapped = mapping.if_contains(key);
      if (mapped && !mapped->is_null()) return wrong(key, "mapped_twice");
      json::array steps;
      steps.push_back(json::object{{"op", "constant"}, {"value", value}});
      TRY(add(key, derive(std::nullopt, TRY(parse_steps("constants." + key, steps)))));
    }
    return {};
  }

  // The column that a derived cell gets.
  std::size_t derive(std::optional<std::size_t> from, std::vector<Step> steps) {
    plan_.derived.push_back({from, std::move(steps)});
    return columns_.size() + plan_.derived.size() - 1;
  }

  Status read_on_match() {
    if (const auto* asks = definition_.if_contains("duplicates"); asks && !asks->is_null()) {
      if (*asks != "ask" && *asks != "ignore") return wrong("duplicates", "unknown");
      plan_.asks_for_twins = *asks == "ask";
    }
    const auto* word = definition_.if_contains("on_match");
    if (!word || word->is_null()) return {};
    const auto found = word->is_string() ? parse_on_match(word->get_string()) : std::nullopt;
    if (!found) return wrong("on_match", "unknown");
    plan_.on_match = *found;
    return {};
  }

  Status add(const std::string& key, std::size_t at) {
    const std::size_t dot = key.find('.');
    const std::string first = key.substr(0, dot), rest = dot == key.npos ? "" : key.substr(dot + 1);
    if (first == points_key) return add_field(plan_.main, key, key, at);
    const Field* field = plan_.main.type->find(first);
    if (!field || field->hidden) return wrong(key, "unknown_field");
    if (records::is_link_kind(field->kind)) return add_linked(key, *field, rest, at);
    return add_field(plan_.main, key, key, at);
  }

  // `path` is the key without the name of a link.
  Status add_field(TargetPlan& target, const std::string& key, const std::string& path,
                   std::size_t column) {
    const std::size_t dot = path.find('.');
    const Field* field = target.type->find(path.substr(0, dot));
    std::string part = dot == path.npos ? "" : path.substr(dot + 1);
    if (target.type->contact_points && path.substr(0, dot) == points_key) field = point_field(part);
    if (!field || field->hidden) return wrong(key, "unknown_field");
    if (field->name != "id" && !is_mappable(*field)) return wrong(key, "read_only");
    // The whole of an address in one column goes where people look first.
    if (field->kind == FieldKind::address && part.empty()) part = "street";
    const bool is_point = field->name == points_key;
    if (!part.empty() && !is_point && !is_part(*field, part)) return wrong(key, "unknown_field");
    target.fields.push_back({key, field, part, column, Policy::always});
    return {};
  }

  // A currency without its amount would empty what it belongs to.
  static Status check_amounts(const TargetPlan& target) {
    for (const auto& one : target.fields) {
      const bool has_amount = std::any_of(
          target.fields.begin(), target.fields.end(),
          [&](const auto& other) { return other.field == one.field && other.part.empty(); });
      if (one.is_currency() && !has_amount) return wrong(one.key, "amount_not_mapped");
    }
    return {};
  }

  Status add_linked(const std::string& key, const Field& link, const std::string& rest,
                    std::size_t column) {
    const RecordType* target = dictionary_.find(link.target);
    if (!target) return wrong(key, "unknown_field");
    if (rest.empty() && target->name == "user") return add_user(key, link, *target, column);
    auto found = std::find_if(plan_.linked.begin(), plan_.linked.end(),
                              [&](const auto& one) { return one.link == &link; });
    if (found == plan_.linked.end()) {
      plan_.linked.push_back({&link, {target, {}, {}, false}, false});
      found = std::prev(plan_.linked.end());
    }
    found->may_create |= !rest.empty() && !target->system;
    TRY(add_field(found->target, key, rest.empty() ? "name" : rest, column));
    // What the file says of another record is not what the import is about.
    found->target.fields.back().policy = Policy::never;
    return {};
  }

  // Anna Lund and anna@nordhavn.example are the same owner.
  Status add_user(const std::string& key, const Field& link, const RecordType& users,
                  std::size_t column) {
    for (const bool emails : {false, true}) {
      LinkedPlan plan{&link, {&users, {}, {}, false}, false, emails};
      TRY(add_field(plan.target, key, emails ? "email" : "name", column));
      plan.target.fields.back().policy = Policy::never;
      plan_.linked.push_back(std::move(plan));
    }
    return {};
  }

  // The target and the place in it of a mapping key.
  std::pair<TargetPlan*, std::size_t> locate(std::string_view key) {
    const auto in = [&](TargetPlan& target) -> std::optional<std::size_t> {
      for (std::size_t i = 0; i < target.fields.size(); ++i)
        if (target.fields[i].key == key) return i;
      return std::nullopt;
    };
    if (const auto i = in(plan_.main)) return {&plan_.main, *i};
    for (auto& linked : plan_.linked)
      if (const auto i = in(linked.target)) return {&linked.target, *i};
    return {nullptr, 0};
  }

  Status read_match() {
    const auto* keys = definition_.if_contains("match");
    if (keys && !keys->is_null() && !keys->is_array()) return wrong("match", "not_a_list");
    if (keys && keys->is_array())
      for (const auto& key : keys->get_array()) {
        if (!key.is_string()) return wrong("match", "not_a_list");
        TRY(add_match(std::string(key.get_string())));
      }
    for (const auto& field : plan_.main.fields)
      if (field.field->name == "id" && !plan_.main.matches_by_id) return wrong("id", "read_only");
    return {};
  }

  Status add_match(const std::string& key) {
    const auto [target, at] = locate(key);
    if (!target) return wrong(key, "match_not_mapped");
    if (!is_matchable(target->fields[at])) return wrong(key, "not_matchable");
    if (target->fields[at].field->name == "id") target->matches_by_id = true;
    if (target->matches_by_id && !target->match.empty()) return wrong(key, "not_matchable");
    target->match.push_back(at);
    // What a record was found by is the same already; only an explicit policy rewrites its
    // spelling.
    target->fields[at].policy = Policy::never;
    return {};
  }

  Status read_policies() {
    for (const auto& [key, word] : TRY(object_of("policy"))) {
      const auto [target, at] = locate(key);
      if (!target) return wrong(std::string(key), "unknown_field");
      auto& policy = target->fields[at].policy;
      if (word == "always")
        policy = Policy::always;
      else if (word == "if_empty")
        policy = Policy::if_empty;
      else if (word == "never")
        policy = Policy::never;
      else
        return wrong(std::string(key), "unknown_policy");
    }
    return read_style();
  }

  Status read_style() {
    if (const auto* order = definition_.if_contains("date_order")) {
      if (*order != "month_first" && *order != "day_first") return wrong("date_order", "unknown");
      if (*order == "month_first") plan_.style.date_order = DateOrder::month_first;
    }
    if (const auto* mark = definition_.if_contains("decimal_mark")) {
      if (*mark != "comma" && *mark != "point") return wrong("decimal_mark", "unknown");
      plan_.style.decimal_mark = *mark == "point" ? '.' : ',';
    }
    const auto* zone = definition_.if_contains("time_zone");
    if (!zone || zone->is_null()) return {};
    if (!zone->is_string() || !TimeZone::is_known(std::string_view(zone->get_string())))
      return wrong("time_zone", "unknown");
    plan_.time_zone = zone->get_string();
    return {};
  }

  Status read_source() {
    const auto source = TRY(object_of("source"));
    const auto text = [&](const char* name) -> std::string {
      const auto* value = source.if_contains(name);
      return value && value->is_string() ? std::string(value->get_string()) : "";
    };
    plan_.source = {text("name"), text("legal_basis"), text("obtained_at")};
    if (!is_clean_utf8(plan_.source.name)) return wrong("source.name", "not_utf8");
    if (!is_clean_utf8(plan_.source.legal_basis)) return wrong("source.legal_basis", "not_utf8");
    if (!plan_.source.obtained_at.empty() && !parse_instant(plan_.source.obtained_at))
      return wrong("source.obtained_at", "not_a_date");
    return {};
  }

  Status settle_linked(LinkedPlan& linked) {
    auto& target = linked.target;
    if (!target.match.empty()) return {};
    for (const auto natural : natural_keys)
      for (std::size_t i = 0; i < target.fields.size(); ++i)
        if (target.fields[i].field->name == natural) {
          target.match.push_back(i);
          return {};
        }
    return wrong(target.fields.front().key, "match_not_mapped");
  }

  const Dictionary& dictionary_;
  const std::vector<std::string>& columns_;
  const json::object& definition_;
  json::object transforms_;
  ImportPlan plan_;
};

}  // namespace

std::optional<OnMatch> parse_on_match(std::string_view word) {
  for (std::size_t i = 0; i < on_match_names.size(); ++i)
    if (on_match_names[i] == word) return static_cast<OnMatch>(i);
  return std::nullopt;
}

std::string_view on_match_name(OnMatch on_match) {
  return on_match_names[static_cast<std::size_t>(on_match)];
}

Result<ImportPlan> make_plan(const Dictionary& dictionary, const RecordType& type,
                             const std::vector<std::string>& columns,
                             const json::object& definition) {
  return Planner(dictionary, type, columns, definition).make();
}

}  // namespace fokus::imports
