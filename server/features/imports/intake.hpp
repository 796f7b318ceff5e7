// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <boost/json.hpp>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "features/imports/encoding.hpp"
#include "features/imports/file_form.hpp"
#include "features/imports/table_writer.hpp"

namespace fokus::imports {

// What a file is, by its content and not by its name.
enum class FileKind { csv, xlsx, vcard };
std::string_view file_kind_name(FileKind kind);  // "csv", …

// A file as it was taken in. Whatever it was, it is a table in UTF-8 now, whose rows have the
// numbers that they have in the original: a sheet's rows, and cards from row 2 on.
struct TakenFile {
  FileKind kind = FileKind::csv;
  Intake intake;
  std::string sheet;                // of a workbook: the one that was read
  std::vector<std::string> sheets;  // all of it that hold cells, in their order
  // What was met on the way and may surprise: {"formulas": 12, "error_cells": 3,
  // "merged_cells": 2, "broken_cards": 1}; only what is not 0.
  boost::json::object notes;

  boost::json::object to_json() const;  // {kind, sheet, sheets, notes}
};

// Writes the table to the new file `to`. Errors: those of convert_to_utf8(), of a workbook those of
// read_workbook(), "imports/invalid" with sheet and unknown; "imports/no_rows" (nothing in any
// sheet, no card), "imports/unknown_archive" (zip, but no workbook), "imports/old_spreadsheet"
// (.xls, or a workbook with a password); "imports/invalid" with sheet, delimiter or encoding and
// not_of_this_kind.
Result<TakenFile> take_file(const std::string& from, const std::string& to, const FileForm& form);

// The two kinds that are not text in rows already.
Result<TakenFile> take_workbook(const std::string& from, const std::string& to,
                                const FileForm& form);
Result<TakenFile> take_cards(const std::string& from, const std::string& to, const FileForm& form);

// Rows on their way into the file that the import reads. A row that was left out is an empty line.
class TableFile {
 public:
  explicit TableFile(const std::string& path);
  TableFile(const TableFile&) = delete;
  TableFile& operator=(const TableFile&) = delete;
  ~TableFile();

  // False when the file is too long or cannot be written; finish() says which.
  bool add(std::int64_t row, const std::vector<Cell>& cells);
  // Bytes and rows, or "imports/not_stored", "imports/too_large".
  Result<Intake> finish();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace fokus::imports
