// SPDX-License-Identifier: Apache-2.0
// Takes a change set back: imports, bulk edits, merges. Walks its history newest first.
#include "records/undo.hpp"

#include "platform/locale.hpp"
#include "records/members.hpp"
#include "records/relations.hpp"
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

// What the record was before, as the input of an update, but for relations, which are no values.
struct Reverser {
  store::Session& session;
  const CriteriaContext& context;
  const store::Statements& sql;
  const RecordType& type;
  RecordId id;

  Reversal reverse(const json::array& changes, const json::object& now) const;
  void reverse_members(const Field& field, const json::object& change, Reversal& out) const;
};

void Reverser::reverse_members(const Field& field, const json::object& change,
                               Reversal& out) const {
  auto reversal = records::reverse_members(session, context, sql, type, field, id, change);
  out.conflicts += !reversal || reversal->lost;
  if (reversal) out.changes[field.name] = std::move(reversal->members);
}

Reversal Reverser::reverse(const json::array& changes, const json::object& now) const {
  Reversal out;
  for (const auto& change : changes) {
    const auto& o = change.as_object();
    const auto& name = o.at("field").as_string();
    if (is_derived(type, name)) continue;
    if (const Field* field = type.find(name); field && field->kind == FieldKind::links) {
      reverse_members(*field, o, out);
      continue;
    }
    const auto* current = now.if_contains(name);
    const auto* old = o.if_contains("old");
    if (current && plain(*current) == plain(o.at("new")))
      out.changes[name] = old ? *old : json::value();
    else
      ++out.conflicts;
  }
  return out;
}

// A relation is a save of its own.
bool is_relation(const RecordType& type, const json::array& changes) {
  return changes.size() == 1 && changes[0].at("field").as_string() == relations_change &&
         !type.find(relations_change);
}

// Whoever may take a change set back reaches all that is in it: giving a record away must not be
// what keeps one from taking it back. What the actor may do at all with a type stays as it is.
Scope within_reach(const Scope& scope) {
  auto permissions = std::make_shared<access::Permissions>(scope.permissions());
  for (auto& [type, rights] : permissions->types)
    for (auto& circles : rights)
      if (circles != access::Circles{}) circles = access::every_circle;
  Scope out = scope;
  out.actor.permissions = std::move(permissions);
  return out;
}

bool has_index(const RecordType& type, const Field& field) {
  return field.indexed ||
         std::any_of(type.indexes.begin(), type.indexes.end(),
                     [&](const auto& columns) { return columns.front() == field.name; });
}

// Live records that lead here: by links with an index, as all of the model have that matter.
bool is_linked_to(store::Session& session, const Dictionary& dictionary, const RecordType& type,
                  RecordId id) {
  for (const auto& [name, other] : dictionary.types)
    for (const auto& field : other.fields) {
      if (field.kind != FieldKind::link || field.target != type.name || !has_index(other, field))
        continue;
      if (session.query_integer("SELECT 1 FROM " + other.table + " WHERE " + field.name +
                                    " = $1 AND archived_at IS NULL LIMIT 1",
                                {id}) != 0)
        return true;
    }
  return false;
}

// Takes entries back, one after the other, within one transaction.
class Undo {
 public:
  Undo(const UndoParts& parts, store::Transaction& tx, const Scope& scope, BatchId batch)
      : parts_(parts),
        tx_(tx),
        scope_(within_reach(scope)),
        batch_(batch),
        dictionary_(parts.records.dictionary_ptr()),
        context_{*dictionary_, scope_, parts.clock.now(), tx.engine()} {}

  void take_back(const Entry& entry) {
    out_.step.next_before = entry.id;
    const RecordType* type = dictionary_->find(entry.type);
    const auto now =
        type ? read_now(parts_.records, tx_, scope_, *type, entry.record) : std::nullopt;
    if (!now || entry.payload.empty()) {
      ++out_.step.conflicts;
      return;
    }
    const Change change{entry, *type, *now, json::parse(entry.payload).as_array()};
    if (change.is_archive() && now->at("archived_at").is_null())
      return;  // somebody took it out already
    if (change.is_creation() && is_others_by_now(change)) {
      ++out_.step.conflicts;
      return;
    }
    std::optional<Result<bool>> done;
    tx_.in_savepoint([&] { return done.emplace(reverse(change)).ok(); });
    if (done->ok())
      out_.step.undone += **done;
    else
      out_.refused.push_back({entry.type, entry.record, done->error()});
  }

  UndoOutcome finish() && { return std::move(out_); }

 private:
  struct Change {
    const Entry& entry;
    const RecordType& type;
    const json::object& now;
    json::array changes;

    bool is_archive() const { return entry.action == "archive"; }
    bool is_creation() const {
      return !is_archive() && (changes.empty() || !changes[0].as_object().contains("old"));
    }
  };

  // Somebody worked with the new record since, or led others to it: theirs now.
  bool is_others_by_now(const Change& change) {
    const Entry& entry = change.entry;
    return tx_.query_integer(parts_.statements["records.has_later_history"],
                             {entry.type, entry.record, entry.id, batch_}) != 0 ||
           is_linked_to(tx_, *dictionary_, change.type, entry.record);
  }

  // True when the record is another one after it.
  Result<bool> reverse(const Change& change) {
    const Provenance provenance{0, {}, "undo"};
    const RecordId id = change.entry.record;
    if (change.is_archive()) {
      TRY(parts_.records.restore(tx_, scope_, change.type, id, provenance));
      return true;
    }
    if (change.is_creation()) {
      TRY(parts_.records.archive(tx_, scope_, change.type, id, provenance));
      return true;
    }
    if (is_relation(change.type, change.changes)) {
      const bool is_undone = TRY(undo_relation(parts_.records, tx_, parts_.statements, scope_,
                                               change.type, id, change.changes[0].as_object()));
      out_.step.conflicts += !is_undone;
      return is_undone;
    }
    const Reverser reverser{tx_, context_, parts_.statements, change.type, id};
    const auto reversal = reverser.reverse(change.changes, change.now);
    out_.step.conflicts += reversal.conflicts;
    if (reversal.changes.empty()) return false;
    TRY(parts_.records.update(tx_, scope_, change.type, id, reversal.changes, std::nullopt,
                              provenance));
    return true;
  }

  const UndoParts& parts_;
  store::Transaction& tx_;
  const Scope scope_;
  const BatchId batch_;
  const DictionaryPtr dictionary_;
  const CriteriaContext context_;
  UndoOutcome out_;
};

}  // namespace

json::object to_json(const UndoRefusal& refusal) {
  const Error& error = refusal.error;
  json::object out{{"id", refusal.record.value}, {"type", refusal.type}, {"code", error.code}};
  if (!error.errors.empty())
    out["field"] = error.errors.front().field, out["reason"] = error.errors.front().code;
  return out;
}

Result<UndoOutcome> undo_some(const UndoParts& parts, store::Transaction& tx, const Scope& scope,
                              const UndoOrder& order) {
  Undo undo(parts, tx, scope, order.batch);
  const auto entries = read_entries(tx, parts.statements, order.batch, order.before, order.limit);
  for (const auto& entry : entries) undo.take_back(entry);
  auto out = std::move(undo).finish();
  if (static_cast<int>(entries.size()) < order.limit) {
    out.step.next_before = 0;
    tx.execute(parts.statements["records.mark_batch_undone"], {order.batch, parts.clock.now()});
  }
  return out;
}

Result<Records::UndoStep> Records::undo_batch(store::Transaction& tx, const Scope& scope,
                                              BatchId batch, std::int64_t before, int limit) const {
  auto out = TRY(undo_some({*this, inner_->sql, inner_->clock}, tx, scope, {batch, before, limit}));
  out.step.conflicts += std::ssize(out.refused);
  return out.step;
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
                       {kind, name, licence, legal_basis, obtained_at, fold(name)});
  rows->next();
  const std::int64_t id = rows->integer(0);
  while (rows->next()) {
  }
  return id;
}

}  // namespace fokus::records
