// SPDX-License-Identifier: Apache-2.0
// tidy: table
#include "features/merge/references.hpp"

#include <array>
#include <set>

#include "base/text.hpp"
#include "records/schema.hpp"

namespace fokus::merge {
namespace {

using records::FieldKind;

constexpr std::array tables = std::to_array<KnownTable>({
    // --- moved, and moved back by an undo ---
    {"contact_points", "record_type record_id", "joined: each once, one primary per kind",
     "id kind label value value_f is_primary position street street_f postcode postcode_f city "
     "city_f region region_f country country_f"},
    {"relations", "from_type from_id to_type to_id",
     "moved; what would be twice or lead to itself "
     "goes",
     "id kind note created_at created_by"},
    {"files", "record_type record_id", "moved",
     "id token sha256 size_bytes name media_type "
     "created_at created_by field"},
    {"file_versions", "record_type record_id", "moved behind the kept record's own",
     "id field number file restored_from created_at created_by"},
    {"selection_members", "record_id", "moved; what would be twice goes",
     "selection left_at joined_at joined_by joined_batch left_batch"},
    {"selections", "filter", "numbers of merged records in criteria are rewritten",
     "id version name name_f record_type kind description category owner visible_for groups "
     "completed operation first second keeps_history retention_days created_at updated_at"},
    {"views", "definition", "numbers of merged records in criteria are rewritten",
     "id version record_type name owner visible_for groups created_at updated_at"},
    {"dashboards", "content", "numbers of merged records in criteria are rewritten",
     "id version name description owner visible_for groups pinned standard created_at updated_at "
     "updated_by"},
    {"standard_tile_changes", "definition", "numbers of merged records in criteria are rewritten",
     "tile changed_at changed_by"},
    {"layouts", "content", "numbers of merged records in criteria are rewritten",
     "id record_type role version changed_at changed_by"},
    {"sales_guide_steps", "sale activity", "stays: how far that sale came in the guide",
     "suggestion state changed_at changed_by"},
    {"record_watches", "record_type record_id", "moved; what would be twice goes", "user_id since"},
    {"dav_resources", "record_type record_id",
     "stays, and is used again after an undo; a phone is told that the merged one is gone",
     "id user_id name uid body digest whole_state saved_at"},
    {"register_checks", "company", "stays: what registers said of that company",
     "provider number name status address digest obtained_on checked_at"},
    {"register_proposals", "company",
     "stays: not shown while the company is in the bin, and again after an undo",
     "id field provider present offered reason state obtained_on found_at decided_at decided_by "
     "batch"},
    {"register_events", "company task", "stays: what happened to that company",
     "id provider kind before_text after_text happened_on found_at"},
    {"activity_participants", "activity", "stays: who was invited to that appointment",
     "user_id answer answered_at invited_at invited_by"},
    // --- follows by itself ---
    {"search_entries", "record_type record_id", "the save recipe keeps it",
     "id name subtitle text owner owner_group restricted"},
    {"duplicate_keys", "record_id", "the save recipe keeps it", "block"},
    {"duplicate_pairs", "record_type left_id right_id",
     "stays: a pair with a merged record is shown no more, and again after an undo",
     "id score open_score scan found_at"},
    {"duplicate_dismissals", "record_type left_id right_id",
     "stays, and is said of the kept record too until an undo", "dismissed_at dismissed_by"},
    {"quality_findings", "record_type record_id",
     "stays: of a merged record they are shown no more, and again after an undo; the kept one is "
     "looked at anew",
     "id rule field severity value_hash found_at dismissed_at dismissed_by reason"},
    {"quality_queue", "record_type record_id", "the save recipe keeps it", "version"},
    {"activity_reminders", "activity", "the save recipe keeps it", "due_at moment reminded"},
    {"notifications", "record_type record_id", "stays: what was told then",
     "id user_id kind at read_at by_user params once_key"},
    {"events", "record_type record_id", "says what happened to that record then",
     "id at kind version owner owner_group restricted actor"},
    {"history", "record_type record_id", "stays: each record has its own chain",
     "id version at actor actor_kind action batch source payload salt payload_hash hash"},
    {"value_origins", "record_type record_id", "the save recipe keeps it",
     "source batch field_set"},
    {"notice_duties", "record_type record_id",
     "stays; what comes with a value that is taken over is due of the kept record too",
     "source state since due_on informed_at informed_by"},
    {"import_questions", "records", "stays: what was found then is looked for again by its keys",
     "id import row_number cells decision"},
    {"egress_log", "record_type record_id", "stays: what was asked of others then",
     "id at connector method host path status error bytes_out bytes_in duration_ms user_id job "
     "persons"},
    {"access_log", "record_type ids", "stays: what was seen then",
     "id at user_id session purpose action count route query_shape remote call_id salt "
     "content_hash hash"},
    {"idempotency_keys", "reply", "stays: what was answered then",
     "user_id key_hash request_hash status type headers created_at"},
    {"jobs", "input state result", "stays: a job that meets a merged record says so",
     "id kind status created_by created_at run_at ended_at attempts progress_done progress_total "
     "error_code lease lease_until schedule created_key"},
    {"batches", "details", "stays: what was asked for then",
     "id kind record_type created_at created_by undone_at"},
    {"dashboard_versions", "page", "stays: what the page was then",
     "dashboard version changed_at changed_by"},
    {"standard_tile_versions", "definition", "stays: what the tile showed then",
     "id tile changed_at changed_by"},
    {"layout_versions", "content", "stays: what the layout was then",
     "layout version changed_at changed_by"},
    {"merged_records", "record_type record_id kept", "the merges' own", "merge"},
    {"merges", "record_type kept merged", "the merges' own",
     "id moved batch created_at created_by undone_at undone_by journal_erased_at"},
    {"merge_images", "image", "the merges' own", "id merge role"},
    {"merge_moves", "row_id old_id", "the merges' own", "merge place"},
    {"merge_rows", "was became", "the merges' own", "id merge place"},
    // --- point at no record that can be merged: users, groups, themselves ---
    {"access_links", "", "", "token_hash kind user_id created_at expires_at used_at"},
    {"access_log_head", "", "", "one last_id hash"},
    {"api_keys", "", "",
     "id token_hash prefix user_id name scopes created_at expires_at "
     "last_used_at revoked_at"},
    {"connectors", "", "",
     "name is_on version base_url hosts fields secrets switched_at switched_by changed_at "
     "changed_by"},
    {"credentials", "", "",
     "user_id password_hash password_changed_at totp_secret totp_enabled "
     "totp_last_step"},
    {"custom_fields", "", "", "record_type name definition created_at created_by"},
    {"custom_types", "", "", "name definition created_at created_by"},
    {"dashboard_favourites", "", "", "user_id dashboard"},
    {"dav_books", "", "", "user_id selection chosen_at"},
    {"dav_collections", "", "", "user_id collection epoch seq floor"},
    {"dav_members", "", "", "user_id collection name etag seq is_gone"},
    {"diary_feeds", "", "", "user_id secret_hash made_at"},
    {"duplicate_rules", "", "", "record_type version rules ask_on_create changed_at changed_by"},
    {"duplicate_scans", "", "",
     "id record_type job started_at started_by ended_at compared found keys"},
    {"duplicate_slots", "", "", "id record_type spec is_built is_retired"},
    {"exchange_rates", "", "", "id currency base valid_from rate updated_at updated_by"},
    {"file_removals", "", "", "id token queued_at"},
    {"import_mappings", "", "",
     "id record_type name fingerprint definition created_by is_shared created_at used_at"},
    {"import_errors", "", "", "id import row_number field code cells name"},
    {"imports", "", "",
     "id record_type name status created_by created_at file size_bytes encoding "
     "delimiter header_offset header_row rows_estimate columns definition counts sample job batch "
     "has_header original form"},
    {"list_items", "", "", "list key label colour position retired extra"},
    {"notification_choices", "", "", "user_id kind in_app"},
    {"origin_field_sets", "", "", "id fields"},
    {"panel_hosts", "", "", "id host generation added_at added_by"},
    {"quality_places", "", "", "country postcode city times counted_at"},
    {"quality_rules", "", "", "id rule_key version definition changed_at changed_by"},
    {"quality_scans", "", "", "record_type scanned_at records"},
    {"quality_snapshots", "", "",
     "record_type scope scope_id day records score_sum findings errors"},
    {"recovery_codes", "", "", "id user_id code_hash used_at"},
    {"register_entries", "", "", "id load number name name_f country city status details words"},
    {"register_loads", "", "",
     "id provider status name file size_bytes obtained_on created_by "
     "created_at ended_at job next_offset next_row row_count bad_rows problems error"},
    {"report_deliveries", "", "",
     "id subscription user_id occasion state attempts next_try_at lease error_code created_at "
     "ended_at"},
    {"report_receivers", "", "", "subscription user_id unsubscribed_at"},
    {"report_subscriptions", "", "",
     "id version owner dashboard tile filters paper subject message frequency days minute zone "
     "is_on next_at created_at updated_at"},
    {"register_update_settings", "", "",
     "provider version is_nightly content changed_at changed_by"},
    {"register_update_runs", "", "", "provider feed_cursor last_run_at last_run"},
    {"roles", "", "", "id key name definition built_in updated_at"},
    {"sales_guide", "", "", "id version content changed_at changed_by"},
    {"search_variants", "", "", "variant word"},
    {"search_words", "", "", "word"},
    {"selection_favourites", "", "", "selection user_id"},
    {"selection_snapshots", "", "", "selection first_taken_at taken_at members outcome"},
    {"selection_visits", "", "", "selection user_id visited_at"},
    {"sessions", "", "",
     "id token_hash user_id created_at last_seen_at expires_at user_agent "
     "remote revoked_at"},
    {"settings", "", "", "key value updated_at updated_by"},
    {"settings_history", "", "", "id at actor actor_kind key old_value new_value"},
    {"sign_in_throttle", "", "", "key failures blocked_until updated_at"},
    {"sources", "", "", "id kind name name_f licence legal_basis obtained_at"},
    {"tile_alerts", "", "",
     "id user_id dashboard tile measure condition value filters is_paused is_beyond number base "
     "checked_at fired_at fired_count created_at"},
    {"user_groups", "", "", "user_id group_id"},
    {"user_roles", "", "", "user_id role_id"},
    {"view_defaults", "", "", "user_id record_type view"},
    {"view_pins", "", "", "user_id view position"},
});

std::set<std::string> known_columns(const records::Dictionary& dictionary) {
  std::set<std::string> out;
  for (const auto& one : tables)
    for (const auto columns : {one.pointing, one.others})
      for (const auto column : split(columns, ' '))
        out.insert(std::string(one.table) + "." + std::string(column));
  for (const auto& [name, type] : dictionary.types) {
    out.insert(type.table + "." + records::history_hash_column);
    for (const auto& field : type.fields)
      for (const auto& column : records::columns_of(field))
        out.insert(type.table + "." + column.name);
  }
  return out;
}

}  // namespace

FieldWay way_of(FieldKind kind) {
  // No default: a new kind is a question that must be answered here.
  switch (kind) {
    case FieldKind::link:
      return FieldWay::link;
    case FieldKind::links:
      return FieldWay::rows;
    case FieldKind::text:
    case FieldKind::long_text:
    case FieldKind::rich_text:
    case FieldKind::integer:
    case FieldKind::decimal:
    case FieldKind::money:
    case FieldKind::boolean:
    case FieldKind::date:
    case FieldKind::instant:
    case FieldKind::choice:
    case FieldKind::choices:
    case FieldKind::phone:
    case FieldKind::email:
    case FieldKind::url:
    case FieldKind::address:
    case FieldKind::registration_number:
    case FieldKind::country:
    case FieldKind::language:
    case FieldKind::user:  // users and groups are not merged
    case FieldKind::group:
    case FieldKind::file:  // its versions lie in `files` and `file_versions`
      return FieldWay::own;
  }
  return FieldWay::own;
}

std::vector<LinkPlace> link_places(const records::Dictionary& dictionary,
                                   const records::RecordType& target) {
  std::vector<LinkPlace> out;
  for (const auto& [name, type] : dictionary.types)
    for (const auto& field : type.fields)
      if (way_of(field.kind) == FieldWay::link && field.target == target.name)
        out.push_back({&type, &field, type.name + "." + field.name});
  return out;
}

std::optional<LinkPlace> find_place(const records::Dictionary& dictionary, std::string_view name) {
  const auto dot = name.find('.');
  const auto* type = dictionary.find(name.substr(0, dot));
  const auto* field = type && dot != name.npos ? type->find(name.substr(dot + 1)) : nullptr;
  if (!field || way_of(field->kind) != FieldWay::link) return std::nullopt;
  return LinkPlace{type, field, std::string(name)};
}

std::span<const KnownTable> known_tables() {
  return tables;
}

std::vector<std::string> unknown_columns(store::Session& session,
                                         const records::Dictionary& dictionary) {
  const auto known = known_columns(dictionary);
  auto out = records::stored_columns(session);
  std::erase_if(out, [&](const std::string& column) { return known.contains(column); });
  return out;
}

}  // namespace fokus::merge
