// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <algorithm>
#include <span>
#include <string>
#include <vector>

#include "features/imports/import_chunk.hpp"
#include "features/imports/import_store.hpp"
#include "records/api.hpp"

namespace fokus::imports {

// Everything that is needed to read the file of an import and apply its rows.
struct ImportWork {
  Import import;
  records::DictionaryPtr dictionary;
  ImportPlan plan;
};
// Errors: "imports/not_found" (also when the file has gone), "imports/unknown_type", and those of
// make_plan().
Result<ImportWork> open_work(const ImportStore& store, const records::ApiParts& parts, ImportId id);

// Rows of the table from that position on; behind the names of the columns when it is its start.
Result<CsvReader> open_reader(const std::string& path, const Import& import, CsvPosition from);

// The next rows with what is derived from them. Empty at the end of the file. Blank rows are passed
// over; the others keep their numbers.
std::vector<FileRow> read_chunk(CsvReader& reader, const ImportPlan& plan,
                                std::size_t rows_max = limits::rows_per_chunk);

// The rows of the file in pieces that are stored together. On SQLite a commit writes a page of each
// index for nearly every row, so pieces grow while nobody else waits to write.
class Pieces {
 public:
  // `only`: the rows that take part; null: all.
  Pieces(CsvReader& reader, const ImportPlan& plan, store::Engine engine,
         const Decisions* only = nullptr);

  // Empty at the end of the file.
  std::span<const FileRow> current() const {
    return std::span(rows_).subspan(at_, std::min(size_, rows_.size() - at_));
  }
  void go_on(std::size_t stored, bool is_wanted);

 private:
  void fill();

  CsvReader& reader_;
  const ImportPlan& plan_;
  bool may_grow_;
  const Decisions* only_;
  std::vector<FileRow> rows_;
  std::size_t at_ = 0, size_ = limits::rows_per_chunk;
};

}  // namespace fokus::imports
