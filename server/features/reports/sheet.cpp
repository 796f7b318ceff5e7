// SPDX-License-Identifier: Apache-2.0
#include "features/reports/sheet.hpp"

#include <algorithm>

#include "features/reports/words.hpp"

namespace fokus::reports {
namespace {

using pdf::Align;
using pdf::Box;

constexpr double margin = 34, foot_height = 26, between = 9;
constexpr int row_units = 6;       // a row of tiles on paper
constexpr double list_least = 90;  // a list begins on a page with that much room left

int units_of(const PlacedView& tile, pdf::Paper paper) {
  constexpr int wide = 7, small = 3;
  // A longer list may need more than a page, and only one that stands alone goes on to the next.
  constexpr std::size_t rows_beside_others = 8;
  const bool is_wide = tile.w >= wide;
  if (tile.view.kind == TileView::Kind::list) {
    const bool is_alone =
        paper == pdf::Paper::portrait || is_wide || tile.view.rows.size() > rows_beside_others;
    return is_alone ? row_units : row_units / 2;
  }
  if (paper == pdf::Paper::portrait) {
    if (is_wide || tile.view.numbers.size() > 2) return row_units;
    return tile.view.kind == TileView::Kind::numbers && tile.w <= small ? 2 : row_units / 2;
  }
  if (is_wide) return 4;
  return tile.w <= 4 ? 2 : row_units / 2;
}

using Row = std::vector<const PlacedView*>;

// As many beside each other as there is room for, in the order of reading.
std::vector<Row> rows_of(const Sheet& sheet) {
  std::vector<const PlacedView*> order;
  for (const auto& tile : sheet.tiles) order.push_back(&tile);
  std::stable_sort(order.begin(), order.end(), [](const PlacedView* a, const PlacedView* b) {
    return a->y != b->y ? a->y < b->y : a->x < b->x;
  });
  std::vector<Row> out;
  int used = row_units;
  for (const auto* tile : order) {
    const int units = units_of(*tile, sheet.paper);
    if (used + units > row_units) out.emplace_back(), used = 0;
    out.back().push_back(tile);
    used += units;
  }
  return out;
}

// Draws a sheet once. Done twice: the first time tells how many pages there are.
class Pages {
 public:
  Pages(const Sheet& sheet, const Reader& reader, int pages)
      : sheet_(sheet),
        reader_(reader),
        pages_(pages),
        document_({sheet.name, sheet.company.empty() ? "Fokus" : sheet.company, sheet.filters,
                   reader.language, sheet.as_of},
                  sheet.paper),
        canvas_{document_, reader} {}

  int draw() {
    draw_head();
    for (const auto& row : rows_of(sheet_)) draw_row(row);
    if (sheet_.tiles.empty())
      document_.text({margin, y_ + 6}, width(), word(Word::no_tiles, reader_.language),
                     style(sizes::text, look::dim));
    draw_foot();
    return document_.page();
  }

  Result<std::string> finish() { return document_.finish(); }

 private:
  double width() const { return document_.width() - 2 * margin; }
  double bottom() const { return document_.height() - margin - foot_height; }
  double room() const { return bottom() - y_; }

  std::string as_of_text() const {
    return sentence(Word::as_of, reader_.language,
                    {{"at", reader_.figures.instant(sheet_.as_of)}, {"zone", sheet_.zone}});
  }

  void draw_head() {
    constexpr double company_share = 0.3, title_size = 17;
    auto title = style(title_size, look::text);
    title.bold = true;
    auto company = style(sizes::title, look::dim, Align::right);
    company.lines_max = 2;
    const double aside = width() * company_share;
    y_ = margin;
    document_.fill({margin, y_, 26, 3}, look::accent);
    y_ += 9;
    document_.text({margin + width() - aside, y_ + 4}, aside, sheet_.company, company);
    y_ += document_.text({margin, y_}, width() - aside - 12, sheet_.name, title) + 2;
    y_ += document_.text({margin, y_}, width(), as_of_text(), style(sizes::text, look::dim)) + 1;
    if (!sheet_.filters.empty())
      y_ +=
          document_.text({margin, y_}, width(),
                         std::string(word(Word::filters, reader_.language)) + ": " + sheet_.filters,
                         style(sizes::text, look::dim));
    y_ += 9;
  }

  void draw_later_head() {
    auto name = style(sizes::text, look::dim);
    name.lines_max = 1;
    y_ = margin;
    y_ += document_.text({margin, y_}, width(), sheet_.name, name) + 3;
    document_.line({{margin, y_}, {margin + width(), y_}}, look::line, 0.5);
    y_ += 9;
  }

  void draw_foot() {
    const double y = document_.height() - margin - foot_height / 2;
    auto left = style(sizes::label, look::dim);
    left.lines_max = 1;
    document_.line({{margin, y - 4}, {margin + width(), y - 4}}, look::line, 0.5);
    document_.text({margin, y}, width() * 0.75, as_of_text(), left);
    document_.text(
        {margin + width() * 0.75, y}, width() * 0.25,
        sentence(Word::page, reader_.language,
                 {{"page", std::to_string(document_.page())}, {"pages", std::to_string(pages_)}}),
        style(sizes::label, look::dim, Align::right));
  }

  void turn_page() {
    draw_foot();
    document_.next_page();
    draw_later_head();
  }

  std::vector<Box> boxes_of(const Row& row) const {
    int sum = 0;
    for (const auto* tile : row) sum += units_of(*tile, sheet_.paper);
    const double free = width() - between * static_cast<double>(row.size() - 1);
    std::vector<Box> out;
    double x = margin;
    for (const auto* tile : row) {
      const double wide = free * units_of(*tile, sheet_.paper) / sum;
      out.push_back({x, 0, wide, 0});
      x += wide + between;
    }
    return out;
  }

  void draw_row(const Row& row) {
    auto boxes = boxes_of(row);
    double high = 0;
    for (std::size_t i = 0; i < row.size(); ++i)
      high = std::max(high, wanted_height(canvas_, boxes[i].width, row[i]->view));
    const bool is_list = row.size() == 1 && row.front()->view.kind == TileView::Kind::list;
    if (high > room() && is_list) return draw_long_list(row.front()->view);
    if (high > room()) turn_page();
    high = std::min(high, room());
    for (std::size_t i = 0; i < row.size(); ++i) {
      boxes[i].y = y_, boxes[i].height = high;
      draw_tile(canvas_, boxes[i], row[i]->view);
    }
    y_ += high + between;
  }

  // Over as many pages as it takes, each with its headers.
  void draw_long_list(const TileView& view) {
    auto title = style(sizes::title, look::text);
    title.bold = true;
    if (room() < list_least) turn_page();
    for (std::size_t row = 0; row < view.rows.size();) {
      y_ += document_.text({margin, y_}, width(), view.title, title) + sizes::gap;
      const double high = std::min(room(), list_height(canvas_, width(), view, row));
      row = draw_list(canvas_, {margin, y_, width(), high}, view, row);
      y_ += high + between;
      if (row < view.rows.size()) turn_page();
    }
  }

  const Sheet& sheet_;
  const Reader& reader_;
  const int pages_;
  pdf::Document document_;
  const Canvas canvas_;
  double y_ = 0;
};

}  // namespace

Result<std::string> draw_sheet(const Sheet& sheet, const Reader& reader) {
  const int pages = Pages(sheet, reader, 1).draw();
  Pages whole(sheet, reader, pages);
  whole.draw();
  return whole.finish();
}

}  // namespace fokus::reports
