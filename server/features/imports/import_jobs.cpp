// SPDX-License-Identifier: Apache-2.0
// The bodies behind imports: each moves in steps that are stored together with their position, so
// that a node may die between any two of them.
#include <unistd.h>

#include <algorithm>

#include "base/text.hpp"
#include "features/imports/imports.hpp"
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

// Everything a body needs to read the file of an import and apply its rows.
struct Work {
  Import import;
  records::DictionaryPtr dictionary;
  ImportPlan plan;
};

Result<Work> open_work(const ImportStore& store, const records::ApiParts& parts, ImportId id) {
  auto import = parts.database.read([&](store::Session& s) { return store.find(s, id); });
  if (!import || import->file.empty()) return make_error(ErrorKind::not_found, "imports/not_found");
  Work work{std::move(*import), parts.records.dictionary_ptr(), {}};
  const auto* type = work.dictionary->find(work.import.record_type);
  if (!type) return make_error(ErrorKind::not_found, "imports/unknown_type");
  work.plan =
      TRY(make_plan(*work.dictionary, *type, work.import.column_names(), work.import.definition));
  return work;
}

Result<CsvReader> open_reader(const std::string& path, const Import& import, CsvPosition from) {
  auto source = open_file_source(path);
  if (!source) return make_error(ErrorKind::unavailable, "imports/unreadable_file");
  CsvReader reader(std::move(source), import.format, from);
  CsvRow header;
  if (import.has_header && from.offset == import.header.offset) reader.next(header);
  return reader;
}

// Spreadsheets leave rows behind that hold delimiters and nothing else: they say nothing.
bool is_blank(const CsvRow& row) {
  return row.problem.empty() &&
         std::all_of(row.cells.begin(), row.cells.end(),
                     [](std::string_view cell) { return trim(cell).empty(); });
}

// Empty at the end of the file. Blank rows are passed over; the others keep their numbers.
std::vector<FileRow> read_chunk(CsvReader& reader, std::size_t rows_max = limits::rows_per_chunk) {
  std::vector<FileRow> rows;
  CsvRow row;
  std::size_t bytes = 0;
  while (rows.size() < rows_max && bytes < limits::chunk_bytes_max && reader.next(row)) {
    if (is_blank(row)) continue;
    rows.push_back({row.row,
                    {row.cells.begin(), row.cells.end()},
                    std::string(row.problem),
                    reader.position()});
    for (const auto cell : row.cells) bytes += cell.size();
  }
  return rows;
}

// The rows of the file in pieces that are stored together. On SQLite a commit writes a page of each
// index for nearly every row, so pieces grow while nobody else waits to write.
class Pieces {
 public:
  Pieces(CsvReader& reader, store::Engine engine)
      : reader_(reader), may_grow_(engine == store::Engine::sqlite), rows_(read_chunk(reader)) {}

  // Empty at the end of the file.
  std::span<const FileRow> current() const {
    return std::span(rows_).subspan(at_, std::min(size_, rows_.size() - at_));
  }
  void go_on(std::size_t stored, bool is_wanted) {
    at_ += stored;
    if (may_grow_)
      size_ = is_wanted ? limits::rows_per_chunk : std::min(2 * size_, limits::rows_per_chunk_max);
    if (at_ < rows_.size()) return;
    rows_ = read_chunk(reader_, size_);
    at_ = 0;
  }

 private:
  CsvReader& reader_;
  bool may_grow_;
  std::vector<FileRow> rows_;
  std::size_t at_ = 0, size_ = limits::rows_per_chunk;
};

// Most chunks hold no row that is refused half-way.
template <class Attempt>
void with_care(Attempt attempt) {
  if (attempt(Care::none)) return;
  CHECK(attempt(Care::each_row));
}

void append(json::array& to, json::array&& from) {
  for (auto& one : from) to.push_back(std::move(one));
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
  parts_.database.write([&](store::Transaction& tx) { store_.erase_errors(tx, id); });
  Counts counts;
  json::array sample;
  std::int64_t errors = 0;
  SeenRows seen;
  for (auto rows = read_chunk(reader); !rows.empty(); rows = read_chunk(reader)) {
    if (run.should_stop()) return Object();
    ChunkOutcome outcome;
    with_care([&](Care care) {
      (void)parts_.database.write([&](store::Transaction& tx) -> Status {
        seen.forget_chunk();
        outcome = writer.apply(tx, rows, {limits::sample_rows_max - sample.size(), &seen, care});
        return make_error(ErrorKind::conflict, "imports/dry_run");  // rolls back
      });
      return !outcome.needs_care;
    });
    seen.end_chunk();
    counts.add(outcome.counts);
    append(sample, std::move(outcome.sample));
    parts_.database.write([&](store::Transaction& tx) {
      if (errors < limits::errors_stored_max) store_.add_errors(tx, id, outcome.errors);
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

Result<Imports::Object> Imports::run_import(work::Run& run) {
  const ImportId id{number(run.job().input, "import")};
  const auto work = TRY(open_work(store_, parts_, id));
  Progress progress = Progress::from_state(run.job().state, work.import.header);
  auto reader = TRY(open_reader(path_of(work.import.file), work.import, progress.position));
  const records::Provenance provenance{number(run.job().input, "source"), work.import.batch,
                                       "import"};
  const ChunkWriter writer({parts_.records, *work.dictionary, work.plan, TRY(scope_of(run.job())),
                            provenance, parts_.clock.now()});
  const bool first = progress.position.offset == work.import.header.offset;
  if (first) parts_.database.write([&](store::Transaction& tx) { store_.erase_errors(tx, id); });
  Pieces pieces(reader, parts_.database.engine());
  for (auto rows = pieces.current(); !rows.empty(); rows = pieces.current()) {
    if (run.should_stop()) return Object();
    Progress next;
    bool is_wanted = false;
    const auto store_chunk = [&](store::Transaction& tx, Care care) -> Status {
      const auto sample_wanted = limits::sample_rows_max - progress.sample.size();
      auto outcome = writer.apply(tx, rows, {sample_wanted, nullptr, care, true});
      if (outcome.needs_care) return make_error(ErrorKind::conflict, "imports/needs_care");
      if (progress.errors < limits::errors_stored_max) store_.add_errors(tx, id, outcome.errors);
      next = progress;  // anew when the transaction is run again
      const auto stored = static_cast<std::size_t>(outcome.counts.rows);
      next.add(std::move(outcome), rows[stored - 1].end);
      is_wanted = tx.is_wanted();
      const std::int64_t done = next.counts.rows;
      run.save_state(tx, next.to_state(), done, std::max(done, work.import.rows_estimate));
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
    store_.save_outcome(tx, id, ImportStatus::done, progress.counts, progress.sample);
    progress.sample.clear();
    run.save_state(tx, progress.to_state(), done, done);
  });
  store::refresh_statistics(parts_.database);
  auto result = progress.counts.to_json();
  result["batch"] = work.import.batch.value;
  return result;
}

Result<Imports::Object> Imports::run_reversal(work::Run& run) {
  const ImportId id{number(run.job().input, "import")};
  const auto import = parts_.database.read([&](store::Session& s) { return store_.find(s, id); });
  if (!import) return make_error(ErrorKind::not_found, "imports/not_found");
  const auto scope = TRY(scope_of(run.job()));
  const auto& state = run.job().state;
  std::int64_t before = number(state, "before", std::numeric_limits<std::int64_t>::max());
  std::int64_t undone = number(state, "undone"), conflicts = number(state, "conflicts");
  const std::int64_t total = number(import->counts, "created") + number(import->counts, "updated") +
                             number(import->counts, "linked_created");
  while (before != 0) {
    if (run.should_stop()) return Object();
    records::Records::UndoStep step;
    TRY(parts_.database.write([&](store::Transaction& tx) -> Status {
      step = TRY(parts_.records.undo_batch(tx, scope, import->batch, before, reversal_step));
      run.save_state(tx,
                     {{"before", step.next_before},
                      {"undone", undone + step.undone},
                      {"conflicts", conflicts + step.conflicts}},
                     undone + step.undone + conflicts + step.conflicts, total);
      if (step.next_before == 0) store_.save_status(tx, id, ImportStatus::reversed);
      return {};
    }));
    undone += step.undone;
    conflicts += step.conflicts;
    before = step.next_before;
  }
  const auto sum = parts_.database.read([&](store::Session& session) {
    return records::count_undone(session, parts_.statements, import->batch);
  });
  return Object{{"undone", undone},
                {"conflicts", conflicts},
                {"removed", sum.removed},
                {"restored", sum.restored},
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
