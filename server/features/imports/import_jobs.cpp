// SPDX-License-Identifier: Apache-2.0
// The bodies behind imports: each moves in steps that are stored together with their position, so
// that a node may die between any two of them.
#include <unistd.h>

#include <algorithm>

#include "features/imports/import_work.hpp"
#include "features/imports/imports.hpp"
#include "features/imports/twins.hpp"
#include "records/bulk.hpp"
#include "records/undo.hpp"
#include "records/undone.hpp"
#include "store/statistics.hpp"

namespace fokus::imports {
namespace {

namespace json = boost::json;

constexpr std::int64_t sweep_every_ms = 6 * ms_per_hour;
constexpr int sweep_files = 100;
constexpr int reversal_step = 200;

std::int64_t number(const json::object& object, const char* name, std::int64_t fallback = 0) {
  const auto* value = object.if_contains(name);
  return value && value->is_int64() ? value->get_int64() : fallback;
}

// Most chunks hold no row that is refused half-way.
template <class Attempt>
void with_care(Attempt attempt) {
  if (attempt(Care::none)) return;
  CHECK(attempt(Care::each_row));
}

void append(json::array& to, json::array&& from) {
  for (auto& one : from) to.push_back(std::move(one));
}

json::array errors_in(const json::object& state) {
  const auto* errors = state.if_contains("errors");
  return errors && errors->is_array() ? errors->get_array() : json::array();
}

json::array with_refused(json::array errors, const std::vector<records::UndoRefusal>& refused) {
  for (const auto& one : refused)
    if (errors.size() < static_cast<std::size_t>(records::limits::bulk_errors_max))
      errors.push_back(records::to_json(one));
  return errors;
}

// How far an import has come: what its job keeps between two chunks.
struct Progress {
  Counts counts;
  json::array sample;
  std::int64_t errors = 0;
  CsvPosition position;

  static Progress from_state(const json::object& state, CsvPosition begin) {
    Progress out{Counts::from_json(state),
                 {},
                 number(state, "errors"),
                 {number(state, "offset", begin.offset), number(state, "row", begin.row)}};
    if (const auto* kept = state.if_contains("sample")) out.sample = kept->as_array();
    return out;
  }
  json::object to_state() const {
    auto out = counts.to_json();
    out["offset"] = position.offset;
    out["row"] = position.row;
    out["errors"] = errors;
    out["sample"] = sample;
    return out;
  }
  std::size_t asked() const { return static_cast<std::size_t>(counts.asked); }
  void add(ChunkOutcome&& outcome, CsvPosition at) {
    counts.add(outcome.counts);
    append(sample, std::move(outcome.sample));
    errors += static_cast<std::int64_t>(outcome.errors.size());
    position = at;
  }
};

}  // namespace

void Imports::add_jobs() {
  const auto add = [this](const char* kind, Result<Object> (Imports::*body)(work::Run&)) {
    parts_.jobs.add_kind(kind, [this, body](work::Run& run) {
      auto outcome = (this->*body)(run);
      mark_ended(run, outcome);
      return outcome;
    });
  };
  add("import_check", &Imports::run_check);
  add("import", &Imports::run_import);
  add("import_decisions", &Imports::run_decisions);
  add("import_reversal", &Imports::run_reversal);
  parts_.jobs.add_kind("import_sweep", [this](work::Run& run) { return run_sweep(run); });
  parts_.jobs.add_schedule("import_sweep", sweep_every_ms);
}

// A body that gave up must not leave the import "running".
void Imports::mark_ended(const work::Run& run, const Result<Object>& outcome) {
  if (outcome.ok() || outcome.error().kind == ErrorKind::unavailable) return;
  parts_.database.write([&](store::Transaction& tx) {
    store_.save_status(tx, ImportId{number(run.job().input, "import")}, ImportStatus::failed);
  });
}

Result<access::Scope> Imports::scope_of(const work::Job& job) const {
  access::Scope scope;
  scope.actor = job.created_by.user ? TRY(parts_.actor_of(job.created_by)) : access::system_actor();
  scope.route = "job:" + job.kind;
  return scope;
}

Result<Imports::Object> Imports::run_check(work::Run& run) {
  const ImportId id{number(run.job().input, "import")};
  const auto work = TRY(open_work(store_, parts_, id));
  auto reader = TRY(open_reader(path_of(work.import.file), work.import, work.import.header));
  const ChunkWriter writer({parts_.records,
                            *work.dictionary,
                            work.plan,
                            TRY(scope_of(run.job())),
                            {0, {}, "import"},
                            parts_.clock.now()});
  // Nothing of a dry run is kept but its outcome: after an interruption it starts again.
  parts_.database.write([&](store::Transaction& tx) { store_.forget_findings(tx, id); });
  const auto decisions = load_decisions(id);
  Counts counts;
  json::array sample;
  std::int64_t errors = 0;
  SeenRows seen;
  const auto next_rows = [&] { return read_chunk(reader, work.plan); };
  for (auto rows = next_rows(); !rows.empty(); rows = next_rows()) {
    if (run.should_stop()) return Object();
    const auto twins = twins_of(writer.parts(), rows);
    ChunkOutcome outcome;
    with_care([&](Care care) {
      (void)parts_.database.write([&](store::Transaction& tx) -> Status {
        seen.forget_chunk();
        ChunkWriter::Options options{limits::sample_rows_max - sample.size(), &seen, care};
        options.decisions = &decisions;
        options.twins = &twins;
        options.questions_max = limits::questions_max - static_cast<std::size_t>(counts.asked);
        outcome = writer.apply(tx, rows, options);
        return make_error(ErrorKind::conflict, "imports/dry_run");  // rolls back
      });
      return !outcome.needs_care;
    });
    seen.end_chunk();
    counts.add(outcome.counts);
    append(sample, std::move(outcome.sample));
    parts_.database.write([&](store::Transaction& tx) {
      if (errors < limits::errors_stored_max) store_.add_errors(tx, id, outcome.errors);
      store_.add_questions(tx, id, outcome.questions);
      run.save_state(tx, {}, counts.rows, std::max(counts.rows, work.import.rows_estimate));
    });
    errors += static_cast<std::int64_t>(outcome.errors.size());
  }
  parts_.database.write([&](store::Transaction& tx) {
    store_.save_outcome(tx, id, ImportStatus::checked, counts, sample);
    run.save_state(tx, {}, counts.rows, counts.rows);
  });
  return counts.to_json();
}

Twins Imports::twins_of(const ChunkWriter::Parts& parts, std::span<const FileRow> rows) const {
  if (!parts.plan.asks_for_twins) return {};
  return parts_.database.read([&](store::Session& s) { return find_twins(parts, s, rows); });
}

Decisions Imports::load_decisions(ImportId id) const {
  return parts_.database.read([&](store::Session& s) { return store_.list_decisions(s, id); });
}

Result<Imports::Object> Imports::run_import(work::Run& run) {
  return run_rows(run, Rows::all);
}

// The rows that were put aside, as somebody has decided about them since.
Result<Imports::Object> Imports::run_decisions(work::Run& run) {
  return run_rows(run, Rows::decided);
}

Result<Imports::Object> Imports::run_rows(work::Run& run, Rows which) {
  const ImportId id{number(run.job().input, "import")};
  const auto work = TRY(open_work(store_, parts_, id));
  Progress progress = Progress::from_state(run.job().state, work.import.header);
  auto reader = TRY(open_reader(path_of(work.import.file), work.import, progress.position));
  const records::Provenance provenance{number(run.job().input, "source"), work.import.batch,
                                       "import"};
  const ChunkWriter writer({parts_.records, *work.dictionary, work.plan, TRY(scope_of(run.job())),
                            provenance, parts_.clock.now()});
  const bool is_all = which == Rows::all;
  if (is_all && progress.position.offset == work.import.header.offset)
    parts_.database.write([&](store::Transaction& tx) { store_.forget_findings(tx, id); });
  const auto decisions = load_decisions(id);
  const auto total = is_all ? work.import.rows_estimate : std::int64_t(decisions.size());
  Pieces pieces(reader, work.plan, parts_.database.engine(), is_all ? nullptr : &decisions);
  for (auto rows = pieces.current(); !rows.empty(); rows = pieces.current()) {
    if (run.should_stop()) return Object();
    const auto twins = twins_of(writer.parts(), rows);
    Progress next;
    bool is_wanted = false;
    const auto store_chunk = [&](store::Transaction& tx, Care care) -> Status {
      ChunkWriter::Options options{limits::sample_rows_max - progress.sample.size(), nullptr, care,
                                   true};
      options.decisions = &decisions;
      options.twins = &twins;
      options.questions_max = limits::questions_max - progress.asked();
      auto outcome = writer.apply(tx, rows, options);
      if (outcome.needs_care) return make_error(ErrorKind::conflict, "imports/needs_care");
      if (progress.errors < limits::errors_stored_max) store_.add_errors(tx, id, outcome.errors);
      const auto stored = static_cast<std::size_t>(outcome.counts.rows);
      if (!decisions.empty())
        store_.remove_questions(tx, id, rows.front().row, rows[stored - 1].row);
      store_.add_questions(tx, id, outcome.questions);
      next = progress;  // anew when the transaction is run again
      next.add(std::move(outcome), rows[stored - 1].end);
      is_wanted = tx.is_wanted();
      const std::int64_t done = next.counts.rows;
      run.save_state(tx, next.to_state(), done, std::max(done, total));
      if (!is_all) save_decided(tx, work.import, next.counts, ImportStatus::running);
      return {};
    };
    with_care([&](Care care) {
      return parts_.database.write([&](store::Transaction& tx) { return store_chunk(tx, care); })
          .ok();
    });
    pieces.go_on(static_cast<std::size_t>(next.counts.rows - progress.counts.rows), is_wanted);
    progress = std::move(next);
  }
  progress.position = reader.position();
  parts_.database.write([&](store::Transaction& tx) {
    const std::int64_t done = progress.counts.rows;
    if (is_all)
      store_.save_outcome(tx, id, ImportStatus::done, progress.counts, progress.sample);
    else
      save_decided(tx, work.import, progress.counts, ImportStatus::done);
    progress.sample.clear();
    run.save_state(tx, progress.to_state(), done, done);
  });
  return ended(progress.counts, work.import.batch);
}

Result<Imports::Object> Imports::ended(const Counts& counts, BatchId batch) const {
  store::refresh_statistics(parts_.database);
  auto result = counts.to_json();
  result["batch"] = batch.value;
  return result;
}

// The rows were counted already, as put aside. `since`: of this job, which may have been
// interrupted; what the import had counted before it is in its input.
void Imports::save_decided(store::Transaction& tx, const Import& import, const Counts& since,
                           ImportStatus status) const {
  const auto job = parts_.jobs.get(tx, import.job);
  Counts counts = Counts::from_json(job.ok() ? job->input.at("counts").as_object() : Object());
  const std::int64_t rows = counts.rows;
  counts.add(since);
  counts.rows = rows;
  counts.short_rows -= since.short_rows;
  counts.asked -= since.rows;
  store_.save_outcome(tx, import.id, status, counts, import.sample);
}

Result<Imports::Object> Imports::run_reversal(work::Run& run) {
  const ImportId id{number(run.job().input, "import")};
  const auto import = parts_.database.read([&](store::Session& s) { return store_.find(s, id); });
  if (!import) return make_error(ErrorKind::not_found, "imports/not_found");
  const auto scope = TRY(scope_of(run.job()));
  const auto& state = run.job().state;
  std::int64_t before = number(state, "before", std::numeric_limits<std::int64_t>::max());
  std::int64_t undone = number(state, "undone"), conflicts = number(state, "conflicts");
  std::int64_t failed = number(state, "failed");
  json::array errors = errors_in(state);
  const std::int64_t total = number(import->counts, "created") + number(import->counts, "updated") +
                             number(import->counts, "linked_created");
  while (before != 0) {
    if (run.should_stop()) return Object();
    records::UndoOutcome done;
    json::array listed;
    TRY(parts_.database.write([&](store::Transaction& tx) -> Status {
      done = TRY(records::undo_some({parts_.records, parts_.statements, parts_.clock}, tx, scope,
                                    {import->batch, before, reversal_step}));
      const auto& step = done.step;
      const auto refused = static_cast<std::int64_t>(done.refused.size());
      listed = with_refused(errors, done.refused);
      run.save_state(tx,
                     {{"before", step.next_before},
                      {"undone", undone + step.undone},
                      {"conflicts", conflicts + step.conflicts},
                      {"failed", failed + refused},
                      {"errors", listed}},
                     undone + step.undone + conflicts + step.conflicts + failed + refused, total);
      if (step.next_before == 0) store_.save_status(tx, id, ImportStatus::reversed);
      return {};
    }));
    undone += done.step.undone;
    conflicts += done.step.conflicts;
    failed += static_cast<std::int64_t>(done.refused.size());
    errors = std::move(listed);
    before = done.step.next_before;
  }
  const auto sum = parts_.database.read([&](store::Session& session) {
    return records::count_undone(session, parts_.statements, import->batch);
  });
  return Object{{"undone", undone},       {"conflicts", conflicts},
                {"failed", failed},       {"errors", std::move(errors)},
                {"removed", sum.removed}, {"restored", sum.restored},
                {"left", sum.left}};
}

// Files, samples and refused rows are kept no longer than the work with them needs.
Result<Imports::Object> Imports::run_sweep(work::Run& run) {
  const Instant before = parts_.clock.now().plus_ms(-limits::keep_files_ms);
  std::int64_t removed = 0;
  while (!run.should_stop()) {
    const auto old = parts_.database.read(
        [&](store::Session& s) { return store_.list_old_files(s, before, sweep_files); });
    if (old.empty()) break;
    for (const auto& import : old)
      for (const auto* file : {&import.file, &import.original})
        if (!file->empty()) ::unlink(path_of(*file).c_str());
    parts_.database.write([&](store::Transaction& tx) {
      for (const auto& import : old) store_.forget_file(tx, import.id);
    });
    removed += static_cast<std::int64_t>(old.size());
  }
  return Object{{"removed", removed}};
}

}  // namespace fokus::imports
