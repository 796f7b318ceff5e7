// SPDX-License-Identifier: Apache-2.0
// What happened to a record.
#include "records/read_history.hpp"

#include "records/inner.hpp"
#include "records/rights.hpp"

namespace fokus::records {
namespace {

namespace json = boost::json;

bool is_derived(const RecordType& type, std::string_view name) {
  if (name == "contact_points") return !type.contact_points;
  const Field* field = type.find(name);
  return !field || (field->read_only && field->computed.empty() && field->name != "archived_at");
}

bool is_change_masked(const Scope& scope, const RecordType& type, std::string_view name) {
  const Field* field = type.find(name);
  return field ? is_masked(scope, *field) : is_class_masked(scope, contact_class);
}

// An amount whose worth in the base currency became another one is still the same amount.
bool is_same(const json::object& change) {
  const auto* before = change.if_contains("old");
  const auto* after = change.if_contains("new");
  return before && after && *before == *after;
}

// Reads must not show what an old payload holds of a field that is masked for this viewer.
void write_changes(JsonWriter& out, const Scope& scope, const RecordType& type,
                   std::string_view payload) {
  const auto changes = payload.empty()
                           ? json::value(json::array())
                           : json::parse(json::string_view(payload.data(), payload.size()));
  out.begin_array();
  for (const auto& change : changes.as_array()) {
    const auto& o = change.as_object();
    const std::string_view name = o.at("field").as_string();
    if (is_derived(type, name) || is_same(o)) continue;
    const bool masked = is_change_masked(scope, type, name);
    out.begin_object().field("field", name).field("masked", masked);
    for (const char* side : {"old", "new"}) {
      const auto* value = o.if_contains(side);
      out.key(side);
      !value || masked ? out.null() : out.raw(json::serialize(*value));
    }
    out.end_object();
  }
  out.end_array();
}

}  // namespace

void write_history_entry(JsonWriter& out, const Scope& scope, const RecordType& type,
                         const store::Rows& rows) {
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
  write_changes(out, scope, type, rows.text(8));
  out.end_object();
}

Status Records::write_history(store::Session& session, const Scope& scope, const RecordType& type,
                              RecordId id, std::int64_t before, int limit, JsonWriter& json) const {
  std::string unused;
  JsonWriter visible(unused);
  TRY(get(session, scope, type, id, visible));
  auto rows = session.query(inner_->sql["records.list_history"],
                            {type.name, id, before, std::clamp(limit, 1, limits::page_max)});
  std::int64_t last = 0;
  int count = 0;
  json.begin_object().key("items").begin_array();
  while (rows->next()) {
    write_history_entry(json, scope, type, *rows);
    last = rows->integer(0);
    ++count;
  }
  json.end_array().key("next");
  count == limit ? json.value(std::to_string(last)) : json.null();
  json.end_object();
  return {};
}

}  // namespace fokus::records
