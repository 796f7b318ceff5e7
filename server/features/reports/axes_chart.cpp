// SPDX-License-Identifier: Apache-2.0
// Columns, lines and areas between a row of names and an axis of values.
#include <algorithm>
#include <cmath>

#include "features/reports/axis_scale.hpp"
#include "features/reports/drawing.hpp"

namespace fokus::reports {
namespace {

using pdf::Align;
using pdf::Box;
using pdf::Point;

constexpr int tick_steps = 4;
constexpr double names_height = 22, columns_share = 0.72, column_width_max = 30;
constexpr std::size_t labelled_max = 14;  // columns with their numbers above them

// A chart between its axes. Stacked columns are sums of what is below them.
class AxesChart {
 public:
  AxesChart(const Canvas& canvas, Box box, const TileView& view)
      : canvas_(canvas), view_(view), box_(box) {
    is_stacked_ = view.presentation.starts_with("stacked");
    is_shares_ = view.presentation == "stacked_100";
    if (is_shares_) axis_.is_ratio = true;
    if (!is_shares_ && !view.axes.empty()) axis_ = view.axes.front();
    const double legend = draw_legend(canvas, box, view, true);
    box_.y += legend, box_.height -= legend;
    find_scale();
    lay_out();
  }

  void draw() {
    draw_axis();
    draw_names();
    is_stacked_ ? draw_stacks() : draw_side_by_side();
    for (std::size_t i = 0; i < view_.series.size(); ++i)
      if (is_line(view_.series[i])) draw_line(i);
  }

 private:
  bool is_line(const SeriesView& one) const {
    return view_.presentation == "line" || view_.presentation == "area" ||
           (view_.presentation == "column_line" && one.measure == 1);
  }

  double sum_at(std::size_t category) const {
    double out = 0;
    for (const auto& one : view_.series) out += std::abs(one.cells[category].number.value_or(0));
    return out;
  }

  double value_at(std::size_t series, std::size_t category) const {
    const double value = view_.series[series].cells[category].number.value_or(0);
    if (!is_shares_) return value;
    const double sum = sum_at(category);
    return sum > 0 ? value / sum : 0;
  }

  void find_scale() {
    double low = 0, high = 0;
    for (std::size_t i = 0; i < view_.categories.size(); ++i) {
      double above = 0, below = 0;
      for (std::size_t s = 0; s < view_.series.size(); ++s) {
        const double value = value_at(s, i);
        above = is_stacked_ ? above + std::max(value, 0.0) : std::max(above, value);
        below = is_stacked_ ? below + std::min(value, 0.0) : std::min(below, value);
      }
      low = std::min(low, below), high = std::max(high, above);
    }
    if (is_shares_) high = 1;
    scale_ = make_scale(low, high, tick_steps);
  }

  void lay_out() {
    double labels = 0;
    for (const double tick : scale_.ticks)
      labels = std::max(labels, canvas_.document.text_width(short_text(tick, axis_, canvas_.reader),
                                                            style(sizes::label, look::dim)));
    plot_ = {box_.x + labels + 5, box_.y + 10, box_.width - labels - 5,
             box_.height - 10 - names_height};
    slot_ = plot_.width / static_cast<double>(std::max<std::size_t>(1, view_.categories.size()));
  }

  double y_of(double value) const {
    return plot_.bottom() - std::clamp(scale_.share(value), 0.0, 1.0) * plot_.height;
  }
  double middle_of(std::size_t category) const {
    return plot_.x + (static_cast<double>(category) + 0.5) * slot_;
  }

  void draw_axis() {
    for (const double tick : scale_.ticks) {
      const double y = y_of(tick);
      canvas_.document.line({{plot_.x, y}, {plot_.right(), y}},
                            tick == 0 ? look::before : look::line, 0.5);
      canvas_.document.text({box_.x, y - sizes::label * 0.7}, plot_.x - box_.x - 4,
                            short_text(tick, axis_, canvas_.reader),
                            style(sizes::label, look::dim, Align::right));
    }
  }

  // Where names would stand in each other's way, every second, third … has one.
  void draw_names() {
    constexpr double least = 26;
    const auto step = static_cast<std::size_t>(std::max(1.0, std::ceil(least / slot_)));
    auto name = style(sizes::label, look::dim, Align::centre);
    name.lines_max = 2;
    const double wide = slot_ * static_cast<double>(step) - 2;
    for (std::size_t i = 0; i < view_.categories.size(); i += step)
      canvas_.document.text({middle_of(i) - wide / 2, plot_.bottom() + 3}, wide,
                            view_.categories[i], name);
  }

  void draw_stacks() {
    const double wide = std::min(column_width_max, slot_ * columns_share);
    for (std::size_t i = 0; i < view_.categories.size(); ++i) {
      double above = 0, below = 0;
      for (std::size_t s = 0; s < view_.series.size(); ++s) {
        const double value = value_at(s, i);
        double& from = value < 0 ? below : above;
        const double top = y_of(std::max(from, from + value));
        const double bottom = y_of(std::min(from, from + value));
        canvas_.document.fill({middle_of(i) - wide / 2, top, wide, bottom - top},
                              look::of(view_, s));
        canvas_.document.frame({middle_of(i) - wide / 2, top, wide, bottom - top}, look::ground);
        from += value;
      }
    }
  }

  void draw_side_by_side() {
    std::vector<std::size_t> columns;
    for (std::size_t s = 0; s < view_.series.size(); ++s)
      if (!is_line(view_.series[s])) columns.push_back(s);
    if (columns.empty()) return;
    const auto count = static_cast<double>(columns.size());
    const double wide = std::min(column_width_max, slot_ * columns_share / count);
    const bool is_labelled = columns.size() * view_.categories.size() <= labelled_max;
    for (std::size_t i = 0; i < view_.categories.size(); ++i)
      for (std::size_t c = 0; c < columns.size(); ++c) {
        const auto& cell = view_.series[columns[c]].cells[i];
        if (!cell.number) continue;
        const double x = middle_of(i) + (static_cast<double>(c) - count / 2) * wide;
        const double top = y_of(std::max(*cell.number, 0.0));
        const double bottom = y_of(std::min(*cell.number, 0.0));
        canvas_.document.fill({x + 0.5, top, wide - 1, bottom - top}, look::of(view_, columns[c]),
                              1.5);
        if (is_labelled && *cell.number != 0)
          canvas_.document.text({x - 15, top - sizes::label - 3}, wide + 30,
                                short_text(*cell.number, axis_, canvas_.reader),
                                style(sizes::label, look::text, Align::centre));
      }
  }

  void draw_line(std::size_t series) {
    const auto colour = look::of(view_, series);
    std::vector<Point> run;
    const auto end_run = [&] {
      if (view_.presentation == "area" && run.size() > 1) {
        auto shape = run;
        shape.push_back({run.back().x, y_of(0)});
        shape.push_back({run.front().x, y_of(0)});
        canvas_.document.polygon(shape, colour, 0.16);
      }
      canvas_.document.line(run, colour, 1.6, view_.series[series].is_before);
      constexpr std::size_t dotted_max = 32;
      if (view_.categories.size() < dotted_max)
        for (const auto& point : run) canvas_.document.dot(point, 2, colour);
      run.clear();
    };
    for (std::size_t i = 0; i < view_.categories.size(); ++i) {
      const auto& number = view_.series[series].cells[i].number;
      if (number)
        run.push_back({middle_of(i), y_of(*number)});
      else
        end_run();
    }
    end_run();
  }

  const Canvas& canvas_;
  const TileView& view_;
  Box box_, plot_;
  AxisView axis_;
  AxisScale scale_;
  double slot_ = 1;
  bool is_stacked_ = false, is_shares_ = false;
};

}  // namespace

void draw_axes_chart(const Canvas& canvas, Box box, const TileView& view) {
  AxesChart(canvas, box, view).draw();
}

}  // namespace fokus::reports
