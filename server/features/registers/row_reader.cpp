// SPDX-License-Identifier: Apache-2.0
#include "features/registers/row_reader.hpp"

#include <algorithm>
#include <boost/json.hpp>

#include "base/text.hpp"
#include "features/registers/json_path.hpp"

namespace fokus::registers {
namespace {

namespace json = boost::json;

constexpr std::size_t piece_bytes = 256 * 1024;
constexpr std::size_t parse_bytes = 64 * 1024;  // of memory that is used again for each object
constexpr std::size_t no_column = static_cast<std::size_t>(-1);

// A reader takes its source over; here it stays with the load, which asks it for its progress.
class Borrowed : public ByteSource {
 public:
  explicit Borrowed(ByteSource& source) : source_(source) {}
  std::size_t read(char* to, std::size_t count) override { return source_.read(to, count); }
  bool seek(std::int64_t offset) override { return source_.seek(offset); }

 private:
  ByteSource& source_;
};

// ---- CSV

class CsvRows : public RowReader {
 public:
  CsvRows(const Provider& provider, Unpacked& source, Position from)
      : provider_(provider), reader_(open(source, from)) {}

  // The header tells which cell is which column.
  Status read_header(Unpacked& source, Position from) {
    imports::CsvReader header(std::make_unique<Borrowed>(source), {provider_.delimiter, '"'});
    imports::CsvRow row;
    if (!header.next(row)) return make_error(ErrorKind::invalid, "registers/empty_file");
    for (const auto& column : provider_.columns) {
      const auto found = std::find_if(row.cells.begin(), row.cells.end(),
                                      [&](std::string_view cell) { return trim(cell) == column; });
      cells_.push_back(found == row.cells.end()
                           ? no_column
                           : static_cast<std::size_t>(found - row.cells.begin()));
    }
    for (const Field field : {Field::number, Field::name}) TRY(check_has(field));
    const Position behind = from.offset == 0 ? header.position() : from;
    reader_ = open(source, behind);
    return {};
  }

  bool next(SourceRow& out) override {
    if (!reader_.next(row_)) return false;
    out.row = row_.row;
    out.problem = row_.problem;
    out.cells.clear();
    for (const std::size_t cell : cells_)
      out.cells.push_back(cell < row_.cells.size() ? row_.cells[cell] : std::string_view());
    return true;
  }
  Position position() const override { return reader_.position(); }

 private:
  imports::CsvReader open(Unpacked& source, Position from) const {
    return {std::make_unique<Borrowed>(source), {provider_.delimiter, '"'}, from};
  }

  // Some column that the field may come from must be there: another file is no bad row.
  Status check_has(Field field) const {
    std::string first;
    for (const auto& rule : provider_.rules_of(field))
      for (const std::size_t column : rule.from) {
        if (cells_[column] != no_column) return {};
        if (first.empty()) first = provider_.columns[column];
      }
    return field_error("registers/missing_column", first, "missing");
  }

  const Provider& provider_;
  imports::CsvReader reader_;
  imports::CsvRow row_;
  std::vector<std::size_t> cells_;  // where each column is in a row
};

// ---- JSON

// Cuts a text into its outermost objects, without understanding more of it.
class ObjectSplitter {
 public:
  ObjectSplitter(ByteSource& source, Position from)
      : source_(source), buffer_(piece_bytes), offset_(from.offset), row_(from.row) {
    source_.seek(from.offset);
  }

  bool next(SourceRow& row) {
    text_.clear();
    row.problem.clear();
    bool junk = false;
    int c = take();
    for (; c != -1 && c != '{'; c = take()) {
      // What stands between objects of an array or between lines.
      const bool expected = c == '[' || c == ']' || c == ',' || c <= ' ';
      junk |= !expected;
      if (junk && c == '\n') break;
    }
    if (c == -1 && !junk) return false;
    row.row = row_++;
    if (c != '{') return row.problem = "not_json", true;
    if (junk) row.problem = "not_json";
    read_object(row);
    return true;
  }
  std::string_view text() const { return text_; }
  Position position() const { return {offset_, row_}; }

 private:
  void read_object(SourceRow& row) {
    text_ += '{';
    int depth = 1;
    bool quoted = false, escaped = false;
    while (depth > 0) {
      const int c = take();
      if (c == -1) {
        row.problem = "cut_off";
        return;
      }
      if (text_.size() < limits::object_bytes_max)
        text_ += static_cast<char>(c);
      else
        row.problem = "row_too_long";
      if (quoted) {
        if (escaped)
          escaped = false;
        else if (c == '\\')
          escaped = true;
        else
          quoted = c != '"';
        continue;
      }
      quoted = c == '"';
      depth += (c == '{') - (c == '}');
    }
  }

  int take() {
    if (at_ == end_) {
      at_ = 0;
      end_ = source_.read(buffer_.data(), buffer_.size());
      if (end_ == 0) return -1;
    }
    ++offset_;
    return static_cast<unsigned char>(buffer_[at_++]);
  }

  ByteSource& source_;
  std::vector<char> buffer_;
  std::size_t at_ = 0, end_ = 0;
  std::int64_t offset_, row_;
  std::string text_;
};

class JsonRows : public RowReader {
 public:
  JsonRows(const Provider& provider, Unpacked& source, Position from)
      : provider_(provider), splitter_(source, from), cells_(provider.columns.size()) {}

  bool next(SourceRow& out) override {
    if (!splitter_.next(out)) return false;
    out.cells.clear();
    if (!out.problem.empty()) return true;
    if (!is_clean_utf8(splitter_.text()))
      out.problem = "not_utf8";
    else if (!read_json_cells(splitter_.text(), provider_.columns, cells_))
      out.problem = "not_json";
    for (const auto& cell : cells_) out.cells.push_back(cell);
    return true;
  }
  Position position() const override { return splitter_.position(); }

 private:
  const Provider& provider_;
  ObjectSplitter splitter_;
  std::vector<std::string> cells_;
};

int first_byte(Unpacked& source) {
  char c = 0;
  int found = -1;
  source.seek(0);
  while (found == -1 && source.read(&c, 1) == 1)
    if (static_cast<unsigned char>(c) > ' ') found = static_cast<unsigned char>(c);
  source.seek(0);
  return found;
}

}  // namespace

bool read_json_cells(std::string_view text, const std::vector<std::string>& columns,
                     std::vector<std::string>& cells) {
  thread_local std::vector<unsigned char> memory(parse_bytes);
  json::monotonic_resource resource(memory.data(), memory.size());
  boost::system::error_code ec;
  const auto value = json::parse(text, ec, &resource, {.max_depth = limits::json_depth_max});
  cells.resize(columns.size());
  for (auto& cell : cells) cell.clear();
  if (ec || !value.is_object()) return false;
  for (std::size_t i = 0; i < columns.size(); ++i)
    if (const auto* found = find_at(value, columns[i])) append_text(*found, cells[i]);
  return true;
}

Result<std::unique_ptr<RowReader>> RowReader::open(const Provider& provider, Unpacked& source,
                                                   Position from) {
  const int first = first_byte(source);
  if (first == -1) return make_error(ErrorKind::invalid, "registers/empty_file");
  if (first == '{' || first == '[')
    return std::unique_ptr<RowReader>(std::make_unique<JsonRows>(provider, source, from));
  auto rows = std::make_unique<CsvRows>(provider, source, from);
  TRY(rows->read_header(source, from));
  return std::unique_ptr<RowReader>(std::move(rows));
}

}  // namespace fokus::registers
