// SPDX-License-Identifier: Apache-2.0
#include "features/quality/finding_json.hpp"

#include <algorithm>

#include "records/rights.hpp"

namespace fokus::quality {
namespace {

namespace json = boost::json;
using records::Draft;
using records::RecordType;
using records::SqlText;

json::value text_or_null(const std::string& text) {
  return text.empty() ? json::value() : json::value(text);
}

json::value suggestion_json(const Hit& hit) {
  if (hit.changes.empty()) return nullptr;
  return json::object{{"changes", hit.changes}, {"value", text_or_null(hit.shown)}};
}

}  // namespace

FindingWriter::FindingWriter(const FindingQuery& query)
    : query_(query), knowledge_(query.quality().knowledge()) {}

std::map<std::int64_t, Draft> FindingWriter::read_drafts(
    store::Session& session, const RecordType& type, const std::vector<FindingRow>& rows) const {
  std::vector<std::int64_t> ids;
  for (const auto& row : rows)
    if (row.type == &type) ids.push_back(row.record);
  std::sort(ids.begin(), ids.end());
  ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
  std::map<std::int64_t, Draft> out;
  if (ids.empty()) return out;
  SqlText sql{"SELECT t.id, " + type.draft_columns + " FROM " + type.table +
                  " t WHERE t.archived_at IS NULL AND ",
              {}};
  append_ids(sql, "t.id", ids);
  const auto params = sql.params();
  for (auto found = session.query(sql.text, store::Params(params)); found->next();) {
    Draft draft(type);
    records::read_draft(draft, *found, 1);
    out.emplace(found->integer(0), std::move(draft));
  }
  return out;
}

std::optional<FindingWriter::Found> FindingWriter::find(const FindingRow& row,
                                                        const Draft& draft) const {
  const Rule* rule = query_.rules().find(row.rule);
  if (!rule) return std::nullopt;
  const Subject subject(draft, nullptr);
  if (rule->check.empty()) return Found{rule, filter_hit(*rule, subject)};
  for (auto& hit : find_hits(*rule, subject, *knowledge_))
    if (hit.field == row.field) return Found{rule, std::move(hit)};
  return std::nullopt;
}

bool FindingWriter::may_change(const RecordType& type, const Draft& draft) const {
  if (!records::check_type_right(query_.scope(), type, access::Action::update).ok()) return false;
  return records::may_touch(query_.scope(), type, access::Action::update,
                            UserId{type.owned ? draft.integer("owner") : 0},
                            GroupId{type.owned ? draft.integer("owner_group") : 0});
}

bool FindingWriter::sees_all(const RecordType& type, const json::object& changes) const {
  return std::all_of(changes.begin(), changes.end(), [&](const auto& change) {
    const auto* field = type.find(change.key());
    return field && !records::is_masked(query_.scope(), *field);
  });
}

std::optional<json::object> FindingWriter::hit_json(const RecordType& type, const Rule& rule,
                                                    const Hit& hit) const {
  const auto* field = type.find(hit.field);
  if (field && records::is_masked(query_.scope(), *field)) return std::nullopt;
  if (!query_.is_visible(type, rule)) return std::nullopt;
  return json::object{
      {"rule", rule.key},
      {"severity", severity_name(rule.severity)},
      {"weight", rule.weight},
      {"field", text_or_null(hit.field)},
      {"text", rule.text(query_.scope().actor.language)},
      {"value", text_or_null(hit.value)},
      {"suggestion", sees_all(type, hit.changes) ? suggestion_json(hit) : json::value()}};
}

json::object FindingWriter::one(PeopleNames& people, const FindingRow& row, const Draft& draft,
                                const Found& found) const {
  const RecordType& type = *row.type;
  const auto* score = type.find(score_field);
  const bool has_score = score && !records::is_masked(query_.scope(), *score) &&
                         !store::is_null(draft[score_field].front());
  const auto* name = type.find("name");
  const bool is_named = name && !records::is_masked(query_.scope(), *name);
  json::object record{
      {"id", row.record},
      {"name", is_named ? json::value(draft.text("name")) : json::value()},
      {"version", draft.integer("version")},
      {"owner", type.owned ? people.user(draft.integer("owner")) : json::value()},
      {"quality_score", has_score ? json::value(draft.integer(score_field)) : json::value()}};
  json::object out = *hit_json(type, *found.rule, found.hit);
  out["id"] = row.id;
  out["type"] = type.name;
  out["record"] = std::move(record);
  out["can_fix"] = !out.at("suggestion").is_null() && may_change(type, draft);
  out["found_at"] = render_instant(row.found_at);
  out["dismissed"] = nullptr;
  if (row.dismissed_at != 0)
    out["dismissed"] = json::object{{"at", render_instant(Instant{row.dismissed_at})},
                                    {"by", people.user(row.dismissed_by)},
                                    {"reason", row.reason}};
  return out;
}

json::array FindingWriter::describe(store::Session& session,
                                    const std::vector<FindingRow>& rows) const {
  std::map<const RecordType*, std::map<std::int64_t, Draft>> drafts;
  for (const auto& row : rows)
    if (row.type && !drafts.contains(row.type))
      drafts.emplace(row.type, read_drafts(session, *row.type, rows));
  PeopleNames people(session);
  json::array out;
  std::map<const RecordType*, std::vector<std::int64_t>> shown;
  for (const auto& row : rows) {
    if (!row.type) continue;
    const auto& of_type = drafts.at(row.type);
    const auto draft = of_type.find(row.record);
    if (draft == of_type.end()) continue;
    const auto found = find(row, draft->second);
    if (!found || !hit_json(*row.type, *found->rule, found->hit)) continue;
    out.push_back(one(people, row, draft->second, *found));
    shown[row.type].push_back(row.record);
  }
  for (const auto& [type, ids] : shown)
    records::trace_read(query_.quality().parts(), query_.scope(), "list", *type, ids, "quality");
  return out;
}

// Whether the filter still finds the record.
bool FindingWriter::is_filtered(store::Session& session, const FindingRow& row,
                                const Rule& rule) const {
  const auto node = records::parse_filter(rule.filter);
  if (!node) return false;
  access::Scope system;
  system.actor = access::system_actor();
  const auto context =
      rule_context(query_.quality(), query_.dictionary(), system, session.engine());
  SqlText sql{
      "SELECT count(*) FROM " + row.type->table + " t WHERE t.archived_at IS NULL AND t.id = ", {}};
  sql.text += sql.bind(row.record) + " AND (";
  if (!records::append_criteria(context, *row.type, "t", **node, sql).ok()) return false;
  sql.text += ")";
  const auto params = sql.params();
  auto rows = session.query(sql.text, store::Params(params));
  return rows->next() && rows->integer(0) > 0;
}

json::object FindingWriter::changes_of(store::Transaction& tx, const FindingRow& row) const {
  // Nobody saves it between the look and the change; SQLite has one writer at a time anyway.
  if (tx.engine() == store::Engine::postgres)
    tx.query_integer("SELECT id FROM " + row.type->table + " WHERE id = $1 FOR UPDATE",
                     {row.record});
  const auto drafts = read_drafts(tx, *row.type, {row});
  const auto draft = drafts.find(row.record);
  if (draft == drafts.end() || !may_change(*row.type, draft->second)) return {};
  auto found = find(row, draft->second);
  if (!found || !sees_all(*row.type, found->hit.changes)) return {};
  if (found->rule->check.empty() && !is_filtered(tx, row, *found->rule)) return {};
  return std::move(found->hit.changes);
}

}  // namespace fokus::quality
