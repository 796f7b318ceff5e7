// SPDX-License-Identifier: Apache-2.0
// A whole document: pages with head, tiles and foot. Not for other rooms.
#pragma once
#include <string>
#include <vector>

#include "features/reports/drawing.hpp"

namespace fokus::reports {

struct PlacedView {
  TileView view;
  std::int64_t x = 0, y = 0, w = 4, h = 4;  // in the grid of the dashboard
};

struct Sheet {
  std::string name, company, filters;  // filters: one line, or empty
  std::string zone;                    // of the reader
  Instant as_of;
  pdf::Paper paper = pdf::Paper::portrait;
  std::vector<PlacedView> tiles;
};

// The bytes of the PDF: the same for the same sheet and reader. Error: "platform/pdf_failed".
Result<std::string> draw_sheet(const Sheet& sheet, const Reader& reader);

}  // namespace fokus::reports
