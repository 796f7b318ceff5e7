// SPDX-License-Identifier: Apache-2.0
// How many findings there are, by what they have in common.
#include <algorithm>

#include "features/quality/finding_query.hpp"

namespace fokus::quality {
namespace {

namespace json = boost::json;
using records::RecordType;
using records::SqlText;

struct Group {
  store::Value key;
  std::int64_t count = 0, records = 0;
};

json::value key_json(const FindingQuery& query, const std::string& by, const store::Value& key) {
  if (const auto* number = std::get_if<std::int64_t>(&key)) {
    if (by == "severity") return json::value(severity_name(static_cast<Severity>(*number)));
    if (by != "rule") return *number;
    const Rule* rule = query.rules().find(*number);
    return rule ? json::value(rule->key) : json::value();
  }
  if (const auto* text = std::get_if<std::string>(&key))
    return text->empty() ? json::value() : json::value(*text);
  return nullptr;
}

// The expression that is grouped by; empty when the type has none.
Result<std::string> column_of(const RecordType& type, const FindingFilter& filter,
                              const std::string& by) {
  if (by == "rule" || by == "severity" || by == "field") return "f." + by;
  if (by == "type") return std::string("f.record_type");
  if (by == "owner" || by == "group") {
    if (!type.owned) return std::string();
    return std::string(by == "owner" ? "t.owner" : "t.owner_group");
  }
  if (by != "value") return field_error("quality/invalid", "by", "unknown");
  const auto* field = filter.field ? type.find(*filter.field) : nullptr;
  if (!field) return field_error("quality/invalid", "field", "required");
  const bool is_text = records::is_text_kind(field->kind) ||
                       field->kind == records::FieldKind::phone ||
                       field->kind == records::FieldKind::choice;
  if (!is_text) return field_error("quality/invalid", "by", "wrong_kind");
  return "t." + records::columns_of(*field).front().name;
}

json::value text_or_null(const std::string& text) {
  return text.empty() ? json::value() : json::value(text);
}

std::string in_language(const records::Labels& labels, const std::string& language) {
  for (const auto& wanted : {language, std::string("en")})
    if (const auto found = labels.find(wanted); found != labels.end()) return found->second;
  return {};
}

}  // namespace

std::string FindingQuery::label_of(store::Session& session, const FindingFilter& filter,
                                   const std::string& by, const store::Value& key) const {
  const auto& language = scope_.actor.language;
  if (const auto* number = std::get_if<std::int64_t>(&key)) {
    if (by == "rule") {
      const Rule* rule = rules_->find(*number);
      return rule ? rule->text(language) : std::string();
    }
    if (by == "severity") return std::string(severity_name(static_cast<Severity>(*number)));
    const std::string table = by == "owner" ? "users" : "groups";
    return session.query_text("SELECT name FROM " + table + " WHERE id = $1", {*number})
        .value_or(std::string());
  }
  const auto* text = std::get_if<std::string>(&key);
  if (!text) return {};
  if (by == "type") {
    const auto* type = dictionary_->find(*text);
    return type ? in_language(type->label, language) : *text;
  }
  if (by != "field") return *text;
  for (const auto* type : filter.types)
    if (const auto* field = type->find(*text)) return in_language(field->label, language);
  return *text;
}

Result<json::object> FindingQuery::group(store::Session& session, const FindingFilter& filter,
                                         const std::string& by, int limit) const {
  std::vector<Group> groups;
  std::int64_t total = 0, in_records = 0;
  for (const auto* type : filter.types) {
    const std::string column = TRY(column_of(*type, filter, by));
    const std::string key = column.empty() ? "NULL" : column;
    SqlText sql{"SELECT " + key + ", count(*), count(DISTINCT f.record_id)", {}};
    SqlText all{"SELECT count(*), count(DISTINCT f.record_id)", {}};
    if (!TRY(append_source(session, *type, filter, access::Action::read, sql))) continue;
    TRY(append_source(session, *type, filter, access::Action::read, all));
    if (!column.empty()) sql.text += " GROUP BY " + column;
    sql.text += " ORDER BY count(*) DESC LIMIT " + sql.bind(static_cast<std::int64_t>(limit));
    const auto of_all = all.params();
    {
      auto rows = session.query(all.text, store::Params(of_all));
      if (rows->next()) total += rows->integer(0), in_records += rows->integer(1);
    }
    const auto params = sql.params();
    for (auto rows = session.query(sql.text, store::Params(params)); rows->next();) {
      Group one{rows->value(0), rows->integer(1), rows->integer(2)};
      const auto known = std::find_if(groups.begin(), groups.end(),
                                      [&](const Group& other) { return other.key == one.key; });
      if (known == groups.end() && one.count > 0)
        groups.push_back(std::move(one));
      else if (known != groups.end())
        known->count += one.count, known->records += one.records;
    }
  }
  std::stable_sort(groups.begin(), groups.end(),
                   [](const Group& a, const Group& b) { return a.count > b.count; });
  if (groups.size() > static_cast<std::size_t>(limit))
    groups.resize(static_cast<std::size_t>(limit));
  json::array out;
  for (const auto& one : groups)
    out.push_back(json::object{{"key", key_json(*this, by, one.key)},
                               {"label", text_or_null(label_of(session, filter, by, one.key))},
                               {"count", one.count},
                               {"records", one.records}});
  return json::object{{"total", total}, {"records", in_records}, {"groups", std::move(out)}};
}

}  // namespace fokus::quality
