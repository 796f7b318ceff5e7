// SPDX-License-Identifier: Apache-2.0
#include "features/imports/remembered.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/text.hpp"
#include "platform/locale.hpp"

namespace fokus::imports {
namespace {

namespace json = boost::json;

constexpr std::array<std::string_view, 10> kept_members = {
    "mapping",   "match",      "policy",    "date_order", "decimal_mark",
    "time_zone", "transforms", "constants", "on_match",   "duplicates"};

Remembered read_row(const store::Rows& rows) {
  Remembered one;
  one.id = RememberedId{rows.integer(0)};
  one.record_type = rows.text(1);
  one.name = rows.text(2);
  one.fingerprint = rows.text(3);
  one.definition = json::parse(json::string_view(rows.text(4))).as_object();
  one.created_by = UserId{rows.integer(5)};
  one.is_shared = rows.boolean(6);
  one.created_at = Instant{rows.integer(7)};
  one.used_at = Instant{rows.integer(8)};
  return one;
}

bool may_administer(const access::Scope& scope) {
  return scope.actor.kind == access::ActorKind::system ||
         scope.permissions().has_function(access::functions::administer);
}

Status check_name(std::string_view name) {
  const char* problem = trim(name).empty()                                ? "required"
                        : name.size() > limits::remembered_name_bytes_max ? "too_long"
                        : !is_clean_utf8(name)                            ? "not_utf8"
                                                                          : nullptr;
  if (problem) return field_error("imports/invalid", "name", problem);
  return {};
}

// The date on which the data came is that of one file.
json::object definition_of(const Import& import) {
  json::object out;
  for (const auto member : kept_members)
    if (const auto* value = import.definition.if_contains(member)) out[member] = *value;
  if (const auto* source = import.definition.if_contains("source"); source && source->is_object()) {
    auto kept = source->get_object();
    kept.erase("obtained_at");
    out["source"] = std::move(kept);
  }
  out["header_row"] = import.has_header ? json::value(import.header.row) : json::value("none");
  if (const auto* sheet = import.form.if_contains("sheet"); sheet && *sheet != "")
    out["sheet"] = *sheet;
  return out;
}

// How the file is read, as far as that differs from how it is read now.
json::object form_changes(const Import& import, const json::object& definition) {
  json::object out;
  const auto* sheet = definition.if_contains("sheet");
  const auto* own = import.form.if_contains("sheet");
  const auto* sheets = import.form.if_contains("sheets");
  const bool has_sheet =
      sheet && own && *own != *sheet && sheets && sheets->is_array() &&
      std::count(sheets->get_array().begin(), sheets->get_array().end(), *sheet) > 0;
  if (has_sheet) out["sheet"] = *sheet;
  const json::value now = import.has_header ? json::value(import.header.row) : json::value("none");
  if (const auto* row = definition.if_contains("header_row"); row && *row != now)
    out["header_row"] = *row;
  return out;
}

// The members that speak of columns, without those that the file has not.
std::vector<std::string> drop_missing(json::object& definition,
                                      const std::vector<std::string>& columns) {
  std::vector<std::string> missing;
  json::object mapping;
  if (const auto* said = definition.if_contains("mapping"); said && said->is_object())
    for (const auto& [key, column] : said->get_object()) {
      if (!column.is_string()) continue;
      const std::string name(column.get_string());
      if (std::find(columns.begin(), columns.end(), name) != columns.end())
        mapping[key] = column;
      else if (std::find(missing.begin(), missing.end(), name) == missing.end())
        missing.push_back(name);
    }
  const auto* constants = definition.if_contains("constants");
  const auto is_filled = [&](std::string_view key) {
    return mapping.contains(key) ||
           (constants && constants->is_object() && constants->get_object().contains(key));
  };
  json::object policy;
  if (const auto* said = definition.if_contains("policy"); said && said->is_object())
    for (const auto& [key, word] : said->get_object())
      if (is_filled(key)) policy[key] = word;
  json::array match;
  if (const auto* said = definition.if_contains("match"); said && said->is_array())
    for (const auto& key : said->get_array())
      if (key.is_string() && is_filled(key.get_string())) match.push_back(key);
  definition["mapping"] = std::move(mapping);
  definition["policy"] = std::move(policy);
  definition["match"] = std::move(match);
  return missing;
}

}  // namespace

std::string fingerprint_of(const std::vector<std::string>& columns) {
  std::vector<std::string> names;
  for (const auto& column : columns) names.push_back(fold(column));
  std::sort(names.begin(), names.end());
  std::uint64_t hash = 14'695'981'039'346'656'037ULL;  // FNV-1a: the same on every machine
  for (const char c : join(names, "\n"))
    hash = (hash ^ static_cast<unsigned char>(c)) * 1'099'511'628'211ULL;
  return fmt::format("{:016x}", hash);
}

std::vector<Remembered> RememberedMappings::list(const access::Scope& scope,
                                                 std::string_view record_type) const {
  return parts_.database.read([&](store::Session& session) {
    const auto rows = session.query(parts_.statements["imports.list_remembered"],
                                    {scope.actor.user, record_type, limits::remembered_max});
    std::vector<Remembered> out;
    while (rows->next()) out.push_back(read_row(*rows));
    return out;
  });
}

json::array RememberedMappings::offers(const access::Scope& scope, const Import& import) const {
  const auto fingerprint = fingerprint_of(import.column_names());
  auto all = list(scope, import.record_type);
  std::stable_partition(all.begin(), all.end(),
                        [&](const auto& one) { return one.fingerprint == fingerprint; });
  json::array out;
  for (const auto& one : all) {
    if (out.size() == limits::remembered_offered) break;
    out.push_back(json::object{
        {"id", one.id.value}, {"name", one.name}, {"fits", one.fingerprint == fingerprint}});
  }
  return out;
}

Result<RememberedId> RememberedMappings::keep(const access::Scope& scope, ImportId id,
                                              std::string_view name, bool is_shared) const {
  TRY(check_name(name));
  const auto import = TRY(imports_.get(scope, id));
  const std::string own_name(trim(name)), definition = json::serialize(definition_of(import));
  const std::string fingerprint = fingerprint_of(import.column_names());
  const auto now = parts_.clock.now();
  return parts_.database.write([&](store::Transaction& tx) -> Result<RememberedId> {
    const auto count =
        tx.query_integer(parts_.statements["imports.count_remembered"], {scope.actor.user});
    if (count >= limits::remembered_max)
      return make_error(ErrorKind::conflict, "imports/too_many_remembered");
    return RememberedId{tx.query_integer(
        parts_.statements["imports.keep_remembered"],
        {import.record_type, own_name, fingerprint, definition, scope.actor.user, is_shared, now})};
  });
}

Result<Remembered> RememberedMappings::get(const access::Scope& scope, RememberedId id) const {
  return parts_.database.read([&](store::Session& session) -> Result<Remembered> {
    const auto rows = session.query(parts_.statements["imports.get_remembered"], {id});
    if (!rows->next()) return make_error(ErrorKind::not_found, "imports/not_found");
    auto one = read_row(*rows);
    const bool visible =
        one.is_shared || one.created_by == scope.actor.user || may_administer(scope);
    if (!visible) return make_error(ErrorKind::not_found, "imports/not_found");
    return one;
  });
}

Result<std::vector<std::string>> RememberedMappings::apply(const access::Scope& scope, ImportId id,
                                                           RememberedId which) const {
  const auto remembered = TRY(get(scope, which));
  auto import = TRY(imports_.get(scope, id));
  if (remembered.record_type != import.record_type)
    return make_error(ErrorKind::not_found, "imports/not_found");
  if (const auto form = form_changes(import, remembered.definition); !form.empty()) {
    // A file without that row is read as it was found.
    if (imports_.define(scope, id, form).ok()) import = TRY(imports_.get(scope, id));
  }
  auto definition = remembered.definition;
  for (const char* member : {"sheet", "header_row"}) definition.erase(member);
  auto missing = drop_missing(definition, import.column_names());
  if (definition.at("mapping").as_object().empty())
    return field_error("imports/invalid", "mapping", "no_mapping");
  TRY(imports_.define(scope, id, definition));
  parts_.database.write([&](store::Transaction& tx) {
    tx.execute(parts_.statements["imports.use_remembered"], {which, parts_.clock.now()});
  });
  return missing;
}

Status RememberedMappings::remove(const access::Scope& scope, RememberedId id) const {
  const auto remembered = TRY(get(scope, id));
  if (remembered.created_by != scope.actor.user && !may_administer(scope))
    return make_error(ErrorKind::forbidden, "access/forbidden");
  parts_.database.write([&](store::Transaction& tx) {
    tx.execute(parts_.statements["imports.remove_remembered"], {id});
  });
  return {};
}

}  // namespace fokus::imports
