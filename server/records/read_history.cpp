// SPDX-License-Identifier: Apache-2.0
// What happened to a record.
#include "records/read_history.hpp"

#include "records/inner.hpp"
#include "records/merged.hpp"
#include "records/relations.hpp"
#include "records/rights.hpp"

namespace fokus::records {
namespace {

namespace json = boost::json;

// What a merge tells beside the fields' values: which records came in, or where this one went.
bool is_of_merge(std::string_view name) {
  return name == "merged_records" || name == "merged_into" || name == "unmerged_records";
}

bool is_derived(const RecordType& type, std::string_view name) {
  if (is_of_merge(name)) return false;
  if (name == "contact_points") return !type.contact_points;
  const Field* field = type.find(name);
  return !field || (field->read_only && field->computed.empty() && field->name != "archived_at");
}

bool is_relation(const RecordType& type, std::string_view name) {
  return name == relations_change && !type.find(name);
}

bool is_change_masked(const Scope& scope, const RecordType& type, std::string_view name) {
  if (is_of_merge(name)) return false;
  const Field* field = type.find(name);
  return field ? is_masked(scope, *field) : is_class_masked(scope, contact_class);
}

// An amount whose worth in the base currency became another one is still the same amount.
bool is_same(const json::object& change) {
  const auto* before = change.if_contains("old");
  const auto* after = change.if_contains("new");
  return before && after && *before == *after;
}

// Of a record that has become part of another one, its history stays readable.
Status check_readable(const Records& records, const MergedLook& look, const RecordType& type,
                      RecordId id) {
  std::string unused;
  JsonWriter json(unused);
  const auto seen = records.get(look.session, look.context.scope, type, id, json);
  if (seen) return {};
  if (seen.error().code == "records/merged" && is_row_readable(look, type, id)) return {};
  return seen.error();
}

}  // namespace

void HistoryReader::write_entry(JsonWriter& out, const store::Rows& rows, Seen& seen) {
  out.begin_object().field("id", rows.integer(0)).field("version", rows.integer(1));
  out.field("at", render_instant({rows.integer(2)}));
  out.key("actor");
  if (rows.is_null(3))
    out.null();
  else
    out.begin_object().field("id", rows.integer(3)).field("name", rows.text(4)).end_object();
  out.field("actor_kind", rows.text(5)).field("action", rows.text(6));
  out.key("batch");
  rows.is_null(7) ? out.null() : out.value(rows.integer(7));
  out.key("source");
  if (rows.is_null(9))
    out.null();
  else
    out.begin_object()
        .field("kind", rows.text(9))
        .field("name", rows.text(10))
        .field("licence", rows.text(11))
        .field("legal_basis", rows.text(12))
        .field("obtained_at", rows.text(13))
        .end_object();
  out.key("changes");
  write_changes(out, rows.text(8), seen);
  out.end_object();
}

// Reads must not show what an old payload holds of a field that is masked for this viewer.
void HistoryReader::write_changes(JsonWriter& out, std::string_view payload, Seen& seen) {
  const auto changes = payload.empty()
                           ? json::value(json::array())
                           : json::parse(json::string_view(payload.data(), payload.size()));
  out.begin_array();
  for (const auto& change : changes.as_array()) write_change(out, change.as_object(), seen);
  out.end_array();
}

void HistoryReader::write_change(JsonWriter& out, const json::object& o, Seen& seen) {
  const std::string_view name = o.at("field").as_string();
  if (is_relation(type_, name)) return write_relation(out, o, seen);
  if (is_derived(type_, name) || is_same(o)) return;
  const bool masked = is_change_masked(context_.scope, type_, name);
  const Field* field = type_.find(name);
  if (field && field->kind == FieldKind::links && !masked)
    return write_members(out, *field, o, seen);
  out.begin_object().field("field", name).field("masked", masked);
  for (const char* side : {"old", "new"}) {
    const auto* value = o.if_contains(side);
    out.key(side);
    !value || masked ? out.null() : out.raw(json::serialize(*value));
  }
  // The record that a merge took the value from.
  if (const auto* from = o.if_contains("from"); from && from->is_int64())
    out.field("from", from->get_int64());
  out.end_object();
}

// A change that is only about members whom the viewer may not see is none for this viewer.
void HistoryReader::write_members(JsonWriter& out, const Field& field, const json::object& o,
                                  Seen& seen) {
  Seen named;
  const std::string before = members_text(field, o.if_contains("old"), named);
  const std::string after = members_text(field, o.if_contains("new"), named);
  if (before == after) return;
  seen.add(named);
  out.begin_object().field("field", field.name).field("masked", false);
  out.key("old").raw(before).key("new").raw(after).end_object();
}

std::string HistoryReader::members_text(const Field& field, const json::value* ids, Seen& seen) {
  std::string out;
  JsonWriter writer(out);
  writer.begin_array();
  const RecordType* target = context_.dictionary.find(field.target);
  if (target && ids && ids->is_array())
    for (const auto& id : ids->get_array()) {
      const auto name = names_.name_of(*target, id.as_int64());
      if (!name) continue;
      writer.begin_object().field("id", id.as_int64()).field("name", *name).end_object();
      if (target->about_person) seen.add(target->name, id.as_int64());
    }
  writer.end_array();
  return out;
}

void HistoryReader::write_relation(JsonWriter& out, const json::object& o, Seen& seen) {
  const auto before = read_kept_relation(o.if_contains("old"));
  const auto after = read_kept_relation(o.if_contains("new"));
  const auto& either = after ? after : before;
  if (!either) return;
  const RecordType* other = context_.dictionary.find(either->type);
  const auto* kind = context_.dictionary.find_item("relation_kind", either->kind);
  const auto name = other && kind ? names_.name_of(*other, either->id) : std::nullopt;
  if (!name) return;
  if (other->about_person) seen.add(other->name, either->id);
  const auto label = relation_wording(*kind, false, context_.scope.actor.language);
  out.begin_object().field("field", relations_change).field("masked", false);
  for (const auto& [side, kept] : {std::pair("old", &before), std::pair("new", &after)}) {
    out.key(side);
    if (!*kept) {
      out.null();
      continue;
    }
    out.begin_object().field("sentence", label + " " + *name).field("note", (*kept)->note);
    out.key("record").begin_object().field("type", other->name);
    out.field("id", either->id).field("name", *name).end_object().end_object();
  }
  out.end_object();
}

Status Records::write_history(store::Session& session, const Scope& scope, const RecordType& type,
                              RecordId id, std::int64_t before, int limit, JsonWriter& json,
                              Seen* seen) const {
  const auto dictionary = dictionary_ptr();
  const auto context = inner_->criteria_context(session, scope, *dictionary);
  TRY(check_readable(*this, {session, inner_->sql, context}, type, id));
  HistoryReader reader(session, context, type);
  Seen named;
  auto rows = session.query(inner_->sql["records.list_history"],
                            {type.name, id, before, std::clamp(limit, 1, limits::page_max)});
  std::int64_t last = 0;
  int count = 0;
  json.begin_object().key("items").begin_array();
  while (rows->next()) {
    reader.write_entry(json, *rows, named);
    last = rows->integer(0);
    ++count;
  }
  json.end_array().key("next");
  count == limit ? json.value(std::to_string(last)) : json.null();
  json.end_object();
  if (seen) seen->add(named);
  return {};
}

}  // namespace fokus::records
