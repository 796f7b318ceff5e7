// SPDX-License-Identifier: Apache-2.0
// Whatever the markup: what is left has only the elements and attributes that are allowed, links
// only to where they may go, and comes through a second time unchanged.
#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>

#include "base/check.hpp"
#include "base/text.hpp"
#include "records/fields/sanitise.hpp"

namespace {

constexpr std::array<std::string_view, 18> elements = {
    "p",  "br", "strong", "b",  "em", "i",  "u",          "s",    "ul",
    "ol", "li", "a",      "h1", "h2", "h3", "blockquote", "code", "pre"};
constexpr std::string_view link_end = "\" rel=\"noopener noreferrer\"";

bool is_element(std::string_view name) {
  return name == "hr" || std::find(elements.begin(), elements.end(), name) != elements.end();
}

bool is_allowed_link(std::string_view tag) {
  constexpr std::string_view start = "a href=\"";
  if (!tag.starts_with(start) || !tag.ends_with(link_end)) return false;
  tag.remove_prefix(start.size());
  tag.remove_suffix(link_end.size());
  if (tag.find('"') != tag.npos) return false;
  const auto lower = fokus::lower_ascii(tag);
  for (const char* scheme : {"http://", "https://", "mailto:", "tel:"})
    if (lower.starts_with(scheme)) return true;
  return false;
}

// Every "<" of the result opens a tag that sanitise_html() itself has written.
void check_tags(std::string_view clean) {
  for (auto at = clean.find('<'); at != clean.npos; at = clean.find('<', at + 1)) {
    const auto end = clean.find('>', at);
    CHECK(end != clean.npos);
    auto tag = clean.substr(at + 1, end - at - 1);
    if (tag.starts_with('/')) tag.remove_prefix(1);
    CHECK(is_element(tag) || is_allowed_link(tag));
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  const std::string_view html(reinterpret_cast<const char*>(bytes), size);
  if (!fokus::is_clean_utf8(html)) return 0;  // text_input() has refused the rest
  const std::string clean = fokus::records::sanitise_html(html);
  CHECK(fokus::is_clean_utf8(clean));
  check_tags(clean);
  CHECK(fokus::records::sanitise_html(clean) == clean);
  CHECK(fokus::is_clean_utf8(fokus::records::text_of_html(html)));
  return 0;
}
