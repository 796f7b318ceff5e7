// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <boost/json.hpp>
#include <limits>
#include <map>
#include <span>
#include <unordered_map>

#include "features/imports/csv_reader.hpp"
#include "features/imports/row_values.hpp"

namespace fokus::imports {

struct Counts {
  std::int64_t rows = 0, created = 0, updated = 0, unchanged = 0, failed = 0;
  std::int64_t linked_created = 0;  // companies made on the way of a file of persons
  std::int64_t short_rows = 0;      // rows with fewer cells than the header; taken as they are
  std::int64_t skipped = 0;         // whose record was there, and nothing was to be done then
  std::int64_t asked = 0;           // put aside until somebody has decided
  void add(const Counts& other);
  boost::json::object to_json() const;
  static Counts from_json(const boost::json::object& json);
};

// One row of the file, owned.
struct FileRow {
  std::int64_t row = 0;
  Cells cells;
  std::string problem;  // of the reader
  CsvPosition end;      // where the next one begins
  std::int64_t offset = 0;
  std::size_t width = 0;  // how many of the cells the file has itself; the others are derived
};

struct RowError {
  std::int64_t row = 0;
  std::string field, code;  // field: the mapping key, or empty
  std::string name;         // in the cell, where one name of it is the reason
  const Cells* cells = nullptr;
  std::size_t width = 0;  // as of the FileRow
};

// A row that was put aside: these records may be what it is about.
struct RowQuestion {
  const FileRow* row = nullptr;
  std::vector<std::int64_t> records;
};

// Records that a row may be about though no match field finds them, by the number of the row.
using Twins = std::map<std::int64_t, std::vector<std::int64_t>>;

// What somebody has decided about rows, by their number.
using Decisions = std::map<std::int64_t, OnMatch>;

struct ChunkOutcome {
  Counts counts;
  std::vector<RowError> errors;
  std::vector<RowQuestion> questions;
  boost::json::array sample;  // [{row, action, name, changes: [{field, old, new}]}]
  bool needs_care = false;  // half of a row may be stored: roll back and apply with Care::each_row
};

// What a dry run remembers of rows it did not keep, so that the second row about the same record
// counts as it will when the rows are stored. Bounded; past that it only counts less exactly.
class SeenRows {
 public:
  enum class Kind { fresh, same, different };
  Kind look(const std::string& key, const Cells& cells);
  // A transaction may run twice: what its first attempt saw goes again.
  void forget_chunk();
  void end_chunk() { journal_.clear(); }

 private:
  std::vector<std::pair<std::size_t, std::optional<std::size_t>>>
      journal_;                                        // what was there before
  std::unordered_map<std::size_t, std::size_t> seen_;  // hash of key → hash of cells
};

// A savepoint around each row costs more than the row itself, and a row that is refused has seldom
// written anything before. So a chunk is first applied without.
enum class Care { none, each_row };

// Applies rows within the caller's transaction: each row wholly or not at all, unless the outcome
// needs_care; then the transaction must be rolled back.
class ChunkWriter {
 public:
  struct Parts {
    const records::Records& records;
    const records::Dictionary& dictionary;
    const ImportPlan& plan;
    access::Scope scope;
    records::Provenance provenance;
    Instant now;
  };
  explicit ChunkWriter(Parts parts) : parts_(std::move(parts)) {}

  struct Options {
    std::size_t sample_wanted = 0;  // how many rows to describe
    SeenRows* seen = nullptr;       // of a dry run
    Care care = Care::none;
    // Stops before the last row when somebody else waits to write; counts.rows says how far it
    // came.
    bool may_stop = false;
    const Decisions* decisions = nullptr;  // go before the plan's on_match
    const Twins* twins = nullptr;          // of find_twins(): put aside until decided
    std::size_t questions_max = std::numeric_limits<std::size_t>::max();
  };
  ChunkOutcome apply(store::Transaction& tx, std::span<const FileRow> rows,
                     const Options& options) const;
  const Parts& parts() const { return parts_; }

 private:
  class Chunk;
  Parts parts_;
};

// Of whoever imports; of the installation when that is the command line. The clocks are those that
// the times of the file are read by.
records::FieldContext field_context(const ChunkWriter::Parts& parts);
TimeZone clock_zone(const ChunkWriter::Parts& parts);

namespace limits {
constexpr std::size_t candidates_max = 10;  // kept of a row that is put aside
}  // namespace limits

}  // namespace fokus::imports
