// SPDX-License-Identifier: Apache-2.0
// The answer of a tile as a document shows it: everything as text in the reader's language, beside
// the numbers that charts are drawn from. Pure. Not for other rooms.
#pragma once
#include <boost/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "platform/figures.hpp"
#include "records/dictionary.hpp"

namespace fokus::reports {

struct Reader {
  const records::Dictionary& dictionary;
  std::string language;
  Figures figures;
};

struct CellView {
  std::optional<double> number;
  std::string text;
};

struct SeriesView {
  std::string name;
  std::size_t measure = 0;
  bool is_before = false;
  std::vector<CellView> cells;  // one per category
};

struct NumberView {
  std::string label, text;  // "Pipeline", "DKK 1,250,000"
  std::optional<double> now, before;
  std::string before_text, before_words;  // empty: not compared
  std::optional<double> target;
};

// How the numbers of a measure stand on an axis.
struct AxisView {
  bool is_ratio = false;
  std::string currency;
};

struct TileView {
  enum class Kind { chart, numbers, gauge, list, note };
  Kind kind = Kind::note;
  std::string title, presentation;
  std::string note;  // what stands there instead: nothing to show, not allowed, too slow …

  std::vector<std::string> categories;
  std::vector<SeriesView> series;
  std::vector<AxisView> axes;  // of each measure
  bool is_in_time = false;

  std::vector<NumberView> numbers;
  std::vector<double> sparkline;

  std::vector<std::string> headers;
  std::vector<bool> is_number;  // of each column
  std::vector<std::vector<std::string>> rows;
  std::string below;  // how many there are in all
};

// `answer`: as TileAnswers gives it. What is missing or of another form is left out: the answers of
// later programs must not break a letter.
TileView view_of(const boost::json::object& answer, const Reader& reader);
// Those of lists of records, and of tables of other systems.
TileView list_view(const boost::json::object& answer, const Reader& reader);
TileView table_view(const boost::json::object& answer, const Reader& reader);
// Of a tile that has no answer; `code` is the error's.
TileView note_of(std::string title, std::string_view code, const Reader& reader);

// The value of a field, as JSON has it, as text.
std::string value_text(const records::Field& field, const boost::json::value& value,
                       const Reader& reader);
// A number on an axis, or a big one: 1.2 M, 34 %.
std::string short_text(double number, const AxisView& axis, const Reader& reader);

}  // namespace fokus::reports
