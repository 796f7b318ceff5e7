// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "features/registers/provider.hpp"
#include "features/registers/unpack.hpp"

namespace fokus::registers {

namespace limits {
constexpr std::size_t object_bytes_max = 4 << 20;  // of one entry in a JSON file
constexpr int json_depth_max = 32;
}  // namespace limits

// Where the next row begins, in the unpacked file. `row` counts lines of a CSV file as a
// spreadsheet does, and objects of a JSON file from 1.
using Position = imports::CsvPosition;

struct SourceRow {
  std::int64_t row = 0;
  std::vector<std::string_view> cells;  // in the order of provider.columns; valid until next()
  // Empty, or why the row cannot be read: those of imports::CsvRow, and of JSON "not_json",
  // "cut_off", "row_too_long".
  std::string problem;
};

// The rows of a file of a register, CSV or JSON as its first character says. JSON is an array of
// objects or objects one after the other; a column is then a path: "address.0.city", and -1 is the
// last element of an array. Errors of open(): "registers/missing_column" with the columns of number
// and name that a CSV file has not, as field.
class RowReader {
 public:
  virtual ~RowReader() = default;
  virtual bool next(SourceRow& row) = 0;  // false at the end
  virtual Position position() const = 0;
  static Result<std::unique_ptr<RowReader>> open(const Provider& provider, Unpacked& source,
                                                 Position from = {});
};

// The text that a path leads to in a JSON object; arrays are joined by ", ". Parses into
// `cells`, one per column; false when the text is no JSON object.
bool read_json_cells(std::string_view object, const std::vector<std::string>& columns,
                     std::vector<std::string>& cells);

}  // namespace fokus::registers
