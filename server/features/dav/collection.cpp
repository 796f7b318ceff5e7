// SPDX-License-Identifier: Apache-2.0
#include "features/dav/collection.hpp"

#include <charconv>

#include "base/text.hpp"

namespace fokus::dav {

namespace json = boost::json;

records::Provenance provenance_of(const Dav& dav, store::Transaction& tx, CollectionKind kind,
                                  std::string action) {
  const auto* name = kind == CollectionKind::calendar ? "CalDAV" : "CardDAV";
  const auto source = dav.parts().records.create_source(tx, "device", name, "", "", "");
  return {source, {}, std::move(action)};
}

Result<json::object> read_record(const Dav& dav, store::Session& session,
                                 const access::Scope& scope, std::string_view type, std::int64_t id,
                                 records::Seen& seen) {
  const auto dictionary = dav.parts().dictionary.current();
  const auto& known = *dictionary->find(type);
  std::string text;
  JsonWriter writer(text);
  TRY(dav.parts().records.get(session, scope, known, RecordId{id}, writer, &seen));
  auto record = json::parse(text).as_object();
  if (const auto* archived = record.if_contains("archived_at"); archived && !archived->is_null())
    return make_error(ErrorKind::not_found, "records/not_found");
  if (known.about_person) seen.add(type, id);
  return record;
}

std::string text_of(const json::object& record, std::string_view field) {
  const auto* value = record.if_contains(field);
  return value && value->is_string() ? std::string(value->get_string()) : std::string();
}

bool may_update(const json::object& record) {
  const auto* rights = record.if_contains("rights");
  const auto* update =
      rights && rights->is_object() ? rights->get_object().if_contains("update") : nullptr;
  return update && update->is_bool() && update->get_bool();
}

bool is_masked(const json::object& record, std::string_view field) {
  const auto* masked = record.if_contains("masked");
  if (!masked || !masked->is_array()) return false;
  for (const auto& one : masked->get_array())
    if (one.is_string() && std::string_view(one.get_string()) == field) return true;
  return false;
}

std::string view_of(const access::Scope& scope) {
  std::string out = "1";  // how entries are written; another number makes all of them new
  for (const auto& name : scope.permissions().field_classes) out += "|" + name;
  return out;
}

std::optional<std::int64_t> id_in_name(std::string_view name, std::string_view type,
                                       std::string_view ending) {
  const std::string prefix = std::string(type) + "-";
  if (!name.starts_with(prefix) || !name.ends_with(ending) ||
      name.size() <= prefix.size() + ending.size())
    return std::nullopt;
  name.remove_prefix(prefix.size());
  name.remove_suffix(ending.size());
  std::int64_t id = 0;
  const auto [end, failed] = std::from_chars(name.data(), name.data() + name.size(), id);
  if (failed != std::errc{} || end != name.data() + name.size() || id <= 0) return std::nullopt;
  return id;
}

void Dav::follow(store::Transaction& tx, const records::RecordType& type, RecordId id,
                 const records::WatchedRecord* before, const records::WatchedRecord* after) const {
  if (before || after) return;  // it is still there, if only in the bin
  tx.execute(parts_.statements["dav.forget_record"], {type.name, id});
  if (type.name != "user") return;
  for (const char* name : {"dav.forget_user_resources", "dav.forget_user_books",
                           "dav.forget_user_collections", "dav.forget_user_members"})
    tx.execute(parts_.statements[name], {id});
}

}  // namespace fokus::dav
