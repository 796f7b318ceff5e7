// SPDX-License-Identifier: Apache-2.0
#include "records/save_checks.hpp"

#include <set>

#include "base/text.hpp"
#include "records/schema.hpp"
#include "records/user_rules.hpp"
#include "records/wholes.hpp"

namespace fokus::records {
namespace {

using access::Action;

constexpr std::size_t levels_max = 1000;  // of a hierarchy

// Walks up from the record that shall stand above. Each step is locked, so that of two changes
// that only together make a circle the later one sees the earlier.
bool is_above_itself(store::Session& session, const RecordType& type, const Field& field,
                     std::int64_t id, std::int64_t above) {
  std::string text = "SELECT " + field.columns[0].name + " FROM " + type.table + " WHERE id = $1";
  if (session.engine() == store::Engine::postgres) text += " FOR UPDATE";
  std::set<std::int64_t> passed;
  while (above != 0 && passed.size() < levels_max) {
    if (above == id || !passed.insert(above).second) return true;
    above = session.query_integer(text, {above});
  }
  return above != 0;
}

std::vector<std::string_view> keys_of(const store::Value& value) {
  const auto* text = std::get_if<std::string>(&value);
  std::vector<std::string_view> out;
  if (text)
    for (const auto key : split(*text, ','))
      if (!key.empty()) out.push_back(key);
  return out;
}

void add_retired(const Dictionary& dictionary, const Draft* before, const Draft& after,
                 std::size_t at, Error& wrong) {
  const Field& field = after.type.fields[at];
  if (field.kind != FieldKind::choice && field.kind != FieldKind::choices) return;
  const auto had = before ? keys_of(before->columns[at][0]) : std::vector<std::string_view>();
  for (const auto key : keys_of(after.columns[at][0])) {
    const auto* item = dictionary.find_item(field.list, key);
    if (item && item->retired && std::find(had.begin(), had.end(), key) == had.end())
      wrong.errors.push_back({field.name, "retired", {{"value", std::string(key)}}});
  }
}

void add_unborn(const FieldContext& context, const Draft& draft, std::size_t at, Error& wrong) {
  const Field& field = draft.type.fields[at];
  if (!draft.type.about_person || field.name != "birth_date" || field.kind != FieldKind::date)
    return;
  const auto date = parse_date(draft.text(field.name));
  if (date && *date > context.today) wrong.errors.push_back({field.name, "in_the_future", {}});
}

}  // namespace

bool is_linkable(store::Session& session, const CriteriaContext& context, const RecordType& target,
                 const store::Value& id) {
  SqlText sql{"SELECT 1 FROM " + target.table + " t WHERE t.id = ", {}};
  sql.text += sql.bind(id) + " AND t.archived_at IS NULL";
  if (!target.system) {
    sql.text += " AND ";
    if (!append_rights(context, target, Action::read, "t", sql)) sql.text += "1=1";
    // Nobody merges it away before this link is there to be moved.
    if (session.engine() == store::Engine::postgres) sql.text += " FOR KEY SHARE OF t";
  }
  const auto params = sql.params();
  return session.query(sql.text, store::Params(params))->next();
}

Status check_links(store::Session& session, const CriteriaContext& context, const Draft& draft,
                   const std::vector<std::size_t>& changed) {
  Error wrong = make_error(ErrorKind::invalid, "records/invalid");
  for (const std::size_t i : changed) {
    const Field& field = draft.type.fields[i];
    const auto& value = draft.columns[i].empty() ? store::Value() : draft.columns[i][0];
    if (!is_link_kind(field.kind) || field.read_only || store::is_null(value)) continue;
    const RecordType* target = context.dictionary.find(field.target);
    const std::int64_t id = draft.integer("id");  // 0: a new record, which nothing knows yet
    if (!is_linkable(session, context, *target, value))
      wrong.errors.push_back({field.name, "no_such_record", {}});
    else if (field.hierarchy && id != 0 &&
             is_above_itself(session, draft.type, field, id, std::get<std::int64_t>(value)))
      wrong.errors.push_back({field.name, "above_itself", {}});
  }
  if (!wrong.errors.empty()) return wrong;
  const RecordType& type = draft.type;
  for (const std::size_t i : changed)
    if (type.fields[i].name == type.part_of)
      return check_whole(session, context, type, draft.integer(type.part_of), Action::update);
  return {};
}

Status check_values(const FieldContext& context, const Draft* before, const Draft& after,
                    const std::vector<std::size_t>& changed) {
  Error wrong = make_error(ErrorKind::invalid, "records/invalid");
  for (const std::size_t i : changed) {
    add_retired(context.dictionary, before, after, i, wrong);
    add_unborn(context, after, i, wrong);
    add_unknown_preference(after, i, wrong);
  }
  if (!wrong.errors.empty()) return wrong;
  return {};
}

}  // namespace fokus::records
