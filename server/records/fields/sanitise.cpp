// SPDX-License-Identifier: Apache-2.0
#include "records/fields/sanitise.hpp"

#include <gumbo.h>

#include <algorithm>
#include <memory>

#include "base/text.hpp"

namespace fokus::records {
namespace {

constexpr int depth_max = 100;  // deeper markup is dropped: nobody writes it by hand

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
      append_escaped(out, text);
    else
      out += text;
  }

  void open(const GumboElement& element) {
    out += '<';
    out += gumbo_normalized_tagname(element.tag);
    const GumboAttribute* href =
        element.tag == GUMBO_TAG_A ? gumbo_get_attribute(&element.attributes, "href") : nullptr;
    if (href && is_safe_link(href->value)) {
      out += " href=\"";
      append_escaped(out, href->value);
      out += "\" rel=\"noopener noreferrer\"";
    }
    out += '>';
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

std::string sanitise_html(std::string_view html) {
  return walk(html, true);
}

std::string text_of_html(std::string_view html) {
  return walk(html, false);
}

}  // namespace fokus::records
