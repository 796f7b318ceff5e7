// SPDX-License-Identifier: Apache-2.0
#include "access/permissions.hpp"

#include <algorithm>

#include "base/text.hpp"

namespace fokus::access {
namespace {

namespace json = boost::json;

constexpr std::array<std::string_view, action_count> actions = {"read", "create", "update",
                                                                "archive", "export"};
constexpr std::array<std::string_view, circle_count> circle_words = {"mine", "primary_group",
                                                                     "other_groups", "all"};
constexpr std::size_t word_max = 60;

template <std::size_t n>
std::optional<std::size_t> index_of(const std::array<std::string_view, n>& words,
                                    std::string_view word) {
  const auto at = std::find(words.begin(), words.end(), word);
  if (at == words.end()) return std::nullopt;
  return static_cast<std::size_t>(at - words.begin());
}

Error role_error(std::string path, std::string code) {
  return field_error("access/role_invalid", std::move(path), std::move(code));
}

Result<Circles> parse_circles(const json::value& words, const std::string& path) {
  if (!words.is_array()) return role_error(path, "not_a_list");
  Circles out = 0;
  for (const auto& word : words.get_array()) {
    const auto circle = word.is_string() ? index_of(circle_words, word.get_string()) : std::nullopt;
    if (!circle) return role_error(path, "unknown_circle");
    out |= *circle == 3 ? every_circle : static_cast<Circles>(1 << *circle);
  }
  return out;
}

Result<std::array<Circles, action_count>> parse_type(const json::value& rights,
                                                     const std::string& path) {
  if (!rights.is_object()) return role_error(path, "not_an_object");
  std::array<Circles, action_count> out{};
  for (const auto& [name, circles] : rights.get_object()) {
    const auto action = index_of(actions, name);
    if (!action) return role_error(path + "." + std::string(name.substr(0, word_max)), "unknown");
    out[*action] = TRY(parse_circles(circles, path + "." + std::string(name)));
  }
  return out;
}

Status parse_words(const json::object& definition, std::string_view field,
                   std::set<std::string, std::less<>>& out) {
  const auto* words = definition.if_contains(field);
  if (words == nullptr) return {};
  if (!words->is_array()) return role_error(std::string(field), "not_a_list");
  for (const auto& word : words->get_array()) {
    if (!word.is_string() || !is_identifier(word.get_string()))
      return role_error(std::string(field), "invalid");
    out.emplace(word.get_string());
  }
  return {};
}

// One scope as a mask of actions.
Result<std::array<bool, action_count>> scope_actions(std::string_view word) {
  if (word == "read") return std::array{true, false, false, false, false};
  if (word == "write") return std::array{true, true, true, true, false};
  if (word == "export") return std::array{true, false, false, false, true};
  return field_error("access/scope_invalid", "scopes", "unknown");
}

void keep(std::array<Circles, action_count>& into, const std::array<Circles, action_count>& from,
          const std::array<bool, action_count>& mask) {
  for (int i = 0; i < action_count; ++i)
    if (mask[i]) into[i] |= from[i];
}

std::array<Circles, action_count> rights_of(const Permissions& p, std::string_view type) {
  auto found = p.types.find(type);
  if (found == p.types.end()) found = p.types.find("*");
  return found == p.types.end() ? std::array<Circles, action_count>{} : found->second;
}

}  // namespace

std::string_view action_name(Action action) {
  return actions[static_cast<std::size_t>(action)];
}
std::string_view circle_name(Circle circle) {
  return circle_words[static_cast<std::size_t>(circle)];
}

Circles Permissions::circles(std::string_view type, Action action) const {
  return rights_of(*this, type)[static_cast<std::size_t>(action)];
}

Actor system_actor() {
  auto all = std::make_shared<Permissions>();
  all->types["*"].fill(every_circle);
  for (const auto name : {functions::administer, functions::import, functions::bulk_edit,
                          functions::read_access_log, functions::reveal_masked, functions::operate})
    all->functions.emplace(name);
  for (const char* name :
       {"identity", "contact", "content", "behaviour", "special", "national_id", "credential"})
    all->field_classes.emplace(name);
  Actor actor;
  actor.name = "system";
  actor.kind = ActorKind::system;
  actor.permissions = std::move(all);
  return actor;
}

Result<Permissions> parse_role(const json::value& definition) {
  if (!definition.is_object()) return role_error("definition", "not_an_object");
  const auto& object = definition.get_object();
  for (const auto& [name, value] : object)
    if (name != "types" && name != "functions" && name != "field_classes")
      return role_error(std::string(name.substr(0, word_max)), "unknown");
  Permissions out;
  if (const auto* types = object.if_contains("types")) {
    if (!types->is_object()) return role_error("types", "not_an_object");
    if (types->get_object().size() > limits::role_types_max) return role_error("types", "too_many");
    for (const auto& [name, rights] : types->get_object()) {
      if (name != "*" && !is_identifier(name)) return role_error("types", "invalid_name");
      out.types[std::string(name)] = TRY(parse_type(rights, "types." + std::string(name)));
    }
  }
  TRY(parse_words(object, "functions", out.functions));
  TRY(parse_words(object, "field_classes", out.field_classes));
  return out;
}

void add_permissions(Permissions& into, const Permissions& more) {
  // A type that only one of the two names takes the other's "*" along.
  std::map<std::string, std::array<Circles, action_count>, std::less<>> types;
  for (const Permissions* side : {static_cast<const Permissions*>(&into), &more})
    for (const auto& [name, unused] : side->types) {
      auto rights = rights_of(into, name);
      const auto others = rights_of(more, name);
      for (int i = 0; i < action_count; ++i) rights[i] |= others[i];
      types[name] = rights;
    }
  into.types = std::move(types);
  into.functions.insert(more.functions.begin(), more.functions.end());
  into.field_classes.insert(more.field_classes.begin(), more.field_classes.end());
}

json::object render_permissions(const Permissions& permissions) {
  json::object types;
  for (const auto& [name, rights] : permissions.types) {
    json::object row;
    for (int action = 0; action < action_count; ++action) {
      json::array circles;
      for (int circle = 0; circle < circle_count; ++circle)
        if (has_circle(rights[action], static_cast<Circle>(circle)))
          circles.emplace_back(circle_words[circle]);
      row[actions[action]] = std::move(circles);
    }
    types[name] = std::move(row);
  }
  json::array functions(permissions.functions.begin(), permissions.functions.end());
  json::array classes(permissions.field_classes.begin(), permissions.field_classes.end());
  return {{"types", types}, {"functions", functions}, {"field_classes", classes}};
}

Result<Permissions> restrict_permissions(const Permissions& of_user,
                                         std::span<const std::string> scopes) {
  if (scopes.size() > limits::key_scopes_max)
    return field_error("access/scope_invalid", "scopes", "too_many");
  if (std::find(scopes.begin(), scopes.end(), "*") != scopes.end()) return of_user;
  Permissions out;
  out.field_classes = of_user.field_classes;
  std::array<bool, action_count> everywhere{};
  std::map<std::string, std::array<bool, action_count>> named;
  for (const std::string_view scope : scopes) {
    const auto colon = scope.find(':');
    if (colon == scope.npos) {
      const auto mask = TRY(scope_actions(scope));
      for (int i = 0; i < action_count; ++i) everywhere[i] = everywhere[i] || mask[i];
    } else if (!is_identifier(scope.substr(0, colon))) {
      return field_error("access/scope_invalid", "scopes", "unknown");
    } else if (scope.starts_with("function:")) {
      const auto name = scope.substr(colon + 1);
      if (of_user.has_function(name)) out.functions.emplace(name);
    } else {
      const auto mask = TRY(scope_actions(scope.substr(colon + 1)));
      auto& own = named[std::string(scope.substr(0, colon))];
      for (int i = 0; i < action_count; ++i) own[i] = own[i] || mask[i];
    }
  }
  // Every type that either side names gets a row: otherwise "*" of the key would answer for a type
  // on which the user has less than on the rest.
  for (const auto& [type, rights] : of_user.types) keep(out.types[type], rights, everywhere);
  for (const auto& [type, mask] : named) {
    keep(out.types[type], rights_of(of_user, type), everywhere);
    keep(out.types[type], rights_of(of_user, type), mask);
  }
  return out;
}

bool is_function(std::string_view name) {
  constexpr std::string_view known[] = {functions::administer,    functions::import,
                                        functions::bulk_edit,     functions::read_access_log,
                                        functions::reveal_masked, functions::operate};
  return std::find(std::begin(known), std::end(known), name) != std::end(known);
}

bool may_write_something(const Permissions& permissions) {
  for (const auto& [type, rights] : permissions.types)
    for (const Action action : {Action::create, Action::update, Action::archive})
      if (rights[static_cast<std::size_t>(action)] != Circles{}) return true;
  return false;
}

std::span<const BuiltInRole> built_in_roles() {
#define FOKUS_CLASSES R"("identity","contact","content","behaviour")"
  static constexpr BuiltInRole roles[] = {
      {"administrator", "Administrator",
       R"({"types":{"*":{"read":["all"],"create":["all"],"update":["all"],"archive":["all"],"export":["all"]}},)"
       R"("functions":["administer","import","bulk_edit","read_access_log","reveal_masked","operate"],)"
       R"("field_classes":[)" FOKUS_CLASSES "]}"},
      {"management", "Management",
       R"({"types":{"*":{"read":["all"],"create":["all"],"update":["all"],"archive":["mine","primary_group","other_groups"],"export":["all"]}},)"
       R"("functions":["bulk_edit","reveal_masked"],"field_classes":[)" FOKUS_CLASSES "]}"},
      {"sales", "Sales",
       R"({"types":{"*":{"read":["all"],"create":["all"],"update":["mine","primary_group"],"archive":["mine"],"export":["mine"]},)"
       R"("company":{"read":["all"],"create":["all"],"update":["all"],"archive":["mine"],"export":["mine","primary_group"]},)"
       R"("person":{"read":["all"],"create":["all"],"update":["all"],"archive":["mine"],"export":["mine","primary_group"]},)"
       R"("product":{"read":["all"]},"user":{"read":["all"]},"group":{"read":["all"]}},)"
       R"("functions":[],"field_classes":["identity","contact","content"]})"},
      {"service", "Service",
       R"({"types":{"*":{"read":["all"],"create":["all"],"update":["all"],"archive":["mine"]},)"
       R"("sale":{"read":["mine","primary_group"],"create":["mine"],"update":["mine"]},)"
       R"("product":{"read":["all"]},"user":{"read":["all"]},"group":{"read":["all"]}},)"
       R"("functions":["reveal_masked"],"field_classes":["identity","contact","content"]})"},
      {"marketing", "Marketing",
       R"({"types":{"*":{"read":["all"],"create":["all"],"update":["mine","primary_group"],"archive":["mine"],"export":["all"]},)"
       R"("sale":{"read":["primary_group"]},"product":{"read":["all"]},"user":{"read":["all"]},"group":{"read":["all"]}},)"
       R"("functions":["import","bulk_edit"],"field_classes":["identity","contact","behaviour"]})"},
      {"data_steward", "Data steward",
       R"({"types":{"*":{"read":["all"],"create":["all"],"update":["all"],"archive":["all"],"export":["all"]},)"
       R"("user":{"read":["all"]},"group":{"read":["all"]}},)"
       R"("functions":["import","bulk_edit"],"field_classes":["identity","contact"]})"},
      {"privacy_officer", "Privacy officer",
       R"({"types":{"*":{"read":["all"],"update":["all"],"archive":["all"],"export":["all"]},)"
       R"("user":{"read":["all"]},"group":{"read":["all"]}},)"
       R"("functions":["read_access_log","reveal_masked"],)"
       R"("field_classes":[)" FOKUS_CLASSES R"(,"special","national_id"]})"},
      {"read_only", "Read only",
       R"({"types":{"*":{"read":["all"]}},"functions":[],"field_classes":["identity"]})"},
  };
#undef FOKUS_CLASSES
  return roles;
}

}  // namespace fokus::access
