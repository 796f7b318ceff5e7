// SPDX-License-Identifier: Apache-2.0
#include "features/imports/import_chunk.hpp"

#include "base/json_writer.hpp"
#include "base/text.hpp"
#include "platform/locale.hpp"

namespace fokus::imports {
namespace {

namespace json = boost::json;

constexpr std::size_t seen_rows_max = 2'000'000;

std::optional<json::object> read_record(const records::Records& records, store::Session& session,
                                        const access::Scope& scope, const records::RecordType& type,
                                        RecordId id) {
  std::string text;
  JsonWriter writer(text);
  if (!records.get(session, scope, type, id, writer).ok()) return std::nullopt;
  return json::parse(text).as_object();
}

json::value member(const std::optional<json::object>& object, std::string_view key) {
  const auto* value = object ? object->if_contains(key) : nullptr;
  return value ? *value : json::value();
}

// Of whoever imports; of the installation when that is the command line.
TimeZone home_zone(const ChunkWriter::Parts& parts) {
  const auto& actor = parts.scope.actor;
  const bool is_nobody = actor.kind == access::ActorKind::system;
  const auto& name = is_nobody ? parts.dictionary.installation.default_time_zone : actor.time_zone;
  return TimeZone::find(name).value_or(TimeZone::utc());
}

}  // namespace

TimeZone clock_zone(const ChunkWriter::Parts& parts) {
  const auto said = TimeZone::find(parts.plan.time_zone);
  return said ? *said : home_zone(parts);
}

records::FieldContext field_context(const ChunkWriter::Parts& parts) {
  return {parts.dictionary,
          "",
          parts.scope.actor.user,
          parts.scope.actor.primary_group,
          parts.now,
          home_zone(parts).date_of(parts.now)};
}

void Counts::add(const Counts& other) {
  rows += other.rows;
  created += other.created;
  updated += other.updated;
  unchanged += other.unchanged;
  failed += other.failed;
  linked_created += other.linked_created;
  short_rows += other.short_rows;
  skipped += other.skipped;
  asked += other.asked;
}

json::object Counts::to_json() const {
  return {{"rows", rows},
          {"created", created},
          {"updated", updated},
          {"unchanged", unchanged},
          {"failed", failed},
          {"linked_created", linked_created},
          {"short_rows", short_rows},
          {"skipped", skipped},
          {"asked", asked}};
}

Counts Counts::from_json(const json::object& json) {
  const auto number = [&](const char* name) -> std::int64_t {
    const auto* value = json.if_contains(name);
    return value && value->is_int64() ? value->get_int64() : 0;
  };
  return {number("rows"),       number("created"), number("updated"),
          number("unchanged"),  number("failed"),  number("linked_created"),
          number("short_rows"), number("skipped"), number("asked")};
}

SeenRows::Kind SeenRows::look(const std::string& key, const Cells& cells) {
  std::size_t content = cells.size();
  for (const auto& cell : cells)
    content = content * 1'099'511'628'211ULL ^ std::hash<std::string>{}(cell);
  const std::size_t hash = std::hash<std::string>{}(key);
  const auto found = seen_.find(hash);
  if (found == seen_.end()) {
    if (seen_.size() >= seen_rows_max) return Kind::fresh;
    seen_.emplace(hash, content);
    journal_.emplace_back(hash, std::nullopt);
    return Kind::fresh;
  }
  journal_.emplace_back(hash, found->second);
  const bool same = found->second == content;
  found->second = content;
  return same ? Kind::same : Kind::different;
}

void SeenRows::forget_chunk() {
  for (auto it = journal_.rbegin(); it != journal_.rend(); ++it)
    if (it->second)
      seen_[it->first] = *it->second;
    else
      seen_.erase(it->first);
  journal_.clear();
}

// One chunk on its way through: what it looked up, and what its own rows have made since.
class ChunkWriter::Chunk {
 public:
  Chunk(const Parts& parts, store::Transaction& tx, const Options& options)
      : parts_(parts),
        tx_(tx),
        sample_wanted_(options.sample_wanted),
        seen_(options.seen),
        care_(options.care),
        may_stop_(options.may_stop),
        decisions_(options.decisions),
        twins_(options.twins),
        questions_max_(options.questions_max),
        context_{parts.dictionary, parts.scope, parts.now, tx.engine()},
        fields_(field_context(parts)),
        values_(context_, fields_, parts.plan.style, clock_zone(parts)) {}

  ChunkOutcome apply(std::span<const FileRow> rows) {
    targets_.emplace_back(*this, parts_.plan.main);
    for (const auto& linked : parts_.plan.linked) targets_.emplace_back(*this, linked.target);
    for (auto& target : targets_) target.look_up(tx_, rows);
    for (std::size_t i = 0; i < rows.size() && !outcome_.needs_care && !should_stop(i); ++i)
      apply_row(rows[i], i);
    return std::move(outcome_);
  }

 private:
  // A type that rows are matched against.
  struct Target {
    Target(const Chunk& chunk, const TargetPlan& plan)
        : plan(plan), lookup(chunk.context_, chunk.fields_, plan, chunk.parts_.plan.style) {}
    const TargetPlan& plan;
    MatchLookup lookup;
    std::vector<std::optional<MatchKey>> keys;  // of the rows
    std::map<std::string, std::vector<Existing>> found;

    void look_up(store::Session& session, std::span<const FileRow> rows) {
      std::vector<store::Value> leads;
      const auto find = [&] {
        found.merge(lookup.find(session, leads));
        leads.clear();
      };
      for (const auto& row : rows) {
        keys.push_back(row.problem.empty() ? lookup.key_of(row.cells) : std::nullopt);
        if (keys.back()) leads.push_back(keys.back()->lead);
        if (leads.size() == limits::rows_per_look_up) find();
      }
      find();
    }
  };

  bool should_stop(std::size_t stored) const {
    return may_stop_ && stored >= limits::rows_before_stop && tx_.is_wanted();
  }

  void refuse(const FileRow& row, std::string field, std::string code, std::string name = {}) {
    outcome_.errors.push_back(
        {row.row, std::move(field), std::move(code), std::move(name), &row.cells, row.width});
  }
  void refuse(const FileRow& row, const Error& error, const std::string& prefix) {
    // An index has refused it, and without a savepoint the transaction is unusable.
    outcome_.needs_care |= care_ == Care::none && error.kind == ErrorKind::conflict;
    if (error.errors.empty()) return refuse(row, prefix, error.code);
    for (const auto& one : error.errors) {
      const auto name = one.params.find("name");
      refuse(row, prefix.empty() ? one.field : prefix + "." + one.field, one.code,
             name == one.params.end() ? "" : name->second);
    }
  }

  bool is_sound(const FileRow& row) {
    if (!row.problem.empty()) return refuse(row, "", row.problem), false;
    for (std::size_t i = parts_.plan.column_count; i < row.width; ++i)
      if (!trim(row.cells[i]).empty()) return refuse(row, "", "too_many_cells"), false;
    outcome_.counts.short_rows += row.width < parts_.plan.column_count;
    return true;
  }

  void apply_row(const FileRow& row, std::size_t index) {
    ++outcome_.counts.rows;
    if (!is_sound(row)) return count_failed(row);
    made_.clear();
    const Counts before = outcome_.counts;
    const std::int64_t writes = tx_.writes();
    const bool stored = care_ == Care::each_row
                            ? tx_.in_savepoint([&] { return store_row(row, index); })
                            : store_row(row, index);
    outcome_.needs_care |= !stored && care_ == Care::none && tx_.writes() != writes;
    if (stored) {
      for (auto& [target, key, existing] : made_) target->found[key] = {std::move(existing)};
      return;
    }
    outcome_.counts = before;
    count_failed(row);
  }

  void count_failed(const FileRow& row) {
    ++outcome_.counts.failed;
    if (wants_sample())
      outcome_.sample.push_back(json::object{{"row", row.row}, {"action", "error"}});
  }

  bool store_row(const FileRow& row, std::size_t index) {
    Target& main = targets_[0];
    const auto& key = main.keys[index];
    const auto found = key ? main.found.find(key->text) : main.found.end();
    const bool known = found != main.found.end() && !found->second.empty();
    const OnMatch on_match = on_match_of(row);
    if (on_match == OnMatch::skip && is_decided(row))
      return skip(row, known ? found->second.front() : Existing());
    if (const auto* twins = known ? nullptr : twins_of(row)) return store_twin(row, index, *twins);
    if (known && on_match == OnMatch::skip) return skip(row, found->second.front());
    if (known && on_match == OnMatch::ask) return put_aside(row, found->second);
    json::object links;
    for (std::size_t i = 0; i < parts_.plan.linked.size(); ++i)
      if (!find_linked(row, index, parts_.plan.linked[i], targets_[i + 1], links)) return false;
    const bool updates = known && on_match == OnMatch::update;
    if (updates && found->second.size() > 1)
      return refuse(row, main.plan.fields[main.plan.match[0]].key, "ambiguous_match"), false;
    if (updates) return update(row, main, key->text, found->second.front(), links);
    if (main.plan.matches_by_id)
      return refuse(row, "id", key ? "no_such_record" : "required"), false;
    if (seen_ && key && !known && on_match != OnMatch::create) {
      const auto seen = seen_->look(key->text, row.cells);
      if (seen != SeenRows::Kind::fresh) return count_seen(row, seen, on_match);
    }
    return create(row, main, key, links);
  }

  const std::vector<std::int64_t>* twins_of(const FileRow& row) const {
    const auto found = twins_ ? twins_->find(row.row) : Twins::const_iterator();
    return twins_ && found != twins_->end() ? &found->second : nullptr;
  }

  // A row that resembles records: what becomes of it is always somebody's decision.
  bool store_twin(const FileRow& row, std::size_t index, const std::vector<std::int64_t>& ids) {
    Target& main = targets_[0];
    const auto found = main.lookup.of_ids(tx_, ids);
    if (!is_decided(row)) return put_aside(row, found);
    json::object links;
    for (std::size_t i = 0; i < parts_.plan.linked.size(); ++i)
      if (!find_linked(row, index, parts_.plan.linked[i], targets_[i + 1], links)) return false;
    if (on_match_of(row) == OnMatch::update && !found.empty())
      return update(row, main, "", found.front(), links);
    return create(row, main, main.keys[index], links);
  }

  bool is_decided(const FileRow& row) const { return decisions_ && decisions_->contains(row.row); }

  OnMatch on_match_of(const FileRow& row) const {
    if (!decisions_) return parts_.plan.on_match;
    const auto decided = decisions_->find(row.row);
    return decided == decisions_->end() ? parts_.plan.on_match : decided->second;
  }

  // A row about a record that an earlier row of this dry run would have made.
  bool count_seen(const FileRow& row, SeenRows::Kind seen, OnMatch on_match) {
    if (on_match == OnMatch::ask) return put_aside(row, {});
    if (on_match == OnMatch::skip)
      ++outcome_.counts.skipped;
    else
      ++(seen == SeenRows::Kind::same ? outcome_.counts.unchanged : outcome_.counts.updated);
    return true;
  }

  bool skip(const FileRow& row, const Existing& existing) {
    ++outcome_.counts.skipped;
    describe_kept(row, "skip", existing.id);
    return true;
  }

  bool put_aside(const FileRow& row, const std::vector<Existing>& found) {
    if (outcome_.questions.size() >= questions_max_)
      return refuse(row, "", "too_many_questions"), false;
    std::vector<std::int64_t> ids;
    for (const auto& one : found)
      if (ids.size() < limits::candidates_max) ids.push_back(one.id);
    outcome_.questions.push_back({&row, ids});
    ++outcome_.counts.asked;
    describe_kept(row, "ask", ids.empty() ? 0 : ids.front());
    return true;
  }

  // Puts the id of the linked record into `links`; nothing when the row names none.
  bool find_linked(const FileRow& row, std::size_t index, const LinkedPlan& plan, Target& target,
                   json::object& links) {
    const auto& lead_key = plan.target.fields.front().key;
    if (!plan.is_for(cell_at(row.cells, plan.target.fields.front().column))) return true;
    const bool named =
        std::any_of(plan.target.fields.begin(), plan.target.fields.end(),
                    [&](const auto& mapped) { return !cell_at(row.cells, mapped.column).empty(); });
    if (!named) return true;
    const auto& key = target.keys[index];
    // Of several with one name the oldest: a file of persons must not stop at a duplicate company.
    if (key)
      if (const auto found = target.found.find(key->text); found != target.found.end()) {
        const auto& existing = found->second.front();
        links[plan.link->name] = existing.id;
        return update_linked(row, target, existing, plan);
      }
    if (!plan.may_create) return refuse(row, lead_key, "no_such_record"), false;
    const auto values = values_of(row, plan.target);
    if (!values.ok()) return refuse(row, values.error(), ""), false;
    const auto saved =
        parts_.records.create(tx_, parts_.scope, *plan.target.type, *values, parts_.provenance);
    if (!saved.ok()) return refuse(row, saved.error(), plan.link->name), false;
    links[plan.link->name] = saved->id.value;
    outcome_.counts.linked_created +=
        !seen_ || !key ||
        seen_->look(plan.link->name + ':' + key->text, {}) == SeenRows::Kind::fresh;
    if (key)
      made_.push_back(
          {&target, key->text, state_after(row, plan.target, Existing{saved->id.value, {}})});
    return true;
  }

  bool update_linked(const FileRow& row, Target& target, const Existing& existing,
                     const LinkedPlan& plan) {
    const auto changes = changes_of(row, target.plan, existing);
    if (!changes.ok()) return refuse(row, changes.error(), ""), false;
    if (changes->empty()) return true;
    const auto saved =
        parts_.records.update(tx_, parts_.scope, *target.plan.type, RecordId{existing.id}, *changes,
                              std::nullopt, parts_.provenance);
    if (saved.ok()) return true;
    return refuse(row, saved.error(), plan.link->name), false;
  }

  bool create(const FileRow& row, Target& target, const std::optional<MatchKey>& key,
              const json::object& links) {
    auto read = values_of(row, target.plan);
    if (!read.ok()) return refuse(row, read.error(), ""), false;
    auto& values = *read;
    for (const auto& [name, id] : links) values[name] = id;
    const auto saved =
        parts_.records.create(tx_, parts_.scope, *target.plan.type, values, parts_.provenance);
    if (!saved.ok()) return refuse(row, saved.error(), ""), false;
    ++outcome_.counts.created;
    if (key)
      made_.push_back(
          {&target, key->text, state_after(row, target.plan, Existing{saved->id.value, {}})});
    describe(row, "create", *target.plan.type, saved->id, std::nullopt, values);
    return true;
  }

  bool update(const FileRow& row, Target& target, const std::string& key, const Existing& existing,
              const json::object& links) {
    const auto& type = *target.plan.type;
    auto read = changes_of(row, target.plan, existing);
    if (!read.ok()) return refuse(row, read.error(), ""), false;
    auto& changes = *read;
    for (const auto& [name, id] : links) changes[name] = id;
    const RecordId id{existing.id};
    std::optional<json::object> before;
    if (wants_sample()) before = read_record(parts_.records, tx_, parts_.scope, type, id);
    bool changed = false;
    if (!changes.empty()) {
      const auto saved = parts_.records.update(tx_, parts_.scope, type, id, changes, std::nullopt,
                                               parts_.provenance);
      if (!saved.ok()) return refuse(row, saved.error(), ""), false;
      changed = saved->changed;
    }
    ++(changed ? outcome_.counts.updated : outcome_.counts.unchanged);
    if (changed && !key.empty())
      made_.push_back({&target, key, state_after(row, target.plan, existing)});
    describe(row, changed ? "update" : "unchanged", type, id, before, changes);
    return true;
  }

  Result<json::object> values_of(const FileRow& row, const TargetPlan& plan) {
    return values_.of_new(tx_, row.cells, plan);
  }
  Result<json::object> changes_of(const FileRow& row, const TargetPlan& plan,
                                  const Existing& existing) {
    return values_.changes(tx_, row.cells, plan, existing, [&] {
      return read_record(parts_.records, tx_, parts_.scope, *plan.type, RecordId{existing.id});
    });
  }
  Existing state_after(const FileRow& row, const TargetPlan& plan, Existing state) const {
    return values_.state_after(row.cells, plan, std::move(state));
  }

  bool wants_sample() const { return outcome_.sample.size() < sample_wanted_; }

  void describe(const FileRow& row, const char* action, const records::RecordType& type,
                RecordId id, const std::optional<json::object>& before,
                const json::object& written) {
    if (!wants_sample()) return;
    const auto after = read_record(parts_.records, tx_, parts_.scope, type, id);
    json::array changes;
    for (const auto& [field, value] : written) {
      const auto old_value = member(before, field), new_value = member(after, field);
      if (old_value != new_value)
        changes.push_back(json::object{{"field", field}, {"old", old_value}, {"new", new_value}});
    }
    json::object one{{"row", row.row},
                     {"action", action},
                     {"name", member(after, "name")},
                     {"changes", std::move(changes)}};
    if (before) one["id"] = id.value;  // what a dry run would make has none that lasts
    outcome_.sample.push_back(std::move(one));
  }

  // The record that is there stays as it is.
  void describe_kept(const FileRow& row, const char* action, std::int64_t id) {
    if (!wants_sample()) return;
    std::optional<json::object> record;
    if (id != 0)
      record = read_record(parts_.records, tx_, parts_.scope, *parts_.plan.main.type, RecordId{id});
    json::object one{{"row", row.row},
                     {"action", action},
                     {"name", member(record, "name")},
                     {"changes", json::array()}};
    if (record) one["id"] = id;
    outcome_.sample.push_back(std::move(one));
  }

  struct Made {
    Target* target;
    std::string key;
    Existing existing;
  };

  const Parts& parts_;
  store::Transaction& tx_;
  std::size_t sample_wanted_;
  SeenRows* seen_;
  Care care_;
  bool may_stop_;
  const Decisions* decisions_;
  const Twins* twins_;
  std::size_t questions_max_;
  records::CriteriaContext context_;
  records::FieldContext fields_;
  RowValues values_;
  std::vector<Target> targets_;
  std::vector<Made> made_;  // by the row being stored
  ChunkOutcome outcome_;
};

ChunkOutcome ChunkWriter::apply(store::Transaction& tx, std::span<const FileRow> rows,
                                const Options& options) const {
  return Chunk(parts_, tx, options).apply(rows);
}

}  // namespace fokus::imports
