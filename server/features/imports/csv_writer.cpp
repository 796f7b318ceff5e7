// SPDX-License-Identifier: Apache-2.0
#include "features/imports/table_writer.hpp"

namespace fokus::imports {
namespace {

constexpr std::size_t flush_bytes = 64 * 1024;

class CsvWriter : public TableWriter {
 public:
  CsvWriter(Sink sink, const CsvOptions& options) : sink_(std::move(sink)), options_(options) {
    if (options_.byte_order_mark) out_ = "\xEF\xBB\xBF";
  }

  bool header(const std::vector<std::string>& names) override {
    for (std::size_t i = 0; i < names.size(); ++i) append(i, safe(names[i]));
    return end_row();
  }

  bool row(const std::vector<Cell>& cells) override {
    for (std::size_t i = 0; i < cells.size(); ++i)
      append(i, cells[i].kind == Cell::Kind::text ? safe(cells[i].text) : cells[i].text);
    return end_row();
  }

  Status finish() override {
    if (!out_.empty() && !sink_(out_))
      return make_error(ErrorKind::unavailable, "imports/reader_gone");
    out_.clear();
    return {};
  }

 private:
  std::string safe(const std::string& text) const {
    return options_.formula_safe ? safe_csv_text(text) : text;
  }

  void append(std::size_t column, std::string_view text) {
    if (column > 0) out_ += options_.delimiter;
    const bool plain = text.find_first_of("\"\r\n") == text.npos &&
                       text.find(options_.delimiter) == text.npos && !text.starts_with(' ') &&
                       !text.ends_with(' ');
    if (plain) {
      out_ += text;
      return;
    }
    out_ += '"';
    for (const char c : text) {
      if (c == '"') out_ += '"';
      out_ += c;
    }
    out_ += '"';
  }

  bool end_row() {
    out_ += "\r\n";  // RFC 4180
    if (out_.size() < flush_bytes) return true;
    const bool taken = sink_(out_);
    out_.clear();
    return taken;
  }

  Sink sink_;
  CsvOptions options_;
  std::string out_;
};

}  // namespace

std::string safe_csv_text(std::string_view text) {
  constexpr std::string_view risky = "=+-@\t\r";
  std::string out;
  if (!text.empty() && risky.find(text.front()) != risky.npos) out = "'";
  return out += text;
}

std::unique_ptr<TableWriter> make_csv_writer(Sink sink, const CsvOptions& options) {
  return std::make_unique<CsvWriter>(std::move(sink), options);
}

}  // namespace fokus::imports
