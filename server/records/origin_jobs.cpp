// SPDX-License-Identifier: Apache-2.0
#include "platform/locale.hpp"
#include "records/inner.hpp"
#include "records/origin_api.hpp"
#include "records/origins.hpp"
#include "records/schema.hpp"

namespace fokus::records {
namespace {

namespace json = boost::json;

// Where the work stands: the type, and the last of its numbers that is done.
struct Place {
  std::string type;
  std::int64_t after = 0, done = 0;

  static Place from_state(const json::object& state) {
    Place out;
    if (const auto* type = state.if_contains("type")) out.type = type->as_string();
    if (const auto* after = state.if_contains("after")) out.after = after->as_int64();
    if (const auto* done = state.if_contains("done")) out.done = done->as_int64();
    return out;
  }
  json::object to_state() const { return {{"type", type}, {"after", after}, {"done", done}}; }
};

// False when all names are folded.
bool fold_some_sources(store::Database& database, const store::Statements& sql) {
  bool any = false;
  database.write([&](store::Transaction& tx) {
    any = false;  // anew when the transaction is run again
    std::vector<std::pair<std::int64_t, std::string>> names;
    {
      auto rows = tx.query(sql["records.unfolded_sources"], {limits::origin_rebuild_step});
      while (rows->next()) names.emplace_back(rows->integer(0), rows->text(1));
    }
    for (const auto& [id, name] : names) {
      const std::string folded = fold(name);
      if (folded.empty()) continue;  // signs only: nothing to be found by
      tx.execute(sql["records.fold_source"], {id, folded});
      any = true;
    }
  });
  return any;
}

class OriginRebuild {
 public:
  OriginRebuild(const ApiParts& parts, work::Run& run)
      : parts_(parts), run_(run), place_(Place::from_state(run.job().state)) {}

  Result<json::object> work() {
    while (fold_some_sources(parts_.database, parts_.statements))
      if (run_.should_stop()) return json::object();
    const auto dictionary = parts_.dictionary.current();
    // By name, and not in the dictionary's order, which an administrator may change meanwhile.
    for (const auto& [name, type] : dictionary->types) {
      if (name < place_.type) continue;
      if (name != place_.type) place_.type = name, place_.after = 0;
      while (step(type))
        if (run_.should_stop()) return json::object();
    }
    return json::object{{"done", place_.done}};
  }

 private:
  // The last number of the next records; nothing when the type has no more of them.
  std::optional<std::int64_t> next_end(store::Session& session, const RecordType& type) const {
    auto rows = session.query("SELECT max(n.id) FROM (SELECT id FROM " + type.table +
                                  " WHERE id > $1 ORDER BY id LIMIT $2) n",
                              {place_.after, limits::origin_rebuild_step});
    if (!rows->next() || rows->is_null(0)) return std::nullopt;
    return rows->integer(0);
  }

  std::vector<std::int64_t> records_until(store::Session& session, const RecordType& type,
                                          std::int64_t end) const {
    std::vector<std::int64_t> out;
    auto rows = session.query(parts_.statements["records.records_with_origins"],
                              {type.name, place_.after, end});
    while (rows->next()) out.push_back(rows->integer(0));
    return out;
  }

  bool step(const RecordType& type) {
    Place next;
    bool found = false;
    parts_.database.write([&](store::Transaction& tx) {
      const auto end = next_end(tx, type);
      found = end.has_value();
      if (!found) return;
      const auto ids = records_until(tx, type, *end);
      for (const auto id : ids)
        if (lock(tx, type, id)) rebuild_origins(tx, parts_.statements, type, RecordId{id});
      next = place_;  // anew when the transaction is run again
      next.after = *end;
      next.done += static_cast<std::int64_t>(ids.size());
      run_.save_state(tx, next.to_state(), next.done, 0);
    });
    if (found) place_ = std::move(next);
    return found;
  }

  // Against a save at the same time, which keeps its own origins.
  static bool lock(store::Transaction& tx, const RecordType& type, std::int64_t id) {
    const bool postgres = tx.engine() == store::Engine::postgres;
    return tx.query_integer(
               "SELECT id FROM " + type.table + " WHERE id = $1" + (postgres ? " FOR UPDATE" : ""),
               {id}) != 0;
  }

  const ApiParts& parts_;
  work::Run& run_;
  Place place_;
};

}  // namespace

void add_origin_jobs(const ApiParts& parts) {
  parts.jobs.add_kind("origins_rebuild", [parts](work::Run& run) -> Result<json::object> {
    // It may begin before this node has heard of the dictionary's last change.
    TRY(refresh_dictionary(parts.database, parts.statements, parts.model, parts.dictionary));
    return OriginRebuild(parts, run).work();
  });
}

}  // namespace fokus::records
