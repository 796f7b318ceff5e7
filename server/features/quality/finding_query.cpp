// SPDX-License-Identifier: Apache-2.0
#include "features/quality/finding_query.hpp"

#include <algorithm>
#include <charconv>

#include "base/text.hpp"
#include "records/fields/field_type.hpp"
#include "records/rights.hpp"

namespace fokus::quality {
namespace {

using records::RecordType;
using records::SqlText;

constexpr const char* row_columns =
    "SELECT f.id, f.record_type, f.record_id, f.rule, f.field, f.severity, f.found_at, "
    "f.dismissed_at, f.dismissed_by, f.reason";

// Those behind the place, or before it.
void append_place(SqlText& sql, const FindingPlace& place, bool backwards) {
  const std::string severity = sql.bind(place.severity), record = sql.bind(place.record);
  const std::string id = sql.bind(place.id);
  const std::string worse = backwards ? " < " : " > ", newer = backwards ? " > " : " < ";
  sql.text += " AND (f.severity" + worse + severity + " OR (f.severity = " + severity +
              " AND (f.record_id" + newer + record + " OR (f.record_id = " + record + " AND f.id" +
              newer + id + "))))";
}

// Whether the answer hangs on other records than the one that is asked about.
bool crosses(const records::Node& node) {
  using Kind = records::Node::Kind;
  if (node.kind == Kind::related || node.kind == Kind::selection || node.kind == Kind::members)
    return true;
  return node.path.find('.') != std::string::npos ||
         std::any_of(node.children.begin(), node.children.end(),
                     [](const auto& child) { return child && crosses(*child); });
}

std::string order_of(std::string_view prefix, bool backwards) {
  const std::string p(prefix);
  return backwards ? " ORDER BY " + p + "severity DESC, " + p + "record_id, " + p + "id"
                   : " ORDER BY " + p + "severity, " + p + "record_id DESC, " + p + "id DESC";
}

}  // namespace

std::string render_place(const FindingPlace& place) {
  return std::to_string(place.severity) + "." + std::to_string(place.record) + "." +
         std::to_string(place.id);
}

std::optional<FindingPlace> parse_place(std::string_view text) {
  const auto parts = split(text, '.');
  if (parts.size() != 3) return std::nullopt;
  FindingPlace out;
  std::int64_t* const into[] = {&out.severity, &out.record, &out.id};
  for (std::size_t i = 0; i < parts.size(); ++i) {
    const char* const end = parts[i].data() + parts[i].size();
    const auto [at, failed] = std::from_chars(parts[i].data(), end, *into[i]);
    if (failed != std::errc{} || at != end) return std::nullopt;
  }
  return out;
}

FindingQuery::FindingQuery(const Quality& quality, const access::Scope& scope,
                           records::DictionaryPtr dictionary)
    : quality_(quality),
      scope_(scope),
      dictionary_(std::move(dictionary)),
      rules_(quality.rules().current()) {}

records::CriteriaContext FindingQuery::context(store::Session& session) const {
  records::CriteriaContext out{*dictionary_, scope_, quality_.parts().clock.now(),
                               session.engine()};
  out.base_scale = records::currency_scale(dictionary_->installation.base_currency);
  return out;
}

// A filter that the viewer could not ask would tell what the viewer may not know.
bool FindingQuery::is_visible(const RecordType& type, const Rule& rule) const {
  if (scope_.actor.kind == access::ActorKind::system) return true;
  const auto is_open = [&](std::string_view name) {
    const auto* field = type.find(name);
    return !field || !records::is_masked(scope_, *field);
  };
  if (!rule.field.empty() && !is_open(rule.field)) return false;
  if (const auto* fields = rule.params.if_contains("fields"); fields && fields->is_array())
    for (const auto& one : fields->get_array())
      if (one.is_string() && !is_open(std::string_view(one.get_string()))) return false;
  if (rule.filter.empty()) return true;
  const auto node = records::parse_filter(rule.filter);
  if (!node) return false;
  records::CriteriaContext asked{*dictionary_, scope_, Instant{}, store::Engine::sqlite};
  asked.base_scale = records::currency_scale(dictionary_->installation.base_currency);
  SqlText sql;
  return records::append_criteria(asked, type, "t", **node, sql).ok();
}

Result<bool> FindingQuery::append_source(store::Session& session, const RecordType& type,
                                         const FindingFilter& filter, access::Action action,
                                         SqlText& sql) const {
  std::vector<std::int64_t> rules;
  std::vector<const Rule*> filters;
  for (const Rule* rule : rules_->of_type(type.name)) {
    const bool is_asked =
        filter.rules.empty() ||
        std::find(filter.rules.begin(), filter.rules.end(), rule->key) != filter.rules.end();
    if (!is_asked || !is_visible(type, *rule)) continue;
    rules.push_back(rule->id);
    if (!rule->filter.empty()) filters.push_back(rule);
  }
  if (rules.empty()) return false;
  sql.text += " FROM quality_findings f JOIN " + type.table +
              " t ON t.id = f.record_id WHERE f.record_type = " + sql.bind(type.name) + " AND ";
  append_ids(sql, "f.rule", rules);
  sql.text += " AND t.archived_at IS NULL AND ";
  const auto asked = context(session);
  if (!records::append_rights(asked, type, access::Action::read, "t", sql)) sql.text += "1=1";
  if (action != access::Action::read) {
    sql.text += " AND ";
    if (!records::append_rights(asked, type, action, "t", sql)) sql.text += "1=1";
  }
  for (const Rule* rule : filters) append_seen(asked, type, *rule, sql);
  for (const auto& field : type.fields)
    if (records::is_masked(scope_, field)) sql.text += " AND f.field <> " + sql.bind(field.name);
  if (filter.criteria) {
    sql.text += " AND (";
    TRY(records::append_criteria(asked, type, "t", *filter.criteria, sql));
    sql.text += ")";
  }
  append_narrow(type, filter, sql);
  return true;
}

void FindingQuery::append_seen(const records::CriteriaContext& asked, const RecordType& type,
                               const Rule& rule, SqlText& sql) const {
  if (scope_.actor.kind == access::ActorKind::system) return;
  const auto node = records::parse_filter(rule.filter);
  if (node && !crosses(**node)) return;
  auto context = asked;
  context.row_by_row = true;
  SqlText with = sql;
  with.text += " AND (f.rule <> " + with.bind(rule.id) + " OR (";
  if (node && records::append_criteria(context, type, "t", **node, with).ok()) {
    sql = std::move(with);
    sql.text += "))";
  } else {
    sql.text += " AND f.rule <> " + sql.bind(rule.id);
  }
}

void FindingQuery::append_narrow(const RecordType& type, const FindingFilter& filter,
                                 SqlText& sql) const {
  if (filter.dismissed)
    sql.text += *filter.dismissed ? " AND f.dismissed_at > 0" : " AND f.dismissed_at = 0";
  if (!filter.severities.empty()) {
    std::vector<std::int64_t> wanted;
    for (const auto one : filter.severities) wanted.push_back(static_cast<std::int64_t>(one));
    sql.text += " AND ";
    append_ids(sql, "f.severity", wanted);
  }
  if (filter.field) sql.text += " AND f.field = " + sql.bind(*filter.field);
  if (filter.record) sql.text += " AND f.record_id = " + sql.bind(filter.record);
  if (filter.only) sql.text += " AND f.id = " + sql.bind(filter.only);
  if (!filter.records.empty()) {
    sql.text += " AND ";
    append_ids(sql, "f.record_id", filter.records);
  }
  const auto append_owner = [&](const char* column, const std::optional<std::int64_t>& whose) {
    if (!whose) return;
    if (!type.owned)
      sql.text += *whose == 0 ? "" : " AND 1=0";
    else
      sql.text += std::string(" AND ") + column +
                  (*whose == 0 ? std::string(" IS NULL") : " = " + sql.bind(*whose));
  };
  append_owner("t.owner", filter.owner);
  append_owner("t.owner_group", filter.group);
  const auto* valued = filter.value && filter.field ? type.find(*filter.field) : nullptr;
  if (valued && !records::columns_of(*valued).empty())
    sql.text +=
        " AND t." + records::columns_of(*valued).front().name + " = " + sql.bind(*filter.value);
}

std::vector<FindingRow> FindingQuery::read_rows(store::Session& session, const SqlText& sql) const {
  std::vector<FindingRow> out;
  const auto params = sql.params();
  for (auto rows = session.query(sql.text, store::Params(params)); rows->next();) {
    auto& row = out.emplace_back();
    row.id = rows->integer(0);
    row.type = dictionary_->find(rows->text(1));
    row.record = rows->integer(2);
    row.rule = rows->integer(3);
    row.field = std::string(rows->text(4));
    row.severity = rows->integer(5);
    row.found_at = Instant{rows->integer(6)};
    row.dismissed_at = rows->integer(7);
    row.dismissed_by = rows->integer(8);
    row.reason = std::string(rows->text(9));
  }
  return out;
}

Result<std::vector<FindingRow>> FindingQuery::list(store::Session& session,
                                                   const FindingFilter& filter,
                                                   const Page& page) const {
  SqlText sql;
  int branches = 0;
  for (const auto* type : filter.types) {
    SqlText one = sql;
    one.text += branches == 0 ? "SELECT * FROM (" : " UNION ALL SELECT * FROM (";
    one.text += row_columns;
    if (!TRY(append_source(session, *type, filter, access::Action::read, one))) continue;
    if (page.after) append_place(one, *page.after, page.backwards);
    one.text += order_of("f.", page.backwards) + " LIMIT " +
                one.bind(static_cast<std::int64_t>(page.limit) + 1) + ") b" +
                std::to_string(branches++);
    sql = std::move(one);
  }
  if (branches == 0) return std::vector<FindingRow>();
  sql.text += order_of("", page.backwards) + " LIMIT " +
              sql.bind(static_cast<std::int64_t>(page.limit) + 1);
  return read_rows(session, sql);
}

Result<std::vector<FindingRow>> FindingQuery::list_after(store::Session& session,
                                                         const FindingFilter& filter,
                                                         std::int64_t after, int limit,
                                                         access::Action action) const {
  SqlText sql{row_columns, {}};
  if (filter.types.size() != 1 ||
      !TRY(append_source(session, *filter.types.front(), filter, action, sql)))
    return std::vector<FindingRow>();
  sql.text += " AND f.id > " + sql.bind(after) + " ORDER BY f.id LIMIT " +
              sql.bind(static_cast<std::int64_t>(limit));
  return read_rows(session, sql);
}

Result<std::int64_t> FindingQuery::count(store::Session& session, const FindingFilter& filter,
                                         access::Action action, std::int64_t cap) const {
  std::int64_t out = 0;
  for (const auto* type : filter.types) {
    SqlText sql{"SELECT count(*) FROM (SELECT f.id", {}};
    if (!TRY(append_source(session, *type, filter, action, sql))) continue;
    sql.text += " LIMIT " + sql.bind(cap) + ") n";
    const auto params = sql.params();
    auto rows = session.query(sql.text, store::Params(params));
    if (rows->next()) out += rows->integer(0);
  }
  return std::min(out, cap);
}

boost::json::value PeopleNames::user(std::int64_t id) {
  if (id == 0) return nullptr;
  auto found = known_.find(id);
  if (found == known_.end())
    found = known_
                .emplace(id, session_.query_text("SELECT name FROM users WHERE id = $1", {id})
                                 .value_or(std::string()))
                .first;
  return boost::json::object{{"id", id}, {"name", found->second}};
}

}  // namespace fokus::quality
