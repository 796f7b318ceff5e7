// SPDX-License-Identifier: Apache-2.0
// Big numbers, each with what it is compared with.
#include <algorithm>
#include <cmath>

#include "features/reports/drawing.hpp"
#include "features/reports/words.hpp"

namespace fokus::reports {
namespace {

using pdf::Box;
using pdf::Point;

constexpr double big_size = 19, big_least = 9;

// As large as the width allows.
pdf::Style big_style(const Canvas& canvas, double width, const std::string& text) {
  auto out = style(big_size, look::text);
  out.bold = true;
  out.lines_max = 1;
  const double wide = canvas.document.text_width(text, out);
  if (wide > width) out.size = std::max(big_least, out.size * width / wide * 0.98);
  return out;
}

// A triangle: colours alone say nothing to some, and arrows are missing in some fonts.
void draw_way(const Canvas& canvas, Point at, double now, double before) {
  constexpr double size = 5;
  if (now == before)
    return canvas.document.fill({at.x, at.y + size / 2 - 0.7, size, 1.4}, look::dim);
  const double tip = now > before ? at.y : at.y + size, base = now > before ? at.y + size : at.y;
  canvas.document.polygon({{at.x, base}, {at.x + size, base}, {at.x + size / 2, tip}},
                          look::accent);
}

double draw_change(const Canvas& canvas, Point at, double width, const NumberView& number) {
  if (number.before_words.empty()) return 0;
  const double now = number.now.value_or(0), before = number.before.value_or(0);
  const auto much = before != 0
                        ? canvas.reader.figures.percent(std::abs(now - before) / std::abs(before))
                        : number.before_text;
  draw_way(canvas, {at.x, at.y + 2.5}, now, before);
  auto words = style(sizes::label, look::dim);
  words.lines_max = 1;
  return canvas.document.text({at.x + 8, at.y}, width - 8, much + " " + number.before_words, words);
}

void draw_target(const Canvas& canvas, Point at, double width, const NumberView& number) {
  if (!number.target || *number.target == 0) return;
  const double share = number.now.value_or(0) / *number.target;
  canvas.document.fill({at.x, at.y + 2, width, 3}, look::line, 1.5);
  canvas.document.fill({at.x, at.y + 2, width * std::clamp(share, 0.0, 1.0), 3}, look::accent, 1.5);
  auto words = style(sizes::label, look::dim);
  words.lines_max = 1;
  canvas.document.text({at.x, at.y + 6}, width,
                       sentence(Word::of_target, canvas.reader.language,
                                {{"share", canvas.reader.figures.percent(share)}}),
                       words);
}

void draw_sparkline(const Canvas& canvas, const Box& box, const std::vector<double>& values) {
  const double low = std::min(0.0, *std::min_element(values.begin(), values.end()));
  const double high = std::max(1.0, *std::max_element(values.begin(), values.end()));
  std::vector<Point> points;
  for (std::size_t i = 0; i < values.size(); ++i)
    points.push_back(
        {box.x + box.width * static_cast<double>(i) / static_cast<double>(values.size() - 1),
         box.bottom() - (values[i] - low) / (high - low) * box.height});
  canvas.document.line(points, look::accent, 1.4);
}

}  // namespace

void draw_numbers(const Canvas& canvas, Box box, const TileView& view) {
  constexpr std::size_t spark_least = 3;
  const bool has_spark = view.sparkline.size() >= spark_least;
  const auto parts = static_cast<double>(view.numbers.size() + (has_spark ? 1 : 0));
  const double each = box.width / std::max(1.0, parts), inside = each - 8;
  for (std::size_t i = 0; i < view.numbers.size(); ++i) {
    const NumberView& number = view.numbers[i];
    const double x = box.x + static_cast<double>(i) * each;
    auto label = style(sizes::label, look::dim);
    label.lines_max = 1;
    double y = box.y + canvas.document.text({x, box.y}, inside, number.label, label) + 1;
    const auto big = big_style(canvas, inside, number.text);
    y += canvas.document.text({x, y}, inside, number.text, big) + 1;
    y += draw_change(canvas, {x, y}, inside, number) + 1;
    draw_target(canvas, {x, y}, inside, number);
  }
  if (has_spark)
    draw_sparkline(canvas, {box.right() - each + 4, box.y + 8, each - 8, box.height - 20},
                   view.sparkline);
}

}  // namespace fokus::reports
