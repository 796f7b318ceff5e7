// SPDX-License-Identifier: Apache-2.0
// Archived records leave the database for good, and with them whatever says that they were there.
#include "records/file_fields.hpp"
#include "records/merged.hpp"
#include "records/origins.hpp"
#include "records/save_steps.hpp"
#include "records/schema.hpp"

namespace fokus::records {
namespace {

// A link field of some type that leads to the type of the record that goes.
struct LinkPlace {
  const RecordType& type;
  const Field& field;
  const std::string& column;
  bool is_part() const { return type.part_of == field.name; }
};

std::vector<LinkPlace> places_of(const Dictionary& dictionary, const RecordType& target) {
  std::vector<LinkPlace> out;
  for (const auto& [name, type] : dictionary.types)
    for (const auto& field : type.fields)
      if (field.kind == FieldKind::link && field.target == target.name)
        out.push_back({type, field, columns_of(field).front().name});
  return out;
}

std::vector<std::int64_t> linking(store::Session& session, const LinkPlace& place, RecordId id,
                                  int limit) {
  std::vector<std::int64_t> out;
  auto rows = session.query("SELECT id FROM " + place.type.table + " WHERE " + place.column +
                                " = $1 ORDER BY id LIMIT $2",
                            {id, limit});
  while (rows->next()) out.push_back(rows->integer(0));
  return out;
}

// What must have its link keeps the record in the bin. A part does not: it goes with its whole.
std::string not_needed(const Dictionary& dictionary, const RecordType& type) {
  std::string out;
  for (const auto& place : places_of(dictionary, type))
    if (place.field.required && !place.field.hidden && !place.is_part())
      out += " AND NOT EXISTS (SELECT 1 FROM " + place.type.table + " l WHERE l." + place.column +
             " = t.id" + (place.type.name == type.name ? " AND l.id <> t.id" : "") + ")";
  return out;
}

class Removal {
 public:
  Removal(store::Transaction& tx, const Records::Inner& inner, const Dictionary& dictionary,
          int limit)
      : tx_(tx), inner_(inner), dictionary_(dictionary), left_(limit) {
    scope_.actor = access::system_actor();
  }

  bool has_time() const { return left_ > 0; }
  int left() const { return std::max(left_, 0); }

  // The record and what became part of it. False: there was not enough time for all its links, and
  // it is still there.
  bool remove(const RecordType& type, RecordId id) {
    for (const auto& place : places_of(dictionary_, type))
      if (!empty_links(place, id)) return false;
    std::vector<std::int64_t> merged;
    {
      auto rows = tx_.query(inner_.sql["records.list_merged_into"], {type.name, id});
      while (rows->next()) merged.push_back(rows->integer(0));
    }
    for (const std::int64_t one : merged)
      if (!remove(type, RecordId{one})) return false;
    tx_.execute(inner_.sql["records.remove_contact_points"], {type.name, id});
    tx_.execute(inner_.sql["records.remove_relations_of_record"], {type.name, id});
    remove_search_entry(tx_, inner_, type, id);
    tx_.execute(inner_.sql["records.destroy_history"], {type.name, id});
    remove_origins(tx_, inner_.sql, type, id);
    release_files(tx_, inner_.sql, type, id, inner_.clock.now());
    tx_.execute(inner_.sql["records.remove_merged"], {type.name, id});
    tell_watch(tx_, inner_, type, id, nullptr, nullptr);
    tx_.execute("DELETE FROM " + type.table + " WHERE id = $1", {id});
    --left_;
    return true;
  }

 private:
  bool empty_links(const LinkPlace& place, RecordId id) {
    while (has_time()) {
      const auto ids = linking(tx_, place, id, left_);
      if (ids.empty()) return true;
      for (const std::int64_t one : ids)
        if (!(place.is_part() ? remove(place.type, RecordId{one}) : empty(place, RecordId{one})))
          return false;
    }
    return false;
  }

  // A change like any other: with a version, a line in the history and an event.
  bool empty(const LinkPlace& place, RecordId id) {
    const auto context = inner_.criteria_context(tx_, scope_, dictionary_);
    const auto stored = read_stored(tx_, place.type, id, true);
    if (!stored) return true;
    Draft draft = stored->draft;
    for (auto& column : draft[place.field.name]) column = store::Value();
    const auto changed = changed_fields(stored->draft, draft);
    const Provenance provenance{0, {}, "update"};
    const HistoryEntry entry{place.type,  draft.integer("version") + 1,
                             context.now, scope_.actor,
                             provenance,  render_changes(&stored->draft, draft, changed)};
    const HistorySeal seal = seal_history(entry, stored->history_hash);
    touch(draft, context);
    update_row(tx_, draft, id, changed_fields(stored->draft, draft), seal.hash);
    if (store::is_null(draft["archived_at"][0])) {
      const auto points = read_contact_points(tx_, inner_.sql, place.type, id);
      const WatchedRecord before{stored->draft, points}, after{draft, points};
      tell_watch(tx_, inner_, place.type, id, &before, &after);
    }
    finish_save(tx_, inner_, draft, id, entry, seal, "changed");
    --left_;
    return true;
  }

  store::Transaction& tx_;
  const Records::Inner& inner_;
  const Dictionary& dictionary_;
  Scope scope_;
  int left_;
};

}  // namespace

std::int64_t Records::remove_archived_before(store::Transaction& tx, const RecordType& type,
                                             Instant before, int limit) const {
  const auto dictionary = dictionary_ptr();
  std::vector<std::int64_t> ids;
  {
    auto rows = tx.query("SELECT t.id FROM " + type.table + " t WHERE t.archived_at < $1" +
                             not_merged(type) + not_needed(*dictionary, type) +
                             " ORDER BY t.archived_at, t.id LIMIT $2",
                         {before, limit});
    while (rows->next()) ids.push_back(rows->integer(0));
  }
  Removal removal(tx, *inner_, *dictionary, limit);
  for (const std::int64_t id : ids)
    if (!removal.has_time() || !removal.remove(type, RecordId{id})) break;
  return limit - removal.left();
}

}  // namespace fokus::records
