// SPDX-License-Identifier: Apache-2.0
#include "features/imports/csv_reader.hpp"

#include <algorithm>
#include <cstring>
#include <map>

#include "base/text.hpp"

namespace fokus::imports {
namespace {

constexpr std::size_t buffer_bytes = 256 * 1024;
constexpr int sniff_rows_max = 50;

class FileSource : public ByteSource {
 public:
  explicit FileSource(std::FILE* file) : file_(file, &std::fclose) {}
  std::size_t read(char* to, std::size_t count) override {
    return std::fread(to, 1, count, file_.get());
  }
  bool seek(std::int64_t offset) override { return ::fseeko(file_.get(), offset, SEEK_SET) == 0; }

 private:
  std::unique_ptr<std::FILE, int (*)(std::FILE*)> file_;
};

class TextSource : public ByteSource {
 public:
  explicit TextSource(std::string text) : text_(std::move(text)) {}
  std::size_t read(char* to, std::size_t count) override {
    const std::size_t n = std::min(count, text_.size() - at_);
    std::memcpy(to, text_.data() + at_, n);
    at_ += n;
    return n;
  }
  bool seek(std::int64_t offset) override {
    at_ = std::min(static_cast<std::size_t>(offset), text_.size());
    return true;
  }

 private:
  std::string text_;
  std::size_t at_ = 0;
};

// Cells that are no text alone may be one together: "A\xC2" and "\xA0B".
bool splits_a_character(std::string_view text, const std::vector<std::size_t>& ends) {
  return std::any_of(ends.begin(), ends.end(), [&](std::size_t end) {
    return end < text.size() && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80;
  });
}

}  // namespace

std::unique_ptr<ByteSource> open_file_source(const std::string& path) {
  std::FILE* file = std::fopen(path.c_str(), "rb");
  return file ? std::make_unique<FileSource>(file) : nullptr;
}

std::unique_ptr<ByteSource> make_text_source(std::string text) {
  return std::make_unique<TextSource>(std::move(text));
}

CsvReader::CsvReader(std::unique_ptr<ByteSource> source, CsvFormat format, CsvPosition from)
    : source_(std::move(source)), format_(format), buffer_(buffer_bytes), row_(from.row) {
  move_to(from.offset);
}

bool CsvReader::next(CsvRow& row) {
  for (;;) {
    row.offset = offset_;
    row.row = row_;
    problem_ = {};
    const Ending ending = read_row();
    const bool blank = ends_.size() == 1 && text_.empty() && !quoted_;
    if (ending == Ending::file && blank) return false;
    ++row_;
    if (unclosed_ && rewinds_ < limits::quote_rewinds_max) {
      repair_unclosed_quote(row);
      return true;
    }
    if (unclosed_) problem_ = "unclosed_quote";
    if (ending == Ending::overflow) skip_line();
    if (blank && problem_.empty()) continue;
    slice(row);
    if (problem_.empty() && (!is_clean_utf8(text_) || splits_a_character(text_, ends_)))
      problem_ = "not_utf8";
    row.problem = problem_;
    return true;
  }
}

CsvReader::Ending CsvReader::read_row() {
  text_.clear();
  ends_.clear();
  quoted_ = unclosed_ = cell_quoted_ = false;
  for (;;) {
    const int c = peek();
    if (c == format_.quote && opens_quoted()) {
      take();
      quoted_ = cell_quoted_ = true;
      if (const Ending e = read_quoted(); e != Ending::line) {
        ends_.push_back(text_.size());
        return e;
      }
      closed_at_ = text_.size();
      continue;
    }
    if (c == -1 || c == '\n' || c == '\r') {
      take();
      if (c == '\r' && peek() == '\n') take();
      drop_padding();
      ends_.push_back(text_.size());
      return c == -1 ? Ending::file : Ending::line;
    }
    take();
    if (c == format_.delimiter) {
      if (!end_cell()) return Ending::overflow;
      continue;
    }
    text_ += static_cast<char>(c);
    if (too_long()) return ends_.push_back(text_.size()), Ending::overflow;
  }
}

// Whether a quote here opens the cell; the blanks before it go.
bool CsvReader::opens_quoted() {
  const std::size_t start = ends_.empty() ? 0 : ends_.back();
  if (cell_quoted_) return false;
  if (text_.size() == start) return true;
  if (!format_.pads_quotes || text_.find_first_not_of(' ', start) != text_.npos) return false;
  text_.resize(start);
  return true;
}

// The blanks behind a closing quote.
void CsvReader::drop_padding() {
  if (!format_.pads_quotes || !cell_quoted_) return;
  if (text_.find_first_not_of(' ', closed_at_) == text_.npos) text_.resize(closed_at_);
}

// The rest of a quoted cell. `line` means: closed, go on.
CsvReader::Ending CsvReader::read_quoted() {
  for (;;) {
    const int c = take();
    if (c == -1) return unclosed_ = true, Ending::file;
    if (c == format_.quote) {
      if (peek() != format_.quote) return Ending::line;
      take();
    }
    text_ += static_cast<char>(c);
    if (too_long()) return unclosed_ = true, Ending::overflow;
  }
}

bool CsvReader::end_cell() {
  drop_padding();
  cell_quoted_ = false;
  ends_.push_back(text_.size());
  if (ends_.size() < limits::columns_max) return true;
  problem_ = "too_many_columns";
  return false;
}

bool CsvReader::too_long() {
  const std::size_t cell_start = ends_.empty() ? 0 : ends_.back();
  if (text_.size() - cell_start > limits::cell_bytes_max)
    problem_ = "cell_too_long";
  else if (text_.size() > limits::row_bytes_max)
    problem_ = "row_too_long";
  else
    return false;
  return true;
}

int CsvReader::peek() {
  if (at_ == end_ && !fill()) return -1;
  return static_cast<unsigned char>(buffer_[at_]);
}

int CsvReader::take() {
  const int c = peek();
  if (c == -1) return -1;
  ++at_;
  ++offset_;
  return c;
}

bool CsvReader::fill() {
  at_ = 0;
  end_ = source_->read(buffer_.data(), buffer_.size());
  return end_ > 0;
}

void CsvReader::move_to(std::int64_t offset) {
  at_ = end_ = 0;
  offset_ = offset;
  source_->seek(offset);
}

void CsvReader::skip_line() {
  for (;;) {
    const int c = take();
    if (c == '\r' && peek() == '\n') take();
    if (c == '\n' || c == '\r' || c == -1) return;
  }
}

void CsvReader::slice(CsvRow& row) const {
  row.cells.clear();
  std::size_t start = 0;
  for (const std::size_t end : ends_) {
    row.cells.push_back(std::string_view(text_).substr(start, end - start));
    start = end;
  }
}

// Takes the physical line as the row, and goes on behind it.
void CsvReader::repair_unclosed_quote(CsvRow& row) {
  ++rewinds_;
  text_.erase(std::min(text_.find('\n'), text_.size()));
  for (auto& end : ends_) end = std::min(end, text_.size());
  move_to(row.offset);
  skip_line();
  row_ = row.row + 1;
  slice(row);
  row.problem = "unclosed_quote";
}

// ---- delimiter

namespace {

// How even the rows are when cut at this delimiter: the share of rows with the commonest number
// of cells, and that number.
struct Evenness {
  double share = 0;
  std::size_t cells = 1, header_cells = 0;
};

Evenness measure(std::string_view sample, const CsvPosition& from, const CsvFormat& format) {
  CsvReader reader(make_text_source(std::string(sample)), format, from);
  std::map<std::size_t, int> counts;
  CsvRow row;
  int rows = 0;
  Evenness best;
  while (rows < sniff_rows_max && reader.next(row)) {
    if (rows++ == 0) best.header_cells = row.cells.size();
    ++counts[row.cells.size()];
  }
  for (const auto& [cells, count] : counts)
    if (const double share = double(count) / rows; share >= best.share)
      best.share = share, best.cells = cells;
  return best;
}

// Behind the closing quote of the cell whose text begins at `at`; npos without one.
std::size_t behind_quoted(std::string_view text, std::size_t at, char quote) {
  for (at = text.find(quote, at); at != text.npos; at = text.find(quote, at + 2))
    if (at + 1 >= text.size() || text[at + 1] != quote) return at + 1;
  return text.npos;
}

// Counts the cells that begin with blanks and a quote: those that end with the quote speak for
// padding, those that go on with a word are text with a quoted word in it.
bool pads_quotes(std::string_view text, const CsvFormat& format) {
  const std::string ends = {format.delimiter, '\r', '\n'};
  int padded = 0, words = 0;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const std::size_t first = text.find_first_not_of(' ', at);
    if (first == text.npos) break;
    const bool is_quoted = text[first] == format.quote;
    if (is_quoted) {
      const std::size_t closed = behind_quoted(text, first + 1, format.quote);
      const std::size_t next = text.find_first_not_of(' ', std::min(closed, text.size()));
      if (next == text.npos) break;  // the sample may end within
      const bool is_whole = ends.find(text[next]) != ends.npos;
      if (first > at || next > closed) ++(is_whole ? padded : words);
      at = closed;
    }
    at = std::min(text.find_first_of(ends, is_quoted ? at : first), text.size());
  }
  return padded > words;
}

}  // namespace

CsvSniff sniff_csv(std::string_view sample, std::optional<char> delimiter) {
  CsvSniff sniff;
  const auto line = sample.substr(0, sample.find_first_of("\r\n"));
  if (line.size() == 5 && lower_ascii(line.substr(0, 4)) == "sep=" && line[4] != '"') {
    if (!delimiter) delimiter = line[4];
    const auto line_end = sample.find('\n');
    sniff.header = {
        line_end == sample.npos ? std::int64_t(sample.size()) : std::int64_t(line_end + 1), 2};
  }
  if (delimiter) {
    sniff.format.delimiter = *delimiter;
    sniff.format.pads_quotes = pads_quotes(sample, sniff.format);
    return sniff;
  }
  double best = 0;
  for (const char one : {',', ';', '\t', '|'}) {
    CsvFormat format{one, '"', false};
    format.pads_quotes = pads_quotes(sample, format);
    const Evenness even = measure(sample, sniff.header, format);
    // What does not divide the header is part of a text, however evenly it comes.
    if (even.cells < 2 || even.header_cells < 2) continue;
    // Evenness first; among equals the delimiter that finds more columns.
    const double score = even.share * 1000 + std::min<double>(double(even.cells), 100);
    if (score > best) best = score, sniff.format = format;
  }
  return sniff;
}

}  // namespace fokus::imports
