// SPDX-License-Identifier: Apache-2.0
// What happened to a record, and what happened around it.
#include "records/inner.hpp"
#include "records/list_plan.hpp"
#include "records/rights.hpp"

namespace fokus::records {
namespace {

namespace json = boost::json;
using access::Action;

constexpr int timeline_max = 200;

// Reads must not show what an old payload holds of a field that is masked for this viewer.
void write_changes(JsonWriter& out, const Scope& scope, const RecordType& type,
                   std::string_view payload) {
  const auto changes = payload.empty()
                           ? json::value(json::array())
                           : json::parse(json::string_view(payload.data(), payload.size()));
  out.begin_array();
  for (const auto& change : changes.as_array()) {
    const auto& o = change.as_object();
    const Field* field = type.find(o.at("field").as_string());
    const bool derived =
        !field || (field->read_only && field->computed.empty() && field->name != "archived_at");
    if (derived) continue;
    const bool masked = is_masked(scope, *field);
    out.begin_object().field("field", field->name).field("masked", masked);
    for (const char* side : {"old", "new"}) {
      const auto* value = o.if_contains(side);
      out.key(side);
      !value || masked ? out.null() : out.raw(json::serialize(*value));
    }
    out.end_object();
  }
  out.end_array();
}

void write_entry(JsonWriter& out, const Scope& scope, const RecordType& type,
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

// Which column says when a record of the type happened.
std::string_view moment_of(const RecordType& type) {
  return type.find("starts_at") ? "starts_at" : "created_at";
}

// The fields of a timeline entry that its kind makes interesting.
constexpr std::array<std::string_view, 8> telling_fields = {
    "kind", "status", "stage", "amount", "ends_at", "due_on", "description", "owner"};

struct Moment {
  std::int64_t at, id;
  std::string json;
};

bool is_later(const Moment& a, const Moment& b) {
  return std::tie(a.at, a.id) > std::tie(b.at, b.id);
}

Status collect_linked(store::Session& session, const CriteriaContext& context, const Backlink& link,
                      RecordId id, std::int64_t before, int limit, std::vector<Moment>& out) {
  const RecordType& other = *context.dictionary.find(link.type);
  if (!other.timeline || !context.scope.permissions().may(other.name, Action::read)) return {};
  ListPlan plan(context, other);
  TRY(plan.add_output("name"));
  for (const auto field : telling_fields)
    if (other.find(field)) TRY(plan.add_output(field));
  const std::string at = "t." + std::string(moment_of(other));
  TRY(plan.add_output(moment_of(other)));
  const int at_column = plan.outputs().back().column;
  SqlText sql;
  plan.append_select(sql);
  sql.text += " WHERE t.archived_at IS NULL AND t." + link.field + " = " + sql.bind(id.value) +
              " AND " + at + " < " + sql.bind(before);
  const std::size_t end = sql.text.size();
  sql.text += " AND ";
  if (!append_rights(context, other, Action::read, "t", sql)) sql.text.resize(end);
  sql.text += " ORDER BY " + at + " DESC" +
              (session.engine() == store::Engine::postgres ? " NULLS LAST" : "") + " LIMIT " +
              sql.bind(std::int64_t{limit});
  const auto params = sql.params();
  auto rows = session.query(sql.text, store::Params(params));
  while (rows->next()) {
    Moment moment{rows->integer(at_column), rows->integer(0), {}};
    JsonWriter json(moment.json);
    json.begin_object().field("kind", other.name).field("type", other.name).field("id", moment.id);
    json.field("at", render_instant({moment.at})).key("record");
    plan.write_row(json, *rows);
    json.end_object();
    out.push_back(std::move(moment));
  }
  return {};
}

void collect_changes(store::Session& session, const store::Statements& sql, const Scope& scope,
                     const RecordType& type, RecordId id, std::int64_t before, int limit,
                     std::vector<Moment>& out) {
  auto rows = session.query(sql["records.list_history_before"], {type.name, id, before, limit});
  while (rows->next()) {
    Moment moment{rows->integer(2), rows->integer(0), {}};
    JsonWriter json(moment.json);
    json.begin_object().field("kind", "change").field("type", type.name).field("id", id.value);
    json.field("at", render_instant({moment.at})).key("record");
    write_entry(json, scope, type, *rows);
    json.end_object();
    out.push_back(std::move(moment));
  }
}

}  // namespace

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
    write_entry(json, scope, type, *rows);
    last = rows->integer(0);
    ++count;
  }
  json.end_array().key("next");
  count == limit ? json.value(std::to_string(last)) : json.null();
  json.end_object();
  return {};
}

Status Records::write_timeline(store::Session& session, const Scope& scope, const RecordType& type,
                               RecordId id, std::string_view cursor, int limit,
                               JsonWriter& json) const {
  const auto dictionary = dictionary_ptr();
  const auto context = inner_->criteria_context(session, scope, *dictionary);
  std::string unused;
  JsonWriter visible(unused);
  TRY(get(session, scope, type, id, visible));
  limit = std::clamp(limit, 1, timeline_max);
  std::int64_t before = std::numeric_limits<std::int64_t>::max();
  if (!cursor.empty()) {
    const auto values = TRY(parse_cursor(cursor, {OrderKey{}}));
    if (const auto* n = std::get_if<std::int64_t>(&values[0])) before = *n;
  }
  std::vector<Moment> moments;
  for (const auto& link : type.backlinks)
    TRY(collect_linked(session, context, link, id, before, limit + 1, moments));
  collect_changes(session, inner_->sql, scope, type, id, before, limit + 1, moments);
  std::sort(moments.begin(), moments.end(), is_later);
  json.begin_object().key("items").begin_array();
  const std::size_t shown = std::min(moments.size(), static_cast<std::size_t>(limit));
  for (std::size_t i = 0; i < shown; ++i) json.raw(moments[i].json);
  json.end_array().key("next");
  if (moments.size() > shown)
    json.value(render_cursor({moments[shown - 1].at}));
  else
    json.null();
  json.end_object();
  return {};
}

}  // namespace fokus::records
