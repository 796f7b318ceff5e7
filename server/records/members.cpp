// SPDX-License-Identifier: Apache-2.0
#include "records/members.hpp"

#include <set>

#include "records/save_checks.hpp"

namespace fokus::records {
namespace {

namespace json = boost::json;

using Ids = std::vector<std::int64_t>;

std::string kind_of(const RecordType& type, const Field& field) {
  return type.name + "." + field.name;
}

bool contains(const Ids& ids, std::int64_t id) {
  return std::find(ids.begin(), ids.end(), id) != ids.end();
}

bool is_same_set(const Ids& a, const Ids& b) {
  return std::set(a.begin(), a.end()) == std::set(b.begin(), b.end());
}

Ids ids_of(const json::value* list) {
  Ids out;
  if (list && list->is_array())
    for (const auto& id : list->get_array())
      if (id.is_int64()) out.push_back(id.get_int64());
  return out;
}

// Null and blank are "no members", as for every kind of field.
Result<Ids> parse_ids(const FieldContext& fields, const Field& field, const json::value& given) {
  Ids out;
  if (!given.is_array()) return out;
  if (given.get_array().size() > limits::members_max)
    return field_error("records/invalid", field.name, "too_many",
                       {{"max", std::to_string(limits::members_max)}});
  for (const auto& one : given.get_array()) {
    const auto column = link_field.parse(fields, field, one);
    if (!column) return field_error("records/invalid", field.name, "not_a_link");
    const auto id = std::get<std::int64_t>(column->at(0));
    if (!contains(out, id)) out.push_back(id);
  }
  return out;
}

Result<Ids> members_after(store::Session& session, const CriteriaContext& context,
                          const Field& field, const Ids& before, Ids given) {
  const RecordType& target = *context.dictionary.find(field.target);
  for (const auto id : given)
    if (!is_linkable(session, context, target, id))
      return field_error("records/invalid", field.name, "no_such_record");
  Ids out;
  for (const auto id : before)
    if (contains(given, id) || !is_linkable(session, context, target, id)) out.push_back(id);
  for (const auto id : given)
    if (!contains(out, id)) out.push_back(id);
  return out;
}

void write_ids(JsonWriter& writer, std::string_view key, const Ids& ids) {
  writer.key(key).begin_array();
  for (const auto id : ids) writer.value(id);
  writer.end_array();
}

}  // namespace

Ids read_members(store::Session& session, const store::Statements& sql, const RecordType& type,
                 const Field& field, RecordId id) {
  Ids out;
  auto rows = session.query(sql["records.list_members"], {type.name, id, kind_of(type, field)});
  while (rows->next()) out.push_back(rows->integer(0));
  return out;
}

Result<std::vector<MemberChange>> parse_members(store::Session& session,
                                                const CriteriaContext& context,
                                                const Records::Inner& inner, const RecordType& type,
                                                std::optional<RecordId> id,
                                                const json::object& input) {
  std::vector<MemberChange> out;
  for (const auto& field : type.fields) {
    const auto* given = field.kind == FieldKind::links ? input.if_contains(field.name) : nullptr;
    if (!given) continue;
    MemberChange change{&field, {}, {}};
    auto ids =
        TRY(parse_ids(inner.field_context(context.scope, context.dictionary), field, *given));
    if (id) change.before = read_members(session, inner.sql, type, field, *id);
    change.after = TRY(members_after(session, context, field, change.before, std::move(ids)));
    if (!is_same_set(change.before, change.after)) out.push_back(std::move(change));
  }
  return out;
}

void save_members(store::Transaction& tx, const CriteriaContext& context,
                  const Records::Inner& inner, const RecordType& type, RecordId id,
                  const std::vector<MemberChange>& changes) {
  for (const auto& change : changes) {
    const std::string kind = kind_of(type, *change.field);
    const std::string& target = change.field->target;
    for (const auto member : change.before)
      if (!contains(change.after, member))
        tx.execute(inner.sql["records.remove_member"], {type.name, id, kind, target, member});
    for (const auto member : change.after)
      if (!contains(change.before, member))
        tx.execute(inner.sql["records.add_relation"], {kind, type.name, id, target, member, nullptr,
                                                       context.now, context.scope.actor.user});
  }
}

void add_member_changes(std::string& payload, const std::vector<MemberChange>& changes,
                        bool is_new) {
  for (const auto& change : changes) {
    std::string text;
    JsonWriter writer(text);
    writer.begin_object().field("field", change.field->name);
    if (!is_new) write_ids(writer, "old", change.before);
    write_ids(writer, "new", change.after);
    writer.end_object();
    append_change(payload, text);
  }
}

std::optional<MemberReversal> reverse_members(store::Session& session,
                                              const CriteriaContext& context,
                                              const store::Statements& sql, const RecordType& type,
                                              const Field& field, RecordId id,
                                              const json::object& change) {
  const auto now = read_members(session, sql, type, field, id);
  if (!is_same_set(now, ids_of(change.if_contains("new")))) return std::nullopt;
  const RecordType& target = *context.dictionary.find(field.target);
  MemberReversal out;
  for (const auto member : ids_of(change.if_contains("old"))) {
    if (is_linkable(session, context, target, member))
      out.members.emplace_back(member);
    else if (!contains(now, member))
      out.lost = true;
  }
  return out;
}

}  // namespace fokus::records
