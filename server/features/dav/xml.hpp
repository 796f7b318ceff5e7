// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"

// The XML of WebDAV: what clients ask, read by expat with limits, and what they are answered.
namespace fokus::dav {

namespace limits {
constexpr int xml_depth_max = 20;
constexpr std::size_t xml_elements_max = 20'000;
constexpr std::size_t xml_attributes_max = 20;  // of one element
}  // namespace limits

constexpr std::string_view ns_dav = "DAV:";
constexpr std::string_view ns_caldav = "urn:ietf:params:xml:ns:caldav";
constexpr std::string_view ns_carddav = "urn:ietf:params:xml:ns:carddav";
constexpr std::string_view ns_server = "http://calendarserver.org/ns/";

struct XmlName {
  std::string space, local;
  auto operator<=>(const XmlName&) const = default;
  bool is(std::string_view a_space, std::string_view a_local) const {
    return space == a_space && local == a_local;
  }
};

struct XmlElement {
  XmlName name;
  std::vector<std::pair<std::string, std::string>> attributes;  // those without a namespace
  std::string text;                                             // directly in it
  std::vector<XmlElement> children;

  const XmlElement* child(std::string_view space, std::string_view local) const;
  std::string_view attribute(std::string_view name) const;  // "" when it is absent
};

// Errors (malformed): "dav/bad_xml" with params why: not_xml, doctype (no entities are taken, so
// none are declared), too_deep, too_many.
Result<XmlElement> parse_xml(std::string_view text);

// Text between tags and within attributes; control characters that XML cannot hold go.
std::string xml_text(std::string_view text);

// An element of one of the namespaces above is <D:…>, <C:…>, <R:…> or <S:…>, declared on the root;
// one of another brings its own declaration. `content` is XML.
std::string xml_element(const XmlName& name, std::string_view content = {});
std::string xml_element(std::string_view space, std::string_view local,
                        std::string_view content = {});
// A whole document: the root with the declarations of the namespaces above.
std::string xml_document(std::string_view space, std::string_view local, std::string_view content);

}  // namespace fokus::dav
