// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "base/time.hpp"

// Drawing on pages of paper that become one PDF. Lengths are points (1/72 inch), from the upper
// left corner. Text is in any script, wraps at words and, where a word is too long, inside it; it
// may be foreign: control characters become spaces, and nothing in it is markup. The same calls
// with the same Imprint make the same bytes on one machine (fonts differ between machines).
namespace fokus::pdf {

struct Colour {
  double red = 0, green = 0, blue = 0;  // 0 … 1
};
constexpr Colour colour_of(std::uint32_t rgb) {
  constexpr double full = 255;
  return {static_cast<double>(rgb >> 16 & 0xff) / full, static_cast<double>(rgb >> 8 & 0xff) / full,
          static_cast<double>(rgb & 0xff) / full};
}

struct Point {
  double x = 0, y = 0;
};
struct Box {
  double x = 0, y = 0, width = 0, height = 0;

  double right() const { return x + width; }
  double bottom() const { return y + height; }
};

enum class Align { left, centre, right };
enum class Paper { portrait, landscape };  // A4

struct Style {
  double size = 9;
  bool bold = false;
  Colour colour;
  Align align = Align::left;
  int lines_max = 0;  // more are cut with an ellipsis; 0: as many as it takes
};

struct Imprint {
  std::string title, author, subject;
  std::string language = "en";  // BCP 47; decides how some scripts are shaped
  Instant made_at;
};

// One document in the making. Not for two threads at once.
class Document {
 public:
  Document(const Imprint& imprint, Paper paper);
  ~Document();
  Document(const Document&) = delete;
  Document& operator=(const Document&) = delete;

  double width() const { return width_; }
  double height() const { return height_; }
  int page() const { return page_; }  // the one that is drawn on, from 1
  void next_page();

  // Draws text from (x, y) downwards within a width, and returns how high it is.
  double text(Point at, double width, std::string_view text, const Style& style);
  // How high it would be.
  double text_height(double width, std::string_view text, const Style& style) const;
  // How wide it is on one line.
  double text_width(std::string_view text, const Style& style) const;

  void fill(const Box& box, Colour colour, double radius = 0);
  void frame(const Box& box, Colour colour, double radius = 0, double thickness = 0.5);
  void line(const std::vector<Point>& points, Colour colour, double thickness, bool dashed = false);
  void polygon(const std::vector<Point>& points, Colour colour, double opacity = 1);
  // A slice between two angles (radians, clockwise from the top), of a disc when `inner` is 0.
  void slice(Point centre, double inner, double outer, double from, double to, Colour colour);
  void dot(Point centre, double radius, Colour colour);

  // The bytes of the PDF; nothing may be drawn afterwards. Error: "platform/pdf_failed".
  Result<std::string> finish();

 private:
  struct Parts;
  std::unique_ptr<Parts> parts_;
  double width_, height_;
  int page_ = 1;
};

}  // namespace fokus::pdf
