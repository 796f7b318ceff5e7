// SPDX-License-Identifier: Apache-2.0
#include "features/imports/import_work.hpp"

#include <algorithm>

#include "base/text.hpp"
#include "features/imports/imports.hpp"

namespace fokus::imports {
namespace {

// Spreadsheets leave rows behind that hold delimiters and nothing else: they say nothing.
bool is_blank(const CsvRow& row) {
  return row.problem.empty() &&
         std::all_of(row.cells.begin(), row.cells.end(),
                     [](std::string_view cell) { return trim(cell).empty(); });
}

bool is_too_wide(const FileRow& row, std::size_t columns) {
  for (std::size_t i = columns; i < row.width; ++i)
    if (!trim(row.cells[i]).empty()) return true;
  return false;
}

// Behind the file's own columns; a row that is too wide has none, and is refused.
void derive(const ImportPlan& plan, FileRow& row) {
  if (plan.derived.empty() || !row.problem.empty() || is_too_wide(row, plan.column_count)) return;
  row.width = std::min(row.width, plan.column_count);
  add_derived(plan.derived, plan.column_count, row.cells);
}

}  // namespace

Result<ImportWork> open_work(const ImportStore& store, const records::ApiParts& parts,
                             ImportId id) {
  auto import = parts.database.read([&](store::Session& s) { return store.find(s, id); });
  if (!import || import->file.empty()) return make_error(ErrorKind::not_found, "imports/not_found");
  ImportWork work{std::move(*import), parts.records.dictionary_ptr(), {}};
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

std::vector<FileRow> read_chunk(CsvReader& reader, const ImportPlan& plan, std::size_t rows_max) {
  std::vector<FileRow> rows;
  CsvRow row;
  std::size_t bytes = 0;
  while (rows.size() < rows_max && bytes < limits::chunk_bytes_max && reader.next(row)) {
    if (is_blank(row)) continue;
    rows.push_back({row.row,
                    {row.cells.begin(), row.cells.end()},
                    std::string(row.problem),
                    reader.position(),
                    row.offset,
                    row.cells.size()});
    derive(plan, rows.back());
    for (const auto cell : row.cells) bytes += cell.size();
  }
  return rows;
}

Pieces::Pieces(CsvReader& reader, const ImportPlan& plan, store::Engine engine,
               const Decisions* only)
    : reader_(reader), plan_(plan), may_grow_(engine == store::Engine::sqlite), only_(only) {
  fill();
}

void Pieces::go_on(std::size_t stored, bool is_wanted) {
  at_ += stored;
  if (may_grow_)
    size_ = is_wanted ? limits::rows_per_chunk : std::min(2 * size_, limits::rows_per_chunk_max);
  if (at_ < rows_.size()) return;
  fill();
  at_ = 0;
}

void Pieces::fill() {
  do {
    rows_ = read_chunk(reader_, plan_, size_);
    if (!only_ || rows_.empty()) return;
    std::erase_if(rows_, [&](const FileRow& row) { return !only_->contains(row.row); });
  } while (rows_.empty());
}

}  // namespace fokus::imports
