// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>

#include "features/reports/drawing.hpp"

namespace fokus::reports {
namespace {

using pdf::Box;
using pdf::Colour;

constexpr std::array<Colour, 8> palette = {pdf::colour_of(0x1f8a84), pdf::colour_of(0xd8a13a),
                                           pdf::colour_of(0x4a53b0), pdf::colour_of(0xc75a70),
                                           pdf::colour_of(0x74b9de), pdf::colour_of(0x7d7f26),
                                           pdf::colour_of(0x9a478f), pdf::colour_of(0x8c9997)};

constexpr double padding = 9, chart_height = 176, number_height = 62, target_height = 12,
                 note_height = 26, bar_height = 15;
constexpr int title_lines = 2;

pdf::Style title_style() {
  auto out = style(sizes::title, look::text);
  out.bold = true;
  out.lines_max = title_lines;
  return out;
}

bool is_bars(const TileView& view) {
  return view.presentation == "bar" || view.presentation == "funnel";
}

double inner_height(const Canvas& canvas, double width, const TileView& view) {
  switch (view.kind) {
    case TileView::Kind::note:
      return note_height;
    case TileView::Kind::list:
      return list_height(canvas, width, view, 0);
    case TileView::Kind::numbers: {
      const bool has_target =
          std::any_of(view.numbers.begin(), view.numbers.end(),
                      [](const NumberView& one) { return one.target.has_value(); });
      return number_height + (has_target ? target_height : 0);
    }
    default:
      break;
  }
  if (!is_bars(view)) return chart_height;
  const auto lines = view.categories.size() * (view.presentation == "bar" ? view.series.size() : 1);
  return std::max(chart_height, 20 + static_cast<double>(lines) * bar_height);
}

void draw_chart(const Canvas& canvas, const Box& box, const TileView& view) {
  if (view.presentation == "pie" || view.presentation == "donut")
    return draw_round_chart(canvas, box, view);
  if (view.presentation == "bar") return draw_bar_chart(canvas, box, view);
  if (view.presentation == "funnel") return draw_funnel(canvas, box, view);
  draw_axes_chart(canvas, box, view);
}

void draw_inside(const Canvas& canvas, const Box& box, const TileView& view) {
  switch (view.kind) {
    case TileView::Kind::note:
      canvas.document.text({box.x, box.y + 4}, box.width, view.note, style(sizes::text, look::dim));
      return;
    case TileView::Kind::list:
      draw_list(canvas, box, view, 0);
      return;
    case TileView::Kind::numbers:
      return draw_numbers(canvas, box, view);
    case TileView::Kind::gauge:
      return draw_gauge(canvas, box, view);
    case TileView::Kind::chart:
      return draw_chart(canvas, box, view);
  }
}

}  // namespace

namespace look {

Colour series(std::size_t index) {
  return palette[index % palette.size()];
}

Colour of(const TileView& view, std::size_t index) {
  const auto& one = view.series[index];
  if (one.is_before) return before;
  return series(view.axes.size() > 1 ? one.measure : view.series.size() > 1 ? index : 0);
}

Colour faded(Colour colour, double share) {
  const auto on_white = [&](double part) { return 1 - (1 - part) * share; };
  return {on_white(colour.red), on_white(colour.green), on_white(colour.blue)};
}

}  // namespace look

pdf::Style style(double size, Colour colour, pdf::Align align) {
  pdf::Style out;
  out.size = size;
  out.colour = colour;
  out.align = align;
  return out;
}

double wanted_height(const Canvas& canvas, double width, const TileView& view) {
  const double inside = width - 2 * padding;
  return 2 * padding + canvas.document.text_height(inside, view.title, title_style()) + sizes::gap +
         inner_height(canvas, inside, view);
}

void draw_tile(const Canvas& canvas, Box box, const TileView& view) {
  canvas.document.frame(box, look::line, 5);
  Box inside{box.x + padding, box.y + padding, box.width - 2 * padding, box.height - 2 * padding};
  const double used =
      canvas.document.text({inside.x, inside.y}, inside.width, view.title, title_style()) +
      sizes::gap;
  inside.y += used, inside.height -= used;
  draw_inside(canvas, inside, view);
}

double draw_legend(const Canvas& canvas, Box box, const TileView& view, bool draws) {
  if (view.series.size() < 2) return 0;
  constexpr double mark = 6, after_mark = 4, between = 12, line_height = 12;
  double x = 0, y = 0;
  for (std::size_t i = 0; i < view.series.size(); ++i) {
    auto name = style(sizes::label, look::dim);
    name.lines_max = 1;
    const double room = box.width - mark - after_mark;
    const double wide = std::min(room, canvas.document.text_width(view.series[i].name, name) + 1);
    if (x > 0 && x + mark + after_mark + wide > box.width) x = 0, y += line_height;
    if (draws) {
      canvas.document.fill({box.x + x, box.y + y + 2, mark, mark}, look::of(view, i), 1.5);
      canvas.document.text({box.x + x + mark + after_mark, box.y + y}, wide, view.series[i].name,
                           name);
    }
    x += mark + after_mark + wide + between;
  }
  return y + line_height + 2;
}

}  // namespace fokus::reports
