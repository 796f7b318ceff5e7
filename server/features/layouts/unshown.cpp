// SPDX-License-Identifier: Apache-2.0
// The rules of a layout, asked about one record: all of them in one statement.
#include "features/layouts/layouts.hpp"

namespace fokus::layouts {
namespace {

using records::RecordType;

struct Rule {
  std::vector<std::string> Unshown::*into;
  const std::string* name;
  const std::string* text;
};

std::vector<Rule> rules_of(const Layout& layout) {
  std::vector<Rule> out;
  for (const auto& section : layout.sections) {
    if (!section.shown_if.empty())
      out.push_back({&Unshown::sections, &section.key, &section.shown_if});
    for (const auto& field : section.fields)
      if (!field.shown_if.empty()) out.push_back({&Unshown::fields, &field.name, &field.shown_if});
  }
  return out;
}

// Appends the rule as a number, 1 when it holds; leaves the text as it was when it cannot be asked.
bool append_rule(const records::CriteriaContext& context, const RecordType& type,
                 const std::string& rule, records::SqlText& sql) {
  const auto tree = records::parse_filter(rule);
  if (!tree) return false;
  const std::size_t length = sql.text.size(), count = sql.values.size();
  sql.text += ", CASE WHEN (";
  if (records::append_criteria(context, type, "t", **tree, sql).ok()) {
    sql.text += ") THEN 1 ELSE 0 END";
    return true;
  }
  sql.text.resize(length);
  sql.values.resize(count);
  return false;
}

// Refuses what the viewer may not read, and what is not there.
Status check_readable(const records::ApiParts& parts, store::Session& session,
                      const access::Scope& scope, const RecordType& type, RecordId id) {
  std::string unused;
  JsonWriter writer(unused);
  TRY(parts.records.get(session, scope, type, id, writer));
  return {};
}

}  // namespace

Result<Unshown> Layouts::find_unshown(store::Session& session, const access::Scope& scope,
                                      const RecordType& type, RecordId id,
                                      const Layout& layout) const {
  TRY(check_readable(parts_, session, scope, type, id));
  const auto dictionary = parts_.dictionary.current();
  const records::CriteriaContext context{*dictionary, scope, parts_.clock.now(), session.engine()};
  records::SqlText sql{"SELECT t.id", {}};
  std::vector<Rule> asked;
  for (const auto& rule : rules_of(layout))
    if (append_rule(context, type, *rule.text, sql)) asked.push_back(rule);
  Unshown out;
  if (asked.empty()) return out;
  sql.text += " FROM " + type.table + " t WHERE t.id = " + sql.bind(id.value);
  const auto params = sql.params();
  auto rows = session.query(sql.text, store::Params(params));
  if (!rows->next()) return out;
  for (std::size_t i = 0; i < asked.size(); ++i)
    if (rows->integer(static_cast<int>(i) + 1) == 0) (out.*asked[i].into).push_back(*asked[i].name);
  return out;
}

}  // namespace fokus::layouts
