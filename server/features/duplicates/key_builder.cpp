// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "features/duplicates/key_store.hpp"

namespace fokus::duplicates {
namespace {

namespace json = boost::json;

constexpr int records_per_read = 2'000;
constexpr std::size_t keys_per_write = 10'000;
constexpr std::size_t records_per_correction = 500;
// A save that had begun before the records were read may end after: clocks and long transactions.
constexpr std::int64_t overlap_ms = 5 * 60'000;
constexpr std::int64_t ranges_of_slot = 64;  // that are removed in one transaction each

}  // namespace

Result<json::object> KeyBuilder::build() {
  const auto slots = parts_.database.read(
      [&](store::Session& session) { return RuleBook::list_slots(session, parts_.statements); });
  const auto rules = rules_.all();
  const auto dictionary = parts_.dictionary.current();
  for (const auto& slot : slots)
    if (slot.is_retired && !remove_slot(slot.id)) break;
  for (const auto& task : open_tasks(slots, rules, *dictionary))
    if (run_.should_stop() || !build_task(task)) break;
  return json::object{{"records", done_}};
}

std::vector<KeyBuilder::Task> KeyBuilder::open_tasks(const std::vector<Slot>& slots,
                                                     const RuleSet& rules,
                                                     const records::Dictionary& dictionary) {
  std::vector<Task> out;
  for (const auto& [name, owner] : rules) {
    const auto* type = dictionary.find(name);
    if (!type) continue;
    Task task{*type, *owner, {}};
    for (const auto& slot : slots) {
      const auto at = std::find(owner->slots.begin(), owner->slots.end(), slot.id);
      if (slot.type == name && !slot.is_built && !slot.is_retired && at != owner->slots.end())
        task.slots.push_back({slot.id, static_cast<std::size_t>(at - owner->slots.begin())});
    }
    if (task.slots.empty()) continue;
    total_ += parts_.database.read([&](store::Session& session) {
      return session.query_integer("SELECT count(*) FROM " + type->table +
                                   " WHERE archived_at IS NULL");
    });
    out.push_back(std::move(task));
  }
  return out;
}

// False when it was told to stop.
bool KeyBuilder::build_task(const Task& task) {
  json::array slots;
  for (const auto& slot : task.slots) slots.push_back(slot.id);
  const auto& before = run_.job().state;
  const std::int64_t earlier = done_;
  std::int64_t after = 0, records = 0;
  if (before.contains("slots") && before.at("slots") == slots) {
    after = before.at("after").as_int64();
    records = before.at("records").as_int64();
    done_ += records;
  }
  for (;;) {
    const Instant since = parts_.clock.now().plus_ms(-overlap_ms);
    const Portion portion = read_portion(task, after);
    if (run_.should_stop() || !store_entries(portion.entries)) return false;
    if (portion.records == 0) break;
    correct(task, portion, since);
    after = portion.last;
    records += portion.records;
    done_ = earlier + records;
    state_ = {{"slots", slots}, {"after", after}, {"records", records}};
    parts_.database.write([&](store::Transaction& tx) { note(tx); });
  }
  parts_.database.write([&](store::Transaction& tx) {
    for (const auto& slot : task.slots)
      tx.execute(parts_.statements["duplicates.mark_slot_built"], {slot.id});
    note(tx);
  });
  return true;
}

void KeyBuilder::add_entries(const Task& task, const Subject& subject,
                             std::vector<Entry>& out) const {
  const auto texts = task.rules.matcher.keys_of(subject);
  for (const auto& slot : task.slots)
    for (const auto& text : texts[slot.key]) out.push_back({block_of(slot.id, text), subject.id});
}

// In memory, sixteen bytes an entry, so that the rows are written in their order: a million in
// random places would rewrite the table many times over.
KeyBuilder::Portion KeyBuilder::read_portion(const Task& task, std::int64_t after) {
  const Subjects subjects(task.rules.matcher, task.type);
  Portion out;
  out.first = after + 1;
  out.last = after;
  while (out.entries.size() < entries_max_ && !run_.should_stop()) {
    const auto found = parts_.database.read([&](store::Session& session) {
      return subjects.read_after(session, out.last, records_per_read);
    });
    if (found.empty()) break;
    out.last = found.back().id;
    out.records += static_cast<std::int64_t>(found.size());
    for (const auto& subject : found) add_entries(task, subject, out.entries);
  }
  std::sort(out.entries.begin(), out.entries.end());
  return out;
}

bool KeyBuilder::store_entries(const std::vector<Entry>& entries) {
  for (std::size_t from = 0; from < entries.size(); from += keys_per_write) {
    if (run_.should_stop()) return false;
    const std::size_t to = std::min(entries.size(), from + keys_per_write);
    parts_.database.write([&](store::Transaction& tx) {
      for (std::size_t i = from; i < to; ++i)
        tx.execute(parts_.statements["duplicates.add_key"], {entries[i].block, entries[i].record});
    });
  }
  return true;
}

// PostgreSQL: waits until the saves under way have ended, so that none of them is missed; SQLite
// has one writer anyway.
std::vector<std::int64_t> KeyBuilder::changed_since(const Task& task, const Portion& portion,
                                                    Instant since) {
  std::vector<std::int64_t> ids;
  parts_.database.write([&](store::Transaction& tx) {
    if (tx.engine() == store::Engine::postgres)
      tx.execute("LOCK TABLE " + task.type.table + " IN SHARE MODE");
    ids.clear();
    for (auto rows = tx.query("SELECT id FROM " + task.type.table +
                                  " WHERE updated_at >= $1 AND id BETWEEN $2 AND $3 ORDER BY id",
                              {since, portion.first, portion.last});
         rows->next();)
      ids.push_back(rows->integer(0));
  });
  return ids;
}

// Records that were saved while theirs were on the way: whatever no longer fits goes.
void KeyBuilder::correct(const Task& task, const Portion& portion, Instant since) {
  const auto changed = changed_since(task, portion, since);
  std::vector<Entry> doubtful;
  for (const auto& entry : portion.entries)
    if (std::binary_search(changed.begin(), changed.end(), entry.record)) doubtful.push_back(entry);
  std::sort(doubtful.begin(), doubtful.end(),
            [](const Entry& a, const Entry& b) { return a.record < b.record; });
  for (auto at = doubtful.begin(); at != doubtful.end();) {
    auto end = at;
    for (std::size_t records = 0; end != doubtful.end() && records < records_per_correction;
         ++records)
      end = std::find_if(end, doubtful.end(),
                         [id = end->record](const Entry& entry) { return entry.record != id; });
    parts_.database.write(
        [&](store::Transaction& tx) { correct_piece(tx, task, std::span(at, end)); });
    at = end;
  }
}

// The records are locked: a save that gives one of these keys back must not lose it to us.
void KeyBuilder::correct_piece(store::Transaction& tx, const Task& task,
                               std::span<const Entry> entries) {
  std::vector<std::int64_t> ids;
  for (const auto& entry : entries) ids.push_back(entry.record);
  ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
  const Subjects subjects(task.rules.matcher, task.type);
  std::vector<Entry> right;
  for (const auto& subject : subjects.read_locked(tx, ids)) add_entries(task, subject, right);
  std::sort(right.begin(), right.end());
  for (const auto& entry : entries)
    if (!std::binary_search(right.begin(), right.end(), entry))
      tx.execute(parts_.statements["duplicates.remove_key"], {entry.block, entry.record});
}

bool KeyBuilder::remove_slot(std::int64_t slot) {
  const std::int64_t step = (std::int64_t{1} << slot_shift) / ranges_of_slot;
  for (std::int64_t range = 0; range < ranges_of_slot; ++range) {
    if (run_.should_stop()) return false;
    const std::int64_t from = (slot << slot_shift) + range * step;
    parts_.database.write([&](store::Transaction& tx) {
      tx.execute(parts_.statements["duplicates.remove_keys_between"], {from, from + step});
    });
  }
  parts_.database.write([&](store::Transaction& tx) {
    tx.execute(parts_.statements["duplicates.remove_slot"], {slot});
  });
  return true;
}

void KeyBuilder::note(store::Transaction& tx) {
  run_.save_state(tx, state_, done_, total_);
}

}  // namespace fokus::duplicates
