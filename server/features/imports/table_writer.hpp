// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"

namespace fokus::imports {

// One cell on its way out. `text` is the written form: "1250.00", "2026-11-23", "true".
struct Cell {
  enum class Kind { empty, text, number, boolean, date, instant } kind = Kind::empty;
  std::string text;
};

// Takes pieces of the file; false when nobody reads any more.
using Sink = std::function<bool(std::string_view)>;

// Writes a table row by row with little memory. finish() is called once, last.
class TableWriter {
 public:
  virtual ~TableWriter() = default;
  // False when the sink has gone or the format is full.
  virtual bool header(const std::vector<std::string>& names) = 0;
  virtual bool row(const std::vector<Cell>& cells) = 0;
  virtual Status finish() = 0;
};

struct CsvOptions {
  char delimiter = ',';
  bool byte_order_mark = false;  // Excel needs one to read UTF-8
  // Text that begins with = + - @, a tab or a carriage return gets a ' before it, so that a
  // spreadsheet shows it instead of running it.
  bool formula_safe = true;
};

std::unique_ptr<TableWriter> make_csv_writer(Sink sink, const CsvOptions& options);

// Goes through the new file `path`; what is sent is sent by finish(). Past the format's 1,048,576
// rows it goes on in a second sheet. Formulas are never written: text cells are text.
std::unique_ptr<TableWriter> make_xlsx_writer(Sink sink, const std::string& path);

std::string safe_csv_text(std::string_view text);

}  // namespace fokus::imports
