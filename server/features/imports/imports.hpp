// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <array>
#include <limits>
#include <memory>
#include <string>
#include <vector>

#include "base/json_writer.hpp"
#include "features/imports/file_form.hpp"
#include "features/imports/import_store.hpp"
#include "records/api.hpp"
#include "records/rights.hpp"

namespace fokus::imports {

namespace limits {
constexpr std::size_t sample_rows_max = 100;  // described in a dry run and a run
constexpr std::int64_t errors_stored_max = 100'000;
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
// and those of convert_to_utf8().
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

  Result<Import> get(const access::Scope& scope, ImportId id) const;
  std::vector<Import> list(const access::Scope& scope, ImportId before, int limit) const;
  std::vector<StoredError> list_errors(ImportId id, std::int64_t after, int limit) const;

  // The bodies of the jobs "import_check", "import", "import_reversal" and "import_sweep"; before
  // jobs.start().
  void add_jobs();

 private:
  using Object = boost::json::object;
  Result<Started> start(const access::Scope& scope, const Import& import, std::string_view kind,
                        ImportStatus status);
  Status read_table(const access::Scope& scope, Import& import, const FileForm& form) const;
  Status read_anew(const access::Scope& scope, Import& import, const Object& changes) const;
  Status convert_anew(Import& import, const FileForm& form) const;
  Status check_may_import(const access::Scope& scope) const;
  Result<access::Scope> scope_of(const work::Job& job) const;
  std::string path_of(const std::string& file) const;
  void settle_status(Import& import) const;

  Result<Object> run_check(work::Run& run);
  Result<Object> run_import(work::Run& run);
  Result<Object> run_reversal(work::Run& run);
  Result<Object> run_sweep(work::Run& run);
  void mark_ended(const work::Run& run, const Result<Object>& outcome);

  records::ApiParts parts_;
  std::string folder_;
  ImportStore store_;
};

}  // namespace fokus::imports
