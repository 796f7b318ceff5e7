// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <array>
#include <limits>
#include <memory>
#include <string>
#include <vector>

#include "base/json_writer.hpp"
#include "features/imports/import_store.hpp"
#include "features/imports/intake.hpp"
#include "records/api.hpp"
#include "records/rights.hpp"

namespace fokus::imports {

namespace limits {
constexpr std::size_t sample_rows_max = 100;  // described in a dry run and a run
constexpr std::int64_t errors_stored_max = 100'000;
constexpr std::size_t questions_max = 100'000;      // rows put aside; more are refused
constexpr int diff_rows_max = 2'000;                // looked through for one page
constexpr std::int64_t value_rows_max = 1'000'000;  // looked through for the values of a column
constexpr std::size_t values_max = 200;             // of one column
constexpr int preview_rows = 20;
constexpr std::size_t chunk_bytes_max = 4 << 20;
constexpr int page_max = 200;
constexpr std::int64_t keep_files_ms = 30 * ms_per_day;  // then file, sample and errors go
}  // namespace limits

struct Started {
  JobId job;
  BatchId batch;
};

// Imports from the file to its reversal. Thread-safe. Every function wants the functional right
// `import`; what may be written is decided row by row by the rights to the records. An import is
// seen by who made it and by who may `administer`. Errors beside those of the records:
// "imports/not_found", "imports/invalid" (definition), "imports/wrong_status" (params status),
// and those of take_file().
class Imports {
 public:
  // `folder` keeps the files until the imports are old; all nodes share it.
  Imports(const records::ApiParts& parts, std::string folder);

  // Takes a copy of the file at `path`, finds its form and guesses the mapping, which becomes the
  // definition until define() says otherwise. `form`: what of it need not be found; its errors are
  // those of find_table().
  Result<ImportId> begin(const access::Scope& scope, std::string_view record_type,
                         std::string_view name, const std::string& path, const FileForm& form = {});
  // Whole definition or some of its members; checked against the record types and the file.
  // The members of a FileForm read the file anew, and what was mapped is guessed again. Error when
  // the file was taken in by a program that did not keep what it converted: "imports/invalid" with
  // encoding and original_gone.
  Status define(const access::Scope& scope, ImportId id, const boost::json::object& changes);
  // Counts and samples what a run would do; stores no record.
  Result<Started> check_later(const access::Scope& scope, ImportId id);
  Result<Started> run_later(const access::Scope& scope, ImportId id);
  // Takes every change of the run back, updates included; values changed since are left.
  Result<Started> reverse_later(const access::Scope& scope, ImportId id);
  Result<Started> reverse_batch_later(const access::Scope& scope, BatchId batch);
  // The rows that were put aside, as was decided; part of the run's batch. Undecided ones stay.
  Result<Started> decide_later(const access::Scope& scope, ImportId id);

  // --- looked at before and after a run; nothing is stored ---
  // What a run would do with the rows behind a cursor (that of the page before, or empty):
  // {items: [{row, action, name, id?, changes, errors?}], next}. `action`: only these. A page ends
  // early when diff_rows_max rows were looked through, and may then be empty with a next one. A row
  // about a record that an earlier page would make is a new one here.
  Result<boost::json::object> list_diff(const access::Scope& scope, ImportId id,
                                        std::string_view cursor, int limit,
                                        std::string_view action) const;
  // The first rows as their fields get them: [{row, cells: {key: {file, field}}}].
  Result<boost::json::array> preview(const access::Scope& scope, ImportId id) const;
  // The different values of the column of a mapped field, after its transforms without `replace`,
  // the commonest first: {values: [{value, count, is_known}], is_whole}. is_known: the field's list
  // has it. Error: "imports/invalid" with key and unknown_field.
  Result<boost::json::object> list_values(const access::Scope& scope, ImportId id,
                                          std::string_view key) const;

  // --- rows that were put aside ---
  // {items: [{row, records: [{id, name}], cells: {column: text}, decision}], next, open, decided}.
  Result<boost::json::object> list_questions(const access::Scope& scope, ImportId id,
                                             std::int64_t after, int limit) const;
  // Of these rows, or of all; null: undecided again. Errors: "imports/invalid" with decision.
  Status decide(const access::Scope& scope, ImportId id,
                const std::optional<std::vector<std::int64_t>>& rows,
                std::optional<OnMatch> decision);

  Result<Import> get(const access::Scope& scope, ImportId id) const;
  std::vector<Import> list(const access::Scope& scope, ImportId before, int limit) const;
  std::vector<StoredError> list_errors(ImportId id, std::int64_t after, int limit) const;

  // The bodies of the jobs "import_check", "import", "import_decisions", "import_reversal" and
  // "import_sweep"; before
  // jobs.start().
  void add_jobs();

 private:
  using Object = boost::json::object;
  Result<Started> start(const access::Scope& scope, const Import& import, std::string_view kind,
                        ImportStatus status);
  Status read_table(const access::Scope& scope, Import& import, FileForm form) const;
  Status read_anew(const access::Scope& scope, Import& import, const Object& changes) const;
  Status convert_anew(Import& import, const FileForm& form) const;
  Status check_may_import(const access::Scope& scope) const;
  Result<access::Scope> scope_of(const work::Job& job) const;
  std::string path_of(const std::string& file) const;
  void settle_status(Import& import) const;

  Result<Object> run_check(work::Run& run);
  Result<Object> run_import(work::Run& run);
  Result<Object> run_decisions(work::Run& run);
  enum class Rows { all, decided };
  Result<Object> run_rows(work::Run& run, Rows which);
  void save_decided(store::Transaction& tx, const Import& import, const Counts& since,
                    ImportStatus status) const;
  Result<Object> ended(const Counts& counts, BatchId batch) const;
  Decisions load_decisions(ImportId id) const;
  Twins twins_of(const ChunkWriter::Parts& parts, std::span<const FileRow> rows) const;
  boost::json::array try_rows(const ChunkWriter& writer, const std::vector<FileRow>& rows,
                              const Decisions& decisions) const;
  boost::json::array named_records(store::Session& session, const access::Scope& scope,
                                   const records::RecordType& type,
                                   const boost::json::array& ids) const;
  Result<Object> run_reversal(work::Run& run);
  Result<Object> run_sweep(work::Run& run);
  void mark_ended(const work::Run& run, const Result<Object>& outcome);

  records::ApiParts parts_;
  std::string folder_;
  ImportStore store_;
};

}  // namespace fokus::imports
