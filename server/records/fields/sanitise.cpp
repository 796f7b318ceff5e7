// SPDX-License-Identifier: Apache-2.0
#include "records/fields/sanitise.hpp"

#include <gumbo.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <cstdint>
#include <memory>

#include "base/text.hpp"

namespace fokus::records {
namespace {

constexpr int depth_max = 100;  // deeper markup is dropped: nobody writes it by hand
constexpr int passes_max = 8;

struct GumboDeleter {
  void operator()(GumboOutput* output) const {
    gumbo_destroy_output(&kGumboDefaultOptions, output);
  }
};

bool is_allowed(GumboTag tag) {
  switch (tag) {
    case GUMBO_TAG_P:
    case GUMBO_TAG_BR:
    case GUMBO_TAG_STRONG:
    case GUMBO_TAG_B:
    case GUMBO_TAG_EM:
    case GUMBO_TAG_I:
    case GUMBO_TAG_U:
    case GUMBO_TAG_S:
    case GUMBO_TAG_UL:
    case GUMBO_TAG_OL:
    case GUMBO_TAG_LI:
    case GUMBO_TAG_A:
    case GUMBO_TAG_H1:
    case GUMBO_TAG_H2:
    case GUMBO_TAG_H3:
    case GUMBO_TAG_BLOCKQUOTE:
    case GUMBO_TAG_CODE:
    case GUMBO_TAG_PRE:
    case GUMBO_TAG_HR:
      return true;
    default:
      return false;
  }
}

// Elements whose text is not text for people.
bool is_dropped(GumboTag tag) {
  switch (tag) {
    case GUMBO_TAG_SCRIPT:
    case GUMBO_TAG_STYLE:
    case GUMBO_TAG_TEMPLATE:
    case GUMBO_TAG_IFRAME:
    case GUMBO_TAG_NOSCRIPT:
    case GUMBO_TAG_SVG:
    case GUMBO_TAG_MATH:
    case GUMBO_TAG_TITLE:
    case GUMBO_TAG_TEXTAREA:
    case GUMBO_TAG_SELECT:
    case GUMBO_TAG_HEAD:
      return true;
    default:
      return false;
  }
}

void append_escaped(std::string& out, std::string_view text) {
  for (const char c : text) switch (c) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '"':
        out += "&quot;";
        break;
      default:
        out += c;
    }
}

// A character reference beyond every code point makes gumbo write bytes that are no UTF-8; ICU puts
// U+FFFD in their place.
std::string readable(std::string_view text) {
  std::string out(text);
  if (is_clean_utf8(text)) return out;
  const auto length = static_cast<std::int32_t>(text.size());
  out.clear();
  return icu::UnicodeString::fromUTF8({text.data(), length}).toUTF8String(out);
}

bool is_safe_link(std::string_view url) {
  // Browsers ignore control characters inside a scheme, so they must not hide one.
  if (std::any_of(url.begin(), url.end(),
                  [](char c) { return static_cast<unsigned char>(c) < 0x21; }))
    return false;
  const std::string lower = lower_ascii(url);
  for (const char* scheme : {"http://", "https://", "mailto:", "tel:"})
    if (lower.starts_with(scheme)) return true;
  return false;
}

class Writer {
 public:
  explicit Writer(bool markup) : markup_(markup) {}
  std::string out;

  void children(const GumboVector& nodes, int depth) {
    for (unsigned i = 0; i < nodes.length; ++i)
      node(*static_cast<GumboNode*>(nodes.data[i]), depth);
  }

 private:
  void node(const GumboNode& n, int depth) {
    if (depth > depth_max) return;
    if (n.type == GUMBO_NODE_TEXT || n.type == GUMBO_NODE_WHITESPACE) return text(n.v.text.text);
    if (n.type != GUMBO_NODE_ELEMENT || is_dropped(n.v.element.tag)) return;
    const GumboElement& element = n.v.element;
    if (!markup_ || !is_allowed(element.tag)) {
      children(element.children, depth + 1);
      if (!markup_) out += ' ';
      return;
    }
    open(element);
    if (element.tag == GUMBO_TAG_BR || element.tag == GUMBO_TAG_HR) return;
    children(element.children, depth + 1);
    out += fmt_close(element.tag);
  }

  void text(std::string_view text) {
    if (markup_)
      append_escaped(out, readable(text));
    else
      out += readable(text);
  }

  void open(const GumboElement& element) {
    out += '<';
    out += gumbo_normalized_tagname(element.tag);
    const GumboAttribute* href =
        element.tag == GUMBO_TAG_A ? gumbo_get_attribute(&element.attributes, "href") : nullptr;
    if (href && is_safe_link(href->value)) {
      out += " href=\"";
      append_escaped(out, readable(href->value));
      out += "\" rel=\"noopener noreferrer\"";
    }
    out += '>';
    // The first line feed of a <pre> is not part of it; without another one the next would be lost.
    if (element.tag == GUMBO_TAG_PRE && starts_with_line_feed(element)) out += '\n';
  }

  static bool starts_with_line_feed(const GumboElement& element) {
    if (element.children.length == 0) return false;
    const auto& first = *static_cast<const GumboNode*>(element.children.data[0]);
    const bool text = first.type == GUMBO_NODE_TEXT || first.type == GUMBO_NODE_WHITESPACE;
    return text && first.v.text.text[0] == '\n';
  }

  static std::string fmt_close(GumboTag tag) {
    return std::string("</") + gumbo_normalized_tagname(tag) + ">";
  }

  bool markup_;
};

std::string walk(std::string_view html, bool markup) {
  const std::unique_ptr<GumboOutput, GumboDeleter> parsed(
      gumbo_parse_with_options(&kGumboDefaultOptions, html.data(), html.size()));
  Writer writer(markup);
  if (parsed->root->type == GUMBO_NODE_ELEMENT)
    writer.children(parsed->root->v.element.children, 0);
  return std::move(writer.out);
}

}  // namespace

// What is left of one element can mean something else where the elements around it are gone, so it
// is read again until nothing changes; what never comes to rest is kept as text.
std::string sanitise_html(std::string_view html) {
  std::string clean = walk(html, true);
  for (int pass = 1; pass < passes_max; ++pass) {
    std::string again = walk(clean, true);
    if (again == clean) return clean;
    clean = std::move(again);
  }
  std::string text;
  append_escaped(text, trim(text_of_html(html)));
  return text;
}

std::string text_of_html(std::string_view html) {
  return walk(html, false);
}

}  // namespace fokus::records
