// SPDX-License-Identifier: Apache-2.0
// Lying bars, and bars around a middle.
#include <algorithm>

#include "features/reports/axis_scale.hpp"
#include "features/reports/drawing.hpp"

namespace fokus::reports {
namespace {

using pdf::Align;
using pdf::Box;

constexpr double names_share = 0.36, names_max = 170, line_least = 11, numbers_share = 0.42;

// What the longest of the numbers takes, so that none is cut where there is room for it.
double room_for_numbers(const Canvas& canvas, const Box& box, const TileView& view) {
  double widest = 0;
  for (const auto& one : view.series)
    for (const auto& cell : one.cells)
      widest =
          std::max(widest, canvas.document.text_width(cell.text, style(sizes::label, look::dim)));
  return std::min(widest + 6, box.width * numbers_share);
}

// How many of the categories there is room for; a last line says how many are not shown.
std::size_t shown_lines(const Box& box, std::size_t wanted, double each) {
  const auto room = static_cast<std::size_t>(std::max(1.0, box.height / each));
  return wanted <= room ? wanted : std::max<std::size_t>(1, room - 1);
}

void draw_rest(const Canvas& canvas, const Box& box, double y, std::size_t rest) {
  if (rest == 0) return;
  canvas.document.text({box.x, y}, box.width,
                       "+ " + canvas.reader.figures.number(static_cast<double>(rest)),
                       style(sizes::label, look::dim));
}

}  // namespace

void draw_bar_chart(const Canvas& canvas, Box box, const TileView& view) {
  const double legend = draw_legend(canvas, box, view, true);
  box.y += legend, box.height -= legend;
  const auto per_group = static_cast<double>(std::max<std::size_t>(1, view.series.size()));
  const auto shown = shown_lines(box, view.categories.size(), line_least * per_group);
  const double each = std::min(
      28 * per_group, box.height / static_cast<double>(shown + (shown < view.categories.size())));
  double low = 0, high = 0;
  for (const auto& one : view.series)
    for (const auto& cell : one.cells)
      low = std::min(low, cell.number.value_or(0)), high = std::max(high, cell.number.value_or(0));
  const auto scale = make_scale(low, high, 4);
  const double names = std::min(names_max, box.width * names_share);
  const double left = box.x + names + 6;
  const double wide = box.width - names - 6 - room_for_numbers(canvas, box, view);
  const auto x_of = [&](double value) { return left + scale.share(value) * wide; };
  auto name = style(sizes::label, look::text);
  name.lines_max = each >= 20 ? 2 : 1;
  for (std::size_t i = 0; i < shown; ++i) {
    const double top = box.y + static_cast<double>(i) * each, thick = (each - 4) / per_group;
    const double high_name = canvas.document.text_height(names, view.categories[i], name);
    canvas.document.text({box.x, top + (each - high_name) / 2}, names, view.categories[i], name);
    for (std::size_t s = 0; s < view.series.size(); ++s) {
      const auto& cell = view.series[s].cells[i];
      const double y = top + 2 + static_cast<double>(s) * thick;
      const double from = x_of(std::min(cell.number.value_or(0), 0.0));
      const double to = x_of(std::max(cell.number.value_or(0), 0.0));
      canvas.document.fill({from, y + 0.5, to - from, thick - 1}, look::of(view, s), 1.5);
      auto number = style(sizes::label, look::dim);
      number.lines_max = 1;
      canvas.document.text({to + 4, y + (thick - sizes::label * 1.3) / 2}, box.right() - to - 4,
                           cell.text, number);
    }
  }
  canvas.document.line({{x_of(0), box.y}, {x_of(0), box.y + static_cast<double>(shown) * each}},
                       look::before, 0.5);
  draw_rest(canvas, box, box.y + static_cast<double>(shown) * each, view.categories.size() - shown);
}

// The order of the groups is the order of the steps.
void draw_funnel(const Canvas& canvas, Box box, const TileView& view) {
  if (view.series.empty()) return;
  const auto& cells = view.series.front().cells;
  const auto shown = shown_lines(box, view.categories.size(), line_least);
  const double each =
      std::min(34.0, box.height / static_cast<double>(shown + (shown < cells.size())));
  double most = 0;
  for (const auto& cell : cells) most = std::max(most, cell.number.value_or(0));
  const double names = std::min(names_max, box.width * names_share);
  const double numbers = room_for_numbers(canvas, box, view);
  const double wide = box.width - names - numbers - 12, middle = box.x + names + 6 + wide / 2;
  auto name = style(sizes::label, look::text);
  name.lines_max = each >= 22 ? 2 : 1;
  for (std::size_t i = 0; i < shown; ++i) {
    const double top = box.y + static_cast<double>(i) * each;
    const double length = most > 0 ? std::max(cells[i].number.value_or(0), 0.0) / most * wide : 0;
    const double fade = 1 - 0.62 * static_cast<double>(i) / static_cast<double>(cells.size());
    const double high_name = canvas.document.text_height(names, view.categories[i], name);
    canvas.document.text({box.x, top + (each - high_name) / 2}, names, view.categories[i], name);
    canvas.document.fill({middle - length / 2, top + 1.5, length, each - 3},
                         look::faded(look::series(0), fade), 2.5);
    canvas.document.text({box.right() - numbers, top + (each - sizes::label * 1.3) / 2}, numbers,
                         cells[i].text, style(sizes::label, look::dim, Align::right));
  }
  draw_rest(canvas, box, box.y + static_cast<double>(shown) * each, view.categories.size() - shown);
}

}  // namespace fokus::reports
