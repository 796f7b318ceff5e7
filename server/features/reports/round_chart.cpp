// SPDX-License-Identifier: Apache-2.0
// Pies, donuts and gauges.
#include <algorithm>
#include <numbers>

#include "features/reports/drawing.hpp"
#include "features/reports/words.hpp"

namespace fokus::reports {
namespace {

using pdf::Align;
using pdf::Box;
using pdf::Point;

constexpr double turn = 2 * std::numbers::pi, donut_hole = 0.62, line_height = 12,
                 numbers_share = 0.55;

// Value and share of each slice; the share alone where both would leave no room for names.
std::vector<std::string> slice_texts(const Canvas& canvas, const std::vector<CellView>& cells,
                                     std::size_t shown, double sum, double width_max) {
  std::vector<std::string> whole, shares;
  bool fits = true;
  for (std::size_t i = 0; i < shown; ++i) {
    const double share = sum > 0 ? std::max(cells[i].number.value_or(0), 0.0) / sum : 0;
    shares.push_back(canvas.reader.figures.percent(share));
    whole.push_back(cells[i].text + " · " + shares.back());
    fits &= canvas.document.text_width(whole.back(), style(sizes::label, look::dim)) <= width_max;
  }
  return fits ? whole : shares;
}

// What every slice is, beside the drawing.
void draw_slices_legend(const Canvas& canvas, const Box& box, const TileView& view, double sum) {
  const auto& cells = view.series.front().cells;
  const auto room = static_cast<std::size_t>(std::max(1.0, box.height / line_height));
  const auto shown = cells.size() <= room ? cells.size() : room - 1;
  double y =
      box.y +
      std::max(0.0,
               (box.height - static_cast<double>(std::min(room, cells.size())) * line_height) / 2);
  auto name = style(sizes::label, look::text);
  name.lines_max = 1;
  auto number = style(sizes::label, look::dim, Align::right);
  number.lines_max = 1;
  const auto texts = slice_texts(canvas, cells, shown, sum, box.width * numbers_share);
  double numbers = 0;
  for (const auto& text : texts)
    numbers = std::max(numbers, canvas.document.text_width(text, number) + 2);
  for (std::size_t i = 0; i < shown; ++i, y += line_height) {
    canvas.document.fill({box.x, y + 2, 6, 6}, look::series(i), 1.5);
    canvas.document.text({box.x + 10, y}, box.width - numbers - 14, view.categories[i], name);
    canvas.document.text({box.right() - numbers, y}, numbers, texts[i], number);
  }
  if (shown < cells.size())
    canvas.document.text(
        {box.x + 10, y}, box.width,
        "+ " + canvas.reader.figures.number(static_cast<double>(cells.size() - shown)), name);
}

}  // namespace

void draw_round_chart(const Canvas& canvas, Box box, const TileView& view) {
  if (view.series.empty()) return;
  const auto& cells = view.series.front().cells;
  double sum = 0;
  for (const auto& cell : cells) sum += std::max(cell.number.value_or(0), 0.0);
  const double outer = std::min(box.width * 0.21, box.height * 0.46);
  const Point centre{box.x + outer + 4, box.y + box.height / 2};
  const double inner = view.presentation == "donut" ? outer * donut_hole : 0;
  double from = 0;
  if (sum <= 0) canvas.document.slice(centre, inner, outer, 0, turn, look::line);
  for (std::size_t i = 0; i < cells.size() && sum > 0; ++i) {
    const double to = from + std::max(cells[i].number.value_or(0), 0.0) / sum * turn;
    canvas.document.slice(centre, inner, outer, from, to, look::series(i));
    from = to;
  }
  const double left = centre.x + outer + 16;
  draw_slices_legend(canvas, {left, box.y, box.right() - left, box.height}, view, sum);
}

void draw_gauge(const Canvas& canvas, Box box, const TileView& view) {
  if (view.numbers.empty()) return;
  const NumberView& number = view.numbers.front();
  constexpr double half = 110.0 / 360 * turn, headroom = 1.2;
  const double now = number.now.value_or(0);
  const bool is_ratio = !view.axes.empty() && view.axes.front().is_ratio;
  const double top = is_ratio ? 1 : std::max({number.target.value_or(0), now, 1.0}) * headroom;
  const double outer = std::min(box.width / 2, box.height * 0.6), inner = outer * 0.82;
  const Point centre{box.x + box.width / 2, box.y + outer + 2};
  const auto angle = [&](double value) {
    return -half + std::clamp(value / top, 0.0, 1.0) * 2 * half;
  };
  canvas.document.slice(centre, inner, outer, -half, half, look::line);
  canvas.document.slice(centre, inner, outer, -half, angle(now), look::accent);
  if (number.target)
    canvas.document.slice(centre, inner - 4, outer + 2, angle(*number.target) - 0.012,
                          angle(*number.target) + 0.012, look::text);
  auto big = style(std::clamp(outer * 0.3, 11.0, 20.0), look::text, Align::centre);
  big.bold = true;
  big.lines_max = 1;
  canvas.document.text({box.x, centre.y - big.size * 0.8}, box.width, number.text, big);
  if (!number.target || *number.target == 0) return;
  const auto share = canvas.reader.figures.percent(now / *number.target);
  canvas.document.text({box.x, centre.y + big.size * 0.9}, box.width,
                       sentence(Word::of_target, canvas.reader.language, {{"share", share}}),
                       style(sizes::label, look::dim, Align::centre));
}

}  // namespace fokus::reports
