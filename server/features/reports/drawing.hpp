// SPDX-License-Identifier: Apache-2.0
// How the view of a tile becomes lines and text in a box. Not for other rooms.
#pragma once
#include <cstddef>

#include "features/reports/tile_view.hpp"
#include "platform/pdf.hpp"

namespace fokus::reports {

struct Canvas {
  pdf::Document& document;
  const Reader& reader;
};

// The light theme of the web UI (web/src/kit/tokens.css): the colours of the series are told apart
// with every kind of colour blindness.
namespace look {
constexpr pdf::Colour text = pdf::colour_of(0x16302f), dim = pdf::colour_of(0x566766),
                      line = pdf::colour_of(0xdde4e3), ground = pdf::colour_of(0xffffff),
                      accent = pdf::colour_of(0x1f8a84), before = pdf::colour_of(0xb9c6c5);
pdf::Colour series(std::size_t index);
// A series takes the colour of its measure, or its own place where there is one measure only.
pdf::Colour of(const TileView& view, std::size_t index);
// As much of the colour as the share says, on white.
pdf::Colour faded(pdf::Colour colour, double share);
}  // namespace look

namespace sizes {
constexpr double label = 7.5, text = 8.5, title = 10, gap = 6;
}

pdf::Style style(double size, pdf::Colour colour, pdf::Align align = pdf::Align::left);

// Without the title.
void draw_axes_chart(const Canvas& canvas, pdf::Box box, const TileView& view);
void draw_bar_chart(const Canvas& canvas, pdf::Box box, const TileView& view);
void draw_funnel(const Canvas& canvas, pdf::Box box, const TileView& view);
void draw_round_chart(const Canvas& canvas, pdf::Box box, const TileView& view);
void draw_numbers(const Canvas& canvas, pdf::Box box, const TileView& view);
void draw_gauge(const Canvas& canvas, pdf::Box box, const TileView& view);

// Draws rows of a list from `first` on, as many as the box holds (one at least), below their
// headers. Returns the first that it did not draw.
std::size_t draw_list(const Canvas& canvas, pdf::Box box, const TileView& view, std::size_t first);
// How high it is with all rows from `first` on.
double list_height(const Canvas& canvas, double width, const TileView& view, std::size_t first);

// What a tile would like, with its title; a bar chart has a line for each bar.
double wanted_height(const Canvas& canvas, double width, const TileView& view);
void draw_tile(const Canvas& canvas, pdf::Box box, const TileView& view);

// Names of the series with their colours. Returns how high that is; `draws` false only measures.
double draw_legend(const Canvas& canvas, pdf::Box box, const TileView& view, bool draws);

}  // namespace fokus::reports
