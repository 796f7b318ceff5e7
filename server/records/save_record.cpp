// SPDX-License-Identifier: Apache-2.0
// The one way to write: create, update, archive and restore follow the same recipe.
#include "base/text.hpp"
#include "platform/locale.hpp"
#include "records/announce.hpp"
#include "records/derived_fields.hpp"
#include "records/file_fields.hpp"
#include "records/list_plan.hpp"
#include "records/members.hpp"
#include "records/retirement.hpp"
#include "records/rights.hpp"
#include "records/save_checks.hpp"
#include "records/save_steps.hpp"
#include "records/schema.hpp"
#include "records/user_rules.hpp"

namespace fokus::records {
namespace {

namespace json = boost::json;
using access::Action;

std::int64_t insert_row(store::Transaction& tx, const Draft& draft, std::string_view hash) {
  std::vector<store::Param> params;
  for (std::size_t i = 0; i < draft.columns.size(); ++i)
    if (draft.type.fields[i].name != "id")
      params.insert(params.end(), draft.columns[i].begin(), draft.columns[i].end());
  params.emplace_back(hash);
  return tx.insert(draft.type.insert, store::Params(params));
}

// What the input names, and what follows from it.
std::vector<std::size_t> touched_fields(const RecordType& type, const json::object& input,
                                        std::vector<std::size_t> changed) {
  for (std::size_t i = 0; i < type.fields.size(); ++i)
    if (input.contains(type.fields[i].name) &&
        std::find(changed.begin(), changed.end(), i) == changed.end())
      changed.push_back(i);
  return changed;
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
  if (is_retired(type)) return make_error(ErrorKind::conflict, "records/type_retired");

  Draft draft(type);
  TRY(parse_input(fields, scope, draft, values));
  TRY(resolve_files(tx, inner_->sql, scope, draft, nullptr, {}));
  auto points = TRY(parse_contact_points(values, type)).value_or(std::vector<ContactPoint>());
  TRY(apply_defaults(fields, draft, values));
  if (type.contact_points) merge_contact_points(draft, values, points);
  TRY(derive_fields(fields, draft, nullptr, values));
  if (inner_->save_rule) TRY(inner_->save_rule(scope, draft, nullptr));
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
  TRY(check_values(fields, nullptr, draft, given));
  TRY(check_links(tx, context, draft, given));
  const auto members = TRY(parse_members(tx, context, *inner_, type, {}, values));
  const bool owned_by_reach =
      may_touch(scope, type, Action::create, UserId{type.owned ? draft.integer("owner") : 0},
                GroupId{type.owned ? draft.integer("owner_group") : 0});
  if (!owned_by_reach) return make_error(ErrorKind::forbidden, "records/forbidden");

  try {
    std::string payload = render_changes(nullptr, draft, given);
    // What a mirrored field brings into the list, its own change tells.
    if (values.contains("contact_points")) add_contact_point_change(payload, nullptr, points);
    add_member_changes(payload, members, true);
    const HistoryEntry entry{type, 1, context.now, scope.actor, provenance, std::move(payload)};
    const HistorySeal seal = seal_history(entry, "");
    const RecordId id{insert_row(tx, draft, seal.hash)};
    save_contact_points(tx, inner_->sql, type, id, points);
    save_members(tx, context, *inner_, type, id, members);
    TRY(save_files(tx, inner_->sql, context, draft, id, given));
    save_search_entry(tx, *inner_, draft, id, points);
    const WatchedRecord after{draft, points};
    tell_watch(tx, *inner_, type, id, nullptr, &after);
    finish_save(tx, *inner_, draft, id, entry, seal, "created");
    announce_sums(tx, inner_->sql, context, nullptr, draft);
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
  const Stored stored =
      TRY(read_checked(tx, context, inner_->sql, type, id, Place::live, Action::update));
  const std::int64_t version = stored.draft.integer("version");
  TRY(check_version(stored.draft, expected_version));
  Draft draft = stored.draft;
  TRY(parse_input(fields, scope, draft, changes));
  TRY(resolve_files(tx, inner_->sql, scope, draft, &stored.draft, id));
  auto given_points = TRY(parse_contact_points(changes, type));
  const auto points_before = read_contact_points(tx, inner_->sql, type, id);
  auto points = given_points.value_or(points_before);
  if (type.contact_points) merge_contact_points(draft, changes, points);
  TRY(derive_fields(fields, draft, &stored.draft, changes));
  if (inner_->save_rule) TRY(inner_->save_rule(scope, draft, &stored.draft));
  TRY(fill_base_amounts(fields, draft, &stored.draft));
  set_owner_group(tx, inner_->sql, scope, draft);
  auto changed = changed_fields(stored.draft, draft);
  const auto members = TRY(parse_members(tx, context, *inner_, type, id, changes));
  if (changed.empty() && points == points_before && members.empty())
    return Saved{id, version, false};
  TRY(check_required(draft, touched_fields(type, changes, changed)));
  // What is brought back was taken when it could be.
  if (provenance.action != "undo") TRY(check_values(fields, &stored.draft, draft, changed));
  TRY(check_links(tx, context, draft, changed));
  std::string payload = render_changes(&stored.draft, draft, changed);
  if (given_points) add_contact_point_change(payload, &points_before, points);
  add_member_changes(payload, members, false);
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
    save_members(tx, context, *inner_, type, id, members);
    TRY(save_files(tx, inner_->sql, context, draft, id, changed));
    save_search_entry(tx, *inner_, draft, id, points);
    const WatchedRecord before{stored.draft, points_before}, after{draft, points};
    tell_watch(tx, *inner_, type, id, &before, &after);
    finish_save(tx, *inner_, draft, id, entry, seal, "changed");
    announce_gone(tx, inner_->sql, stored.draft, draft, id, entry);
    announce_sums(tx, inner_->sql, context, &stored.draft, draft);
    return Saved{id, version + 1, true};
  } catch (const store::Failure& failure) {
    if (failure.kind != store::FailureKind::unique) throw;
    return unique_error(failure);
  }
}

namespace {

struct BinMove {
  const Provenance& provenance;
  std::optional<std::int64_t> expected_version;
  bool archiving;
};

Result<Saved> move_to_bin(store::Transaction& tx, const Records::Inner& inner, const Scope& scope,
                          const Dictionary& dictionary, const RecordType& type, RecordId id,
                          const BinMove& move) {
  const auto& [provenance, expected_version, archiving] = move;
  const auto context = inner.criteria_context(tx, scope, dictionary);
  const Stored stored = TRY(read_checked(tx, context, inner.sql, type, id,
                                         archiving ? Place::live : Place::bin, Action::archive));
  TRY(check_version(stored.draft, expected_version));
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
  const auto points = read_contact_points(tx, inner.sql, type, id);
  if (archiving)
    remove_search_entry(tx, inner, type, id);
  else
    save_search_entry(tx, inner, draft, id, points);
  const WatchedRecord live{draft, points};
  tell_watch(tx, inner, type, id, archiving ? &live : nullptr, archiving ? nullptr : &live);
  finish_save(tx, inner, draft, id, entry, seal, archiving ? "archived" : "restored");
  announce_sums(tx, inner.sql, context, nullptr, draft);
  return Saved{id, draft.integer("version"), true};
}

}  // namespace

Result<Saved> Records::archive(store::Transaction& tx, const Scope& scope, const RecordType& type,
                               RecordId id, const Provenance& provenance,
                               std::optional<std::int64_t> expected_version) const {
  const auto dictionary = dictionary_ptr();
  return move_to_bin(tx, *inner_, scope, *dictionary, type, id,
                     {provenance, expected_version, true});
}

Result<Saved> Records::restore(store::Transaction& tx, const Scope& scope, const RecordType& type,
                               RecordId id, const Provenance& provenance,
                               std::optional<std::int64_t> expected_version) const {
  const auto dictionary = dictionary_ptr();
  return move_to_bin(tx, *inner_, scope, *dictionary, type, id,
                     {provenance, expected_version, false});
}

Records::Inner::Inner(Parts parts)
    : sql(parts.statements),
      clock(parts.clock),
      holder(parts.dictionary),
      plans(std::make_unique<PlanCache>()) {}
Records::Inner::~Inner() = default;

Records::Records(Parts parts) : inner_(std::make_unique<Inner>(parts)) {}
Records::~Records() = default;
void Records::set_selections(SelectionLookup lookup) {
  inner_->selections = std::move(lookup);
}

void Records::set_duplicate_check(DuplicateCheck check) {
  inner_->duplicate_check = std::move(check);
}

void Records::set_record_watch(RecordWatch watch) {
  inner_->watch = std::move(watch);
}

void Records::set_save_rule(SaveRule rule) {
  inner_->save_rule = std::move(rule);
}

Status Records::check_duplicates(store::Session& session, const Scope& scope,
                                 const RecordType& type, const json::object& values) const {
  if (!inner_->duplicate_check || !check_type_right(scope, type, Action::create).ok()) return {};
  return inner_->duplicate_check(session, scope, type, values);
}

void Records::set_search_written(std::function<void()> callback) {
  inner_->search_written = std::move(callback);
}

DictionaryPtr Records::dictionary_ptr() const {
  return inner_->holder.current();
}

}  // namespace fokus::records
