// SPDX-License-Identifier: Apache-2.0
// Takes a change set back: imports, bulk edits, merges. Walks its history newest first.
#include "records/file_fields.hpp"
#include "records/inner.hpp"
#include "records/schema.hpp"

namespace fokus::records {
namespace {

namespace json = boost::json;

struct Entry {
  std::int64_t id;
  std::string type, action, payload;
  RecordId record;
};

std::vector<Entry> read_entries(store::Session& session, const store::Statements& sql,
                                BatchId batch, std::int64_t before, int limit) {
  auto rows = session.query(sql["records.batch_history"], {batch, before, limit});
  std::vector<Entry> out;
  while (rows->next())
    out.push_back({rows->integer(0), std::string(rows->text(1)), std::string(rows->text(3)),
                   std::string(rows->text(4)), RecordId{rows->integer(2)}});
  return out;
}

// The record as reads give it out, to compare with what the batch wrote. Nothing when it is gone.
std::optional<json::object> read_now(const Records& records, store::Session& session,
                                     const Scope& scope, const RecordType& type, RecordId id) {
  std::string text;
  JsonWriter writer(text);
  if (!records.get(session, scope, type, id, writer)) return std::nullopt;
  return json::parse(text).as_object();
}

// History keeps a link as its id; reads give {"id","name"}. A file is an object in both.
json::value plain(const json::value& value) {
  if (value.is_object() && value.get_object().contains("id")) return value.get_object().at("id");
  return value;
}

bool is_derived(const RecordType& type, std::string_view name) {
  if (name == "contact_points") return !type.contact_points;
  const Field* field = type.find(name);
  return !field || field->read_only;
}

struct Reversal {
  json::object changes;
  std::int64_t conflicts = 0;
};

Reversal reverse_update(const RecordType& type, const json::array& changes,
                        const json::object& now) {
  Reversal out;
  for (const auto& change : changes) {
    const auto& o = change.as_object();
    const auto& name = o.at("field").as_string();
    if (is_derived(type, name)) continue;
    const auto* current = now.if_contains(name);
    const auto* old = o.if_contains("old");
    if (current && plain(*current) == plain(o.at("new")))
      out.changes[name] = old ? *old : json::value();
    else
      ++out.conflicts;
  }
  return out;
}

}  // namespace

Result<Records::UndoStep> Records::undo_batch(store::Transaction& tx, const Scope& scope,
                                              BatchId batch, std::int64_t before, int limit) const {
  const auto dictionary = dictionary_ptr();
  const Provenance provenance{0, {}, "undo"};
  UndoStep step;
  const auto entries = read_entries(tx, inner_->sql, batch, before, limit);
  for (const auto& entry : entries) {
    step.next_before = entry.id;
    const RecordType* type = dictionary->find(entry.type);
    const auto now = type ? read_now(*this, tx, scope, *type, entry.record) : std::nullopt;
    if (!now || entry.payload.empty()) {
      ++step.conflicts;
      continue;
    }
    const auto changes = json::parse(entry.payload).as_array();
    const bool archived = entry.action == "archive";
    if (archived && now->at("archived_at").is_null()) continue;  // somebody took it out already
    const bool created = !archived && (changes.empty() || !changes[0].as_object().contains("old"));
    bool undone = false;
    if (created && tx.query_integer(inner_->sql["records.has_later_history"],
                                    {entry.type, entry.record, entry.id, batch}) != 0) {
      ++step.conflicts;  // somebody worked with the new record since: theirs now
      continue;
    }
    const bool ok = tx.in_savepoint([&] {
      if (archived) return undone = restore(tx, scope, *type, entry.record, provenance).ok();
      if (created) return undone = archive(tx, scope, *type, entry.record, provenance).ok();
      auto reversal = reverse_update(*type, changes, *now);
      step.conflicts += reversal.conflicts;
      if (reversal.changes.empty()) return true;
      return undone =
                 update(tx, scope, *type, entry.record, reversal.changes, std::nullopt, provenance)
                     .ok();
    });
    step.undone += undone;
    step.conflicts += !ok;
  }
  if (static_cast<int>(entries.size()) < limit) {
    step.next_before = 0;
    tx.execute(inner_->sql["records.mark_batch_undone"], {batch, inner_->clock.now()});
  }
  return step;
}

void Records::set_undo_job(std::string batch_kind, std::string job_kind) {
  inner_->undo_jobs[std::move(batch_kind)] = std::move(job_kind);
}

std::string Records::undo_job(std::string_view batch_kind) const {
  const auto own = inner_->undo_jobs.find(batch_kind);
  return own == inner_->undo_jobs.end() ? "undo" : own->second;
}

BatchId Records::create_batch(store::Transaction& tx, const Scope& scope, std::string_view kind,
                              std::string_view record_type, const json::object& details) const {
  auto rows = tx.query(
      inner_->sql["records.create_batch"],
      {kind, record_type, inner_->clock.now(), scope.actor.user, json::serialize(details)});
  rows->next();
  const BatchId id{rows->integer(0)};
  while (rows->next()) {
  }
  return id;
}

std::int64_t Records::create_source(store::Transaction& tx, std::string_view kind,
                                    std::string_view name, std::string_view licence,
                                    std::string_view legal_basis,
                                    std::string_view obtained_at) const {
  const std::int64_t known = tx.query_integer(inner_->sql["records.find_source"],
                                              {kind, name, licence, legal_basis, obtained_at});
  if (known != 0) return known;
  auto rows = tx.query(inner_->sql["records.create_source"],
                       {kind, name, licence, legal_basis, obtained_at});
  rows->next();
  const std::int64_t id = rows->integer(0);
  while (rows->next()) {
  }
  return id;
}

std::int64_t Records::remove_archived_before(store::Transaction& tx, const RecordType& type,
                                             Instant before, int limit) const {
  std::vector<std::int64_t> ids;
  {
    auto rows =
        tx.query("SELECT id FROM " + type.table + " WHERE archived_at < $1 ORDER BY id LIMIT $2",
                 {before, limit});
    while (rows->next()) ids.push_back(rows->integer(0));
  }
  for (const std::int64_t id : ids) {
    tx.execute(inner_->sql["records.remove_contact_points"], {type.name, id});
    tx.execute(inner_->sql["records.remove_relations_of_record"], {type.name, id});
    remove_search_entry(tx, *inner_, type, RecordId{id});
    tx.execute(inner_->sql["records.destroy_history"], {type.name, id});
    release_files(tx, inner_->sql, type, RecordId{id}, inner_->clock.now());
    tx.execute("DELETE FROM " + type.table + " WHERE id = $1", {id});
  }
  return static_cast<std::int64_t>(ids.size());
}

}  // namespace fokus::records
