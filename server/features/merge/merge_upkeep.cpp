// SPDX-License-Identifier: Apache-2.0
// Journals are personal data that only an undo needs: they go when it is no longer possible.
#include "features/merge/merge.hpp"

namespace fokus::merge {
namespace {

constexpr std::string_view upkeep_kind = "merge_upkeep";
constexpr int step_size = 20;  // journals per transaction

void erase(store::Transaction& tx, const records::ApiParts& parts, std::int64_t merge) {
  const auto& sql = parts.statements;
  for (const char* statement : {"merge.remove_images", "merge.remove_moves", "merge.remove_rows"})
    tx.execute(sql[statement], {merge});
  tx.execute(sql["merge.mark_erased"], {merge, parts.clock.now()});
}

// Merges whose kept record has left the database for good.
std::vector<std::int64_t> without_record(store::Transaction& tx, const records::ApiParts& parts,
                                         std::int64_t& after) {
  struct Open {
    std::int64_t id, kept;
    std::string type;
  };
  std::vector<Open> open;
  {
    auto rows = tx.query(parts.statements["merge.list_open_journals"], {after, step_size});
    while (rows->next())
      open.push_back({rows->integer(0), rows->integer(2), std::string(rows->text(1))});
  }
  const auto dictionary = parts.records.dictionary_ptr();
  std::vector<std::int64_t> out;
  for (const auto& one : open) {
    const auto* type = dictionary->find(one.type);
    const bool there = type && tx.query_integer("SELECT 1 FROM " + type->table + " WHERE id = $1",
                                                {one.kept}) != 0;
    if (!there) out.push_back(one.id);
  }
  after = open.empty() ? 0 : open.back().id;
  return out;
}

Result<boost::json::object> keep_up(const Merges& merges, work::Run& run) {
  const auto& parts = merges.parts();
  std::int64_t erased = 0, step = step_size;
  while (step == step_size && !run.should_stop()) {
    step = TRY(parts.database.write([&](store::Transaction& tx) -> Result<std::int64_t> {
      return merges.erase_journals(tx, step_size);
    }));
    erased += step;
  }
  std::int64_t after = 0;
  do {
    erased += TRY(
        parts.database.write([&, start = after](store::Transaction& tx) -> Result<std::int64_t> {
          after = start;
          const auto gone = without_record(tx, parts, after);
          for (const auto id : gone) erase(tx, parts, id);
          return static_cast<std::int64_t>(gone.size());
        }));
  } while (after != 0 && !run.should_stop());
  return boost::json::object{{"erased", erased}};
}

}  // namespace

std::int64_t Merges::undo_ms() const {
  return parts_.dictionary.current()->installation.merge_undo_days * ms_per_day;
}

std::int64_t Merges::erase_journals(store::Transaction& tx, int limit) const {
  const Instant before = parts_.clock.now().plus_ms(-undo_ms());
  std::vector<std::int64_t> old;
  {
    auto rows = tx.query(parts_.statements["merge.list_old_journals"], {before, limit});
    while (rows->next()) old.push_back(rows->integer(0));
  }
  for (const auto id : old) erase(tx, parts_, id);
  return static_cast<std::int64_t>(old.size());
}

void Merges::forget(store::Transaction& tx, const records::RecordType& type, RecordId kept) const {
  std::vector<std::int64_t> all;
  {
    auto rows = tx.query(parts_.statements["merge.list_journals_of"], {type.name, kept});
    while (rows->next()) all.push_back(rows->integer(0));
  }
  for (const auto id : all) erase(tx, parts_, id);
}

void Merges::add_jobs() const {
  parts_.jobs.add_kind(std::string(upkeep_kind),
                       [this](work::Run& run) { return keep_up(*this, run); });
  parts_.jobs.add_schedule(std::string(upkeep_kind), ms_per_hour);
  add_bulk_merge_jobs(*this);
}

}  // namespace fokus::merge
