// SPDX-License-Identifier: Apache-2.0
// Tables.
#include <algorithm>

#include "features/reports/drawing.hpp"

namespace fokus::reports {
namespace {

using pdf::Align;
using pdf::Box;

constexpr double cell_gap = 7, row_padding = 3, column_least = 34, column_most = 190;
constexpr int lines_max = 3;

pdf::Style cell_style(const TileView& view, std::size_t column) {
  auto out = style(sizes::text, look::text, view.is_number[column] ? Align::right : Align::left);
  out.lines_max = lines_max;
  return out;
}
pdf::Style header_style(const TileView& view, std::size_t column) {
  auto out = style(sizes::label, look::dim, view.is_number[column] ? Align::right : Align::left);
  out.bold = true;
  out.lines_max = 2;
  return out;
}

// As wide as their texts; where that is too wide together, the widest give way.
std::vector<double> column_widths(const Canvas& canvas, double width, const TileView& view) {
  const std::size_t count = view.headers.size();
  const double room = width - cell_gap * static_cast<double>(count - 1);
  std::vector<double> wanted(count);
  for (std::size_t c = 0; c < count; ++c) {
    wanted[c] = canvas.document.text_width(view.headers[c], header_style(view, c));
    for (const auto& row : view.rows)
      wanted[c] = std::max(wanted[c], canvas.document.text_width(row[c], cell_style(view, c)));
    wanted[c] = std::clamp(wanted[c] + 1, column_least, std::max(column_least, column_most));
  }
  double sum = 0;
  for (const double one : wanted) sum += one;
  if (sum <= room) {
    for (double& one : wanted) one += (room - sum) / static_cast<double>(count);
    return wanted;
  }
  // What all get; what some do not need of it goes to the others.
  std::vector<bool> is_set(count, false);
  double left = room;
  for (std::size_t open = count; open > 0;) {
    const double share = left / static_cast<double>(open);
    bool was_small = false;
    for (std::size_t c = 0; c < count; ++c)
      if (!is_set[c] && wanted[c] <= share) is_set[c] = was_small = true, left -= wanted[c], --open;
    if (was_small) continue;
    for (std::size_t c = 0; c < count; ++c)
      if (!is_set[c]) wanted[c] = share;
    break;
  }
  return wanted;
}

class ListDrawing {
 public:
  ListDrawing(const Canvas& canvas, double width, const TileView& view)
      : canvas_(canvas), view_(view), widths_(column_widths(canvas, width, view)) {}

  double header_height() const {
    double high = 0;
    for (std::size_t c = 0; c < widths_.size(); ++c)
      high = std::max(
          high, canvas_.document.text_height(widths_[c], view_.headers[c], header_style(view_, c)));
    return high + 2 * row_padding;
  }

  double row_height(std::size_t row) const {
    double high = 0;
    for (std::size_t c = 0; c < widths_.size(); ++c)
      high = std::max(
          high, canvas_.document.text_height(widths_[c], view_.rows[row][c], cell_style(view_, c)));
    return high + 2 * row_padding;
  }

  double below_height() const { return view_.below.empty() ? 0 : sizes::text * 1.6; }

  void draw_header(const Box& at) const {
    double x = at.x;
    for (std::size_t c = 0; c < widths_.size(); x += widths_[c++] + cell_gap)
      canvas_.document.text({x, at.y + row_padding}, widths_[c], view_.headers[c],
                            header_style(view_, c));
    canvas_.document.line({{at.x, at.bottom()}, {at.right(), at.bottom()}}, look::before, 0.7);
  }

  void draw_row(const Box& at, std::size_t row) const {
    double x = at.x;
    for (std::size_t c = 0; c < widths_.size(); x += widths_[c++] + cell_gap)
      canvas_.document.text({x, at.y + row_padding}, widths_[c], view_.rows[row][c],
                            cell_style(view_, c));
    canvas_.document.line({{at.x, at.bottom()}, {at.right(), at.bottom()}}, look::line, 0.4);
  }

 private:
  const Canvas& canvas_;
  const TileView& view_;
  const std::vector<double> widths_;
};

}  // namespace

double list_height(const Canvas& canvas, double width, const TileView& view, std::size_t first) {
  if (view.headers.empty()) return 0;
  const ListDrawing list(canvas, width, view);
  double out = list.header_height() + list.below_height();
  for (std::size_t row = first; row < view.rows.size(); ++row) out += list.row_height(row);
  return out;
}

std::size_t draw_list(const Canvas& canvas, Box box, const TileView& view, std::size_t first) {
  if (view.headers.empty()) return view.rows.size();
  const ListDrawing list(canvas, box.width, view);
  const double head = list.header_height();
  list.draw_header({box.x, box.y, box.width, head});
  double y = box.y + head;
  std::size_t row = first;
  for (; row < view.rows.size(); ++row) {
    const double high = list.row_height(row);
    constexpr double rounding = 0.01;
    if (row > first && y + high > box.bottom() + rounding) return row;
    list.draw_row({box.x, y, box.width, high}, row);
    y += high;
  }
  if (!view.below.empty())
    canvas.document.text({box.x, y + row_padding}, box.width, view.below,
                         style(sizes::label, look::dim));
  return row;
}

}  // namespace fokus::reports
