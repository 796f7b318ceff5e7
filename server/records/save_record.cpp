// SPDX-License-Identifier: Apache-2.0
// The one way to write: create, update, archive and restore follow the same recipe.
#include "access/parts.hpp"
#include "base/text.hpp"
#include "platform/locale.hpp"
#include "records/file_fields.hpp"
#include "records/history.hpp"
#include "records/inner.hpp"
#include "records/rights.hpp"
#include "records/schema.hpp"
#include "records/user_rules.hpp"

namespace fokus::records {
namespace {

constexpr std::size_t links_max = 500;  // members of one field, as many as a read shows

namespace json = boost::json;
using access::Action;

// The row as it is stored, with what the recipe needs beside the fields.
struct Stored {
  Draft draft;
  std::string history_hash;
};

void set(Draft& draft, std::string_view field, store::Value value) {
  if (draft.has(field)) draft[field] = {std::move(value)};
}

store::Value id_or_null(std::int64_t id) {
  return id == 0 ? store::Value() : store::Value(id);
}

// The group of a record is its owner's primary group, kept with the row so that circles are plain
// column comparisons.
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

// It is there, not in the bin, and the actor may see it.
bool is_linkable(store::Session& session, const CriteriaContext& context, const RecordType& target,
                 const store::Value& id) {
  SqlText sql{"SELECT 1 FROM " + target.table + " t WHERE t.id = ", {}};
  sql.text += sql.bind(id) + " AND t.archived_at IS NULL";
  if (!target.system) {
    sql.text += " AND ";
    if (!append_rights(context, target, Action::read, "t", sql)) sql.text += "1=1";
  }
  const auto params = sql.params();
  return session.query(sql.text, store::Params(params))->next();
}

// A link must lead to something the actor can see, else it would be a way to ask what exists.
Status check_links(store::Session& session, const CriteriaContext& context, const Draft& draft,
                   const std::vector<std::size_t>& changed) {
  Error wrong = make_error(ErrorKind::invalid, "records/invalid");
  for (const std::size_t i : changed) {
    const Field& field = draft.type.fields[i];
    if (!is_link_kind(field.kind) || field.read_only || store::is_null(draft.columns[i][0]))
      continue;
    const RecordType* target = context.dictionary.find(field.target);
    if (!is_linkable(session, context, *target, draft.columns[i][0]))
      wrong.errors.push_back({field.name, "no_such_record", {}});
  }
  if (!wrong.errors.empty()) return wrong;
  return {};
}

// Members of a `links` field are relations of kind "<type>.<field>".
Status save_links(store::Transaction& tx, const CriteriaContext& context,
                  const Records::Inner& inner, const Draft& draft, RecordId id,
                  const json::object& input) {
  for (const auto& field : draft.type.fields) {
    const auto* given = field.kind == FieldKind::links ? input.if_contains(field.name) : nullptr;
    if (!given) continue;
    const std::string kind = draft.type.name + "." + field.name;
    tx.execute(inner.sql["records.remove_relations_of_kind"], {draft.type.name, id, kind});
    if (given->is_null()) continue;
    if (given->get_array().size() > links_max)
      return field_error("records/invalid", field.name, "too_many",
                         {{"max", std::to_string(links_max)}});
    for (const auto& one : given->get_array()) {
      const auto column =
          link_field.parse(inner.field_context(context.scope, context.dictionary), field, one);
      if (!column) return field_error("records/invalid", field.name, "not_a_link");
      if (!is_linkable(tx, context, *context.dictionary.find(field.target), column->at(0)))
        return field_error("records/invalid", field.name, "no_such_record");
      tx.execute(inner.sql["records.add_relation"],
                 {kind, draft.type.name, id, field.target, column->at(0), nullptr, context.now,
                  context.scope.actor.user});
    }
  }
  return {};
}

std::int64_t insert_row(store::Transaction& tx, const Draft& draft, std::string_view hash) {
  std::vector<store::Param> params;
  for (std::size_t i = 0; i < draft.columns.size(); ++i)
    if (draft.type.fields[i].name != "id")
      params.insert(params.end(), draft.columns[i].begin(), draft.columns[i].end());
  params.emplace_back(hash);
  return tx.insert(draft.type.insert, store::Params(params));
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

// History and event: what every save ends with.
void finish_save(store::Transaction& tx, const Records::Inner& inner, const Draft& draft,
                 RecordId id, const HistoryEntry& entry, const HistorySeal& seal,
                 std::string_view event) {
  add_history(tx, inner.sql, entry, seal, id);
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

// Reads the row for a change: within the right to do `action`, locked until the end. Tells "not
// there or not to be seen" (404) from "to be seen but not to be changed" (403).
Result<Stored> read_for_change(store::Transaction& tx, const CriteriaContext& context,
                               const RecordType& type, RecordId id, bool in_bin) {
  const auto read = [&](Action action) -> std::optional<Stored> {
    SqlText sql{"SELECT " + type.draft_columns + " FROM " + type.table + " t WHERE t.id = ", {}};
    sql.text +=
        sql.bind(id.value) + " AND t.archived_at IS " + (in_bin ? "NOT NULL" : "NULL") + " AND ";
    if (!append_rights(context, type, action, "t", sql)) sql.text += "1=1";
    if (tx.engine() == store::Engine::postgres) sql.text += " FOR UPDATE OF t";
    const auto params = sql.params();
    auto rows = tx.query(sql.text, store::Params(params));
    if (!rows->next()) return std::nullopt;
    Stored out{Draft(type), {}};
    read_draft(out.draft, *rows, 0);
    out.history_hash = std::string(rows->text(rows->column_count() - 1));
    while (rows->next()) {
    }
    return out;
  };
  auto visible = read(Action::read);
  if (!visible) return make_error(ErrorKind::not_found, "records/not_found");
  return std::move(*visible);
}

Result<Stored> read_checked(store::Transaction& tx, const CriteriaContext& context,
                            const RecordType& type, RecordId id, bool in_bin, Action action) {
  auto stored = TRY(read_for_change(tx, context, type, id, in_bin));
  const UserId owner{type.owned ? stored.draft.integer("owner") : 0};
  const GroupId group{type.owned ? stored.draft.integer("owner_group") : 0};
  TRY(check_type_right(context.scope, type, action));
  if (!may_touch(context.scope, type, action, owner, group))
    return make_error(ErrorKind::forbidden, "records/forbidden");
  return stored;
}

void touch(Draft& draft, const CriteriaContext& context) {
  set(draft, "version", draft.integer("version") + 1);
  set(draft, "updated_at", context.now.ms);
  set(draft, "updated_by", id_or_null(context.scope.actor.user.value));
}

// Turns the engine's word about a unique index into the field's name.
Error unique_error(const store::Failure& failure) {
  std::string field = failure.columns.empty() ? "" : failure.columns.front();
  if (field.ends_with("_f")) field.resize(field.size() - 2);
  Error out = field_error("records/not_unique", field, "taken");
  out.kind = ErrorKind::conflict;
  return out;
}

}  // namespace

FieldContext Records::Inner::field_context(const Scope& scope, const Dictionary& dictionary) const {
  const Instant now = clock.now();
  const auto zone = TimeZone::find(scope.actor.time_zone).value_or(TimeZone::utc());
  return {dictionary,
          dictionary.installation.base_currency,
          scope.actor.user,
          scope.actor.primary_group,
          now,
          zone.date_of(now)};
}

CriteriaContext Records::Inner::criteria_context(store::Session& session, const Scope& scope,
                                                 const Dictionary& dictionary) const {
  CriteriaContext context{dictionary, scope, clock.now(), session.engine()};
  context.base_scale = currency_scale(dictionary.installation.base_currency);
  if (selections)
    context.selections = [this, &session, &scope](const RecordType& type, std::int64_t id) {
      return selections(session, scope, type, id);
    };
  return context;
}

Result<Saved> Records::create(store::Transaction& tx, const Scope& scope, const RecordType& type,
                              const json::object& values, const Provenance& provenance) const {
  const auto dictionary = dictionary_ptr();
  const auto context = inner_->criteria_context(tx, scope, *dictionary);
  const auto fields = inner_->field_context(scope, *dictionary);
  TRY(check_type_right(scope, type, Action::create));

  Draft draft(type);
  TRY(parse_input(fields, scope, draft, values));
  TRY(resolve_files(tx, inner_->sql, scope, draft, nullptr, {}));
  auto points = TRY(parse_contact_points(values, type)).value_or(std::vector<ContactPoint>());
  TRY(apply_defaults(fields, draft, values));
  if (type.contact_points) merge_contact_points(draft, values, points);
  compute_fields(draft);
  TRY(fill_base_amounts(fields, draft, nullptr));
  set(draft, "version", std::int64_t{1});
  for (const char* at : {"created_at", "updated_at"}) set(draft, at, context.now.ms);
  for (const char* by : {"created_by", "updated_by"})
    set(draft, by, id_or_null(scope.actor.user.value));
  set(draft, "restricted", std::int64_t{0});
  set(draft, "source", id_or_null(provenance.source));
  set_owner_group(tx, inner_->sql, scope, draft);
  TRY(check_required(draft));
  const auto given = changed_fields(Draft(type), draft);
  TRY(check_links(tx, context, draft, given));
  const bool owned_by_reach =
      may_touch(scope, type, Action::create, UserId{type.owned ? draft.integer("owner") : 0},
                GroupId{type.owned ? draft.integer("owner_group") : 0});
  if (!owned_by_reach) return make_error(ErrorKind::forbidden, "records/forbidden");
  if (inner_->duplicate_check) TRY(inner_->duplicate_check(tx, scope, type, values));

  try {
    std::string payload = render_changes(nullptr, draft, given);
    // What a mirrored field brings into the list, its own change tells.
    if (values.contains("contact_points")) add_contact_point_change(payload, nullptr, points);
    const HistoryEntry entry{type, 1, context.now, scope.actor, provenance, std::move(payload)};
    const HistorySeal seal = seal_history(entry, "");
    const RecordId id{insert_row(tx, draft, seal.hash)};
    save_contact_points(tx, inner_->sql, type, id, points);
    TRY(save_links(tx, context, *inner_, draft, id, values));
    TRY(save_files(tx, inner_->sql, context, draft, id, given));
    save_search_entry(tx, *inner_, draft, id, points);
    finish_save(tx, *inner_, draft, id, entry, seal, "created");
    return Saved{id, 1, true};
  } catch (const store::Failure& failure) {
    if (failure.kind != store::FailureKind::unique) throw;
    return unique_error(failure);
  }
}

Result<Saved> Records::update(store::Transaction& tx, const Scope& scope, const RecordType& type,
                              RecordId id, const json::object& changes,
                              std::optional<std::int64_t> expected_version,
                              const Provenance& provenance) const {
  const auto dictionary = dictionary_ptr();
  const auto context = inner_->criteria_context(tx, scope, *dictionary);
  const auto fields = inner_->field_context(scope, *dictionary);
  const Stored stored = TRY(read_checked(tx, context, type, id, false, Action::update));
  const std::int64_t version = stored.draft.integer("version");
  if (expected_version && *expected_version != version) {
    Error stale = make_error(ErrorKind::stale, "records/stale");
    stale.params["current_version"] = std::to_string(version);
    return stale;
  }
  Draft draft = stored.draft;
  TRY(parse_input(fields, scope, draft, changes));
  TRY(resolve_files(tx, inner_->sql, scope, draft, &stored.draft, id));
  auto given_points = TRY(parse_contact_points(changes, type));
  const auto points_before = read_contact_points(tx, inner_->sql, type, id);
  auto points = given_points.value_or(points_before);
  if (type.contact_points) merge_contact_points(draft, changes, points);
  compute_fields(draft);
  TRY(fill_base_amounts(fields, draft, &stored.draft));
  set_owner_group(tx, inner_->sql, scope, draft);
  auto changed = changed_fields(stored.draft, draft);
  const bool links_given = std::any_of(type.fields.begin(), type.fields.end(), [&](const Field& f) {
    return f.kind == FieldKind::links && changes.contains(f.name);
  });
  if (changed.empty() && points == points_before && !links_given) return Saved{id, version, false};
  TRY(check_required(draft));
  TRY(check_links(tx, context, draft, changed));
  std::string payload = render_changes(&stored.draft, draft, changed);
  if (given_points) add_contact_point_change(payload, &points_before, points);
  const HistoryEntry entry{type,        version + 1, context.now,
                           scope.actor, provenance,  std::move(payload)};
  const HistorySeal seal = seal_history(entry, stored.history_hash);
  touch(draft, context);
  try {
    const auto administrators = count_administrators(tx, inner_->sql, type);
    update_row(tx, draft, id, changed_fields(stored.draft, draft), seal.hash);
    TRY(follow_user_change(tx, inner_->sql, *dictionary, id,
                           {stored.draft, draft, administrators}));
    if (points != points_before) {
      tx.execute(inner_->sql["records.remove_contact_points"], {type.name, id});
      save_contact_points(tx, inner_->sql, type, id, points);
    }
    TRY(save_links(tx, context, *inner_, draft, id, changes));
    TRY(save_files(tx, inner_->sql, context, draft, id, changed));
    save_search_entry(tx, *inner_, draft, id, points);
    finish_save(tx, *inner_, draft, id, entry, seal, "changed");
    return Saved{id, version + 1, true};
  } catch (const store::Failure& failure) {
    if (failure.kind != store::FailureKind::unique) throw;
    return unique_error(failure);
  }
}

namespace {

Result<Saved> move_to_bin(store::Transaction& tx, const Records::Inner& inner, const Scope& scope,
                          const Dictionary& dictionary, const RecordType& type, RecordId id,
                          Provenance provenance, bool archiving) {
  const auto context = inner.criteria_context(tx, scope, dictionary);
  const Stored stored = TRY(read_checked(tx, context, type, id, !archiving, Action::archive));
  Draft draft = stored.draft;
  set(draft, "archived_at", archiving ? store::Value(context.now.ms) : store::Value());
  const auto changed = changed_fields(stored.draft, draft);
  const HistoryEntry entry{type,        draft.integer("version") + 1,
                           context.now, scope.actor,
                           provenance,  render_changes(&stored.draft, draft, changed)};
  const HistorySeal seal = seal_history(entry, stored.history_hash);
  touch(draft, context);
  const auto administrators = count_administrators(tx, inner.sql, type);
  update_row(tx, draft, id, changed_fields(stored.draft, draft), seal.hash);
  TRY(follow_user_change(tx, inner.sql, dictionary, id, {stored.draft, draft, administrators}));
  if (archiving)
    remove_search_entry(tx, inner, type, id);
  else
    save_search_entry(tx, inner, draft, id, read_contact_points(tx, inner.sql, type, id));
  finish_save(tx, inner, draft, id, entry, seal, archiving ? "archived" : "restored");
  return Saved{id, draft.integer("version"), true};
}

}  // namespace

Result<Saved> Records::archive(store::Transaction& tx, const Scope& scope, const RecordType& type,
                               RecordId id, const Provenance& provenance) const {
  const auto dictionary = dictionary_ptr();
  return move_to_bin(tx, *inner_, scope, *dictionary, type, id, provenance, true);
}

Result<Saved> Records::restore(store::Transaction& tx, const Scope& scope, const RecordType& type,
                               RecordId id, const Provenance& provenance) const {
  const auto dictionary = dictionary_ptr();
  return move_to_bin(tx, *inner_, scope, *dictionary, type, id, provenance, false);
}

Records::Records(Parts parts) : inner_(std::make_unique<Inner>(parts)) {}
Records::~Records() = default;
void Records::set_selections(SelectionLookup lookup) {
  inner_->selections = std::move(lookup);
}

void Records::set_duplicate_check(DuplicateCheck check) {
  inner_->duplicate_check = std::move(check);
}
DictionaryPtr Records::dictionary_ptr() const {
  return inner_->holder.current();
}

}  // namespace fokus::records
