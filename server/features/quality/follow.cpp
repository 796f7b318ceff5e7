// SPDX-License-Identifier: Apache-2.0
// What a save leaves behind, and who takes it up.
#include <algorithm>
#include <map>

#include "features/quality/evaluator.hpp"
#include "features/quality/follower.hpp"

namespace fokus::quality {
namespace {

struct Waiting {
  std::int64_t id = 0, version = 0;
};

// Looks at these and takes them off the queue, unless they were saved again meanwhile.
void look_at(const Quality& quality, const std::string& type_name,
             const std::vector<Waiting>& waiting) {
  const auto& parts = quality.parts();
  const auto dictionary = parts.dictionary.current();
  const auto* type = dictionary->find(type_name);
  std::vector<Evaluator::Looked> looked;
  std::optional<Evaluator> evaluator;
  if (type) {
    evaluator.emplace(quality, *type, dictionary);
    std::vector<std::int64_t> ids;
    for (const auto& one : waiting) ids.push_back(one.id);
    looked =
        parts.database.read([&](store::Session& session) { return evaluator->look(session, ids); });
  }
  parts.database.write([&](store::Transaction& tx) {
    if (evaluator) evaluator->store(tx, looked);
    for (const auto& one : waiting) {
      const auto seen = std::find_if(looked.begin(), looked.end(),
                                     [&](const auto& other) { return other.id == one.id; });
      // One that was saved again meanwhile has another version on the queue, and stays there.
      if (seen == looked.end() || seen->version >= one.version)
        tx.execute(parts.statements["quality.remove_queued"], {type_name, one.id, one.version});
    }
  });
}

// One that cannot be looked at must not keep the others waiting: it is left to the night.
void look_at_each(const Quality& quality, const std::string& type_name,
                  const std::vector<Waiting>& waiting) {
  const auto& parts = quality.parts();
  for (const auto& one : waiting) {
    try {
      look_at(quality, type_name, {one});
    } catch (const store::Failure& failure) {
      using Kind = store::FailureKind;
      if (failure.kind == Kind::busy || failure.kind == Kind::unavailable ||
          failure.kind == Kind::full)
        throw;
      parts.database.write([&](store::Transaction& tx) {
        tx.execute(parts.statements["quality.remove_queued"], {type_name, one.id, one.version});
      });
    }
  }
}

}  // namespace

void Quality::follow(store::Transaction& tx, const records::RecordType& type, RecordId id,
                     const records::WatchedRecord* before,
                     const records::WatchedRecord* after) const {
  if (type.system) return;
  const auto& sql = parts_.statements;
  if (after) {
    const auto rules = book_.current();
    if (rules->of_type(type.name).empty()) return;
    tx.execute(sql["quality.queue_record"], {type.name, id, after->draft.integer("version")});
    return;
  }
  tx.execute(sql["quality.forget_queued"], {type.name, id});
  // In the bin they stay for who takes it out again, and are shown to nobody.
  if (!before) tx.execute(sql["quality.forget_findings"], {type.name, id});
}

int Quality::catch_up(int limit) const {
  std::map<std::string, std::vector<Waiting>> waiting;
  int count = 0;
  parts_.database.read([&](store::Session& session) {
    waiting.clear();
    count = 0;
    for (auto rows = session.query(parts_.statements["quality.list_queue"], {limit}); rows->next();
         ++count)
      waiting[std::string(rows->text(0))].push_back({rows->integer(1), rows->integer(2)});
  });
  for (const auto& [type, records] : waiting) {
    try {
      look_at(*this, type, records);
    } catch (const store::Failure&) {
      look_at_each(*this, type, records);
    }
  }
  return count;
}

void Quality::try_catch_up(int limit) const {
  try {
    catch_up(limit);
  } catch (const store::Failure&) {
    // The follower tries again.
  }
}

void Quality::try_catch_up(const records::RecordType& type, RecordId id) const {
  try {
    catch_up(type, id);
  } catch (const store::Failure&) {
    // The follower tries again.
  }
}

void Quality::catch_up(const records::RecordType& type, RecordId id) const {
  std::vector<Waiting> waiting;
  parts_.database.read([&](store::Session& session) {
    waiting.clear();
    auto rows = session.query(parts_.statements["quality.get_queued"], {type.name, id});
    if (rows->next()) waiting.push_back({id.value, rows->integer(0)});
    rows.reset();
    if (!waiting.empty() || !type.find(score_field)) return;
    // One that no save and no scan has led here yet.
    auto unseen =
        session.query("SELECT version FROM " + type.table +
                          " WHERE id = $1 AND quality_score IS NULL AND archived_at IS NULL",
                      {id});
    if (unseen->next()) waiting.push_back({id.value, unseen->integer(0)});
  });
  if (!waiting.empty()) look_at(*this, type.name, waiting);
}

}  // namespace fokus::quality
