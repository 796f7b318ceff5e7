// SPDX-License-Identifier: Apache-2.0
#include "records/origins.hpp"

#include <algorithm>
#include <set>

#include "base/text.hpp"
#include "base/time.hpp"
#include "records/schema.hpp"

namespace fokus::records {
namespace {

namespace json = boost::json;

constexpr std::size_t date_bytes = 10;  // of "2026-11-23"

bool is_told(const RecordType& type, std::string_view name) {
  if (name == "contact_points") return type.contact_points;
  const Field* field = type.find(name);
  return field && !field->hidden && (!field->read_only || !field->computed.empty());
}

bool is_nothing(const json::value* value) {
  if (!value || value->is_null()) return true;
  if (const auto* text = value->if_string()) return text->empty();
  if (const auto* list = value->if_array()) return list->empty();
  return false;
}

// An amount whose worth in the base currency became another one is still the same amount.
bool is_same(const json::object& change) {
  const auto* before = change.if_contains("old");
  const auto* after = change.if_contains("new");
  return before && after && *before == *after;
}

struct ToldChange {
  std::string field;
  const json::value* value;  // null: there is none any more
  std::int64_t from = 0;     // the record that a merge took it from
};

std::vector<ToldChange> told_changes(const RecordType& type, const json::array& changes) {
  std::vector<ToldChange> out;
  for (const auto& change : changes) {
    const auto* o = change.if_object();
    const auto* name = o ? o->if_contains("field") : nullptr;
    if (!name || !name->is_string() || is_same(*o)) continue;
    const std::string field(name->get_string());
    if (!is_told(type, field)) continue;
    const auto* value = o->if_contains("new");
    const auto* from = o->if_contains("from");
    out.push_back({field, is_nothing(value) ? nullptr : value,
                   from && from->is_int64() ? from->get_int64() : 0});
  }
  return out;
}

json::array parse_changes(std::string_view payload) {
  if (payload.empty()) return {};
  auto parsed = json::parse(json::string_view(payload.data(), payload.size()));
  return parsed.is_array() ? std::move(parsed.get_array()) : json::array();
}

// As the table has them: without what somebody typed in.
Origins stored_origins(store::Session& session, const store::Statements& sql,
                       const RecordType& type, RecordId record) {
  Origins out;
  auto rows = session.query(sql["records.origins_of"], {type.name, record});
  while (rows->next()) {
    const Origin origin{rows->integer(0), rows->integer(1)};
    const std::string fields(rows->text(2));
    for (const auto field : split(fields, ','))
      if (!field.empty()) out[std::string(field)] = origin;
  }
  return out;
}

using Groups = std::map<std::pair<std::int64_t, std::int64_t>, std::string>;

// ",city,name," by source and batch; the map keeps the fields in their order.
Groups groups_of(const Origins& origins) {
  Groups out;
  for (const auto& [field, origin] : origins) {
    if (!origin.is_known()) continue;
    std::string& fields = out[{origin.source, origin.batch}];
    if (fields.empty()) fields = ",";
    fields += field + ",";
  }
  return out;
}

void add_group(store::Transaction& tx, const store::Statements& sql, const RecordType& type,
               RecordId record, const Groups::value_type& group) {
  const auto& [origin, fields] = group;
  const auto add = [&] {
    return tx.execute(sql["records.add_origin"],
                      {type.name, record, origin.first, origin.second, fields});
  };
  if (add() != 0) return;
  tx.execute(sql["records.add_origin_fields"], {fields});
  add();
}

void store_origins(store::Transaction& tx, const store::Statements& sql, const RecordType& type,
                   RecordId record, const Origins& origins) {
  for (const auto& group : groups_of(origins)) add_group(tx, sql, type, record, group);
}

struct DutyFacts {
  const RecordType& type;
  RecordId record;
  std::int64_t source;
  Instant at;
};

// The clock runs from the day on which the data were obtained, or were entered when nobody said.
void note_duty(store::Transaction& tx, const store::Statements& sql, const DutyFacts& facts) {
  if (!facts.type.about_person || facts.source == 0) return;
  std::string obtained;
  {
    auto rows = tx.query(sql["records.find_source_by_id"], {facts.source});
    if (!rows->next() || !is_from_elsewhere(rows->text(0))) return;
    obtained = std::string(rows->text(1));
  }
  // An import may say the moment, too.
  const auto given = parse_date(std::string_view(obtained).substr(0, date_bytes));
  const Date since = given ? *given : date_from_days(facts.at.ms / ms_per_day);
  tx.execute(sql["records.add_notice_duty"],
             {facts.type.name, facts.record, facts.source, render_date(since),
              render_date(plus_months(since, 1))});
}

Origin merged_origin(store::Session& session, const store::Statements& sql, const RecordType& type,
                     std::int64_t record, const std::string& field) {
  const Origins known = stored_origins(session, sql, type, RecordId{record});
  const auto found = known.find(field);
  return found == known.end() ? Origin() : found->second;
}

struct ReadEntry {
  OriginEntry entry;
  Instant at;
};

// Oldest first.
std::vector<ReadEntry> read_entries(store::Session& session, const store::Statements& sql,
                                    const RecordType& type, RecordId record) {
  std::vector<ReadEntry> out;
  auto rows =
      session.query(sql["records.origin_entries"], {type.name, record, limits::origin_entries_max});
  while (rows->next())
    out.push_back({{{rows->integer(7), rows->integer(6), rows->integer(0)},
                    std::string(rows->text(5)),
                    parse_changes(rows->text(8))},
                   {rows->integer(1)}});
  std::reverse(out.begin(), out.end());
  return out;
}

Origins follow(store::Session& session, const store::Statements& sql, const RecordType& type,
               const std::vector<ReadEntry>& entries) {
  OriginLedger ledger(type, [&](std::int64_t from, const std::string& field) {
    return merged_origin(session, sql, type, from, field);
  });
  for (const auto& one : entries) ledger.apply(one.entry);
  return ledger.origins();
}

}  // namespace

bool is_from_elsewhere(std::string_view kind) {
  return kind != "user" && kind != "form" && kind != "chat" && kind != "device";
}

void OriginLedger::apply(const OriginEntry& entry) {
  for (const auto& change : told_changes(type_, entry.changes)) {
    origins_.erase(change.field);
    if (!change.value) continue;
    auto& earlier = earlier_[change.field];
    const std::string value = json::serialize(*change.value);
    Origin origin = entry.origin;
    if (const auto known = earlier.find(value); entry.action == "undo" && known != earlier.end())
      origin = known->second;
    if (change.from != 0)
      if (const Origin taken = merged_(change.from, change.field); taken.is_known())
        origin = {taken.source, taken.batch, entry.origin.entry};
    origins_[change.field] = origin;
    earlier[value] = origin;
  }
}

void keep_origins(store::Transaction& tx, const store::Statements& sql, const HistoryEntry& entry,
                  RecordId record) {
  const RecordType& type = entry.type;
  const Origin given{entry.provenance.source, entry.provenance.batch.value};
  const bool is_new = entry.version == 1;
  if (is_new && !given.is_known()) return;
  if (entry.provenance.action == "undo") return rebuild_origins(tx, sql, type, record);
  const Origins before = is_new ? Origins() : stored_origins(tx, sql, type, record);
  if (!given.is_known() && before.empty()) return;

  const json::array changes = parse_changes(entry.payload);
  const auto told = told_changes(type, changes);
  Origins after = before;
  for (const auto& change : told) {
    after.erase(change.field);
    if (!change.value) continue;
    Origin origin = given;
    if (change.from != 0)
      if (const Origin taken = merged_origin(tx, sql, type, change.from, change.field);
          taken.is_known()) {
        origin = taken;
        tx.execute(sql["records.copy_notice_duty"], {type.name, change.from, record, taken.source});
      }
    if (origin.is_known()) after[change.field] = origin;
  }
  if (groups_of(before) != groups_of(after)) {
    if (!before.empty()) tx.execute(sql["records.remove_origins"], {type.name, record});
    store_origins(tx, sql, type, record, after);
  }
  if (!told.empty()) note_duty(tx, sql, {type, record, given.source, entry.at});
}

void rebuild_origins(store::Transaction& tx, const store::Statements& sql, const RecordType& type,
                     RecordId record) {
  const auto entries = read_entries(tx, sql, type, record);
  const Origins origins = follow(tx, sql, type, entries);
  tx.execute(sql["records.remove_origins"], {type.name, record});
  store_origins(tx, sql, type, record, origins);
  std::set<std::int64_t> told;
  for (const auto& one : entries)
    if (const auto source = one.entry.origin.source; told.insert(source).second)
      note_duty(tx, sql, {type, record, source, one.at});
}

Origins read_origins(store::Session& session, const store::Statements& sql, const RecordType& type,
                     RecordId record) {
  return follow(session, sql, type, read_entries(session, sql, type, record));
}

void remove_origins(store::Transaction& tx, const store::Statements& sql, const RecordType& type,
                    RecordId record) {
  tx.execute(sql["records.remove_origins"], {type.name, record});
  tx.execute(sql["records.remove_notice_duties"], {type.name, record});
}

}  // namespace fokus::records
