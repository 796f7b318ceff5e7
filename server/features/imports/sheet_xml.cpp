// SPDX-License-Identifier: Apache-2.0
#include "features/imports/sheet_xml.hpp"

#include <algorithm>
#include <charconv>
#include <map>

#include "base/text.hpp"
#include "features/imports/csv_reader.hpp"

namespace fokus::imports {
namespace {

enum class CellKind { number, shared, text, boolean, error };

CellKind cell_kind(std::string_view name) {
  if (name == "s") return CellKind::shared;
  if (name == "str" || name == "inlineStr" || name == "d") return CellKind::text;
  if (name == "b") return CellKind::boolean;
  return name == "e" ? CellKind::error : CellKind::number;
}

std::int64_t whole(std::string_view text, std::int64_t fallback) {
  std::int64_t value = fallback;
  const auto end = std::from_chars(text.data(), text.data() + text.size(), value);
  return end.ec == std::errc{} && end.ptr == text.data() + text.size() ? value : fallback;
}

// "B2:B9": the cells below each other at its left edge.
std::optional<TallCell> tall_cell(std::string_view range) {
  const auto colon = range.find(':');
  if (colon == range.npos) return std::nullopt;
  const auto row_of = [](std::string_view place) {
    const auto digits = place.find_first_of("0123456789");
    return digits == place.npos ? 0 : whole(place.substr(digits), 0);
  };
  const auto column = column_of_place(range.substr(0, colon));
  const TallCell cell{row_of(range.substr(0, colon)), row_of(range.substr(colon + 1)),
                      column.value_or(limits::columns_max)};
  const bool is_tall = cell.column < limits::columns_max && cell.first_row > 0 &&
                       cell.last_row > cell.first_row && cell.last_row <= limits::sheet_rows_max;
  return is_tall ? std::optional(cell) : std::nullopt;
}

// Repeats the values of tall cells in the rows that they span.
class Filler {
 public:
  explicit Filler(const std::vector<TallCell>& cells) : cells_(cells) {}

  void fill(std::int64_t row, std::vector<Cell>& cells) {
    for (auto it = open_.begin(); it != open_.end();) {
      const bool is_over = it->second.last_row < row;
      if (!is_over && it->first < cells.size() && cells[it->first].text.empty())
        cells[it->first].text = it->second.text;
      it = is_over ? open_.erase(it) : std::next(it);
    }
    for (; next_ < cells_.size() && cells_[next_].first_row <= row; ++next_) {
      const auto& cell = cells_[next_];
      if (cell.first_row < row || cell.column >= cells.size()) continue;
      if (!cells[cell.column].text.empty())
        open_[cell.column] = {cell.last_row, cells[cell.column].text};
    }
  }

 private:
  struct Open {
    std::int64_t last_row = 0;
    std::string text;
  };
  const std::vector<TallCell>& cells_;
  std::size_t next_ = 0;
  std::map<std::size_t, Open> open_;  // by column: such cells do not overlap
};

class SheetListener : public XmlListener {
 public:
  SheetListener(const Workbook& book, const TakeSheetRow& take, const std::vector<TallCell>& fill)
      : book_(book), take_(take), filler_(fill) {}

  void start(std::string_view name, const XmlAttributes& attributes) override {
    is_taking_ = in_cell_ && (name == "v" || (name == "t" && spoken_ == 0));
    if (name == "c")
      start_cell(attributes);
    else if (name == "row")
      start_row(attributes);
    else if (name == "f")
      facts.formulas += in_cell_;
    else if (name == "rPh")
      ++spoken_;
    else if (name == "mergeCell")
      note_merge(attributes.find("ref"));
  }

  void end(std::string_view name) override {
    is_taking_ = false;
    if (name == "c" && in_cell_)
      end_cell();
    else if (name == "row" && in_row_)
      end_row();
    else if (name == "rPh")
      --spoken_;
  }

  void text(std::string_view piece) override {
    // One byte more than is allowed, so that whoever reads the row sees that it was too long.
    if (is_taking_) raw_ += piece.substr(0, limits::cell_bytes_max + 1 - raw_.size());
  }
  bool wants_more() const override { return !is_enough_; }

  SheetFacts facts;

 private:
  void start_row(const XmlAttributes& attributes) {
    const auto said = whole(attributes.find("r"), 0);
    row_ = said > row_ ? said : row_ + 1;
    in_row_ = row_ <= limits::sheet_rows_max && !is_enough_;
    next_column_ = 0;
    bytes_ = 0;
    is_oversized_ = false;
    for (auto& cell : cells_) cell.text.clear();
  }

  void start_cell(const XmlAttributes& attributes) {
    in_cell_ = in_row_;
    column_ =
        std::min(column_of_place(attributes.find("r")).value_or(next_column_), limits::columns_max);
    kind_ = cell_kind(attributes.find("t"));
    style_ = static_cast<std::size_t>(std::max<std::int64_t>(whole(attributes.find("s"), 0), 0));
    raw_.clear();
  }

  void end_cell() {
    in_cell_ = false;
    next_column_ = column_ + 1;
    facts.error_cells += kind_ == CellKind::error;
    auto text = value();
    // What is behind the place where the reader of rows refuses the row need not be there.
    if (text.empty() || bytes_ > limits::row_bytes_max) return;
    bytes_ += text.size();
    is_oversized_ |= bytes_ > limits::row_bytes_max || text.size() > limits::cell_bytes_max ||
                     column_ == limits::columns_max;
    if (column_ >= cells_.size()) cells_.resize(column_ + 1, Cell{Cell::Kind::text, {}});
    cells_[column_].text = std::move(text);
  }

  std::string value() const {
    switch (kind_) {
      case CellKind::shared: {
        const auto index = whole(trim(raw_), -1);
        return index < 0 ? "" : std::string(book_.strings.at(static_cast<std::size_t>(index)));
      }
      case CellKind::text:
        return without_escapes(raw_);
      case CellKind::boolean:
        return raw_.empty() ? "" : trim(raw_) == "1" || trim(raw_) == "true" ? "true" : "false";
      case CellKind::error:
        return {};
      case CellKind::number:
        break;
    }
    if (raw_.empty()) return {};
    const auto format = style_ < book_.formats.size() ? book_.formats[style_] : NumberFormat{};
    return text_of_number(raw_, format, book_.day_count);
  }

  void end_row() {
    in_row_ = false;
    filler_.fill(row_, cells_);
    const bool is_empty =
        std::all_of(cells_.begin(), cells_.end(), [](const Cell& one) { return one.text.empty(); });
    if (!is_empty) {
      if (is_oversized_) make_plain();
      facts.rows = row_;
      is_enough_ = !take_(row_, cells_);
    }
    // One row that is too wide must not make all behind it so.
    if (cells_.size() > limits::columns_max) cells_.resize(width_);
    width_ = cells_.size();
  }

  // A row that will be refused half-way must end with its line all the same.
  void make_plain() {
    constexpr std::string_view quoted = "\"\r\n, ";
    for (auto& cell : cells_)
      for (char& c : cell.text)
        if (quoted.find(c) != quoted.npos) c = '.';
  }

  void note_merge(std::string_view range) {
    const auto cell = tall_cell(range);
    if (cell && facts.tall_cells.size() < limits::merges_max) facts.tall_cells.push_back(*cell);
  }

  const Workbook& book_;
  const TakeSheetRow& take_;
  Filler filler_;
  std::vector<Cell> cells_;
  std::string raw_;
  CellKind kind_ = CellKind::number;
  std::int64_t row_ = 0;
  std::size_t column_ = 0, next_column_ = 0, style_ = 0, width_ = 0, bytes_ = 0;
  int spoken_ = 0;
  bool in_row_ = false, in_cell_ = false, is_taking_ = false, is_enough_ = false;
  bool is_oversized_ = false;
};

}  // namespace

std::optional<std::size_t> column_of_place(std::string_view place) {
  std::size_t column = 0, letters = 0;
  for (const char c : place) {
    const char letter = static_cast<char>(c >= 'a' && c <= 'z' ? c - 'a' + 'A' : c);
    if (letter < 'A' || letter > 'Z') break;
    column = column * 26 + static_cast<std::size_t>(letter - 'A' + 1);
    if (++letters > 3) return std::nullopt;
  }
  if (letters == 0) return std::nullopt;
  return column - 1;
}

SheetOutcome read_sheet(const PieceReader& xml, const Workbook& book, const TakeSheetRow& take,
                        const std::vector<TallCell>& fill) {
  SheetListener listener(book, take, fill);
  SheetOutcome outcome;
  outcome.end = read_xml(xml, listener);
  outcome.facts = std::move(listener.facts);
  return outcome;
}

}  // namespace fokus::imports
