// SPDX-License-Identifier: Apache-2.0
#include "records/search_rebuild.hpp"

#include "records/save_steps.hpp"
#include "records/schema.hpp"

namespace fokus::records {
namespace {

namespace json = boost::json;

// Where the work stands: the type, and the last of its records that is done.
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

std::vector<std::int64_t> next_live(store::Session& session, const RecordType& type,
                                    std::int64_t after) {
  const auto rows = session.query("SELECT id FROM " + type.table +
                                      " WHERE archived_at IS NULL AND id > $1 ORDER BY id LIMIT $2",
                                  {after, limits::search_rebuild_step});
  std::vector<std::int64_t> out;
  while (rows->next()) out.push_back(rows->integer(0));
  return out;
}

void renew(store::Transaction& tx, const Records::Inner& inner, const RecordType& type,
           RecordId id) {
  const auto stored = read_stored(tx, type, id, true);
  // Somebody may have archived it between the two reads.
  if (!stored || !store::is_null(stored->draft["archived_at"][0])) return;
  renew_search_entry(tx, inner, stored->draft, id, read_contact_points(tx, inner.sql, type, id));
}

class SearchRebuild {
 public:
  SearchRebuild(const ApiParts& parts, const Records::Inner& inner, work::Run& run)
      : parts_(parts), inner_(inner), run_(run), place_(Place::from_state(run.job().state)) {}

  Result<json::object> work() {
    const auto dictionary = parts_.dictionary.current();
    // By name, and not in the dictionary's order, which an administrator may change meanwhile.
    for (const auto& [name, type] : dictionary->types) {
      if (name < place_.type || !is_searchable(type)) continue;
      if (name != place_.type) place_.type = name, place_.after = 0;
      while (step(type))
        if (run_.should_stop()) return json::object();
    }
    return json::object{{"done", place_.done}};
  }

 private:
  // False when the type has no more of them.
  bool step(const RecordType& type) {
    Place next;
    bool found = false;
    parts_.database.write([&](store::Transaction& tx) {
      const auto ids = next_live(tx, type, place_.after);
      found = !ids.empty();
      if (!found) return;
      for (const auto id : ids) renew(tx, inner_, type, RecordId{id});
      next = place_;  // anew when the transaction is run again
      next.after = ids.back();
      next.done += static_cast<std::int64_t>(ids.size());
      run_.save_state(tx, next.to_state(), next.done, 0);
    });
    if (found) place_ = std::move(next);
    return found;
  }

  const ApiParts& parts_;
  const Records::Inner& inner_;
  work::Run& run_;
  Place place_;
};

}  // namespace

void add_search_jobs(const ApiParts& parts, std::function<void()> search_written) {
  // Shared with the body, which lives as long as the jobs do.
  const auto inner = std::make_shared<Records::Inner>(
      Records::Parts{parts.statements, parts.clock, parts.dictionary});
  inner->search_written = std::move(search_written);
  parts.jobs.add_kind("search_rebuild", [parts, inner](work::Run& run) -> Result<json::object> {
    // It may begin before this node has heard of the change of the dictionary that asked for it.
    TRY(refresh_dictionary(parts.database, parts.statements, parts.model, parts.dictionary));
    // What this one takes for known may have been taken out of the help with spelling.
    inner->known_words->clear();
    return SearchRebuild(parts, *inner, run).work();
  });
}

}  // namespace fokus::records
