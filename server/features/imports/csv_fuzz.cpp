// SPDX-License-Identifier: Apache-2.0
// Whatever the bytes: the reader ends, numbers its rows upwards, keeps its limits, and reads the
// same rows when it starts again in the middle.
#include "base/check.hpp"
#include "features/imports/csv_reader.hpp"

using namespace fokus::imports;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  const std::string text(reinterpret_cast<const char*>(bytes), size);
  const CsvSniff sniff = sniff_csv(text);
  CsvReader reader(make_text_source(text), sniff.format, sniff.header);
  CsvRow row, again;
  std::int64_t last = 0;
  while (reader.next(row)) {
    CHECK(row.row > last);
    last = row.row;
    CHECK(row.cells.size() <= limits::columns_max);
    for (const auto cell : row.cells) CHECK(cell.size() <= limits::cell_bytes_max + 1);
    CsvReader resumed(make_text_source(text), sniff.format, {row.offset, row.row});
    CHECK(resumed.next(again) && again.row == row.row && again.cells == row.cells);
    if (last > 200) break;  // the check above is quadratic
  }
  return 0;
}
