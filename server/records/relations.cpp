// SPDX-License-Identifier: Apache-2.0
// A relation belongs to the record it starts from: it is a change of that record, with a version,
// a line in its history and an event. The far end, which shows it too, gets the event.
#include "records/relations.hpp"

#include <algorithm>

#include "base/text.hpp"
#include "records/announce.hpp"
#include "records/save_steps.hpp"
#include "records/visible_names.hpp"

namespace fokus::records {
namespace {

namespace json = boost::json;
using access::Action;

constexpr std::size_t note_max = 500;

struct Row {
  std::int64_t id = 0;
  std::string note;
};

std::optional<Row> find_relation(store::Session& session, const store::Statements& sql,
                                 const RecordType& type, RecordId from, const Relation& relation) {
  auto rows = session.query(sql["records.find_relation"],
                            {type.name, from, relation.kind, relation.type.name, relation.id});
  if (!rows->next()) return std::nullopt;
  return Row{rows->integer(0), std::string(rows->text(1))};
}

// A kind is made for the types that it names, or for all.
bool is_made_for(const ListItem& kind, std::string_view end, const RecordType& type) {
  const auto* types = kind.extra.if_contains(end);
  if (!types || !types->is_array() || types->get_array().empty()) return true;
  const auto& names = types->get_array();
  return std::any_of(names.begin(), names.end(), [&](const json::value& name) {
    return name.is_string() && std::string_view(name.get_string()) == type.name;
  });
}

Status check_ends(const ListItem& kind, const RecordType& from, const RecordType& to) {
  if (!is_made_for(kind, "from", from))
    return field_error("records/invalid", "kind", "wrong_type", {{"end", "from"}});
  if (!is_made_for(kind, "to", to))
    return field_error("records/invalid", "kind", "wrong_type", {{"end", "to"}});
  return {};
}

Status check_relation(const Dictionary& dictionary, const RecordType& type, RecordId id,
                      const Relation& relation) {
  const auto* kind = dictionary.find_item("relation_kind", relation.kind);
  if (!kind) return field_error("records/invalid", "kind", "not_a_choice");
  if (kind->retired) return field_error("records/invalid", "kind", "retired");
  TRY(check_ends(*kind, type, relation.type));
  if (relation.type.name == type.name && relation.id == id)
    return field_error("records/invalid", "id", "same_record");
  if (!is_clean_utf8(relation.note)) return field_error("records/invalid", "note", "not_utf8");
  if (relation.note.size() > note_max) return field_error("records/invalid", "note", "too_long");
  return {};
}

void write_side(JsonWriter& writer, std::string_view key, const Relation* relation) {
  writer.key(key);
  if (!relation) {
    writer.null();
    return;
  }
  writer.begin_object().field("kind", relation->kind).field("type", relation->type.name);
  writer.field("id", relation->id.value).field("note", relation->note).end_object();
}

std::string render_change(const Relation* before, const Relation* after) {
  std::string out;
  JsonWriter writer(out);
  writer.begin_array().begin_object().field("field", relations_change);
  write_side(writer, "old", before);
  write_side(writer, "new", after);
  writer.end_object().end_array();
  return out;
}

struct Change {
  const Relation* before;
  const Relation* after;
};

Saved save_change(store::Transaction& tx, const Records::Inner& inner,
                  const CriteriaContext& context, const Stored& stored, RecordId id,
                  const Change& change, const Provenance& provenance) {
  const RecordType& type = stored.draft.type;
  Draft draft = stored.draft;
  touch(draft, context);
  const HistoryEntry entry{type,        draft.integer("version"),
                           context.now, context.scope.actor,
                           provenance,  render_change(change.before, change.after)};
  const HistorySeal seal = seal_history(entry, stored.history_hash);
  update_row(tx, draft, id, changed_fields(stored.draft, draft), seal.hash);
  finish_save(tx, inner, draft, id, entry, seal, "changed");
  const Relation& either = change.after ? *change.after : *change.before;
  announce(tx, inner.sql, context, either.type, either.id);
  return Saved{id, entry.version, true};
}

}  // namespace

Result<Saved> Records::relate(store::Transaction& tx, const Scope& scope, const RecordType& type,
                              RecordId id, const Relation& relation, const Provenance& provenance,
                              std::optional<std::int64_t> expected_version) const {
  const auto dictionary = dictionary_ptr();
  const auto context = inner_->criteria_context(tx, scope, *dictionary);
  TRY(check_relation(*dictionary, type, id, relation));
  const Stored stored =
      TRY(read_checked(tx, context, inner_->sql, type, id, Place::live, Action::update));
  TRY(check_version(stored.draft, expected_version));
  if (!VisibleNames(tx, context).name_of(relation.type, relation.id.value))
    return field_error("records/invalid", "id", "no_such_record");
  const auto known = find_relation(tx, inner_->sql, type, id, relation);
  if (known && known->note == relation.note)
    return Saved{id, stored.draft.integer("version"), false};
  if (!known) {
    tx.execute(inner_->sql["records.add_relation"],
               {relation.kind, type.name, id, relation.type.name, relation.id, relation.note,
                context.now, scope.actor.user});
    return save_change(tx, *inner_, context, stored, id, {nullptr, &relation}, provenance);
  }
  tx.execute(inner_->sql["records.set_relation_note"], {known->id, relation.note});
  const Relation before{relation.kind, relation.type, relation.id, known->note};
  return save_change(tx, *inner_, context, stored, id, {&before, &relation}, provenance);
}

Result<Saved> Records::unrelate(store::Transaction& tx, const Scope& scope, std::int64_t id,
                                const Provenance& provenance,
                                std::optional<std::int64_t> expected_version) const {
  const auto dictionary = dictionary_ptr();
  const auto context = inner_->criteria_context(tx, scope, *dictionary);
  auto rows = tx.query(inner_->sql["records.get_relation"], {id});
  const Error gone = make_error(ErrorKind::not_found, "records/not_found");
  // Members of a links field lie in the same table, and are not relations.
  if (!rows->next() || !dictionary->find_item("relation_kind", rows->text(0))) return gone;
  const RecordType* type = dictionary->find(rows->text(1));
  const RecordType* other = dictionary->find(rows->text(3));
  if (!type || !other) return gone;
  const RecordId from{rows->integer(2)};
  const Relation relation{std::string(rows->text(0)), *other, RecordId{rows->integer(4)},
                          std::string(rows->text(5))};
  rows.reset();
  if (!VisibleNames(tx, context).name_of(*other, relation.id.value)) return gone;
  const Stored stored =
      TRY(read_checked(tx, context, inner_->sql, *type, from, Place::live, Action::update));
  TRY(check_version(stored.draft, expected_version));
  tx.execute(inner_->sql["records.remove_relation"], {id});
  return save_change(tx, *inner_, context, stored, from, {&relation, nullptr}, provenance);
}

std::optional<KeptRelation> read_kept_relation(const json::value* kept) {
  if (!kept || !kept->is_object()) return std::nullopt;
  const auto& o = kept->get_object();
  const auto text = [&](const char* key) { return std::string(o.at(key).as_string()); };
  return KeptRelation{text("kind"), text("type"), text("note"), o.at("id").as_int64()};
}

std::string relation_wording(const ListItem& kind, bool reverse, const std::string& language) {
  if (reverse)
    if (const auto* labels = kind.extra.if_contains("reverse"); labels && labels->is_object()) {
      const auto* text = labels->get_object().if_contains(language);
      if (!text) text = labels->get_object().if_contains("en");
      if (text && text->is_string()) return std::string(text->get_string());
    }
  const auto at = kind.label.find(language);
  if (at != kind.label.end()) return at->second;
  return kind.label.empty() ? kind.key : kind.label.begin()->second;
}

Result<bool> undo_relation(const Records& records, store::Transaction& tx,
                           const store::Statements& sql, const Scope& scope, const RecordType& type,
                           RecordId id, const json::object& change) {
  const auto before = read_kept_relation(change.if_contains("old"));
  const auto after = read_kept_relation(change.if_contains("new"));
  const KeptRelation& kept = after ? *after : *before;
  const auto dictionary = records.dictionary_ptr();
  const RecordType* other = dictionary->find(kept.type);
  if (!other) return false;
  const Relation relation{kept.kind, *other, RecordId{kept.id}, before ? before->note : ""};
  const auto now = find_relation(tx, sql, type, id, relation);
  const bool as_left = after ? now && now->note == after->note : !now;
  if (!as_left) return false;
  const Provenance provenance{0, {}, "undo"};
  TRY(before ? records.relate(tx, scope, type, id, relation, provenance)
             : records.unrelate(tx, scope, now->id, provenance));
  return true;
}

}  // namespace fokus::records
