// SPDX-License-Identifier: Apache-2.0
#include "records/save_steps.hpp"

#include "access/parts.hpp"
#include "records/merged.hpp"
#include "records/origins.hpp"
#include "records/rights.hpp"
#include "records/schema.hpp"
#include "records/wholes.hpp"

namespace fokus::records {
namespace {

using access::Action;

std::optional<Stored> read_row(store::Session& session, const RecordType& type, SqlText& sql,
                               bool locked) {
  if (locked && session.engine() == store::Engine::postgres) sql.text += " FOR UPDATE OF t";
  const auto params = sql.params();
  auto rows = session.query(sql.text, store::Params(params));
  if (!rows->next()) return std::nullopt;
  Stored out{Draft(type), {}};
  read_draft(out.draft, *rows, 0);
  out.history_hash = std::string(rows->text(rows->column_count() - 1));
  while (rows->next()) {
  }
  return out;
}

SqlText select_row(const RecordType& type, RecordId id) {
  SqlText sql{"SELECT " + type.draft_columns + " FROM " + type.table + " t WHERE t.id = ", {}};
  sql.text += sql.bind(id.value);
  return sql;
}

// Tells "not there or not to be seen" (404) from "to be seen but not to be changed" (403).
Result<Stored> read_visible(store::Session& session, const CriteriaContext& context,
                            const store::Statements& statements, const RecordType& type,
                            RecordId id, Place place, bool locked) {
  SqlText sql = select_row(type, id);
  const bool in_bin = place == Place::bin;
  sql.text +=
      in_bin ? " AND t.archived_at IS NOT NULL" + not_merged(type) : " AND t.archived_at IS NULL";
  sql.text += " AND ";
  if (!append_rights(context, type, Action::read, "t", sql)) sql.text += "1=1";
  auto found = read_row(session, type, sql, locked);
  if (found) return std::move(*found);
  return not_there({session, statements, context}, type, id, ErrorKind::conflict);
}

Status check_action(store::Session& session, const CriteriaContext& context, const RecordType& type,
                    const Draft& draft, Action action) {
  const UserId owner{type.owned ? draft.integer("owner") : 0};
  const GroupId group{type.owned ? draft.integer("owner_group") : 0};
  TRY(check_type_right(context.scope, type, action));
  if (!may_touch(context.scope, type, action, owner, group))
    return make_error(ErrorKind::forbidden, "records/forbidden");
  if (type.part_of.empty()) return {};
  return check_whole(session, context, type, draft.integer(type.part_of), action);
}

}  // namespace

Result<Stored> read_checked(store::Transaction& tx, const CriteriaContext& context,
                            const store::Statements& sql, const RecordType& type, RecordId id,
                            Place place, Action action) {
  auto stored = TRY(read_visible(tx, context, sql, type, id, place, true));
  TRY(check_action(tx, context, type, stored.draft, action));
  return stored;
}

Result<Stored> read_checked_quietly(store::Session& session, const CriteriaContext& context,
                                    const store::Statements& sql, const RecordType& type,
                                    RecordId id, Action action) {
  auto stored = TRY(read_visible(session, context, sql, type, id, Place::live, false));
  TRY(check_action(session, context, type, stored.draft, action));
  return stored;
}

std::optional<Stored> read_stored(store::Session& session, const RecordType& type, RecordId id,
                                  bool locked) {
  SqlText sql = select_row(type, id);
  return read_row(session, type, sql, locked);
}

void set(Draft& draft, std::string_view field, store::Value value) {
  if (draft.has(field)) draft[field] = {std::move(value)};
}

store::Value id_or_null(std::int64_t id) {
  return id == 0 ? store::Value() : store::Value(id);
}

void set_owner_group(store::Session& session, const store::Statements& sql, const Scope& scope,
                     Draft& draft) {
  if (!draft.type.owned) return;
  const std::int64_t owner = draft.integer("owner");
  const std::int64_t group = owner == 0 ? 0
                             : owner == scope.actor.user.value
                                 ? scope.actor.primary_group.value
                                 : session.query_integer(sql["records.user_group"], {owner});
  set(draft, "owner_group", id_or_null(group));
}

void update_row(store::Transaction& tx, const Draft& draft, RecordId id,
                const std::vector<std::size_t>& changed, std::string_view hash) {
  std::string text = "UPDATE " + draft.type.table + " SET " + history_hash_column + " = $1";
  std::vector<store::Param> params{hash};
  for (const std::size_t i : changed) {
    const auto& names = columns_of(draft.type.fields[i]);
    for (std::size_t c = 0; c < names.size(); ++c) {
      params.emplace_back(draft.columns[i][c]);
      text += ", " + names[c].name + " = $" + std::to_string(params.size());
    }
  }
  params.emplace_back(id);
  tx.execute(text + " WHERE id = $" + std::to_string(params.size()), store::Params(params));
}

void finish_save(store::Transaction& tx, const Records::Inner& inner, const Draft& draft,
                 RecordId id, const HistoryEntry& entry, const HistorySeal& seal,
                 std::string_view event) {
  add_history(tx, inner.sql, entry, seal, id);
  keep_origins(tx, inner.sql, entry, id);
  const auto column = [&](const char* field) {
    return draft.has(field) ? draft[field][0] : store::Value();
  };
  const store::Value owner = column("owner"), group = column("owner_group");
  tx.execute(inner.sql["records.add_event"],
             {entry.at, event, draft.type.name, id, entry.version, owner, group,
              draft.has("restricted") && draft.integer("restricted") != 0, entry.actor.user});
  tx.notify("events", draft.type.name);
  // Users and groups decide what others may do: nobody keeps working with yesterday's rights.
  if (draft.type.system) tx.notify(access::access_changed_channel, draft.type.name);
}

Status check_version(const Draft& stored, std::optional<std::int64_t> expected) {
  const std::int64_t current = stored.integer("version");
  if (!expected || *expected == current) return {};
  Error stale = make_error(ErrorKind::stale, "records/stale");
  stale.params["id"] = std::to_string(stored.integer("id"));
  stale.params["current_version"] = std::to_string(current);
  return stale;
}

void touch(Draft& draft, const CriteriaContext& context) {
  set(draft, "version", draft.integer("version") + 1);
  set(draft, "updated_at", context.now.ms);
  set(draft, "updated_by", id_or_null(context.scope.actor.user.value));
}

void tell_watch(store::Transaction& tx, const Records::Inner& inner, const RecordType& type,
                RecordId id, const WatchedRecord* before, const WatchedRecord* after) {
  if (inner.watch) inner.watch(tx, type, id, before, after);
}

Error unique_error(const store::Failure& failure) {
  std::string field = failure.columns.empty() ? "" : failure.columns.front();
  if (field.ends_with("_f")) field.resize(field.size() - 2);
  Error out = field_error("records/not_unique", field, "taken");
  out.kind = ErrorKind::conflict;
  return out;
}

}  // namespace fokus::records
