// SPDX-License-Identifier: Apache-2.0
// Whatever the XML of a worksheet says: reading it ends, rows are numbered upwards and keep their
// limits, and the file that the import reads has the same cells in the same rows.
#include <algorithm>

#include "base/check.hpp"
#include "features/imports/csv_reader.hpp"
#include "features/imports/sheet_xml.hpp"

using namespace fokus::imports;

namespace {

PieceReader reader_of(const std::string& text) {
  return [&text, at = std::size_t(0)](char* to, std::size_t count) mutable -> std::ptrdiff_t {
    const auto n = text.copy(to, count, at);
    at += n;
    return static_cast<std::ptrdiff_t>(n);
  };
}

using Rows = std::vector<std::pair<std::int64_t, std::vector<std::string>>>;

void check_written(const Rows& rows) {
  std::string table;
  CsvOptions options;
  options.formula_safe = false;
  const auto writer =
      make_csv_writer([&](std::string_view piece) { return table += piece, true; }, options);
  for (const auto& [number, cells] : rows) {
    std::vector<Cell> out;
    for (const auto& cell : cells) out.push_back({Cell::Kind::text, cell});
    (void)writer->row(out);
  }
  (void)writer->finish();
  CsvReader reader(make_text_source(table), {});
  CsvRow row;
  for (const auto& [number, cells] : rows) {
    CHECK(reader.next(row));
    if (row.problem.empty())
      CHECK(std::equal(cells.begin(), cells.end(), row.cells.begin(), row.cells.end()));
  }
  CHECK(!reader.next(row));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  const std::string xml(reinterpret_cast<const char*>(bytes), size);
  Workbook book;
  for (const char* code : {"General", "dd-mm-yyyy", "h:mm", "yyyy-mm-dd hh:mm", "0000"})
    book.formats.push_back(parse_number_format(code));
  (void)book.strings.add("shared");
  std::int64_t last = 0;
  Rows rows;
  const auto take = [&](std::int64_t row, std::vector<Cell>& cells) {
    CHECK(row > last && row <= limits::sheet_rows_max);
    last = row;
    CHECK(cells.size() <= limits::columns_max + 1);
    std::vector<std::string> texts;
    for (const auto& cell : cells) texts.push_back(cell.text);
    rows.emplace_back(row, std::move(texts));
    return rows.size() < 100;
  };
  const auto read = read_sheet(reader_of(xml), book, take);
  check_written(rows);
  last = 0;
  rows.clear();
  auto tall = read.facts.tall_cells;
  std::sort(tall.begin(), tall.end(),
            [](const auto& a, const auto& b) { return a.first_row < b.first_row; });
  read_sheet(reader_of(xml), book, take, tall);
  (void)parse_number_format(xml);
  return 0;
}
