// SPDX-License-Identifier: Apache-2.0
// What a page may say: names, who sees it, and where its tiles lie.
#include <algorithm>
#include <set>

#include "base/text.hpp"
#include "features/dashboards/page_json.hpp"
#include "features/dashboards/shown_definition.hpp"
#include "records/sharing.hpp"

namespace fokus::dashboards {
namespace {

namespace json = boost::json;
using access::Scope;

constexpr std::size_t name_max = 120, description_max = 1'000, named_max = 200;

Error invalid(std::string_view field, std::string_view code,
              std::map<std::string, std::string> params = {}) {
  return field_error("dashboards/invalid", std::string(field), std::string(code),
                     std::move(params));
}

Status check_text(const json::value& value, std::string_view field, std::size_t max) {
  const std::string_view text(value.get_string());
  if (!is_clean_utf8(text)) return invalid(field, "invalid_text");
  if (count_code_points(text) > max)
    return invalid(field, "too_long", {{"max", std::to_string(max)}});
  return {};
}

// A name is of one line; a description may have several, and Arabic within them.
Status check_name(const json::value& name) {
  const auto check = [](const json::value& one) -> Status {
    if (!one.is_string()) return {};
    const auto flaw = flaw_of_name(std::string_view(one.get_string()));
    return flaw.empty() ? Status() : Status(invalid("name", flaw));
  };
  if (!name.is_object()) return check(name);
  for (const auto& [language, text] : name.get_object()) TRY(check(text));
  return {};
}

// Text, or labels by language.
Status take_labels(const json::object& input, std::string_view field, std::size_t max,
                   json::value& out) {
  const auto* value = input.if_contains(field);
  if (!value) return {};
  if (value->is_null()) return out = json::string(), Status();
  if (value->is_string()) {
    TRY(check_text(*value, field, max));
    out = json::string(trim(std::string_view(value->get_string())));
    return {};
  }
  if (!value->is_object()) return invalid(field, "not_text");
  if (value->get_object().empty()) return invalid(field, "required");
  for (const auto& [language, text] : value->get_object()) {
    if (language.size() != 2 || !text.is_string()) return invalid(field, "not_text");
    TRY(check_text(text, field, max));
  }
  out = *value;
  return {};
}

Status check_ids(const json::value& input, std::string_view field) {
  if (!input.is_array()) return invalid(field, "not_a_list");
  if (input.get_array().size() > named_max)
    return invalid(field, "too_many", {{"max", std::to_string(named_max)}});
  for (const auto& one : input.get_array())
    if (!one.is_int64()) return invalid(field, "not_an_id");
  return {};
}

Status take_sharing(const json::object& input, Dashboard& d) {
  if (const auto* visible = input.if_contains("visible_for")) {
    if (!visible->is_string()) return invalid("visible_for", "unknown");
    const std::string_view word(visible->get_string());
    if (word != "me" && word != "groups" && word != "everyone")
      return invalid("visible_for", "unknown");
    d.visible_for = word;
  }
  if (const auto* groups = input.if_contains("groups")) {
    TRY(check_ids(*groups, "groups"));
    d.groups = ids_from_json(*groups);
  }
  return {};
}

// Whose page it is from the start is for administrators to say.
Status take_pins(const Scope& scope, const json::object& input, Dashboard& d) {
  const auto* pinned = input.if_contains("pinned");
  if (!pinned) return {};
  if (!pinned->is_object()) return invalid("pinned", "not_an_object");
  const auto& o = pinned->get_object();
  if (const auto* everyone = o.if_contains("everyone"); everyone && !everyone->is_bool())
    return invalid("pinned.everyone", "not_yes_or_no");
  if (const auto* groups = o.if_contains("groups")) TRY(check_ids(*groups, "pinned.groups"));
  if (const auto* roles = o.if_contains("roles")) {
    if (!roles->is_array() || roles->get_array().size() > named_max)
      return invalid("pinned.roles", "not_a_list");
    for (const auto& role : roles->get_array())
      if (!role.is_string() || !is_identifier(std::string_view(role.get_string())))
        return invalid("pinned.roles", "unknown");
  }
  Pinned wanted = pinned_from_json(*pinned);
  const bool same = pinned_to_json(wanted) == pinned_to_json(d.pinned);
  if (!same && !scope.permissions().has_function(access::functions::administer))
    return make_error(ErrorKind::forbidden, "dashboards/not_allowed");
  d.pinned = std::move(wanted);
  return {};
}

Result<std::int64_t> number(const json::object& tile, const std::string& at, const char* name,
                            std::int64_t least, std::int64_t most, std::int64_t fallback) {
  const auto* value = tile.if_contains(name);
  if (!value) return fallback;
  if (!value->is_int64() || value->get_int64() < least || value->get_int64() > most)
    return invalid(at + name, "out_of_range",
                   {{"min", std::to_string(least)}, {"max", std::to_string(most)}});
  return value->get_int64();
}

Status take_place(const json::object& input, const std::string& at, PlacedTile& tile) {
  tile.w = TRY(number(input, at, "w", 1, limits::grid_columns, tile.w));
  tile.x = TRY(number(input, at, "x", 0, limits::grid_columns - tile.w, tile.x));
  tile.y = TRY(number(input, at, "y", 0, limits::row_max, tile.y));
  tile.h = TRY(number(input, at, "h", 1, limits::height_max, tile.h));
  return {};
}

// What would be passed over otherwise, as if it had not been said.
Status check_kinds(const json::object& tile, const std::string& at) {
  const auto said = [&](const char* name) -> const json::value* {
    const auto* value = tile.if_contains(name);
    return value && !value->is_null() ? value : nullptr;
  };
  const auto *id = said("id"), *standard = said("standard"), *definition = said("definition");
  if (id && (!id->is_int64() || id->get_int64() < 1)) return invalid(at + "id", "not_an_id");
  if (standard && !standard->is_string()) return invalid(at + "standard", "not_text");
  if (definition && !definition->is_object()) return invalid(at + "definition", "not_an_object");
  return {};
}

Error at_tile(const std::string& at, Error error) {
  for (auto& one : error.errors) one.field = at + one.field;
  return error;
}

// A page comes back with every tile that was shown: one whose values were masked then stays what it
// is, and nobody who may not see them has to know them to move it.
bool is_as_it_was(const records::Dictionary& dictionary, const Scope& scope,
                  const json::object& given, const json::object& kept) {
  return given == kept || given == show_definition(dictionary, scope, kept).json;
}

}  // namespace

Status Dashboards::apply(const Scope& scope, Dashboard& d, const json::object& input) const {
  TRY(take_labels(input, "name", name_max, d.name));
  const bool unnamed = d.name.is_null() || (d.name.is_string() && d.name.get_string().empty()) ||
                       (d.name.is_object() && d.name.get_object().empty());
  if (unnamed) return invalid("name", "required");
  if (input.contains("name")) TRY(check_name(d.name));
  TRY(take_labels(input, "description", description_max, d.description));
  const auto groups = d.groups, pinned = d.pinned.groups;
  TRY(take_sharing(input, d));
  TRY(take_pins(scope, input, d));
  const auto are_there = [&](const auto& now, const auto& before) {
    return parts_.database.read([&](store::Session& session) {
      return records::are_groups(session, parts_.statements, now, before);
    });
  };
  if (!are_there(d.groups, groups)) return invalid("groups", "no_such_record");
  if (!are_there(d.pinned.groups, pinned)) return invalid("pinned.groups", "no_such_record");
  if (const auto* filters = input.if_contains("filters")) {
    if (!filters->is_object()) return invalid("filters", "not_an_object");
    d.filters = TRY(parse_page_filters(filters->get_object()));
  }
  if (const auto* tiles = input.if_contains("tiles")) TRY(apply_tiles(scope, d, *tiles));
  return {};
}

// The whole page at once. A tile with an id keeps what it is where the input says nothing.
Status Dashboards::apply_tiles(const Scope& scope, Dashboard& d, const json::value& input) const {
  if (!input.is_array()) return invalid("tiles", "not_a_list");
  if (input.get_array().size() > limits::tiles_max)
    return invalid("tiles", "too_many", {{"max", std::to_string(limits::tiles_max)}});
  std::vector<PlacedTile> out;
  std::set<std::int64_t> seen;
  std::int64_t next = 1;
  for (const auto& tile : d.tiles) next = std::max(next, tile.id + 1);
  for (std::size_t i = 0; i < input.get_array().size(); ++i) {
    const std::string at = "tiles." + std::to_string(i) + ".";
    const auto& value = input.get_array()[i];
    if (!value.is_object()) return invalid("tiles." + std::to_string(i), "not_an_object");
    const auto& o = value.get_object();
    TRY(check_kinds(o, at));
    PlacedTile tile;
    const auto* id = o.if_contains("id");
    const auto known = std::find_if(d.tiles.begin(), d.tiles.end(), [&](const PlacedTile& one) {
      return id && id->is_int64() && one.id == id->get_int64();
    });
    if (known != d.tiles.end()) tile = *known;
    if (tile.id == 0) tile.id = next++;
    if (!seen.insert(tile.id).second) return invalid(at + "id", "twice");
    TRY(take_place(o, at, tile));
    if (const auto* standard = o.if_contains("standard"); standard && standard->is_string())
      tile.standard = std::string(standard->get_string());
    if (!tile.standard.empty() && !library_.has(tile.standard))
      return invalid(at + "standard", "unknown");
    if (const auto* definition = o.if_contains("definition")) {
      const bool same =
          definition->is_object() && is_as_it_was(*parts_.dictionary.current(), scope,
                                                  definition->get_object(), tile.definition);
      if (definition->is_null()) tile.definition.clear();
      if (definition->is_object() && !same) {
        auto read = read_definition(scope, definition->get_object());
        if (!read) return at_tile(at + "definition.", read.error());
        tile.definition = std::move(read->json);
      }
    }
    if (tile.standard.empty() && tile.definition.empty())
      return invalid(at + "definition", "required");
    out.push_back(std::move(tile));
  }
  d.tiles = std::move(out);
  return {};
}

Result<Definition> Dashboards::definition_of(store::Session& session,
                                             const PlacedTile& tile) const {
  if (!tile.definition.empty()) return parse_definition(tile.definition);
  return TRY(library_.get(session, tile.standard)).definition;
}

Result<Definition> Dashboards::definition_of(store::Session& session, const Scope& scope,
                                             DashboardId id, std::int64_t tile) const {
  const auto d = TRY(get(session, scope, id));
  const auto at = std::find_if(d.tiles.begin(), d.tiles.end(),
                               [&](const PlacedTile& one) { return one.id == tile; });
  if (at == d.tiles.end()) return make_error(ErrorKind::not_found, "dashboards/no_such_tile");
  return definition_of(session, *at);
}

Result<Definition> Dashboards::read_definition(const Scope& scope,
                                               const json::object& input) const {
  Definition d = TRY(parse_definition(input));
  if (d.copy_selection == 0) {
    TRY(answers_.check(scope, d));
    return d;
  }
  const selections::SelectionId id{d.copy_selection};
  const auto selection = parts_.database.read(
      [&](store::Session& session) { return selections_.get(session, scope, id); });
  if (!selection || selection->record_type != d.record_type)
    return invalid_tile("selection", "unknown");
  if (selection->kind == "static") return invalid_tile("selection", "cannot_be_copied");
  json::object form = d.json;
  form.erase("selection");
  const auto meaning = parts_.database.read([&](store::Session& session) -> Result<std::string> {
    const auto dictionary = parts_.dictionary.current();
    const auto* type = dictionary->find(d.record_type);
    return records::render_filter(
        *TRY(selections_.meaning(session, scope, *type, d.copy_selection)));
  });
  const std::string copied = TRY(Result<std::string>(meaning));
  if (!copied.empty())
    form["filter"] = d.filter.empty() ? copied : "(" + d.filter + ") and (" + copied + ")";
  Definition out = TRY(parse_definition(form));
  TRY(answers_.check(scope, out));
  return out;
}

}  // namespace fokus::dashboards
