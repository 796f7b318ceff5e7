// SPDX-License-Identifier: Apache-2.0
#include "platform/pdf.hpp"

#include <cairo-pdf.h>
#include <pango/pangocairo.h>

#include <algorithm>
#include <numbers>

#include "base/text.hpp"

namespace fokus::pdf {
namespace {

constexpr double a4_short = 595.28, a4_long = 841.89;
// What is there of them, in this order; what they lack fontconfig finds elsewhere.
constexpr const char* families = "Inter, Noto Sans, DejaVu Sans, sans-serif";
constexpr double dash_length = 3;

cairo_status_t keep(void* out, const unsigned char* bytes, unsigned int count) {
  static_cast<std::string*>(out)->append(reinterpret_cast<const char*>(bytes), count);
  return CAIRO_STATUS_SUCCESS;
}

// What Pango takes without complaint.
std::string plain(std::string_view text, bool keeps_lines) {
  if (!is_clean_utf8(text)) return "?";
  std::string out(text);
  for (char& c : out) {
    const auto byte = static_cast<unsigned char>(c);
    if ((byte < 0x20 || byte == 0x7f) && !(keeps_lines && c == '\n')) c = ' ';
  }
  return out;
}

PangoAlignment alignment(Align align) {
  switch (align) {
    case Align::centre:
      return PANGO_ALIGN_CENTER;
    case Align::right:
      return PANGO_ALIGN_RIGHT;
    default:
      return PANGO_ALIGN_LEFT;
  }
}

struct Free {
  void operator()(PangoLayout* layout) const { g_object_unref(layout); }
  void operator()(PangoContext* context) const { g_object_unref(context); }
  void operator()(PangoFontMap* map) const { g_object_unref(map); }
  void operator()(PangoFontDescription* font) const { pango_font_description_free(font); }
  void operator()(cairo_t* cairo) const { cairo_destroy(cairo); }
  void operator()(cairo_surface_t* surface) const { cairo_surface_destroy(surface); }
};
template <class T>
using Owned = std::unique_ptr<T, Free>;

}  // namespace

struct Document::Parts {
  std::string bytes;
  Owned<cairo_surface_t> surface;
  Owned<cairo_t> cairo;
  // Of its own: the one that Pango keeps per thread grows with every font that was ever used.
  Owned<PangoFontMap> fonts;
  Owned<PangoContext> context;

  Owned<PangoLayout> layout(double width, std::string_view text, const Style& style) const {
    Owned<PangoLayout> out(pango_layout_new(context.get()));
    Owned<PangoFontDescription> font(pango_font_description_from_string(families));
    pango_font_description_set_absolute_size(font.get(), style.size * PANGO_SCALE);
    pango_font_description_set_weight(font.get(),
                                      style.bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
    pango_layout_set_font_description(out.get(), font.get());
    const std::string shown = plain(text, style.lines_max == 0);
    pango_layout_set_text(out.get(), shown.data(), static_cast<int>(shown.size()));
    pango_layout_set_alignment(out.get(), alignment(style.align));
    if (width < 0) return out;
    pango_layout_set_width(out.get(), static_cast<int>(std::max(width, 1.0) * PANGO_SCALE));
    pango_layout_set_wrap(out.get(), PANGO_WRAP_WORD_CHAR);
    if (style.lines_max > 0) {
      pango_layout_set_height(out.get(), -style.lines_max);
      pango_layout_set_ellipsize(out.get(), PANGO_ELLIPSIZE_END);
    }
    return out;
  }

  void use(Colour colour, double opacity = 1) {
    cairo_set_source_rgba(cairo.get(), colour.red, colour.green, colour.blue, opacity);
  }

  void outline(const Box& box, double radius) {
    cairo_t* c = cairo.get();
    radius = std::min({radius, box.width / 2, box.height / 2});
    if (radius <= 0) return cairo_rectangle(c, box.x, box.y, box.width, box.height);
    constexpr double quarter = std::numbers::pi / 2;
    cairo_new_sub_path(c);
    cairo_arc(c, box.right() - radius, box.y + radius, radius, -quarter, 0);
    cairo_arc(c, box.right() - radius, box.bottom() - radius, radius, 0, quarter);
    cairo_arc(c, box.x + radius, box.bottom() - radius, radius, quarter, 2 * quarter);
    cairo_arc(c, box.x + radius, box.y + radius, radius, 2 * quarter, 3 * quarter);
    cairo_close_path(c);
  }

  void path(const std::vector<Point>& points) {
    cairo_new_path(cairo.get());
    for (const auto& point : points) cairo_line_to(cairo.get(), point.x, point.y);
  }
};

Document::Document(const Imprint& imprint, Paper paper)
    : parts_(std::make_unique<Parts>()),
      width_(paper == Paper::portrait ? a4_short : a4_long),
      height_(paper == Paper::portrait ? a4_long : a4_short) {
  parts_->surface.reset(cairo_pdf_surface_create_for_stream(keep, &parts_->bytes, width_, height_));
  cairo_surface_t* surface = parts_->surface.get();
  const std::string at = render_instant(imprint.made_at).substr(0, 19) + "Z";
  const auto say = [&](cairo_pdf_metadata_t which, const std::string& text) {
    cairo_pdf_surface_set_metadata(surface, which, plain(text, false).c_str());
  };
  say(CAIRO_PDF_METADATA_TITLE, imprint.title);
  say(CAIRO_PDF_METADATA_AUTHOR, imprint.author);
  say(CAIRO_PDF_METADATA_SUBJECT, imprint.subject);
  say(CAIRO_PDF_METADATA_CREATOR, "Fokus");
  // Without them the moment of drawing would be in it, and no two would be alike.
  say(CAIRO_PDF_METADATA_CREATE_DATE, at);
  say(CAIRO_PDF_METADATA_MOD_DATE, at);
  parts_->cairo.reset(cairo_create(surface));
  parts_->fonts.reset(pango_cairo_font_map_new());
  parts_->context.reset(pango_font_map_create_context(parts_->fonts.get()));
  pango_cairo_update_context(parts_->cairo.get(), parts_->context.get());
  pango_context_set_language(parts_->context.get(),
                             pango_language_from_string(imprint.language.c_str()));
}

Document::~Document() = default;

void Document::next_page() {
  cairo_show_page(parts_->cairo.get());
  ++page_;
}

double Document::text(Point at, double width, std::string_view text, const Style& style) {
  const auto layout = parts_->layout(width, text, style);
  parts_->use(style.colour);
  cairo_move_to(parts_->cairo.get(), at.x, at.y);
  pango_cairo_show_layout(parts_->cairo.get(), layout.get());
  int high = 0;
  pango_layout_get_size(layout.get(), nullptr, &high);
  return static_cast<double>(high) / PANGO_SCALE;
}

double Document::text_height(double width, std::string_view text, const Style& style) const {
  int high = 0;
  pango_layout_get_size(parts_->layout(width, text, style).get(), nullptr, &high);
  return static_cast<double>(high) / PANGO_SCALE;
}

double Document::text_width(std::string_view text, const Style& style) const {
  int wide = 0;
  pango_layout_get_size(parts_->layout(-1, text, style).get(), &wide, nullptr);
  return static_cast<double>(wide) / PANGO_SCALE;
}

void Document::fill(const Box& box, Colour colour, double radius) {
  if (box.width <= 0 || box.height <= 0) return;
  parts_->use(colour);
  parts_->outline(box, radius);
  cairo_fill(parts_->cairo.get());
}

void Document::frame(const Box& box, Colour colour, double radius, double thickness) {
  parts_->use(colour);
  cairo_set_dash(parts_->cairo.get(), nullptr, 0, 0);
  cairo_set_line_width(parts_->cairo.get(), thickness);
  parts_->outline(box, radius);
  cairo_stroke(parts_->cairo.get());
}

void Document::line(const std::vector<Point>& points, Colour colour, double thickness,
                    bool dashed) {
  if (points.size() < 2) return;
  cairo_t* c = parts_->cairo.get();
  parts_->use(colour);
  cairo_set_line_width(c, thickness);
  cairo_set_line_join(c, CAIRO_LINE_JOIN_ROUND);
  cairo_set_dash(c, dashed ? &dash_length : nullptr, dashed ? 1 : 0, 0);
  parts_->path(points);
  cairo_stroke(c);
  cairo_set_dash(c, nullptr, 0, 0);
}

void Document::polygon(const std::vector<Point>& points, Colour colour, double opacity) {
  if (points.size() < 3) return;
  parts_->use(colour, opacity);
  parts_->path(points);
  cairo_close_path(parts_->cairo.get());
  cairo_fill(parts_->cairo.get());
}

void Document::slice(Point centre, double inner, double outer, double from, double to,
                     Colour colour) {
  if (to <= from || outer <= 0) return;
  cairo_t* c = parts_->cairo.get();
  constexpr double top = -std::numbers::pi / 2;
  parts_->use(colour);
  cairo_new_path(c);
  cairo_arc(c, centre.x, centre.y, outer, from + top, to + top);
  if (inner > 0)
    cairo_arc_negative(c, centre.x, centre.y, inner, to + top, from + top);
  else
    cairo_line_to(c, centre.x, centre.y);
  cairo_close_path(c);
  cairo_fill(c);
}

void Document::dot(Point centre, double radius, Colour colour) {
  slice(centre, 0, radius, 0, 2 * std::numbers::pi, colour);
}

Result<std::string> Document::finish() {
  cairo_surface_finish(parts_->surface.get());
  if (cairo_surface_status(parts_->surface.get()) != CAIRO_STATUS_SUCCESS ||
      cairo_status(parts_->cairo.get()) != CAIRO_STATUS_SUCCESS)
    return make_error(ErrorKind::unavailable, "platform/pdf_failed");
  return std::move(parts_->bytes);
}

}  // namespace fokus::pdf
