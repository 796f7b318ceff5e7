// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "features/imports/table_writer.hpp"
#include "features/imports/workbook.hpp"

namespace fokus::imports {

namespace limits {
constexpr std::int64_t sheet_rows_max = 1'048'576;  // as many as the format has
constexpr std::size_t merges_max = 100'000;
}  // namespace limits

// Cells below each other that are shown as one: the first of them holds the value of all.
struct TallCell {
  std::int64_t first_row = 0, last_row = 0;
  std::size_t column = 0;
  bool operator==(const TallCell&) const = default;
};

// What was met in a sheet besides its values.
struct SheetFacts {
  std::int64_t rows = 0;         // the number of the last row that has a value
  std::int64_t formulas = 0;     // cells whose value was worked out
  std::int64_t error_cells = 0;  // #N/A and the like; read as empty
  std::vector<TallCell> tall_cells;
};

// Takes the row with that number (a spreadsheet's first is 1); false: enough. The cells are texts,
// as many as the widest row before has; they may be taken out of it. Rows come in order; those
// without a value do not come.
using TakeSheetRow = std::function<bool(std::int64_t row, std::vector<Cell>& cells)>;

struct SheetOutcome {
  XmlEnd end = XmlEnd::whole;
  SheetFacts facts;
};

// Reads the XML of a worksheet row by row with the memory of one row. Numbers become what the sheet
// shows of them (text_of_number), booleans "true" and "false", formulas their last result. A row or
// cell without a place stands behind the one before it. Columns past limits::columns_max of the CSV
// reader are one column, so that their rows are refused as too wide. `fill`: the tall cells, whose
// value is to stand in each of their rows, in the order of their first row.
SheetOutcome read_sheet(const PieceReader& xml, const Workbook& book, const TakeSheetRow& take,
                        const std::vector<TallCell>& fill = {});

// The column of "AB12", from 0; nothing when it names none.
std::optional<std::size_t> column_of_place(std::string_view place);

}  // namespace fokus::imports
