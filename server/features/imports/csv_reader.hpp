// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <cstdio>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace fokus::imports {

namespace limits {
constexpr std::size_t columns_max = 2'000;
constexpr std::size_t cell_bytes_max = 1 << 20;
constexpr std::size_t row_bytes_max = 8 << 20;
constexpr int quote_rewinds_max = 1'000;  // repairs of unclosed quotes per reader
}  // namespace limits

// Where bytes come from, from any offset on.
class ByteSource {
 public:
  virtual ~ByteSource() = default;
  virtual std::size_t read(char* to, std::size_t count) = 0;  // 0 at the end
  virtual bool seek(std::int64_t offset) = 0;
};
// Null when the file cannot be opened.
std::unique_ptr<ByteSource> open_file_source(const std::string& path);
std::unique_ptr<ByteSource> make_text_source(std::string text);

struct CsvFormat {
  char delimiter = ',';
  char quote = '"';
  // Blanks may stand before the opening quote of a cell and behind the closing one: `a, "b, c" ,d`.
  bool pads_quotes = false;
};

// Where the next row begins. `row` counts as a spreadsheet does: the first line is 1.
struct CsvPosition {
  std::int64_t offset = 0;
  std::int64_t row = 1;
};

// One row; the views are valid until the next call of next().
struct CsvRow {
  std::int64_t row = 0;
  std::int64_t offset = 0;
  std::vector<std::string_view> cells;
  // Empty, or why the row cannot be trusted: "unclosed_quote", "cell_too_long", "row_too_long",
  // "too_many_columns", "not_utf8". The cells hold what could be read.
  std::string_view problem;
};

// Reads UTF-8 CSV of any size in pieces. Rows end with CRLF, LF or CR; cells may be quoted, with
// doubled quotes and line ends inside. Lenient as spreadsheets are: a quote inside an unquoted
// cell is text, and text after a closing quote is appended. With pads_quotes, blanks around a
// quoted cell are dropped. Empty lines are skipped but counted.
// An unclosed quote costs its own line only, not the rest of the file.
class CsvReader {
 public:
  CsvReader(std::unique_ptr<ByteSource> source, CsvFormat format, CsvPosition from = {});

  // False at the end.
  bool next(CsvRow& row);
  // Behind the row that next() gave last: where another reader goes on.
  CsvPosition position() const { return {offset_, row_}; }

 private:
  enum class Ending { line, file, overflow };
  Ending read_row();
  Ending read_quoted();
  bool end_cell();
  bool opens_quoted();
  void drop_padding();
  int take();  // the next byte, -1 at the end
  int peek();
  bool fill();
  void move_to(std::int64_t offset);
  void skip_line();
  bool too_long();
  void slice(CsvRow& row) const;
  void repair_unclosed_quote(CsvRow& row);

  std::unique_ptr<ByteSource> source_;
  CsvFormat format_;
  std::vector<char> buffer_;
  std::size_t at_ = 0, end_ = 0;
  std::int64_t offset_ = 0, row_ = 1;
  std::string text_;               // the cells of the row, one after the other
  std::vector<std::size_t> ends_;  // where each cell ends in text_
  bool quoted_ = false;            // some cell of the row was in quotes
  bool cell_quoted_ = false;       // the cell that is read was
  std::size_t closed_at_ = 0;      // where its closing quote stood in text_
  bool unclosed_ = false;
  int rewinds_ = 0;
  std::string_view problem_;
};

// The delimiter that cuts the sample into the most even rows: , ; tab or |. A first line "sep=;"
// decides, and `delimiter` before it. Quotes are padded when more of the cells that begin with a
// blank and a quote end with the quote than not. `header_offset` is where the header row begins
// (behind such a line).
struct CsvSniff {
  CsvFormat format;
  CsvPosition header;
};
CsvSniff sniff_csv(std::string_view sample, std::optional<char> delimiter = {});

}  // namespace fokus::imports
