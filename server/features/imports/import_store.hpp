// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <boost/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "base/id.hpp"
#include "features/imports/csv_reader.hpp"
#include "features/imports/import_chunk.hpp"
#include "store/database.hpp"
#include "store/statements.hpp"

namespace fokus::imports {

using ImportId = Id<struct ImportTag>;

enum class ImportStatus { uploaded, checking, checked, running, done, failed, reversing, reversed };
std::string_view status_name(ImportStatus status);

// A row of `imports`.
struct Import {
  ImportId id;
  std::string record_type, name;
  ImportStatus status = ImportStatus::uploaded;
  UserId created_by;
  Instant created_at;
  std::string file;      // in UTF-8
  std::string original;  // as it was uploaded, when that is another one
  std::int64_t size_bytes = 0;
  std::string encoding;
  CsvFormat format;
  CsvPosition header;      // where the file's table begins
  bool has_header = true;  // false: with its first row of values
  std::int64_t rows_estimate = 0;
  boost::json::object form;    // of a TakenFile: {kind, sheet, sheets, notes}
  boost::json::array columns;  // [{name, sample, guess}]
  boost::json::object definition, counts;
  boost::json::array sample;
  JobId job;
  BatchId batch;

  std::vector<std::string> column_names() const;
  bool is_text() const;  // its rows are those of the file that was uploaded
};

struct StoredError {
  std::int64_t id = 0, row = 0;
  std::string field, code;
  boost::json::array cells;
  std::string name;  // in the cell, where one name of it is the reason
};

struct StoredQuestion {
  std::int64_t row = 0;
  boost::json::array records, cells;  // ids; as in the file
  std::string decision;               // empty: none yet
};
struct QuestionCount {
  std::int64_t open = 0, decided = 0;
};

// What is kept of an old import.
struct OldFiles {
  ImportId id;
  std::string file, original;
};

// The rows of `imports` and `import_errors`, one function per named statement.
class ImportStore {
 public:
  explicit ImportStore(const store::Statements& statements) : statements_(statements) {}

  ImportId create(store::Transaction& tx, const Import& import) const;
  std::optional<Import> find(store::Session& session, ImportId id) const;
  std::vector<Import> list(store::Session& session, UserId user, bool everyone, ImportId before,
                           int limit) const;
  std::optional<ImportId> find_of_batch(store::Session& session, BatchId batch) const;
  void save_definition(store::Transaction& tx, ImportId id,
                       const boost::json::object& definition) const;
  // What another header row, delimiter or encoding makes of the file.
  void save_form(store::Transaction& tx, const Import& import) const;
  void start(store::Transaction& tx, ImportId id, ImportStatus status, JobId job,
             BatchId batch) const;
  void save_outcome(store::Transaction& tx, ImportId id, ImportStatus status, const Counts& counts,
                    const boost::json::array& sample) const;
  void save_status(store::Transaction& tx, ImportId id, ImportStatus status) const;
  void add_errors(store::Transaction& tx, ImportId id, const std::vector<RowError>& errors) const;
  // Refused rows, and those put aside that nobody has decided about.
  void forget_findings(store::Transaction& tx, ImportId id) const;
  void erase_errors(store::Transaction& tx, ImportId id) const;
  std::vector<StoredError> list_errors(store::Session& session, ImportId id, std::int64_t after,
                                       int limit) const;
  void add_questions(store::Transaction& tx, ImportId id,
                     const std::vector<RowQuestion>& questions) const;
  void remove_questions(store::Transaction& tx, ImportId id, std::int64_t first_row,
                        std::int64_t last_row) const;
  void erase_questions(store::Transaction& tx, ImportId id) const;
  // `row` 0: all of them; an empty decision: undecided again.
  void decide(store::Transaction& tx, ImportId id, std::int64_t row,
              std::string_view decision) const;
  Decisions list_decisions(store::Session& session, ImportId id) const;
  std::vector<StoredQuestion> list_questions(store::Session& session, ImportId id,
                                             std::int64_t after_row, int limit) const;
  QuestionCount count_questions(store::Session& session, ImportId id) const;
  std::vector<OldFiles> list_old_files(store::Session& session, Instant before, int limit) const;
  void forget_file(store::Transaction& tx, ImportId id) const;

 private:
  const store::Statements& statements_;
};

}  // namespace fokus::imports
