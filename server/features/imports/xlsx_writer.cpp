// SPDX-License-Identifier: Apache-2.0
#include <unistd.h>
#include <xlsxwriter.h>

#include <charconv>
#include <cstdio>

#include "base/text.hpp"
#include "base/time.hpp"
#include "features/imports/table_writer.hpp"

namespace fokus::imports {
namespace {

// Limits of the format.
constexpr std::uint32_t sheet_rows_max = 1'048'576;
constexpr std::size_t sheet_columns_max = 16'384;
constexpr std::size_t cell_characters_max = 32'767;
constexpr int sheets_max = 20;
constexpr std::size_t piece_bytes = 64 * 1024;
// Doubles hold 15 digits; a longer number would come back changed, so it is written as text.
constexpr std::size_t exact_digits = 15;
constexpr double column_width = 18;

class XlsxWriter : public TableWriter {
 public:
  XlsxWriter(Sink sink, const std::string& path) : sink_(std::move(sink)), path_(path) {
    lxw_workbook_options options{};
    options.constant_memory = LXW_TRUE;
    book_ = workbook_new_opt(path.c_str(), &options);
    if (!book_) return;
    bold_ = workbook_add_format(book_);
    format_set_bold(bold_);
    date_ = workbook_add_format(book_);
    format_set_num_format(date_, "yyyy-mm-dd");
    instant_ = workbook_add_format(book_);
    format_set_num_format(instant_, "yyyy-mm-dd hh:mm:ss");
    add_sheet();
  }
  ~XlsxWriter() override {
    if (book_) workbook_close(book_);
    ::unlink(path_.c_str());
  }

  bool header(const std::vector<std::string>& names) override {
    names_ = names;
    if (names_.size() > sheet_columns_max) names_.resize(sheet_columns_max);
    return write_header();
  }

  bool row(const std::vector<Cell>& cells) override {
    if (!sheet_) return false;
    if (row_ == sheet_rows_max) {
      if (sheets_ == sheets_max) return false;
      add_sheet();
      if (!write_header()) return false;
    }
    for (std::size_t i = 0; i < cells.size() && i < sheet_columns_max; ++i)
      write(static_cast<lxw_col_t>(i), cells[i]);
    ++row_;
    return true;
  }

  Status finish() override {
    if (!book_) return make_error(ErrorKind::unavailable, "imports/not_stored");
    const auto closed = workbook_close(book_);
    book_ = nullptr;
    if (closed != LXW_NO_ERROR) return make_error(ErrorKind::unavailable, "imports/not_stored");
    return send_file();
  }

 private:
  void add_sheet() {
    sheet_ = workbook_add_worksheet(book_, nullptr);
    row_ = 0;
    ++sheets_;
  }

  bool write_header() {
    if (!sheet_) return false;
    worksheet_set_column(sheet_, 0,
                         static_cast<lxw_col_t>(std::max<std::size_t>(names_.size(), 1) - 1),
                         column_width, nullptr);
    worksheet_freeze_panes(sheet_, 1, 0);
    for (std::size_t i = 0; i < names_.size(); ++i)
      worksheet_write_string(sheet_, row_, static_cast<lxw_col_t>(i), names_[i].c_str(), bold_);
    ++row_;
    return true;
  }

  void write(lxw_col_t column, const Cell& cell) {
    switch (cell.kind) {
      case Cell::Kind::empty:
        return;
      case Cell::Kind::boolean:
        worksheet_write_boolean(sheet_, row_, column, cell.text == "true", nullptr);
        return;
      case Cell::Kind::number:
        if (write_number(column, cell.text)) return;
        break;
      case Cell::Kind::date:
      case Cell::Kind::instant:
        if (write_time(column, cell)) return;
        break;
      case Cell::Kind::text:
        break;
    }
    write_text(column, cell.text);
  }

  bool write_number(lxw_col_t column, const std::string& text) {
    double number = 0;
    const auto [end, ec] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (ec != std::errc() || end != text.data() + text.size() || text.size() > exact_digits)
      return false;
    worksheet_write_number(sheet_, row_, column, number, nullptr);
    return true;
  }

  bool write_time(lxw_col_t column, const Cell& cell) {
    const auto instant = parse_instant(cell.text);
    // The format counts days since 1899-12-30 and knows nothing before 1900-03-01.
    constexpr std::int64_t epoch_days = 25'569, first_day = 61;
    if (!instant) return false;
    const double serial = double(instant->ms) / double(ms_per_day) + double(epoch_days);
    if (serial < double(first_day)) return false;
    worksheet_write_number(sheet_, row_, column, serial,
                           cell.kind == Cell::Kind::date ? date_ : instant_);
    return true;
  }

  void write_text(lxw_col_t column, std::string_view text) {
    // Control characters are not XML; the library would write a file nobody can open.
    std::string clean;
    for (const char c : text)
      if (static_cast<unsigned char>(c) >= 0x20 || c == '\n' || c == '\t') clean += c;
    if (clean.size() > cell_characters_max)
      clean = std::string(cut_utf8(clean, cell_characters_max));
    if (!clean.empty()) worksheet_write_string(sheet_, row_, column, clean.c_str(), nullptr);
  }

  Status send_file() {
    const std::unique_ptr<std::FILE, int (*)(std::FILE*)> file(std::fopen(path_.c_str(), "rb"),
                                                               &std::fclose);
    if (!file) return make_error(ErrorKind::unavailable, "imports/not_stored");
    std::vector<char> piece(piece_bytes);
    while (const std::size_t n = std::fread(piece.data(), 1, piece.size(), file.get()))
      if (!sink_({piece.data(), n}))
        return make_error(ErrorKind::unavailable, "imports/reader_gone");
    return {};
  }

  Sink sink_;
  std::string path_;
  lxw_workbook* book_ = nullptr;
  lxw_worksheet* sheet_ = nullptr;
  lxw_format *bold_ = nullptr, *date_ = nullptr, *instant_ = nullptr;
  std::vector<std::string> names_;
  std::uint32_t row_ = 0;
  int sheets_ = 0;
};

}  // namespace

std::unique_ptr<TableWriter> make_xlsx_writer(Sink sink, const std::string& path) {
  return std::make_unique<XlsxWriter>(std::move(sink), path);
}

}  // namespace fokus::imports
