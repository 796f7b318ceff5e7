// SPDX-License-Identifier: Apache-2.0
#include "features/imports/named_links.hpp"

#include <charconv>
#include <optional>

#include "base/text.hpp"
#include "platform/locale.hpp"

namespace fokus::imports {
namespace {

namespace json = boost::json;
using Ids = std::vector<std::int64_t>;

std::string name_of(const json::value& member) {
  const auto* name = member.as_object().if_contains("name");
  return name && name->is_string() ? std::string(name->get_string()) : std::string();
}

// Several of one name that the record already has are all meant.
Ids among(const json::value& members, std::string_view entry) {
  Ids out;
  if (members.is_array())
    for (const auto& member : members.get_array())
      if (fold(name_of(member)) == fold(entry)) out.push_back(member.at("id").as_int64());
  return out;
}

std::optional<std::int64_t> parse_id(std::string_view text) {
  std::int64_t id = 0;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), id);
  const bool whole = read.ec == std::errc{} && read.ptr == text.data() + text.size();
  return whole && id > 0 ? std::optional(id) : std::nullopt;
}

Error refuse(std::string code, std::string_view entry) {
  return field_error("imports/refused", "", std::move(code), {{"name", std::string(entry)}});
}

}  // namespace

std::string NamedLinks::line_of(const json::value& members) {
  std::vector<std::string> names;
  if (members.is_array())
    for (const auto& member : members.get_array())
      if (auto name = name_of(member); !name.empty()) names.push_back(std::move(name));
  return join(names, "; ");
}

Result<json::array> NamedLinks::ids_of(store::Session& session, const records::Field& field,
                                       std::string_view cell, const json::value& current) {
  json::array out;
  for (const auto part : split(cell, ';')) {
    const auto entry = trim(part);
    if (entry.empty()) continue;
    auto ids = among(current, entry);
    if (ids.empty()) ids = TRY(find(session, field, entry));
    for (const auto id : ids) out.emplace_back(id);
  }
  return out;
}

Result<Ids> NamedLinks::find(store::Session& session, const records::Field& field,
                             std::string_view entry) {
  const std::string key = field.target + ':' + std::string(entry);
  if (const auto known = found_.find(key); known != found_.end()) return Ids{known->second};
  const auto* target = context_.dictionary.find(field.target);
  if (!target) return refuse("no_such_record", entry);
  const bool is_email = entry.find('@') != entry.npos;
  Ids ids = is_email ? find_by(session, *target, "email", entry) : Ids();
  if (ids.empty()) ids = find_by(session, *target, "name", entry);
  if (const auto id = parse_id(entry); ids.empty() && id)
    ids = find_by(session, *target, "id", entry);
  if (ids.empty()) return refuse("no_such_record", entry);
  if (ids.size() > 1) return refuse("ambiguous_match", entry);
  found_.emplace(key, ids.front());
  return ids;
}

Ids NamedLinks::find_by(store::Session& session, const records::RecordType& target,
                        std::string_view by, std::string_view entry) const {
  const auto* field = target.find(by);
  if (!field || field->hidden) return {};
  const TargetPlan plan{&target, {{std::string(by), field, "", 0, Policy::never}}, {0}, by == "id"};
  const MatchLookup lookup(context_, fields_, plan, {});
  const auto key = lookup.key_of({std::string(entry)});
  if (!key) return {};
  const auto found = lookup.find(session, {key->lead});
  Ids out;
  if (const auto at = found.find(key->text); at != found.end())
    for (const auto& existing : at->second) out.push_back(existing.id);
  return out;
}

}  // namespace fokus::imports
